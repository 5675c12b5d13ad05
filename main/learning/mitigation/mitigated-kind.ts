import { ConcordError } from '../../contract/errors.ts';
import type { MitigationPlan } from '../../contract/mitigation.ts';
import type { Phase } from '../../contract/privacy.ts';
import type { PrivacyStatement, TrainPlan, WantedStatistic } from '../../contract/train.ts';
import type { Cells } from '../../fairness/mitigation/cells.ts';
import { constrained, type Lesson } from '../../fairness/mitigation/constrained.ts';
import { reweighing } from '../../fairness/mitigation/reweighing.ts';
import { epsilonOf } from '../../privacy/accountant.ts';
import { noisyCounts } from '../../privacy/statistics/counts.ts';
import { priceStatistics } from '../../privacy/statistics/planner.ts';
import type { Counts, Fitted, Given, Guarantee, Kind, Task } from '../kind.ts';
import type { BinaryLabels } from '../labels.ts';
import type { Prepared } from '../material.ts';
import { statedTarget } from '../target.ts';
import { merged } from './merge.ts';
import {
  contributionsOf,
  groupedRows,
  ownLabels,
  taught,
  tooFew,
  unitsIn,
  type GroupedRows,
} from './cells-of.ts';

type Constrained = Extract<MitigationPlan, { method: 'constrained' }>;
type Target = NonNullable<TrainPlan['privacy']>;

/** Models that are trained for a bound: without privacy, and where each has to be paid for. */
const PLAIN_ROUNDS = 12;
const PRIVATE_ROUNDS = 3;
/** Decisions are counted of each of them, and of the model that is made of them. */
const PRIVATE_COUNTS = PRIVATE_ROUNDS + 1;
/** Of epsilon, what counting the decisions of all rounds may cost by itself. */
const COUNT_SHARE = 0.2;
/** Those whose records can count differently. */
const WEIGHABLE: readonly string[] = ['boosting', 'logistic', 'network'];

/**
 * A kind whose training is kept from, or held to, a gap between groups; the kind itself where the plan
 * says nothing of it, or leaves it to after the training. Throws PLAN_INVALID where it cannot be.
 */
export function mitigatedKind(plan: TrainPlan, kind: Kind): Kind {
  const { mitigation } = plan;
  if (mitigation === undefined) return kind;
  requireTwoValues(statedTarget(plan));
  if (mitigation.method === 'thresholds' || mitigation.method === 'calibration') return kind;
  if (!WEIGHABLE.includes(plan.model.kind)) {
    throw unfit(`records are weighted for models of the kinds ${WEIGHABLE.join(', ')}`);
  }
  if (mitigation.method === 'reweighing') return weightedKind(mitigation.groups, kind);
  if (plan.search !== undefined) throw unfit('a bound is kept without a search for settings');
  return constrainedKind(plan, mitigation, kind);
}

function unfit(expected: string): ConcordError {
  return new ConcordError('PLAN_INVALID', { path: 'mitigation', expected });
}

function requireTwoValues(target: string | null): void {
  if (target === null || target === 'binary') return;
  throw unfit('gaps are narrowed for models of two values');
}

function withTwoValues(prepared: Prepared): Prepared & { readonly labels: BinaryLabels } {
  const { labels } = prepared;
  requireTwoValues(labels.target ?? null);
  if (labels.target !== undefined) throw new RangeError('two values');
  return { ...prepared, labels };
}

function groupsOf(task: Task, prepared: Prepared, groups: string, given: Given): GroupedRows {
  const bought = given.privacy === null ? null : (given.bought ?? []);
  return groupedRows(task, withTwoValues(prepared), groups, bought);
}

/** Every record counts so much that group and label are independent. */
function weightedKind(groups: string, kind: Kind): Kind {
  return {
    guarantee: (...of) => kind.guarantee(...of),
    check: (...of) => kind.check(...of),
    async fit(task, prepared, given) {
      const rows = groupsOf(task, prepared, groups, given);
      const lesson = { target: ownLabels(rows.counts), weight: reweighing(rows.counts) };
      const fitted = await kind.fit(task, taught(prepared, rows, lesson), given);
      return { ...fitted, mitigation: { method: 'reweighing', groups, too_few: tooFew(rows) } };
    },
  };
}

/**
 * Several models one after another, each paid for, of which the one that keeps the bound best is kept.
 * All follows from what was released: the models, and noisy counts of whom each selects.
 */
function constrainedKind(plan: TrainPlan, mitigation: Constrained, kind: Kind): Kind {
  let ofRound: PrivacyStatement | null = null;
  let steps = 0;
  return {
    guarantee(target, counts, wanted) {
      const found = guaranteeOfRounds(plan, kind, { target, counts, wanted });
      ({ ofRound, steps } = found);
      return { statement: found.statement, steps };
    },
    check: (...of) => kind.check(...of),
    async fit(task, prepared, given) {
      // What ended in the middle counts as spent, and the models before are gone.
      if ((given.resumed?.from ?? 0) > 0) throw new ConcordError('JOB_NOT_RESUMABLE');
      await given.charge?.(0, steps);
      const rounds = given.privacy === null ? PLAIN_ROUNDS : PRIVATE_ROUNDS;
      const rows = groupsOf(task, prepared, mitigation.groups, given);
      if (rows.names.length < 2) {
        throw new ConcordError('MITIGATION_TOO_FEW', { column: mitigation.groups, least: 1 });
      }
      const models: Fitted[] = [];
      const { criterion, bound } = mitigation;
      const respond = async (lesson: Lesson, round: number): Promise<Cells> => {
        await given.pace.beat({ phase: 'training', step: round, steps: rounds });
        const fitted = await kind.fit(task, taught(prepared, rows, lesson), {
          ...given,
          ...{ privacy: given.privacy === null ? null : ofRound, pace: given.pace.hushed() },
          ...{ charge: undefined, checkpoint: undefined, resumed: undefined },
        });
        models.push(fitted);
        return selectedBy(fitted, prepared, rows, given, contributionsOf(plan));
      };
      const merge = async (shares: Float64Array): Promise<Cells | null> => {
        const [first] = models;
        const content = merged(
          models.map((one) => one.content),
          shares,
        );
        if (first === undefined || content === null) return null;
        models.push({ ...first, content, steps: 0, seconds: 0 });
        return selectedBy(models.at(-1)!, prepared, rows, given, contributionsOf(plan));
      };
      const found = await constrained({
        ...{ counts: rows.counts, criterion, bound, rounds, respond, merge },
      });
      await given.pace.beat({ phase: 'training', step: rounds, steps: rounds });
      const best = models[found.best]!;
      return {
        ...best,
        steps: models.reduce((sum, one) => sum + one.steps, 0),
        seconds: models.reduce((sum, one) => sum + one.seconds, 0),
        mitigation: {
          ...mitigation,
          gap: found.tried[found.best]!.gap,
          rounds: models.filter((one) => one.steps > 0).length,
          too_few: tooFew(rows),
        },
      };
    },
  };
}

/** Units in each cell that a model selects; noisy in private training, as was paid for. */
async function selectedBy(
  fitted: Fitted,
  { units }: Prepared,
  { cells, counts }: GroupedRows,
  { privacy, select, random }: Given,
  contributions: number,
): Promise<Cells> {
  if (select === undefined) throw new RangeError('a bound is kept by what models select');
  const selected = await select(fitted);
  const places = new Int32Array(cells.length).fill(-1);
  units.rows.forEach((place, at) => {
    if (selected[at] === 1) places[place] = cells[place]!;
  });
  const exact = unitsIn(units, places, counts.length);
  if (privacy === null) return exact;
  const noise = privacy.phases[privacy.statistics?.wanted.length ?? 0];
  if (noise?.mechanism !== 'discrete_gaussian')
    throw new RangeError('decisions are counted with noise');
  return noisyCounts(exact, { noiseMultiplier: noise.noise_multiplier, contributions }, random);
}

const TRIES = 12;
/** A little more than rounds cost together, so that the search comes from above. */
const FIRST = 1.2;
/** So that the next try is not above the target by rounding. */
const LESS = 1 - 1e-3;

/**
 * The guarantee of all rounds: what is bought, the counts of decisions, then the phases of a training as
 * often as there are rounds. A round is calibrated for less and less until all together keep the target.
 */
function guaranteeOfRounds(
  plan: TrainPlan,
  kind: Pick<Kind, 'guarantee'>,
  asked: { target: Target; counts: Counts; wanted: readonly WantedStatistic[] },
): Guarantee & { readonly ofRound: PrivacyStatement } {
  const { target, counts, wanted } = asked;
  const { epsilon: most, delta } = target;
  const accountant = plan.accountant ?? (plan.model.kind === 'boosting' ? 'pld' : undefined);
  const need = { mechanism: 'discrete_gaussian', weight: 1, mayFail: false } as const;
  const counting = priceStatistics([{ ...need, steps: PRIVATE_COUNTS }], {
    ...{ epsilon: most, delta, share: COUNT_SHARE, accountant },
    contributions: contributionsOf(plan),
  }).phases;
  const noSearch = { ...plan, accountant };
  let epsilon = (FIRST * most) / Math.sqrt(PRIVATE_ROUNDS);
  for (let round = 0; round < TRIES; round++) {
    const { statement, steps } = kind.guarantee({ epsilon, delta }, counts, wanted);
    const bought = statement.phases.slice(0, wanted.length);
    const own = statement.phases.slice(wanted.length) as Phase[];
    const rounds = own.map((phase) => ({ ...phase, steps: PRIVATE_ROUNDS * phase.steps }));
    const phases = [...bought, ...counting, ...rounds];
    const found = epsilonOf({ phases, delta, accountant: noSearch.accountant });
    if (found.epsilon <= most) {
      return {
        statement: { ...statement, epsilon: found.epsilon, accountant: found.accountant, phases },
        ofRound: statement,
        steps: PRIVATE_COUNTS + PRIVATE_ROUNDS * steps,
      };
    }
    epsilon *= Math.min(LESS, (most / found.epsilon) * LESS);
  }
  throw new ConcordError('CALIBRATION_IMPOSSIBLE', { epsilon: most, limit: TRIES });
}
