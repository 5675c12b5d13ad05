import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../../main/contract/errors.ts';
import { Pace } from '../../../../main/learning/pace.ts';
import { textContent, type TextContent } from '../../../../main/learning/text/text-content.ts';
import { gatherTokens, tokenRows } from '../../../../main/learning/text/token-rows.ts';
import type { Table } from '../../../../main/records/table.ts';
import { codedColumn, tableOf } from '../fixtures.ts';

const words = ['a', 'b', 'c', 'd'];
const [A, B, C, D, SEP] = [4, 5, 6, 7, 3];
const base: TextContent = { columns: ['t'], tokens: 'words', words, length: 8 };

function rowsOf(
  table: Table,
  more: Partial<TextContent> = {},
  rows = [...Array(table.rows).keys()],
) {
  const pace = new Pace(undefined, undefined);
  return tokenRows(table, { ...base, ...more }, ['-'], Int32Array.from(rows), pace);
}

function texts({ rows, length, ids, lengths }: Awaited<ReturnType<typeof rowsOf>>): number[][] {
  return Array.from({ length: rows }, (_, row) => {
    const all = [...ids.subarray(row * length, (row + 1) * length)];
    expect(all.slice(lengths[row]).every((id) => id === 0)).toBe(true);
    expect(all.slice(0, lengths[row]).every((id) => id > 0)).toBe(true);
    return all.slice(0, lengths[row]);
  });
}

describe('rows of tokens', () => {
  const one = tableOf(codedColumn('t', ['a b', '', '-', 'C x a b', 'd d', '...']));

  it('are padded to the longest; missing and empty cells have none', async () => {
    const found = await rowsOf(one, { words: [...words, '.'] });
    expect(found.length).toBe(4);
    expect(texts(found)).toEqual([[A, B], [], [], [C, 1, A, B], [D, D], [8]]);
    const few = await rowsOf(one, {}, [3, 0, 3]);
    expect(texts(few)).toEqual([
      [C, 1, A, B],
      [A, B],
      [C, 1, A, B],
    ]);
    const none = await rowsOf(one, {}, [1]);
    expect([none.length, ...none.ids]).toEqual([1, 0]);
    expect((await rowsOf(one, {}, [])).rows).toBe(0);
  });

  it('are the same whatever stands in other rows', async () => {
    const alone = await rowsOf(one, {}, [4]);
    const all = await rowsOf(one);
    expect(texts(gatherTokens(all, Int32Array.of(4)))).toEqual(texts(alone));
    expect(gatherTokens(all, Int32Array.of(4, 1))).toEqual(await rowsOf(one, {}, [4, 1]));
  });

  it('join columns with a separator and cut each to its share', async () => {
    const two = tableOf(
      codedColumn('t', ['a', 'a a a a a a', 'a a a a', '', 'a a a']),
      codedColumn('u', ['b', 'b b b b', 'b', 'b b', '']),
    );
    const more = { columns: ['t', 'u'], length: 5 };
    expect(texts(await rowsOf(two, more))).toEqual([
      [A, SEP, B],
      [A, A, SEP, B, B],
      [A, A, A, SEP, B],
      [B, B],
      [A, A, A],
    ]);
    expect(texts(await rowsOf(two, { ...more, length: 1 }))[1]).toEqual([A]);
    expect(texts(await rowsOf(two, { ...more, length: 2 }))[1]?.length).toBeLessThanOrEqual(2);
  });

  it('refuse a column that is not there, and stop when told to', async () => {
    await expect(rowsOf(one, { columns: ['tt'] })).rejects.toThrow(ConcordError);
    const pace = new Pace(AbortSignal.abort(), undefined);
    const many = tableOf(codedColumn('t', Array<string>(20_000).fill('a b c d '.repeat(20))));
    const rows = Int32Array.from({ length: 20_000 }, (_, row) => row);
    const all = tokenRows(many, base, [], rows, pace);
    await expect(all).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('the part of a model file', () => {
  it('takes what training makes and nothing that could not be read', () => {
    expect(textContent.parse(base)).toEqual(base);
    for (const odd of [{ columns: [] }, { length: 0 }, { length: 1.5 }, { words: ['a', 'a'] }]) {
      expect(textContent.safeParse({ ...base, ...odd }).success).toBe(false);
    }
    expect(textContent.safeParse({ ...base, tokens: 'letters' }).success).toBe(false);
    expect(textContent.safeParse({ ...base, more: 1 }).success).toBe(false);
  });
});
