import type {
  AttackedGroup,
  AttackFigures,
  LeakReason,
  MembershipAttack,
} from '../contract/leak-test.ts';
import { everybody, groupings, type Grouping } from '../fairness/groups.ts';
import { reach } from '../fairness/intervals.ts';
import { rocAreas, type RocArea } from '../fairness/roc.ts';
import { tprAtFpr } from '../privacy/attack/membership.ts';
import type { Table } from '../records/table.ts';
import type { Attacked } from './attacked.ts';

const LEVEL = 0.95;
/** A figure over fewer members or others than this is not shown, as in a review. */
const FEWEST = 10;

export interface Signals {
  /** Higher where a unit is more likely to be a member; NaN where the model says nothing of it. */
  readonly loss: Float64Array;
  readonly ratio: Float64Array | null;
  readonly control: Float64Array | null;
}

interface Told {
  readonly membership: Omit<MembershipAttack, 'references'>;
  readonly reasons: Record<string, LeakReason>;
}

/** What the signals tell of members, for all and by group; `reasons` by path for what is null. */
export function membershipFigures(
  table: Table,
  attacked: Attacked,
  { loss, ratio, control }: Signals,
  groups: readonly string[],
): Told {
  const best = ratio ?? loss;
  const known = Uint32Array.from(attacked.members.keys()).filter(
    (unit) => !Number.isNaN(loss[unit]) && !Number.isNaN(best[unit]),
  );
  const members = Uint8Array.from(known, (unit) => attacked.members[unit]!);
  const of = (signal: Float64Array): Ranked => {
    const scores = Float64Array.from(known, (unit) => signal[unit]!);
    return { scores, members, order: rising(scores) };
  };
  const reasons: Record<string, LeakReason> = {};
  const whole = everybody(known.length);
  const one = (signal: Ranked, path: string | null): AttackedGroup =>
    figuresByGroup(signal, whole, () => path ?? '', path === null ? {} : reasons)[0]!;
  const without = ({ members: _, others: __, ...figures }: AttackedGroup): AttackFigures => figures;
  const ofLoss = one(of(loss), 'membership.loss');
  const strongest = of(best);
  const rows = known.map((unit) => attacked.first[unit]!);
  const { auc, interval } =
    control === null ? { auc: null, interval: null } : one(of(control), null);
  return {
    membership: {
      ...{ members: ofLoss.members, others: ofLoss.others, level: LEVEL },
      loss: without(ofLoss),
      ratio: ratio === null ? null : without(one(strongest, 'membership.ratio')),
      control: control === null ? null : { auc, interval },
      groups: Object.fromEntries(
        groupings(table, rows, groups, false).map((grouping) => {
          const pathOf = (name: string): string =>
            `membership.groups.${grouping.attribute}.${name}`;
          const figures = figuresByGroup(strongest, grouping, pathOf, reasons);
          return [
            grouping.attribute,
            Object.fromEntries(grouping.names.map((name, at) => [name, figures[at]!])),
          ];
        }),
      ),
    },
    reasons,
  };
}

interface Ranked {
  readonly scores: Float64Array;
  readonly members: Uint8Array;
  readonly order: Uint32Array;
}

function rising(scores: Float64Array): Uint32Array {
  return Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
}

function figuresByGroup(
  { scores, members, order }: Ranked,
  grouping: Grouping,
  pathOf: (name: string) => string,
  reasons: Record<string, LeakReason>,
): AttackedGroup[] {
  const areas = rocAreas({ truth: members, score: scores }, order, grouping);
  return grouping.names.map((name, group) => {
    const own = {
      ...{ scores, members },
      order: order.filter((at) => grouping.codes[at] === group),
    };
    const count = own.order.reduce((sum, at) => sum + members[at]!, 0);
    const others = own.order.length - count;
    const isFew = Math.min(count, others) < FEWEST;
    const figures = {
      ...areaFigures(isFew ? null : (areas[group] ?? null)),
      tpr_at_fpr_0_01: isFew ? null : rateOf(own, 0.01),
      tpr_at_fpr_0_001: isFew ? null : rateOf(own, 0.001),
    };
    for (const [figure, value] of Object.entries(figures)) {
      if (value === null) reasons[`${pathOf(name)}.${figure}`] = 'too-few';
    }
    return { members: count, others, ...figures };
  });
}

/** Of the units in the order alone. */
function rateOf({ scores, members, order }: Ranked, fpr: number): number | null {
  const own = Uint32Array.from(order.keys());
  return tprAtFpr(
    Float64Array.from(order, (at) => scores[at]!),
    Uint8Array.from(order, (at) => members[at]!),
    own,
    fpr,
  );
}

function areaFigures(found: RocArea | null): Pick<AttackFigures, 'auc' | 'interval'> {
  if (found === null) return { auc: null, interval: null };
  const { area, standardError } = found;
  if (standardError === null) return { auc: area, interval: null };
  const half = reach(LEVEL) * standardError;
  return { auc: area, interval: [Math.max(0, area - half), Math.min(1, area + half)] };
}
