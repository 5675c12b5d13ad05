import { describe, expect, it } from 'vitest';
import { trainPlan, trainResult, type TrainPlanInput } from '../../../../main/contract/train.ts';
import type { Checkpoint } from '../../../../main/learning/checkpoint.ts';
import { saveModel, weightsOf } from '../../../../main/learning/model.ts';
import { trainModel, type Trained, type TrainOptions } from '../../../../main/learning/train.ts';
import { epsilonOf } from '../../../../main/privacy/accountant.ts';
import { systemRandom } from '../../../../main/privacy/random.ts';
import { codedColumn, seededUniform, tableOf } from '../fixtures.ts';
import { hasTensorFlow } from '../sequence-models.ts';

const WORDS = 'the patient reports since monday cough fever chest rash itching skin again'.split(
  ' ',
);
const RARE = 'xylophagous';
const PUBLIC = 'quincunx';
const draw = seededUniform(5);
const wards = Array.from({ length: 240 }, () => Math.floor(2 * draw()));
const notes = wards.map((ward, row) => {
  const sign = ward === 1 ? 'rash itching skin' : 'cough fever chest';
  return `the patient reports ${sign} again${row === 7 ? ` ${RARE}` : ''}`;
});
const table = tableOf(
  codedColumn('note', notes),
  codedColumn(
    'ward',
    wards.map((ward) => (ward === 1 ? 'yes' : 'no')),
  ),
);
const publicText = Array.from({ length: 40 }, (_, i) => `${notes[i]!} ${PUBLIC}`);

const MODELS = {
  bag: { kind: 'bag', embedding: 4 },
  recurrent: { kind: 'recurrent', embedding: 4, units: 4 },
  attention: { kind: 'attention', width: 8, heads: 2, layers: 1 },
} as const;
type Kind = keyof typeof MODELS;
type On = 'public' | 'records';

/** Accounted by Renyi divergences where the price is not the point: it is quicker. */
const quick = { accountant: 'rdp' } as const;

function train(
  on: On,
  { kind = 'bag', ...more }: Partial<TrainPlanInput> & { kind?: Kind } = {},
  options: Partial<TrainOptions> = {},
): Promise<Trained> {
  const plan = trainPlan.parse({
    ...{ label: 'ward', labels: ['no', 'yes'], text: 'note', epochs: 2 },
    model: { ...MODELS[kind], vocabulary: WORDS, length: 16, pretrain: { on, epochs: 3 } },
    privacy: { epsilon: 8, delta: 1e-4 },
    ...more,
  });
  return trainModel(table, plan, { random: systemRandom(), initSeed: 2, ...options });
}

describe.skipIf(!hasTensorFlow)('pre-training on the records', () => {
  it.each(['bag', 'recurrent', 'attention'] as const)(
    'of kind %s is paid ahead, and one statement covers both phases',
    async (kind) => {
      const charges: [number, number][] = [];
      let reserved = 0;
      const { result, model } = await train(
        'records',
        { kind },
        {
          reserve: async (_, steps) => void (reserved = steps),
          charge: async (from, to) => void charges.push([from, to]),
        },
      );
      trainResult.parse(result);
      const privacy = result.privacy!;
      const { phases, delta, accountant } = privacy;
      expect(phases).toHaveLength(2);
      expect(epsilonOf({ phases, delta, accountant }).epsilon).toBeCloseTo(privacy.epsilon, 6);
      expect(privacy.epsilon).toBeLessThanOrEqual(8);
      expect(privacy.pretraining!.share).toBe(0.2);
      const alone = epsilonOf({ phases: phases.slice(0, 1), delta, accountant }).epsilon;
      expect(privacy.pretraining!.epsilon).toBeCloseTo(alone, 6);
      expect(alone).toBeLessThanOrEqual(0.2 * 8);
      const rest = epsilonOf({ phases: phases.slice(1), delta, accountant }).epsilon;
      expect(privacy.pretraining!.training_epsilon).toBeCloseTo(rest, 6);
      expect(result.steps).toBe(phases.reduce((sum, { steps }) => sum + steps, 0));
      expect(result.pretraining).toEqual({ on: 'records', steps: phases[0]!.steps });
      // No gap, no step twice, and a block does not reach from one phase into the other.
      expect(charges[0]![0]).toBe(0);
      charges.slice(1).forEach(([from], i) => expect(from).toBe(charges[i]![1]));
      expect(charges.map(([, to]) => to)).toContain(phases[0]!.steps);
      expect(charges.at(-1)![1]).toBe(result.steps);
      expect(reserved).toBe(result.steps);
      expect(saveModel(model)).not.toContain(RARE);
    },
  );

  it('goes on from a state of either phase, and does no step again', async () => {
    const states: Checkpoint[] = [];
    const { result } = await train('records', quick, {
      checkpoint: async (state) => void states.push(state),
    });
    const before = result.pretraining!.steps;
    const among = states.find(({ stepsCharged }) => stepsCharged < before)!;
    const atEnd = states.find(({ stepsCharged }) => stepsCharged === before)!;
    const later = states.find(({ stepsCharged }) => stepsCharged > before)!;
    for (const checkpoint of [among, atEnd, later]) {
      const charges: number[] = [];
      const { stepsCharged: from } = checkpoint;
      const rest = await train('records', quick, {
        resumed: { from, checkpoint },
        charge: async (next) => void charges.push(next),
      });
      expect(charges[0]).toBe(from);
      expect(rest.result.steps_run).toBe(result.steps);
    }
    // A block that a crash lost is spent: it is not run again.
    const lost = { from: among.stepsCharged + 1, checkpoint: among };
    const rest = await train('records', quick, { resumed: lost });
    expect(rest.result.steps_run).toBe(result.steps - 1);
  });

  it('goes on in plain training to the very same model', async () => {
    const states: Checkpoint[] = [];
    const plan = { privacy: null };
    const whole = await train('records', plan, {
      checkpoint: async (state) => void states.push(state),
    });
    const checkpoint = states.at(-2)!;
    expect(checkpoint.stepsCharged).toBeGreaterThan(whole.result.pretraining!.steps);
    const rest = await train('records', plan, {
      resumed: { from: checkpoint.stepsCharged, checkpoint },
    });
    expect(weightsOf(rest.model)).toEqual(weightsOf(whole.model));
  });

  it('does not go with a search', async () => {
    const search = { trials: 2 };
    const split = { test: 0.2, validation: 0.2, seed: 1 };
    await expect(train('records', { ...quick, search, split })).rejects.toMatchObject({
      code: 'PLAN_INVALID',
      params: { path: 'search' },
    });
  });
});

describe.skipIf(!hasTensorFlow)('pre-training on public text', () => {
  it('costs nothing, is where training begins, and leaves no text in the model', async () => {
    const { result, model } = await train('public', {}, { publicText });
    expect(result.privacy!.phases).toHaveLength(1);
    expect(result.privacy!.pretraining).toBeUndefined();
    expect(result.pretraining).toMatchObject({ on: 'public' });
    expect(result.steps).toBe(result.privacy!.phases[0]!.steps);
    expect(saveModel(model)).not.toContain(PUBLIC);
    const plain = { privacy: null, epochs: 1, learningRate: 1e-12 };
    const [one, other] = await Promise.all([
      train('public', plain, { publicText }),
      train('public', plain, { publicText: publicText.slice(20) }),
    ]);
    expect(weightsOf(one.model)).not.toEqual(weightsOf(other.model));
  });

  it('is refused by name where there is none', async () => {
    for (const given of [undefined, []]) {
      await expect(train('public', {}, { publicText: given })).rejects.toMatchObject({
        code: 'PLAN_INVALID',
        params: { path: 'model.pretrain.on' },
      });
    }
  });
});
