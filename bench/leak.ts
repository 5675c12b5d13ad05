import { trainPlan, type TrainPlan, type TrainPlanInput } from '../main/contract/train.ts';
import type { AttackFigures, LeakTestResult } from '../main/contract/leak-test.ts';
import { runWithCanaries, type CanaryRun } from '../main/learning/canaries.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import type { Table } from '../main/records/table.ts';
import { auditModel } from '../main/study/audit.ts';
import { leakTest } from '../main/study/leak-test.ts';
import { loadavg } from 'node:os';
import { officialAdult, planNamed } from './adult-plans.ts';
import { rounded, timed } from './timing.ts';

const control = { signal: new AbortController().signal, progress: () => undefined };
const ASKED = { groups: ['sex', 'race'], sensitive: 'marital_status' };

const MODELS: readonly { readonly name: string; readonly change: Partial<TrainPlanInput> }[] = [
  {
    name: 'network 128-64, plain, 100 epochs: learnt by heart',
    change: { model: { kind: 'network', hidden: [128, 64] }, privacy: null, epochs: 100 },
  },
  { name: 'network, plain', change: { model: { kind: 'network' }, privacy: null } },
  { name: 'boosting, plain', change: { model: { kind: 'boosting' }, privacy: null } },
  { name: 'logistic, plain', change: { model: { kind: 'logistic' }, privacy: null } },
  { name: 'network, epsilon 3', change: { model: { kind: 'network' }, privacy: at(3) } },
  { name: 'boosting, epsilon 3', change: { model: { kind: 'boosting' }, privacy: at(3) } },
  { name: 'logistic, epsilon 3', change: { model: { kind: 'logistic' }, privacy: at(3) } },
];

function at(epsilon: number): NonNullable<TrainPlan['privacy']> {
  return { epsilon, delta: 1e-5 };
}

/**
 * The whole leak test on Adult's official parts, by sex and race, with marital status as the hidden
 * column: what it finds of models that are private and of others, and how long it takes. Then `runs`
 * audits each of a training that keeps a promise of epsilon 3 and of two that do not. `only`: a part of
 * a model's name, or 'audits'.
 */
export async function benchLeak(_rows?: number, runs = 20, only?: string): Promise<object> {
  const table = await officialAdult();
  const load = [rounded(loadavg()[0] ?? 0)];
  const models: Record<string, object> = {};
  for (const { name, change } of MODELS) {
    if (only === undefined || name.includes(only)) models[name] = await attacked(table, change);
  }
  const wantsAudits = only === undefined || only === 'audits';
  const audits = wantsAudits ? await audited(table, runs) : {};
  load.push(rounded(loadavg()[0] ?? 0));
  return { rows: table.rows, asked: ASKED, load_before_and_after: load, models, audits };
}

async function attacked(table: Table, change: Partial<TrainPlanInput>): Promise<object> {
  const plan = trainPlan.parse({ ...planNamed('adult-network'), ...change });
  const { model, result } = await trainModel(table, plan, { random: systemRandom() });
  let found: LeakTestResult | null = null;
  const taken = await timed(async () => {
    found = await leakTest(table, model, plan, ASKED, control);
  });
  const { membership, attribute, epsilon_lower_bound: bound } = found!;
  const { loss, ratio, control: blind, references, groups } = membership!;
  const worst = Object.entries(groups).flatMap(([column, of]) =>
    Object.entries(of).map(([group, { auc }]) => ({ group: `${column}: ${group}`, auc })),
  );
  worst.sort((a, b) => (b.auc ?? 0) - (a.auc ?? 0));
  const { gain, interval } = attribute!.members;
  return {
    test_accuracy: rounded(result.metrics.test.accuracy ?? NaN),
    seconds: rounded(taken.wall / 1000),
    processor_seconds: rounded(taken.processor / 1000),
    references,
    ratio: shown(ratio!),
    loss: shown(loss),
    control_auc: rounded(blind?.auc ?? NaN),
    group_with_the_largest_auc: { ...worst[0], auc: rounded(worst[0]?.auc ?? NaN) },
    attribute_gain: { members: rounded(gain), interval: interval.map(rounded) },
    epsilon_lower_bound: bound === null || bound === undefined ? null : rounded(bound),
  };
}

function shown({ auc, interval, tpr_at_fpr_0_01: one, tpr_at_fpr_0_001: tenth }: AttackFigures) {
  return {
    auc: rounded(auc ?? NaN),
    interval: interval?.map(rounded) ?? null,
    tpr_at_fpr_0_01: rounded(one ?? NaN),
    tpr_at_fpr_0_001: rounded(tenth ?? NaN),
  };
}

/** How many of so many audits block. */
async function audited(table: Table, runs: number): Promise<object> {
  const plan = trainPlan.parse({
    ...planNamed('adult-network'),
    ...{ model: { kind: 'logistic' }, privacy: at(3) },
  });
  const { model } = await trainModel(table, plan, { random: systemRandom() });
  const trainings: Readonly<Record<string, typeof runWithCanaries>> = {
    'as promised': runWithCanaries,
    'noise / 10': (run: CanaryRun) => runWithCanaries({ ...run, promise: withTenth(run.promise) }),
    'clipping off': (run: CanaryRun) => runWithCanaries({ ...run, clip: 1e9 }),
  };
  const found: Record<string, object> = {};
  for (const [name, run] of Object.entries(trainings)) {
    const bounds: number[] = [];
    let blocked = 0;
    for (let round = 0; round < runs; round++) {
      const { blocks, epsilon_lower_bound: bound } = await auditModel(
        ...([table, model, plan, control, run] as const),
      );
      bounds.push(bound ?? 0);
      if (blocks) blocked++;
    }
    bounds.sort((a, b) => a - b);
    const [least, most] = [rounded(bounds[0] ?? NaN), rounded(bounds.at(-1) ?? NaN)];
    found[name] = { runs, blocked, bounds: { least, most } };
  }
  return { promise: plan.privacy, model: 'logistic', found };
}

function withTenth(promise: CanaryRun['promise']): CanaryRun['promise'] {
  const phases = promise.phases.map((phase) =>
    'noise_multiplier' in phase
      ? { ...phase, noise_multiplier: phase.noise_multiplier / 10 }
      : phase,
  );
  return { ...promise, phases };
}
