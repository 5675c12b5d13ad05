import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordsCalls } from '../../../main/contract/records.ts';
import { previewRecords } from '../../../main/study/preview.ts';
import type { ReadRequest } from '../../../main/study/read.ts';
import { scratchFolder } from '../../command-line.ts';

const scratch = scratchFolder();
const visits = scratch.path('visits.csv');
const people = scratch.path('people.csv');
/** More than the megabyte that a preview reads. */
const ROWS = 60_000;

beforeAll(() => {
  const visit = (row: number): string =>
    `p${row % 100},${row},"a note that makes the line longer, ${row}"`;
  const lines = Array.from({ length: ROWS }, (_, row) => visit(row));
  writeFileSync(visits, `person,visit,note\n${lines.join('\n')}\n`);
  // Of a hundred people ninety are known, and one never came.
  const known = Array.from({ length: 91 }, (_, row) => `p${row === 90 ? 'x' : row},${row % 2}`);
  writeFileSync(people, `person,smokes\n${known.join('\n')}\n`);
});

const QUIET = { signal: new AbortController().signal, progress: () => undefined };
const request = (unmatched: 'keep' | 'drop', from = visits): ReadRequest => ({
  from: { paths: [from] },
  options: {},
  join: { paths: [people], plan: { key: 'person', unmatched } },
});
const previewed = async (asked: ReadRequest, joinWhole?: number) =>
  recordsCalls.preview.output.parse(await previewRecords(asked, QUIET, joinWhole));

describe('the preview of a join', () => {
  it('tells of all rows while the first file is not large', async () => {
    const { join, columns, more } = await previewed(request('keep'));
    expect(columns.map(({ name }) => name)).toEqual(['person', 'visit', 'note', 'smokes']);
    expect(more).toBe(true);
    expect(join).toMatchObject({
      relation: 'many-to-one',
      unmatched: ROWS / 10,
      unused: 1,
      first: null,
    });
  });

  it('of a large first file looks up the first rows, and says so', async () => {
    const { join, rows, more } = await previewed(request('keep'), 1 << 20);
    const first = join?.first ?? 0;
    expect(first).toBeGreaterThan(1000);
    expect(first).toBeLessThan(ROWS);
    expect(join).toMatchObject({ relation: 'many-to-one', unused: null });
    expect(join?.unmatched).toBeCloseTo(first / 10, -2);
    expect(join?.examples[0]?.[0]).toBe('p90');
    expect(more).toBe(true);
    expect(rows[0]?.at(-1)).toBe('0');
    const dropped = await previewed(request('drop'), 1 << 20);
    expect(dropped.join?.unmatched).toBe(join?.unmatched);
    expect(dropped.rows).toHaveLength(20);
  });

  it('of a large first file without a partner in its first rows refuses nothing', async () => {
    const late = scratch.path('late.csv');
    const lines = Array.from({ length: ROWS }, (_, row) =>
      row < ROWS - 9 ? `q${row},a note that makes the line longer` : `p${row % 9},late`,
    );
    writeFileSync(late, `person,note\n${lines.join('\n')}\n`);
    const { join } = await previewed(request('keep', late), 1 << 20);
    expect(join).toMatchObject({ relation: null, unmatched: join?.first });
    await expect(previewed(request('keep', scratch.path('none.csv')))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });
});
