import { Seeded } from '../fairness/seeded.ts';
import type { ShapleyValues } from './additive.ts';

/** Which fields of a variant are those of the record; the others are those of a background record. */
export interface Variant {
  readonly known: Uint8Array;
  /** Which of the drawn backgrounds. */
  readonly draw: number;
}

export interface SampledValues extends ShapleyValues {
  /** Standard errors of the effects. */
  readonly errors: number[];
}

/**
 * Shapley values by drawing orders: each field's effect is the mean of what it changes when it becomes
 * known after those before it in the order (Castro, Gómez, Tejada 2009). Each order is used together
 * with its reverse, which lessens the variance (antithetic pairs: Mitchell, Cooper, Frank, Holmes 2022,
 * section 3), and with a background draw of its own; the standard error is that of the mean of pairs.
 * The effects add up to `output` less the mean over the draws, whatever was drawn.
 *
 * @param evaluate outputs of the variants, all of them in one batch
 * @param pairs at least 2
 */
export async function sampledShapley(
  fields: number,
  { pairs, seed }: { readonly pairs: number; readonly seed: number },
  evaluate: (variants: readonly Variant[]) => Promise<Float64Array>,
): Promise<SampledValues> {
  const random = new Seeded(seed);
  const orders = Array.from({ length: pairs }, () => order(fields, random));
  const whole = { known: new Uint8Array(fields).fill(1), draw: 0 };
  const variants: Variant[] = [whole];
  for (const [draw, one] of orders.entries()) {
    variants.push({ known: new Uint8Array(fields), draw });
    for (const way of bothWays(one)) {
      const known = new Uint8Array(fields);
      for (const field of way.slice(0, -1)) {
        known[field] = 1;
        variants.push({ known: known.slice(), draw });
      }
    }
  }
  const outputs = await evaluate(variants);
  const output = outputs[0]!;
  const sums = new Float64Array(fields);
  const squares = new Float64Array(fields);
  let background = 0;
  let at = 1;
  for (const one of orders) {
    const start = outputs[at++]!;
    background += start / pairs;
    const gains = new Float64Array(fields);
    for (const way of bothWays(one)) {
      let before = start;
      for (const [place, field] of way.entries()) {
        const now = place === fields - 1 ? output : outputs[at++]!;
        gains[field]! += (now - before) / 2;
        before = now;
      }
    }
    gains.forEach((gain, field) => {
      sums[field]! += gain;
      squares[field]! += gain * gain;
    });
  }
  return {
    output,
    background,
    effects: Array.from(sums, (sum) => sum / pairs),
    errors: Array.from(sums, (sum, field) => {
      const spread = Math.max(0, squares[field]! - (sum * sum) / pairs) / (pairs - 1);
      return Math.sqrt(spread / pairs);
    }),
  };
}

function bothWays(one: readonly number[]): (readonly number[])[] {
  return [one, one.toReversed()];
}

/** A random order (Fisher and Yates). */
function order(fields: number, random: Seeded): number[] {
  const places = Array.from({ length: fields }, (_, field) => field);
  for (let i = fields - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  return places;
}
