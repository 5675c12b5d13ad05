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
const ROWS = 170_000;

beforeAll(() => {
  const row = (n: number): string =>
    `P${n},${n % 90},${(n % 977) / 8},${n / 7},"seen by Dr ${n % 9973}, ok",${n % 2 ? 'yes' : 'no'},上海,2024-01-11,W${n % 300}`;
  const file = (rows: number): string =>
    `id,age,weight,score,note,flag,city,day,ward\n${Array.from({ length: rows }, (_, n) => row(n)).join('\n')}\n`;
  writeFileSync(small, file(500));
  writeFileSync(large, file(ROWS));
});

const asTheyCome = (bytes: Uint8Array): Promise<Uint8Array> => Promise.resolve(bytes);
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
    const prepared = await prepareRecords({ path: path(), options: {} }, control, asTheyCome);
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
    await expect(prepareRecords({ path, options: {} }, control, asTheyCome)).rejects.toMatchObject({
      name: 'ConcordError',
      code: 'CSV_RAGGED',
      params: { row: 2, expected: 2, found: 1 },
    });
    const missing = { path: scratch.path('none.csv'), options: {} };
    await expect(prepareRecords(missing, control, asTheyCome)).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });

  it('is ended by a cancel while it reads, types, encodes or profiles', async () => {
    const [read, stored] = await stages();
    for (const stage of ['begun', 'reading', 'stored'] as const) {
      const abort = new AbortController();
      let heard = 0;
      const cancel = (): void => {
        heard = processorTime();
        abort.abort();
      };
      const control = quiet(abort.signal, ({ done }) => {
        if (stage === 'reading' && done > 0 && heard === 0) cancel();
      });
      const running = prepareRecords({ path: large, options: {} }, control, (bytes) => {
        if (stage === 'stored') setImmediate(cancel);
        return asTheyCome(bytes);
      });
      if (stage === 'begun') cancel();
      await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
      // Less than what the thread still had before it: it was ended, not waited for.
      expect(processorTime() - heard).toBeLessThan(stage === 'stored' ? stored : read);
    }
  }, 300_000);

  it('waits for what takes the records before it says that it was cancelled', async () => {
    const abort = new AbortController();
    let ended = false;
    const running = prepareRecords({ path: large, options: {} }, quiet(abort.signal), async () => {
      abort.abort();
      await new Promise((resolve) => setTimeout(resolve, 50));
      ended = true;
    });
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(ended).toBe(true);
  }, 300_000);
});

/** Microseconds all threads have worked: the same however busy the machine is otherwise. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Processor time of a whole import, and of what comes after the records are there: the profile. */
async function stages(): Promise<[whole: number, profile: number]> {
  const begun = processorTime();
  let stored = 0;
  await prepareRecords({ path: large, options: {} }, quiet(new AbortController().signal), () => {
    stored = processorTime();
    return Promise.resolve();
  });
  const ended = processorTime();
  return [ended - begun, ended - stored];
}
