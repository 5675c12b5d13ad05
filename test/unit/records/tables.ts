import fc from 'fast-check';
import type { Column, Table } from '../../../main/records/table.ts';

/** Text that a file can hold: any but NUL and halves of characters; blank text would be missing. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.stringMatching(/^[ "',;|=+\-@\t\r\na-c0-9男]{1,8}$/),
  )
  .filter((value) => value.trim() !== '' && !value.includes('\0') && !/\p{Surrogate}/u.test(value));

const name = fc.stringMatching(/^[a-z=男"][a-z ,;]{0,4}[a-z男]$/);

function numeric(
  rows: number,
): fc.Arbitrary<Omit<Extract<Column, { values: Float64Array }>, 'name'>> {
  const values = (value: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> =>
    fc
      .array(
        fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: fc.constant(NaN) }),
        {
          minLength: rows,
          maxLength: rows,
        },
      )
      .map((cells) => Float64Array.from(cells, (cell) => (cell === 0 ? 0 : cell)));
  return fc.oneof(
    fc.record({ type: fc.constant('integer' as const), values: values(fc.maxSafeInteger()) }),
    fc.record({
      type: fc.constant('integer' as const),
      values: values(fc.integer({ min: -200, max: 200 })),
    }),
    fc.record({
      type: fc.constant('real' as const),
      values: values(fc.double({ noDefaultInfinity: true })),
    }),
    fc.record({ type: fc.constant('boolean' as const), values: values(fc.nat(1)) }),
    fc.record({
      type: fc.constant('date' as const),
      values: values(fc.integer({ min: -300_000, max: 2_000_000 })),
    }),
  );
}

function coded(rows: number): fc.Arbitrary<Omit<Extract<Column, { codes: Int32Array }>, 'name'>> {
  return fc.uniqueArray(text, { minLength: 1, maxLength: 6 }).chain((dictionary) =>
    fc.record({
      type: fc.constantFrom('category' as const, 'text' as const, 'identifier' as const),
      codes: fc
        .array(fc.integer({ min: -1, max: dictionary.length - 1 }), {
          minLength: rows,
          maxLength: rows,
        })
        .map((codes) => Int32Array.from(codes)),
      dictionary: fc.constant(dictionary),
    }),
  );
}

/** Any table of up to 20 rows and 5 columns. */
export const tables: fc.Arbitrary<Table> = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.uniqueArray(name, { minLength: 1, maxLength: 5 }))
  .chain(([rows, names]) =>
    fc.tuple(...names.map(() => fc.oneof(numeric(rows), coded(rows)))).map((bodies) => ({
      rows,
      columns: bodies.map((body, index): Column => ({ ...body, name: names[index] as string })),
    })),
  );
