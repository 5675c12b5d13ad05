import type { TestMetrics } from '../contract/train.ts';

/** Scores are clamped this far from 0 and 1 in the loss, so that one certain mistake is finite. */
export const CERTAIN = 1e-15;

/**
 * Figures of binary scores against targets 0/1 (both [n]); a score of at least `threshold` (of each, or
 * of all) is a prediction of 1. Undefined figures (a rate over nothing) are null, never 0. AUC: Mann-Whitney
 * with ties counted half (Hanley and McNeil 1982); Brier 1950; loss: mean natural logarithm.
 */
export function testMetrics(
  targets: Float64Array,
  scores: Float64Array,
  threshold: number | Float64Array = 0.5,
): TestMetrics {
  const n = targets.length;
  let truePositive = 0;
  let predicted = 0;
  let positive = 0;
  let right = 0;
  let loss = 0;
  let brier = 0;
  for (let i = 0; i < n; i++) {
    const target = targets[i]!;
    const score = scores[i]!;
    const least = typeof threshold === 'number' ? threshold : threshold[i]!;
    const prediction = score >= least ? 1 : 0;
    if (prediction === target) right++;
    if (prediction === 1 && target === 1) truePositive++;
    predicted += prediction;
    positive += target;
    const likely = target === 1 ? score : 1 - score;
    loss -= Math.log(Math.min(1 - CERTAIN, Math.max(CERTAIN, likely)));
    brier += (score - target) ** 2;
  }
  return {
    accuracy: share(right, n),
    auc: areaUnderCurve(targets, scores),
    loss: share(loss, n),
    brier: share(brier, n),
    precision: share(truePositive, predicted),
    recall: share(truePositive, positive),
    base_rate: share(positive, n),
  };
}

export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Mann-Whitney with ties counted half; null where only one target is there. */
export function areaUnderCurve(targets: Float64Array, scores: Float64Array): number | null {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let positive = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    let tiedPositive = 0;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) {
      tiedPositive += targets[order[to++]!]!;
    }
    rankSum += (tiedPositive * (from + 1 + to)) / 2;
    positive += tiedPositive;
    from = to;
  }
  const negative = order.length - positive;
  if (positive === 0 || negative === 0) return null;
  return (rankSum - (positive * (positive + 1)) / 2) / (positive * negative);
}
