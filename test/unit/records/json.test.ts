import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValues } from '../../../main/records/json/json-values.ts';
import { cells, cut, readAny, types } from './reading.ts';

async function split(text: string, offsets: readonly number[] = [], within?: string) {
  const values: unknown[] = [];
  for await (const batch of jsonValues(cut(Buffer.from(text), offsets)(), within))
    values.push(...batch);
  return values;
}

/** Whole numbers beyond a double's stay text, as they are written. */
const asKept = (_: string, value: unknown): unknown =>
  Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d{16,}$/.test(String(value))
    ? String(value)
    : value;

describe('JSON records', () => {
  it('finds the records of any array and any lines, wherever the text is cut', async () => {
    const record = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 6 }),
        fc.array(fc.nat(400), { maxLength: 6 }),
        fc.constantFrom(undefined, 2),
        async (records, offsets, indent) => {
          const array = JSON.stringify(records, null, indent);
          const expected = JSON.parse(array, asKept) as unknown;
          const inside = (text: string): number[] =>
            offsets.filter((at) => at < Buffer.byteLength(text));
          expect(await split(array, inside(array))).toEqual(expected);
          const lines = records.map((each) => JSON.stringify(each, null, indent)).join('\n');
          expect(await split(lines, inside(lines))).toEqual(expected);
          const bundle = JSON.stringify(
            { a: { entry: [1] }, entry: records, z: 'entry' },
            null,
            indent,
          );
          expect(await split(bundle, inside(bundle), 'entry')).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('refuses what is no JSON with the number of the record', async () => {
    const refused = (row: number, reason: string): object => ({
      code: 'JSON_INVALID',
      params: { row, reason },
    });
    await expect(split('[{"a":1},{"a":}]')).rejects.toMatchObject(refused(2, 'syntax'));
    await expect(split('[{"a":1},{"a":2')).rejects.toMatchObject(refused(2, 'end'));
    await expect(split('{"a":1}\n{"a":"x')).rejects.toMatchObject(refused(2, 'end'));
    await expect(split('[{"a":1}}')).rejects.toMatchObject(refused(1, 'syntax'));
    await expect(split('[{"a":1},,{}]')).rejects.toMatchObject(refused(2, 'syntax'));
    await expect(split('[{}] {}')).rejects.toMatchObject(refused(2, 'syntax'));
    await expect(split('{}}')).rejects.toMatchObject(refused(2, 'syntax'));
    await expect(split(`${'['.repeat(5000)}`)).rejects.toMatchObject(refused(1, 'depth'));
    await expect(readAny('[{"a":1},5]', {}, 'a.json')).rejects.toMatchObject({
      code: 'JSON_INVALID',
      params: { row: 2, reason: 'not-an-object', file: 'a.json' },
    });
  });

  it('flattens objects, keeps lists as text and long numbers as they are written', async () => {
    const { table, facts } = await readAny(
      '\ufeff{"id":110101199003070001,"vitals":{"sys":120,"note":null},"tags":["a",1]}\n' +
        '{"id":110101199003070002,"late":"2024-03-05","vitals":{"sys":130.5}}\n',
    );
    expect(facts).toMatchObject({ format: 'json', encoding: 'utf-8' });
    expect(table.columns.map(({ name }) => name)).toEqual([
      ...['id', 'vitals.sys', 'vitals.note', 'tags', 'late'],
    ]);
    expect(types(table)[1]).toBe('real');
    expect(cells(table)).toEqual([
      ['110101199003070001', '120', '', '["a",1]', ''],
      ['110101199003070002', '130.5', '', '', '2024-03-05'],
    ]);
  });

  it('refuses half a surrogate pair and NUL by place', async () => {
    await expect(readAny('[{"a":"ok","b":"\\ud800"}]')).rejects.toMatchObject({
      code: 'CELL_UNREADABLE',
      params: { row: 1, column: 'b' },
    });
    await expect(readAny('[{"a":"\\u0000"}]')).rejects.toMatchObject({ code: 'CELL_UNREADABLE' });
  });

  it('refuses names that meet, columns without end and empty files', async () => {
    await expect(readAny('[{"a.b":1,"a":{"b":2}}]')).rejects.toMatchObject({
      code: 'HEADER_DUPLICATE',
    });
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`c${i}`, i]));
    await expect(readAny(JSON.stringify([wide]))).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    await expect(readAny('[]', {}, 'a.json')).rejects.toMatchObject({ code: 'FILE_EMPTY' });
  });
});
