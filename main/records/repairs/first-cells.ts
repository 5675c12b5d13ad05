const LOOKED_AT = 500;
const SHARE = 0.2;

/**
 * Whether some of the first different cells of a column fit: what none of them is, most of the
 * others are not either, and a million names need not be read to know it.
 */
export function beginsWith(
  dictionary: readonly string[],
  fits: (text: string) => boolean,
): boolean {
  const first = dictionary.slice(0, LOOKED_AT);
  return first.filter(fits).length >= SHARE * first.length;
}
