import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobProgress } from '../../../main/contract/job.ts';
import { profile } from '../../../main/records/profile.ts';
import { tableHash } from '../../../main/records/table-hash.ts';
import { decodeTable } from '../../../main/records/codec.ts';
import type { Control } from '../../../main/study/context.ts';
import { prepareRecords } from '../../../main/study/prepare.ts';
import { readRecords } from '../../../main/study/read.ts';
import { scratchFolder } from '../../command-line.ts';

const scratch = scratchFolder();
const small = scratch.path('small.csv');
const large = scratch.path('large.csv');
/** Enough for threads, and for a cancel to fall into every stage. */
const ROWS = 115_000;

beforeAll(() => {
  const row = (n: number): string =>
    `P${n},${n % 90},${(n % 977) / 8},${n / 7},"seen by Dr ${n % 9973}, ok",${n % 2 ? 'yes' : 'no'},上海,2024-01-11,W${n % 300}`;
  const file = (rows: number): string =>
    `id,age,weight,score,note,flag,city,day,ward\n${Array.from({ length: rows }, (_, n) => row(n)).join('\n')}\n`;
  writeFileSync(small, file(500));
  writeFileSync(large, file(ROWS));
});

const quiet = (signal: AbortSignal, progress: (now: JobProgress) => void = () => {}): Control => ({
  signal,
  progress,
});

describe('the thread of an import', () => {
  it.each([
    ['small', () => small],
    ['large', () => large],
  ])('prepares what the engine itself would have: a %s file', async (_, path) => {
    const seen: JobProgress[] = [];
    const control = quiet(new AbortController().signal, (now) => seen.push(now));
    const prepared = await prepareRecords({ path: path(), options: {} }, control);
    const { table, facts } = await readRecords(path(), control);
    expect(prepared.rows).toBe(table.rows);
    expect(prepared.source).toBe(tableHash(table));
    expect(tableHash(decodeTable(prepared.bytes))).toBe(prepared.source);
    expect(prepared.summary).toEqual(profile(table, facts));
    expect(seen.some(({ done, total, unit }) => unit === 'bytes' && done === total)).toBe(true);
  });

  it('gives the errors of the reader with their parameters', async () => {
    const path = scratch.path('ragged.csv');
    writeFileSync(path, 'a,b\n1,2\n3\n');
    const control = quiet(new AbortController().signal);
    await expect(prepareRecords({ path, options: {} }, control)).rejects.toMatchObject({
      name: 'ConcordError',
      code: 'CSV_RAGGED',
      params: { row: 2, expected: 2, found: 1 },
    });
    const missing = { path: scratch.path('none.csv'), options: {} };
    await expect(prepareRecords(missing, control)).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });

  it('hears a cancel at once at whatever moment, and the engine is never kept waiting', async () => {
    const whole = performance.now();
    await prepareRecords({ path: large, options: {} }, quiet(new AbortController().signal));
    const lasts = performance.now() - whole;
    const late: number[] = [];
    for (const share of [0.1, 0.4, 0.7, 0.9]) {
      const abort = new AbortController();
      const running = prepareRecords({ path: large, options: {} }, quiet(abort.signal));
      const asked = new Promise<number>((resolve) =>
        setTimeout(() => {
          abort.abort();
          resolve(performance.now());
        }, lasts * share),
      );
      const [end, at] = await Promise.all([
        running.then(
          () => null,
          (error: unknown) => {
            expect(error).toMatchObject({ code: 'CANCELLED' });
            return performance.now();
          },
        ),
        asked,
      ]);
      if (end !== null) late.push(end - at);
    }
    expect(late.length).toBeGreaterThan(1);
    // The best of them: this machine may be busy with other tests.
    expect(Math.min(...late)).toBeLessThan(200);
  }, 300_000);
});
