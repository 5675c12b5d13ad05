import { describe, expect, it } from 'vitest';
import { releaseOf } from '../../../main/anonymise/apply.ts';
import type { Column } from '../../../main/records/table.ts';

describe('protected records', () => {
  it('carry no value that only suppressed rows had, not even unseen in a dictionary', () => {
    const column: Column = {
      name: 'diagnosis',
      type: 'category',
      codes: Int32Array.of(0, 1, 2, 0),
      dictionary: ['asthma', 'rare', 'flu'],
    };
    const recoding = {
      generalised: new Map(),
      sensitive: new Set(['diagnosis']),
      suppressed: Uint8Array.of(0, 1, 0, 0),
    };
    for (const mode of ['drop', 'blank'] as const) {
      const [output] = releaseOf([column], { ...recoding, mode }).columns;
      if (output === undefined || !('codes' in output)) throw new Error('a coded column');
      expect(output.dictionary).toEqual(['asthma', 'flu']);
      expect([...output.codes]).toEqual(mode === 'drop' ? [0, 1, 0] : [0, -1, 1, 0]);
    }
  });
});
