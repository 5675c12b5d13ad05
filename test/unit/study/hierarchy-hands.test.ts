import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { readHierarchyLines } from '../../../main/anonymise/hierarchy-text.ts';
import type { HierarchyRecipe } from '../../../main/contract/hierarchy.ts';
import type { Table } from '../../../main/records/table.ts';
import { protectTable } from '../../../main/study/anonymise.ts';
import { buildHierarchy, suggestHierarchies } from '../../../main/study/hierarchies.ts';
import { readHierarchyFile, valuesByHand } from '../../../main/study/hierarchy-hands.ts';
import { scratchFolder } from '../../command-line.ts';
import { category, tableOf } from '../anonymise/tables.ts';

const WORDING = { language: 'en' as const, labels: { missing: 'missing', other: 'other' } };
const CELLS = ['HS-grad', 'HS-grad', 'Masters', 'Bachelors', 'odd', '', 'Doctorate', 'Doctorate'];
const TABLE: Table = tableOf(category('education', CELLS));
const scratch = scratchFolder();
afterAll(() => scratch.remove());

const file = (text: string): HierarchyRecipe => ({ kind: 'file', text });
const suggest = (...recipes: HierarchyRecipe[]) =>
  suggestHierarchies(TABLE, [{ name: 'education', recipes }], WORDING)[0];

describe('a way to make a column coarser', () => {
  it('tells the records of each label, and those that a preset has no place for', () => {
    const choice = buildHierarchy(TABLE, 'education', { kind: 'education' }, WORDING);
    expect(choice.unplaced).toEqual({ values: 1, rows: 1 });
    expect(choice.fit).toBeCloseTo(6 / 7);
    expect(choice.levels[1]?.labels).toEqual(
      expect.arrayContaining([
        { label: 'Tertiary', rows: 4 },
        { label: 'other', rows: 1 },
        { label: 'missing', rows: 1 },
      ]),
    );
    for (const { labels } of choice.levels) {
      expect(labels.reduce((sum, { rows }) => sum + rows, 0)).toBe(CELLS.length);
    }
  });

  it('of the person stands in the place of the proposed one of its kind', () => {
    const order = ['odd', 'HS-grad', 'Bachelors', 'Masters', 'Doctorate'];
    const found = suggest({ kind: 'ordered', order, runs: [5] });
    const ordered = found?.choices.find(({ recipe }) => recipe.kind === 'ordered');
    expect(ordered?.recipe).toEqual({ kind: 'ordered', order, runs: [5] });
    expect(found?.choices.filter(({ recipe }) => recipe.kind === 'ordered')).toHaveLength(1);
  });

  it('that does not fit the records is told with its reason, never left out in silence', () => {
    const found = suggest(file('HS-grad;x;*\n'), { kind: 'ordered', order: ['odd'], runs: [2] });
    expect(found?.refused).toEqual([
      {
        kind: 'ordered',
        code: 'HIERARCHY_NOT_BUILT',
        params: { column: 'education', reason: 'order' },
      },
      {
        kind: 'file',
        code: 'HIERARCHY_LACKS_VALUE',
        params: { column: 'education', missing: 5, row: 3 },
      },
    ]);
    expect(found?.choices.some(({ recipe }) => recipe.kind === 'ordered')).toBe(false);
  });

  it.each([
    ['HIERARCHY_LACKS_VALUE', 'HS-grad;*\n'],
    ['HIERARCHY_INVALID', 'HS-grad;*\nodd\n'],
    ['HIERARCHY_INVALID', 'HS-grad;x;a\nodd;x;b\n'],
    ['HIERARCHY_INVALID', ''],
    ['HIERARCHY_INVALID', 'HS-grad;"x\n'],
  ])('from a file says what is wrong with it: %s', (code, text) => {
    expect(() => buildHierarchy(TABLE, 'education', file(text), WORDING)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('is applied as it was shown', async () => {
    const lines = CELLS.map((cell) => `"${cell}";${cell === '' ? 'none' : 'some'};*`);
    const recipe = file([...new Set(lines)].join('\n'));
    const choice = buildHierarchy(TABLE, 'education', recipe, WORDING);
    const { output } = await protectTable(
      TABLE,
      {
        release: true,
        hierarchies: new Map([['education', choice.text]]),
        plan: {
          quasiIdentifiers: { education: { hierarchy: 'education', least: 1, most: 1 } },
          models: [{ type: 'k-anonymity', k: 2 }],
          suppressionLimit: 0.5,
        },
      },
      { signal: new AbortController().signal, progress: () => undefined },
    );
    const [column] = output.columns;
    const shown = choice.levels[1]?.labels.map(({ label }) => label);
    expect(column !== undefined && 'dictionary' in column ? column.dictionary : []).toEqual(shown);
    expect(output.rows).toBe(7);
  });
});

describe('values by hand', () => {
  it('come with their records, in the groups that a way makes', () => {
    const { values, tree } = valuesByHand(TABLE, 'education', { kind: 'education' }, WORDING);
    expect(values.map(({ value }) => value)).toEqual([
      'Bachelors',
      'Doctorate',
      'HS-grad',
      'Masters',
      'odd',
    ]);
    expect(values[1]?.rows).toBe(2);
    const nameOf = (value: string): string | undefined => {
      const member = tree.members.find((each) => each.value === value);
      return member?.group === null ? undefined : tree.groups[member?.group ?? -1]?.name;
    };
    expect(nameOf('Masters')).toBe('Tertiary');
    expect(nameOf('odd')).toBe('other');
    const text = buildHierarchy(TABLE, 'education', { kind: 'tree', ...tree }, WORDING).text;
    const line = readHierarchyLines('education', text).find(({ cells }) => cells[0] === 'Masters');
    expect(line?.cells).toEqual(['Masters', 'Tertiary', '*']);
  });

  it('that are new to an order are in no group', () => {
    const recipe = { kind: 'ordered' as const, order: ['odd'], runs: [2] };
    const { tree } = valuesByHand(TABLE, 'education', recipe, WORDING);
    expect(tree.groups).toEqual([]);
    expect(tree.members).toHaveLength(5);
  });

  it('are refused where they are too many to look through', () => {
    const many = Array.from({ length: 301 }, (_, at) => `v${at}`);
    expect(() =>
      valuesByHand(tableOf(category('c', many)), 'c', { kind: 'hide' }, WORDING),
    ).toThrow(expect.objectContaining({ params: { column: 'c', reason: 'size' } }));
  });
});

describe('a hierarchy file', () => {
  const read = async (content: string | Uint8Array): Promise<string> => {
    const path = scratch.path('hierarchy.csv');
    writeFileSync(path, content);
    return readHierarchyFile(path, 'c', 'hierarchy.csv');
  };

  it('is read in the encodings that tables are written in', async () => {
    expect(await read('\uFEFF石家庄市;河北省;*\n')).toBe('石家庄市;河北省;*\n');
    // 男;* in GB18030.
    expect(await read(Uint8Array.of(0xc4, 0xd0, 0x3b, 0x2a, 0x0a))).toBe('男;*\n');
    const wide = Buffer.from('a;*\n', 'utf16le');
    expect(await read(Buffer.concat([Uint8Array.of(0xff, 0xfe), wide]))).toBe('a;*\n');
  });

  it('is refused when it is no text, or too large', async () => {
    await expect(read(Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x00, 0x00))).rejects.toThrow(
      expect.objectContaining({
        code: 'HIERARCHY_UNREADABLE',
        params: { column: 'c', file: 'hierarchy.csv' },
      }),
    );
    await expect(read('v;*\n'.repeat(30_000))).rejects.toThrow(
      expect.objectContaining({ params: { column: 'c', reason: 'size' } }),
    );
    await expect(readHierarchyFile(scratch.path('none.csv'), 'c', 'none.csv')).rejects.toThrow(
      expect.objectContaining({ code: 'FILE_NOT_FOUND' }),
    );
  });
});
