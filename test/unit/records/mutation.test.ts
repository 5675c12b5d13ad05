import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { fileProfile } from '../../../main/contract/import.ts';
import { profile } from '../../../main/records/profile.ts';
import { readBytes, written } from './reading.ts';

/** A repeatable stream of numbers in [0, 1) (mulberry32): a failing file can be made again. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PLANTED = [
  0x61, 0x35, 0x20, 0x2d, 0x22, 0x2c, 0x0a, 0x0d, 0x00, 0xff, 0xfe, 0x80, 0xe4, 0xf0, 0x3b, 0x09,
  0x27, 0x3d,
];

function mutated(base: Buffer, next: () => number): Buffer {
  let bytes = Buffer.from(base);
  const changes = 1 + Math.floor(next() * 4);
  for (let change = 0; change < changes; change++) {
    const at = Math.floor(next() * bytes.length);
    const kind = next();
    const planted = PLANTED[Math.floor(next() * PLANTED.length)] as number;
    if (kind < 0.35) bytes[at] = planted;
    else if (kind < 0.6)
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.of(planted), bytes.subarray(at)]);
    else if (kind < 0.8)
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(at + 1 + Math.floor(next() * 20)),
      ]);
    else if (kind < 0.9) bytes = Buffer.concat([bytes, bytes.subarray(at)]);
    else bytes = bytes.subarray(0, at + 1);
  }
  return bytes;
}

describe('damaged files', () => {
  const rows = Array.from(
    { length: 60 },
    (_, row) =>
      `${row},"name ""${row}"", x",${row / 4},2024-01-${10 + (row % 20)},${row % 2 ? 'yes' : 'no'},${'男女'[row % 2]}`,
  );
  const base = Buffer.from(`id,name,value,day,flag,性别\r\n${rows.join('\r\n')}\r\n`);

  it('300 mutated files are read or refused with a code, each in time', async () => {
    let read = 0;
    for (let seed = 0; seed < 300; seed++) {
      const bytes = mutated(base, stream(seed));
      const before = process.cpuUsage();
      try {
        const { table, facts } = await readBytes(bytes);
        fileProfile.parse(profile(table, facts));
        // What was read can be written and read again with as many rows.
        const again = await readBytes(written(table));
        expect(again.table.rows).toBe(table.rows);
        read++;
      } catch (error) {
        if (!(error instanceof ConcordError)) throw new Error(`seed ${seed}`, { cause: error });
        expect(error.kind).toBe('input');
      }
      // Time of the processor: what else the machine does says nothing of a file.
      const { user, system } = process.cpuUsage(before);
      expect(user + system).toBeLessThan(5_000_000);
    }
    expect(read).toBeGreaterThan(30);
    expect(read).toBeLessThan(280);
  });

  it('a huge cell, very many columns and very long lines end early', async () => {
    const cell = Buffer.concat([Buffer.from('a,b\n1,"'), Buffer.alloc(20 << 20, 0x78)]);
    await expect(readBytes(cell)).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      params: { what: 'cell' },
    });
    const columns = Buffer.from(
      `${Array.from({ length: 20_000 }, (_, i) => `c${i}`).join(',')}\n1\n`,
    );
    await expect(readBytes(columns)).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      params: { what: 'columns' },
    });
    const commas = Buffer.alloc(4 << 20, 0x2c);
    await expect(readBytes(commas)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  });
});
