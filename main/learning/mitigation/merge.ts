import { decodeFloats, encodeFloats } from '../floats.ts';
import type { Fitted } from '../kind.ts';

type Content = Fitted['content'];

/**
 * One model whose log-odds are the mean, by `shares` [contents] of sum 1, of those of several: of curves on
 * the same bins without pairs, or of layers without hidden ones. Noise that each was trained with
 * partly cancels. Null where they cannot be added up.
 */
export function merged(contents: readonly Content[], shares: Float64Array): Content | null {
  const [first] = contents;
  if (first === undefined) return null;
  if (first.kind === 'boosting') {
    const all = contents.filter((one) => one.kind === 'boosting');
    const isAlike = all.every(
      (one) =>
        typeof one.intercept === 'number' &&
        one.pairs === undefined &&
        JSON.stringify(one.shapes.map(({ cuts }) => cuts)) ===
          JSON.stringify(first.shapes.map(({ cuts }) => cuts)),
    );
    if (!isAlike) return null;
    return {
      ...first,
      intercept: all.reduce((sum, one, at) => sum + shares[at]! * (one.intercept as number), 0),
      shapes: first.shapes.map((shape, k) => ({
        ...shape,
        values: mean(
          all.map((one) => one.shapes[k]!.values),
          shares,
        ),
        deviations: mean(
          all.map((one) => one.shapes[k]!.deviations),
          shares,
          2,
        ),
      })),
    };
  }
  if (first.kind !== 'logistic' || first.architecture.hidden.length > 0) return null;
  const weights = contents.flatMap((one) => (one.kind === 'logistic' ? [one.weights] : []));
  return { ...first, weights: mean(weights, shares) };
}

/** Sums of share x value, or of their squares (power 2), of which the root is taken. */
function mean(texts: readonly string[], shares: Float64Array, power = 1): string {
  const lists = texts.map(decodeFloats);
  const sum = lists[0]!.map((_, i) =>
    lists.reduce((all, list, at) => all + (shares[at]! * list[i]!) ** power, 0),
  );
  return encodeFloats(power === 1 ? sum : sum.map((value) => value ** (1 / power)));
}
