import type { EncodedColumn } from './encode.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The codes of a column's values from first to last: in the order given, else as numbers or as
 * dates. Null when a value (a missing cell counts as one) has no place in that order.
 */
export function orderOf(
  { values }: EncodedColumn,
  given: readonly string[] | null,
): Int32Array | null {
  const place = placeOf(values, given);
  if (place === null) return null;
  const codes = values.map((_, code) => code);
  return Int32Array.from(codes.sort((a, b) => place[a]! - place[b]!));
}

function placeOf(
  values: readonly string[],
  given: readonly string[] | null,
): readonly number[] | null {
  if (given !== null) {
    const places = new Map(given.map((value, index) => [value, index]));
    const found = values.map((value) => places.get(value));
    return found.every((place) => place !== undefined) ? found : null;
  }
  if (values.every((value) => DATE.test(value))) return values.map((value) => Date.parse(value));
  const numbers = values.map((value) => (value.trim() === '' ? NaN : Number(value)));
  return numbers.every(Number.isFinite) ? numbers : null;
}
