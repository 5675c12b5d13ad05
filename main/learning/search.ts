import { ConcordError } from '../contract/errors.ts';
import type { AnyPhase, Phase } from '../contract/privacy.ts';
import type {
  PrivacyStatement,
  TrainPlan,
  TrialSetting,
  WantedStatistic,
} from '../contract/train.ts';
import { epsilonOf } from '../privacy/accountant.ts';
import { uniform } from '../privacy/random.ts';
import { drawTrials, trialLaw } from '../privacy/trials.ts';
import type { Counts, Fitted, Given, Kind, Task } from './kind.ts';
import type { Prepared } from './material.ts';
import { planOfTrial, searchSpace } from './search-space.ts';
import type { Split } from './split.ts';
import { trialsOf } from './statement.ts';

type Target = NonNullable<TrainPlan['privacy']>;
/** The kind that trains with one setting. */
type KindOf = (plan: TrainPlan, setting: TrialSetting) => Kind;

/** One setting, the kind that trains with it, and the guarantee of a trial. */
interface Trial {
  readonly setting: TrialSetting;
  readonly kind: Kind;
  /** Its last phases are those of the trial. */
  readonly statement: PrivacyStatement;
}

/**
 * A search for settings as a way to train: a number of trials drawn at random, each a private training
 * of its own with a setting drawn at random, of which the one with the best score on the validation
 * part is kept. Nothing of the others leaves it, nor how many there were; that is what the price rests
 * on (docs/accounting.md, "Selection"). Throws PLAN_INVALID without privacy, and as `searchSpace`.
 */
export function searchKind(plan: TrainPlan, kindOf: KindOf): Kind {
  if (plan.privacy === null) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'search',
      expected: 'a search is paid for from a privacy budget; without privacy leave this entry out',
    });
  }
  // Refuses kinds and settings that are not there.
  kindOf(plan, {});
  const kindsFor = (counts: Pick<Counts, 'columns' | 'publicCount'>) =>
    searchSpace(plan, counts).map((setting) => ({
      setting,
      kind: kindOf(planOfTrial(plan, setting), setting),
    }));
  let trials: readonly Trial[] = [];
  return {
    guarantee(target, counts, wanted) {
      const found = guaranteeOfSearch(plan, kindsFor(counts), { target, counts, wanted });
      ({ trials } = found);
      // However many steps the trials have, the search is charged as one.
      return { statement: found.statement, steps: 1 };
    },
    async check(counts, task) {
      for (const { kind } of kindsFor(counts)) await kind.check(counts, task);
    },
    fit: (task, prepared, given) => search(plan, trials, task, prepared, given),
  };
}

/** Throws SEARCH_NEEDS_VALIDATION where a search has nothing outside the guarantee to judge by. */
export function requireValidation(
  { search: asked }: Pick<TrainPlan, 'search'>,
  { validation }: Pick<Split, 'validation'>,
): void {
  if (asked !== undefined && validation.length === 0) {
    throw new ConcordError('SEARCH_NEEDS_VALIDATION');
  }
}

const TRIES = 8;
/** So that the next try is not above the target by rounding. */
const LESS = 1 - 1e-4;

interface Asked {
  readonly target: Target;
  readonly counts: Counts;
  readonly wanted: readonly WantedStatistic[];
}

/**
 * The noise of every setting, such that the search costs what the plan allows. Each is calibrated as if
 * all trials were of its setting; where they differ in steps or rate, for a little less, until the
 * dearest of them together keep the target.
 */
function guaranteeOfSearch(
  plan: TrainPlan,
  kinds: readonly Pick<Trial, 'setting' | 'kind'>[],
  { target, counts, wanted }: Asked,
): { readonly statement: PrivacyStatement; readonly trials: readonly Trial[] } {
  let { epsilon } = target;
  for (let round = 0; round < TRIES; round++) {
    const known = new Map<string, Pick<Trial, 'setting' | 'statement'>>();
    const made = kinds.map(({ setting, kind }) => {
      const { batch, epochs, cycles, growth, clip } = setting;
      const key = JSON.stringify([batch, epochs, cycles, growth]);
      const like = known.get(key);
      // The noise of a step is in units of the clipping norm: it must be the one that is clipped at.
      if (like !== undefined && (clip !== undefined || like.setting.clip === undefined)) {
        const statement = clip === undefined ? like.statement : { ...like.statement, clip };
        return { setting, kind, statement };
      }
      const { statement } = kind.guarantee({ ...target, epsilon }, counts, wanted);
      known.set(key, { setting, statement });
      return { setting, kind, statement };
    });
    const statement = together(plan, made, wanted.length);
    if (statement.epsilon <= target.epsilon) {
      return {
        statement,
        trials: made.map((one) => ({ ...one, statement: ofTrial(one.statement) })),
      };
    }
    epsilon *= (target.epsilon / statement.epsilon) * LESS;
  }
  throw new ConcordError('CALIBRATION_IMPOSSIBLE', { epsilon: target.epsilon, limit: TRIES });
}

/** The guarantee of a search among all of these. */
function together(
  plan: TrainPlan,
  made: readonly { readonly statement: PrivacyStatement }[],
  bought: number,
): PrivacyStatement {
  const [first] = made;
  if (first === undefined) throw new RangeError('a search has settings');
  const { delta } = first.statement;
  const before = first.statement.phases.slice(0, bought);
  const trials = new Map<string, Phase[]>();
  for (const { statement } of made) {
    const phases = trialOf(statement);
    trials.set(JSON.stringify(phases), phases);
  }
  const of = [...trials.values()];
  const search: AnyPhase = { mechanism: 'selection', ...trialsOf(plan)!, of, steps: 1 };
  const phases = [...before, search];
  const { accountant } = plan;
  const found = epsilonOf({ phases, delta, accountant });
  const alone = of.map(
    (trial) => epsilonOf({ phases: [...before, ...trial], delta, accountant }).epsilon,
  );
  return {
    ...first.statement,
    epsilon: found.epsilon,
    accountant: found.accountant,
    phases,
    search: {
      ...trialsOf(plan)!,
      settings: made.length,
      trial_epsilon: Math.max(...alone),
    },
  };
}

function trialOf({ phases }: PrivacyStatement): Phase[] {
  const last = phases.at(-1);
  if (last?.mechanism !== 'selection') throw new RangeError('a search ends with its selection');
  return last.of[0]!;
}

/** With the trial's own phases in place of the selection, as a kind trains by it. */
function ofTrial(statement: PrivacyStatement): PrivacyStatement {
  return { ...statement, phases: [...statement.phases.slice(0, -1), ...trialOf(statement)] };
}

async function search(
  plan: TrainPlan,
  trials: readonly Trial[],
  task: Task,
  prepared: Prepared,
  given: Given,
): Promise<Fitted> {
  const { privacy, judge, columns, bought, random, seed, pace } = given;
  if (privacy === null || judge === undefined || trials.length === 0) {
    throw new RangeError('a search has a guarantee and something to judge by');
  }
  // What ended in the middle counts as spent: to go on would make more trials than were drawn.
  if ((given.resumed?.from ?? 0) > 0) throw new ConcordError('JOB_NOT_RESUMABLE');
  await given.charge?.(0, 1);
  await pace.beat({ phase: 'searching', step: 0, steps: 1 });
  const count = drawTrials(trialLaw(trialsOf(plan)!), random);
  let best: { readonly trial: Trial; readonly fitted: Fitted; readonly score: number } | null =
    null;
  for (let made = 0; made < count; made++) {
    const trial = trials[Math.floor(uniform(random) * trials.length)]!;
    const fitted = await trial.kind.fit(task, prepared, {
      ...{ privacy: trial.statement, columns, bought, random, seed, pace: pace.hushed() },
    });
    const score = await judge(fitted);
    if (best === null || score > best.score) best = { trial, fitted, score };
  }
  const { trial, fitted } = best!;
  await pace.beat({ phase: 'searching', step: 1, steps: 1 });
  const { clip, expected_batch } = trial.statement;
  const statement = { ...privacy, clip, expected_batch };
  return { ...fitted, found: { chosen: trial.setting, statement } };
}
