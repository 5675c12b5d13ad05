/** How often two attackers guess right, and how much more often the second. */
export interface Gain {
  readonly without: number;
  readonly with: number;
  readonly gain: number;
  readonly standardError: number;
}

/**
 * Shares of right guesses without and with a model's answers, on the same records, and the standard
 * error of their difference: the paired difference of each record, added up over the records of a unit
 * (a ratio of means over clusters: Cochran 1977, Sampling Techniques, section 6.4). Throws RangeError
 * for fewer than two units.
 *
 * @param right whether each guess is right, 1 or 0; [records]
 * @param units of each record; [records]
 */
export function gainOf(
  right: { readonly without: Uint8Array; readonly with: Uint8Array },
  units: Int32Array,
): Gain {
  const n = units.length;
  const differences = new Map<number, { sum: number; records: number }>();
  let [without, withIt] = [0, 0];
  for (const [at, unit] of units.entries()) {
    const [a, b] = [right.without[at]!, right.with[at]!];
    without += a;
    withIt += b;
    const own = differences.get(unit) ?? { sum: 0, records: 0 };
    differences.set(unit, { sum: own.sum + b - a, records: own.records + 1 });
  }
  const count = differences.size;
  if (count < 2) throw new RangeError('two units at least');
  const gain = (withIt - without) / n;
  const squares = [...differences.values()].reduce(
    (sum, own) => sum + (own.sum - own.records * gain) ** 2,
    0,
  );
  return {
    ...{ without: without / n, with: withIt / n, gain },
    standardError: Math.sqrt((squares * count) / (count - 1)) / n,
  };
}
