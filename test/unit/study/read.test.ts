import { chmodSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { realDisk, type Disk } from '../../../main/study/file-source.ts';
import { readRequest } from '../../../main/study/read.ts';
import { requireSpace } from '../../../main/study/space.ts';
import { scratchFolder } from '../../command-line.ts';
import { cells, codes } from '../records/reading.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const quiet = { signal: new AbortController().signal, progress: () => undefined };
const read = (path: string, disk?: Disk) =>
  readRequest({ from: { paths: [path] }, options: {} }, quiet, disk);
const failing = (code: string): never => {
  throw Object.assign(new Error(code), { code });
};

describe('reading from a disk', () => {
  const big = scratch.write('big.csv', `a,b\n${'1,2\n'.repeat(800_000)}`);

  it.each(['EACCES', 'EPERM', 'EBUSY'])(
    'a file that answers %s is told as unreadable',
    async (code) => {
      const disk = { ...realDisk, read: () => failing(code), stream: () => failing(code) };
      await expect(read(big, disk)).rejects.toMatchObject({
        code: 'FILE_UNREADABLE',
        params: { file: 'big.csv' },
      });
    },
  );

  it.skipIf(process.getuid?.() === 0)(
    'a file that may not be read (root may: skipped)',
    async () => {
      const locked = scratch.write('locked.csv', 'a\n1\n');
      chmodSync(locked, 0);
      await expect(read(locked)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    },
  );

  it('a drive pulled out in the middle is told as such, whether it fails or ends early', async () => {
    const pulled = (end: () => void): Disk => ({
      ...realDisk,
      async *stream(path) {
        for await (const chunk of realDisk.stream(path)) {
          yield chunk;
          end();
          return;
        }
      },
    });
    for (const end of [() => failing('EIO'), () => undefined]) {
      await expect(read(big, pulled(end))).rejects.toMatchObject({
        code: 'FILE_INTERRUPTED',
        params: { file: 'big.csv' },
      });
    }
  });

  it('a folder of folders is one table, with key=value folders as columns', async () => {
    const root = scratch.folder('set');
    for (const year of ['2023', '2024']) {
      scratch.folder(`set/year=${year}/site=N%20W`);
      scratch.write(`set/year=${year}/site=N%20W/part-0.csv`, `a\n${year}1\n${year}2\n`);
    }
    scratch.write('set/_SUCCESS', '');
    scratch.write('set/README.md', 'notes');
    const result = await read(root);
    expect(cells(result.table)).toEqual([
      ['20231', '2023', 'N W'],
      ['20232', '2023', 'N W'],
      ['20241', '2024', 'N W'],
      ['20242', '2024', 'N W'],
    ]);
    expect(codes(result)).toEqual(expect.arrayContaining(['FILES_APPENDED', 'FILES_LEFT_OUT']));
  });

  it('pasted text is read like a file, whatever separates it', async () => {
    const request = { from: { text: 'a\tb\n1\tx, y\n2\tz' }, options: {} };
    const { table, facts } = await readRequest(request, quiet);
    expect(cells(table)).toEqual([
      ['1', 'x, y'],
      ['2', 'z'],
    ]);
    expect(facts.delimiter).toBe('\t');
  });

  it('tells its progress in bytes up to the whole, and hears a wish to stop', async () => {
    const seen: number[] = [];
    const stop = new AbortController();
    const request = { from: { paths: [big] }, options: {} };
    await readRequest(request, {
      signal: stop.signal,
      progress: ({ done, total }) => seen.push(done / (total ?? Infinity)),
    });
    expect(seen.at(-1)).toBe(1);
    const reading = readRequest(request, { signal: stop.signal, progress: () => stop.abort() });
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('an import does not begin where the disk of the vault has no room for it', async () => {
    const request = { from: { paths: [big] }, options: {} };
    const place = scratch.path('vault');
    await expect(
      requireSpace(place, request, () => Promise.resolve(10 << 20)),
    ).rejects.toMatchObject({
      code: 'DISK_FULL',
      params: { free: 10, needed: 68 },
    });
    await requireSpace(place, request);
  });
});
