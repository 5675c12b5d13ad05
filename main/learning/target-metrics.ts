import type { TestMetrics } from '../contract/train.ts';
import type { ClassLabels } from './labels.ts';
import { areaUnderCurve, CERTAIN, share, testMetrics } from './metrics.ts';
import type { TrainedModel } from './model.ts';

/**
 * Figures of a model's answers (as `scoreTable` gives them) against targets [n], for whatever it
 * predicts. Undefined figures are null, never 0.
 */
export function metricsOf(
  {
    labels,
    threshold,
  }: Pick<TrainedModel, 'labels'> & { readonly threshold: number | Float64Array },
  targets: Float64Array,
  scores: Float64Array,
): TestMetrics {
  if (labels.target === undefined) return testMetrics(targets, scores, threshold);
  if (labels.target === 'tags') throw new RangeError('tags are judged by judgeTags');
  return labels.target === 'number'
    ? numberMetrics(targets, scores)
    : classMetrics(labels, targets, scores);
}

/** The paths of undefined figures. */
export function undefinedFigures(metrics: TestMetrics): string[] {
  const { by_value: values = [], spans, ...figures } = metrics;
  const { by_kind: kinds = [], ...all } = spans ?? {};
  const none = (of: object): string[] =>
    Object.entries(of).flatMap(([name, figure]) => (figure === null ? [name] : []));
  return [
    ...none(figures),
    ...values.flatMap((of, at) => none(of).map((name) => `by_value.${at}.${name}`)),
    ...none(all).map((name) => `spans.${name}`),
    ...kinds.flatMap((of, at) => none(of).map((name) => `spans.by_kind.${at}.${name}`)),
  ];
}

/** The place of the most probable value of a row, the first of several; -1 where the model abstains. */
export function mostLikely(scores: Float64Array, row: number, values: number): number {
  let best = 0;
  for (let c = 1; c < values; c++) {
    if (scores[row * values + c]! > scores[row * values + best]!) best = c;
  }
  return Number.isNaN(scores[row * values]) ? -1 : best;
}

/**
 * Figures of several values. The prediction is the most probable one. Brier: the sum over all values
 * (Brier 1950, equation 2); macro F1: the mean of each value's F1, undefined where the F1 of one is,
 * because it was neither there nor predicted.
 */
function classMetrics(
  { target, values, positive }: ClassLabels,
  targets: Float64Array,
  scores: Float64Array,
): TestMetrics {
  const n = targets.length;
  const k = values.length;
  const right = new Float64Array(k);
  const there = new Float64Array(k);
  const predicted = new Float64Array(k);
  let [loss, brier, distance] = [0, 0, 0];
  for (let row = 0; row < n; row++) {
    const truth = targets[row]!;
    const best = mostLikely(scores, row, k);
    there[truth]!++;
    predicted[best]!++;
    if (best === truth) right[best]!++;
    distance += Math.abs(best - truth);
    loss -= Math.log(Math.max(CERTAIN, scores[row * k + truth]!));
    for (let c = 0; c < k; c++) brier += (scores[row * k + c]! - Number(c === truth)) ** 2;
  }
  const f1 = values.map((_, c) => share(2 * right[c]!, there[c]! + predicted[c]!));
  const known = f1.filter((one) => one !== null);
  const place = positive === undefined ? -1 : values.indexOf(positive);
  return {
    accuracy: share(
      right.reduce((sum, one) => sum + one, 0),
      n,
    ),
    ...(place < 0
      ? {}
      : {
          auc: areaUnderCurve(
            targets.map((truth) => Number(truth === place)),
            Float64Array.from({ length: n }, (_, row) => scores[row * k + place]!),
          ),
        }),
    loss: share(loss, n),
    brier: share(brier, n),
    macro_f1: known.length < k ? null : known.reduce((sum, one) => sum + one, 0) / k,
    by_value: values.map((value, c) => ({
      value,
      recall: share(right[c]!, there[c]!),
      precision: share(right[c]!, predicted[c]!),
      base_rate: share(there[c]!, n),
    })),
    ...(target === 'ordered' ? { rank_error: share(distance, n) } : {}),
  };
}

function numberMetrics(targets: Float64Array, scores: Float64Array): TestMetrics {
  const n = targets.length;
  const mean = targets.reduce((sum, target) => sum + target, 0) / n;
  let [absolute, squared, spread] = [0, 0, 0];
  for (let row = 0; row < n; row++) {
    absolute += Math.abs(scores[row]! - targets[row]!);
    squared += (scores[row]! - targets[row]!) ** 2;
    spread += (targets[row]! - mean) ** 2;
  }
  const mse = share(squared, n);
  return {
    mae: share(absolute, n),
    rmse: mse === null ? null : Math.sqrt(mse),
    r2: spread === 0 ? null : 1 - squared / spread,
  };
}
