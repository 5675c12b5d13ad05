import { ConcordError } from '../../contract/errors.ts';
import type { ByGroup, MitigationFit, MitigationPlan } from '../../contract/mitigation.ts';
import { SURE_RECORDS } from '../../contract/review.ts';
import type { TrainPlan } from '../../contract/train.ts';
import { groupScores } from '../../fairness/mitigation/roc-points.ts';
import { groupThresholds } from '../../fairness/mitigation/thresholds.ts';
import type { Table } from '../../records/table.ts';
import { fitCalibration } from '../calibration.ts';
import type { Split } from '../split.ts';
import { groupReader, groupsIn, placesOf } from './groups.ts';

type After = Extract<MitigationPlan, { method: 'thresholds' | 'calibration' }>;

/** What is fitted for each group once the model is there; null where the plan asks for none. */
export function afterTraining({ mitigation }: Pick<TrainPlan, 'mitigation'>): After | null {
  return mitigation?.method === 'thresholds' || mitigation?.method === 'calibration'
    ? mitigation
    : null;
}

/** Throws MITIGATION_NEEDS_VALIDATION where no records outside the guarantee are kept for it. */
export function requireMitigable(
  plan: Pick<TrainPlan, 'mitigation'>,
  { validation }: Pick<Split, 'validation'>,
): void {
  if (afterTraining(plan) === null || validation.length > 0) return;
  throw new ConcordError('MITIGATION_NEEDS_VALIDATION');
}

interface Scored {
  readonly table: Table;
  readonly missing: readonly string[];
  /** Rows of the validation part with their score and label, which may be NaN. */
  readonly rows: Int32Array;
  readonly scores: Float64Array;
  readonly targets: Float64Array;
}

/**
 * Thresholds or calibrations for each group with at least SURE_RECORDS records of either label; all others
 * keep what is common. Throws MITIGATION_TOO_FEW {column, least} where fewer than two groups are left.
 */
export function fitByGroup(
  asked: After,
  { table, missing, rows, scores, targets }: Scored,
): { readonly byGroup: ByGroup; readonly fit: MitigationFit } {
  const { method, groups: column } = asked;
  const read = groupReader(table, column, missing);
  const known = Int32Array.from(rows.keys()).filter(
    (r) => !Number.isNaN(targets[r]!) && !Number.isNaN(scores[r]!),
  );
  const all = groupsIn(
    known.map((r) => rows[r]!),
    read,
  );
  const places = placesOf(
    all,
    known.map((r) => rows[r]!),
    read,
  );
  const sizes = new Float64Array(2 * all.length);
  known.forEach((r, at) => {
    if (places[at]! >= 0) sizes[2 * places[at]! + targets[r]!]!++;
  });
  const isLarge = (g: number): boolean =>
    Math.min(sizes[2 * g]!, sizes[2 * g + 1]!) >= SURE_RECORDS;
  const names = all.filter((_, g) => isLarge(g));
  if (names.length < 2) {
    throw new ConcordError('MITIGATION_TOO_FEW', { column, least: SURE_RECORDS });
  }
  const place = new Map(names.map((name, at) => [name, at]));
  const judged = known.filter((_, at) => places[at]! >= 0 && isLarge(places[at]!));
  const of = {
    scores: Float64Array.from(judged, (r) => scores[r]!),
    truth: Float64Array.from(judged, (r) => targets[r]!),
    codes: Int32Array.from(judged, (r) => place.get(read(rows[r]!) ?? '')!),
  };
  const too_few = all.filter((_, g) => !isLarge(g));
  if (method === 'calibration') {
    const byGroup = { column, groups: names.map((value, g) => ({ value, ...fitted(of, g) })) };
    return { byGroup, fit: { method, groups: column, too_few } };
  }
  const { criterion } = asked;
  const { chosen, gap, lotteryGap } = groupThresholds(
    groupScores(of.scores, of.truth, of.codes, names.length),
    criterion,
  );
  const groups = names.map((value, g) => ({ value, threshold: chosen[g]!.threshold }));
  return {
    byGroup: { column, groups },
    fit: { method, groups: column, criterion, gap, lottery_gap: lotteryGap, too_few },
  };
}

function fitted(
  { scores, truth, codes }: { scores: Float64Array; truth: Float64Array; codes: Int32Array },
  group: number,
): Pick<ByGroup['groups'][number], 'calibration'> {
  const own = Int32Array.from(codes.keys()).filter((at) => codes[at] === group);
  const calibration = fitCalibration(
    Float64Array.from(own, (at) => scores[at]!),
    Float64Array.from(own, (at) => truth[at]!),
  );
  return calibration === null ? {} : { calibration };
}
