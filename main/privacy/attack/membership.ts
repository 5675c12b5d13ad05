import type { WordSource } from '../random.ts';

/**
 * Trains a model of comparison on the units that are `inside` (1 or 0, [units]) and answers with the
 * log-likelihood that it gives to each unit, NaN where it gives none.
 */
export type FitReference = (inside: Uint8Array, reference: number) => Promise<Float64Array>;

export interface Comparison {
  readonly units: number;
  /** Models of comparison: an even number. */
  readonly references: number;
  readonly random: WordSource;
  readonly fit: FitReference;
}

/**
 * The log of the mean likelihood of each unit under models of comparison, of which just half have
 * learned from it, whether or not it is a member: so what tells members from others in the ratio to
 * it is the model under attack alone. [units]; NaN where one gives none. Source: the ratio of a
 * model's likelihood to that of the population with and without the record, Zarifzadeh, Liu and
 * Shokri 2024, arXiv:2312.03262, equations 3 and 8.
 */
export async function likelihoodOfOthers({
  units,
  references,
  random,
  fit,
}: Comparison): Promise<Float64Array> {
  const inside = randomHalves(units, references, random);
  let all: Float64Array | null = null;
  for (const [reference, half] of inside.entries()) {
    const one = await fit(half, reference);
    all = all === null ? one.slice() : all.map((sum, unit) => logSum(sum, one[unit]!));
  }
  return all!.map((sum) => sum - Math.log(references));
}

/** log(e^a + e^b). */
function logSum(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
}

/** For each model which units it learns from, 1 or 0: each unit is drawn into half of the models. */
export function randomHalves(units: number, references: number, random: WordSource): Uint8Array[] {
  if (references < 2 || references % 2 !== 0) throw new RangeError('an even number of models');
  const halves = Array.from({ length: references }, () => new Uint8Array(units));
  const order = Uint8Array.from({ length: references }, (_, place) => place);
  for (let unit = 0; unit < units; unit++) {
    for (let place = 0; place < references / 2; place++) {
      const other = place + below(references - place, random);
      [order[place], order[other]] = [order[other]!, order[place]!];
      halves[order[place]!]![unit] = 1;
    }
  }
  return halves;
}

/** Uniform in 0 .. n - 1: words that would favour some are drawn again. */
function below(n: number, random: WordSource): number {
  const end = 2 ** 32 - (2 ** 32 % n);
  let word = random.next();
  while (word >= end) word = random.next();
  return word % n;
}

/**
 * The largest share of members above a threshold that at most the share `fpr` of the others is above;
 * null with so few others that one alone is a larger share. Units of equal scores stay together.
 *
 * @param scores higher where a unit is more likely to be a member; [units]
 * @param members 1 or 0; [units]
 * @param order positions from the lowest score to the highest
 */
export function tprAtFpr(
  scores: Float64Array,
  members: Uint8Array,
  order: Uint32Array,
  fpr: number,
): number | null {
  const count = members.reduce((sum, one) => sum + one, 0);
  const others = members.length - count;
  // 1 % of 300 is 3, also where the product is a little less.
  const allowed = Math.floor(fpr * others + 1e-9);
  if (allowed === 0 || count === 0) return null;
  let [found, wrong, best] = [0, 0, 0];
  for (let at = order.length - 1; at >= 0 && wrong <= allowed; at--) {
    const unit = order[at]!;
    if (members[unit] === 1) found++;
    else wrong++;
    const isTied = at > 0 && scores[order[at - 1]!] === scores[unit];
    if (!isTied && wrong <= allowed) best = found;
  }
  return best / count;
}
