import { byScore } from '../../../main/fairness/order.ts';
import { rocAreas, type RocArea } from '../../../main/fairness/roc.ts';

/** The area of one group, from the scores of its positives and of its negatives. */
export function areaOf(positives: readonly number[], negatives: readonly number[]): RocArea | null {
  const score = Float64Array.from([...negatives, ...positives]);
  const truth = Uint8Array.from(score, (_, at) => Number(at >= negatives.length));
  const whole = { codes: new Uint32Array(score.length), names: [''] };
  return rocAreas({ truth, score }, byScore(score), whole)[0] ?? null;
}
