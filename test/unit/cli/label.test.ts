import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { concord, scratchFolder } from '../../command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const FILE = scratch.write('wards.csv', 'id;age;note\na;71;跌倒\nb;30;cough\nc;;"Fell, twice"\n');
const RULES = {
  column: 'fell',
  rules: [
    {
      value: 'yes',
      when: 'any',
      conditions: [
        { column: 'note', is: 'contains', value: 'fell' },
        { column: 'note', is: 'contains', value: '跌倒' },
      ],
    },
    { value: 'no', conditions: [{ column: 'age', is: 'below', value: 40 }] },
  ],
};

describe('label', () => {
  it('writes the file with its label, and says how many records each rule labels', async () => {
    const rules = scratch.write('rules.json', JSON.stringify(RULES));
    const out = scratch.path('labelled.csv');
    const ran = await concord(['label', FILE, '--rules', rules, '--out', out, '--json']);
    expect(ran.stderr).toBe('');
    expect(ran.json()).toEqual({
      ...{ rows: 3, column: 'fell', unlabelled: 0 },
      values: [
        { value: 'yes', rows: 2 },
        { value: 'no', rows: 1 },
      ],
      rules: [
        { fits: 2, labels: 2 },
        { fits: 1, labels: 1 },
      ],
    });
    expect(readFileSync(out, 'utf8').trim().split(/\r?\n/)).toEqual([
      'id,age,note,fell',
      'a,71,跌倒,yes',
      'b,30,cough,no',
      'c,,"Fell, twice",yes',
    ]);
  });

  it('leaves records without a label out where that is asked, and reads as other commands do', async () => {
    const rules = scratch.write(
      'out.json',
      JSON.stringify({ ...RULES, rules: RULES.rules.slice(1), unlabelled: 'leave-out' }),
    );
    const out = scratch.path('some.csv');
    const args = ['label', FILE, '--delimiter', ';', '--rules', rules, '--out', out, '--json'];
    const ran = await concord(args);
    expect(ran.json()).toMatchObject({ rows: 1, unlabelled: 2 });
    expect(readFileSync(out, 'utf8')).toContain('b,30,cough,no');
    const again = await concord(args);
    expect([again.status, again.stderr.split(':')[0]]).toEqual([2, 'OUTPUT_EXISTS']);
  });
});
