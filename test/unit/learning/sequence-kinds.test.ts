import { describe, expect, it } from 'vitest';
import { trainPlan, trainResult, type TrainPlanInput } from '../../../main/contract/train.ts';
import type { Checkpoint } from '../../../main/learning/checkpoint.ts';
import { loadModel, saveModel, sealModel, weightsOf } from '../../../main/learning/model.ts';
import type { ModelContent } from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { requireTensorFlow } from '../../../main/learning/sequence/kind.ts';
import { trainModel, type Trained, type TrainOptions } from '../../../main/learning/train.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { takeRows } from '../../../main/records/shape.ts';
import type { Table } from '../../../main/records/table.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from './fixtures.ts';
import { hasTensorFlow } from './sequence-models.ts';
import { without } from './target-records.ts';

const FILLERS = ['the', 'patient', 'reports', 'since', 'monday', 'again'];
const SIGNS = [
  ['cough', 'fever'],
  ['rash', 'itching'],
  ['sprain', 'swelling'],
];
const WARDS = ['chest', 'skin', 'bones'];
const WORDS = [...FILLERS, ...SIGNS.flat()];
const RARE = 'xylophagous';

/** Notes that name a sign of a ward; a note is empty, another holds a word nobody else has. */
function notesOf(rows: number): Table {
  const draw = seededUniform(31);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(draw() * of.length)]!;
  const ward = Array.from({ length: rows }, () => Math.floor(3 * draw()));
  const note = ward.map((w, r) => {
    if (r === 3) return '';
    const words = Array.from({ length: 2 + Math.floor(6 * draw()) }, () => pick(FILLERS));
    return [...words, pick(SIGNS[w]!), ...(r === 5 ? [RARE] : []), pick(FILLERS)].join(' ');
  });
  return tableOf(
    codedColumn('note', note),
    codedColumn(
      'ward',
      ward.map((w) => WARDS[w]!),
    ),
    codedColumn(
      'skin',
      ward.map((w) => (w === 1 ? 'yes' : 'no')),
    ),
    numberColumn(
      'days',
      ward.map((w) => w + draw()),
    ),
    codedColumn(
      'person',
      ward.map((_, r) => `p${Math.floor(r / 3)}`),
    ),
  );
}

const table = notesOf(900);
const EVERY_ROW = Int32Array.from({ length: table.rows }, (_, row) => row);
const usual = { vocabulary: WORDS, length: 16 };
const base: TrainPlanInput = {
  ...{ label: 'ward', labels: WARDS, text: 'note', epochs: 12 },
  model: { kind: 'bag', embedding: 8, ...usual },
  privacy: { epsilon: 8, delta: 1e-4 },
};
const KINDS: readonly TrainPlanInput['model'][] = [
  { kind: 'bag', embedding: 8, ...usual },
  { kind: 'recurrent', embedding: 8, units: 8, ...usual },
  { kind: 'bag', ...usual },
];

function train(
  more: Partial<TrainPlanInput> = {},
  options: Partial<TrainOptions> = {},
): Promise<Trained> {
  const plan = trainPlan.parse({ ...base, ...more });
  return trainModel(table, plan, { random: systemRandom(), initSeed: 2, ...options });
}

describe.skipIf(!hasTensorFlow).each(KINDS)('a model of kind $kind, $embedding', (model) => {
  it('learns from text plainly, and is a file that scores the same', async () => {
    const { model: made, result, test } = await train({ model, privacy: null, epochs: 20 });
    trainResult.parse(result);
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.95);
    expect(made.version).toBe(3);
    const again = loadModel(saveModel(made), 'm');
    expect(again).toEqual(made);
    const { scores } = await scoreTable(again, table, { rows: test.rows });
    expect(scores).toEqual(test.scores);
  });

  it('learns privately within its budget, and no word of one record shows', async () => {
    const { model: made, result } = await train({ model });
    const { privacy } = result;
    expect(privacy!.epsilon).toBeLessThanOrEqual(8);
    const { phases, delta, accountant, neighbours } = privacy!;
    const of = { phases, delta, accountant, neighbours };
    expect(epsilonOf(of as never).epsilon).toBeCloseTo(privacy!.epsilon, 6);
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.6);
    expect(result.rows.train).toBeNull();
    expect(saveModel(made)).not.toContain(RARE);
  });

  it('scores a note as if it stood alone, and abstains from an empty one', async () => {
    const { model: made } = await train({ model, privacy: null, epochs: 1 });
    const all = await scoreTable(made, table);
    expect(all.abstained).toBe(1);
    expect(all.scores.subarray(9, 12).every(Number.isNaN)).toBe(true);
    const one = await scoreTable(made, table, { rows: Int32Array.of(5) });
    one.scores.forEach((score, i) => expect(score).toBeCloseTo(all.scores[15 + i]!, 6));
  });

  it('goes on from a checkpoint as if it had not stopped', async () => {
    const states: Checkpoint[] = [];
    const plan = { model, privacy: null, epochs: 2 };
    const whole = await train(plan, { checkpoint: async (state) => void states.push(state) });
    const checkpoint = states[3]!;
    const resumed = { from: checkpoint.stepsCharged, checkpoint };
    const rest = await train(plan, { resumed });
    expect(weightsOf(rest.model)).toEqual(weightsOf(whole.model));
    expect(rest.result.steps_run).toBe(whole.result.steps);
  });

  it('covers a person with several notes as one', async () => {
    const unit = { column: 'person', maxRows: 3 };
    const { result } = await train({ model, unit, epochs: 1 });
    expect(result.privacy).toMatchObject({ unit: 'person', max_rows: 3 });
  });
});

describe.skipIf(!hasTensorFlow)('a bag of embeddings', () => {
  const few = { epochs: 1 };

  it.each<[string, Partial<TrainPlanInput>]>([
    ['one of two values', { label: 'skin', labels: ['no', 'yes'], positive: 'yes' }],
    ['values in order', { target: 'ordered' }],
  ])('predicts %s', async (_, more) => {
    const { result } = await train({ ...few, ...more });
    expect(result.metrics.test.accuracy).toBeGreaterThan(0);
  });

  it('predicts a number', async () => {
    const plan = { ...without(base, 'labels'), ...few, label: 'days', target: 'number' };
    const { result } = await trainModel(
      table,
      trainPlan.parse({ ...plan, bounds: { days: [0, 3] } }),
      { random: systemRandom() },
    );
    expect(result.metrics.test.rmse).toBeGreaterThan(0);
  });

  it('of two values has its probabilities fitted like any other', async () => {
    const { result, model } = await train({
      ...{ privacy: null, label: 'skin', labels: ['no', 'yes'], calibration: 'validation' },
      split: { test: 0.2, validation: 0.2, seed: 1 },
    });
    expect(result.calibration).not.toBeUndefined();
    expect(loadModel(saveModel(model), 'm')).toEqual(model);
  });

  it('is refused by name where TensorFlow is absent', () => {
    const absent = (): unknown =>
      requireTensorFlow({ backend: 'auto' }, { reason: 'not-installed' });
    expect(absent).toThrow(
      expect.objectContaining({
        code: 'BACKEND_UNAVAILABLE',
        params: { backend: 'tensorflow', reason: 'not-installed' },
      }),
    );
  });

  it('is refused by name on what has no such layers', async () => {
    await expect(train({ backend: 'javascript' })).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      params: { backend: 'javascript', reason: 'text' },
    });
  });

  it('reads columns beside the text, and answers by them where there is no text', async () => {
    const model = { kind: 'bag', embedding: 8, ...usual } as const;
    const dull = table.columns.map((column) =>
      column.name === 'note'
        ? codedColumn(
            'note',
            Array.from(EVERY_ROW, () => 'again'),
          )
        : column,
    );
    const plan = trainPlan.parse({
      ...{ ...base, model, epochs: 40, features: ['days'], bounds: { days: [0, 3] } },
    });
    const random = systemRandom();
    const { model: made, result } = await trainModel({ ...table, columns: dull }, plan, { random });
    expect(result.privacy!.epsilon).toBeLessThanOrEqual(8);
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.7);
    const read = loadModel(saveModel(made), 'm');
    const { scores, abstained } = await scoreTable(read, table, { rows: Int32Array.of(3) });
    expect(abstained).toBe(0);
    expect(scores.every(Number.isFinite)).toBe(true);
    const damaged = { ...without(made, 'sha256'), encoder: { features: [], missing: [] } };
    const sealed = saveModel(sealModel(damaged as ModelContent));
    expect(() => loadModel(sealed, 'm')).toThrow('MODEL_UNREADABLE');
  });

  it('keeps public vectors of words as they are under a guarantee, and plainly begins with them', async () => {
    const vectors = async (plan: Partial<TrainPlanInput>) => {
      const { model } = await train({ ...few, ...plan });
      if (model.kind !== 'bag') throw new Error('a model of another kind');
      return model.architecture.vectors;
    };
    const fixed = await vectors({});
    expect(fixed).toBeDefined();
    expect(await vectors({})).toBe(fixed);
    expect(await vectors({ privacy: null })).toBeUndefined();
    const { model } = await train(few);
    // Padding and the like are learnt, all words are fixed.
    expect(weightsOf(model).length).toBe(4 * 8 + 3 * (8 + 1));
  });

  it('is unreadable where its widths were changed, even under a new seal', async () => {
    const { model } = await train({ ...few, privacy: null });
    const content: ModelContent = without(model, 'sha256');
    const damaged = [
      { ...content, architecture: { kind: 'bag', embedding: 9, state: 8 } },
      { ...content, architecture: { kind: 'recurrent', embedding: 8, units: 8, state: 8 } },
      { ...content, version: 2 },
    ] as ModelContent[];
    for (const one of damaged) {
      expect(() => loadModel(saveModel(sealModel(one)), 'm')).toThrow('MODEL_UNREADABLE');
    }
  });

  it('is the same for neighbouring records in all that is fixed before the first step', async () => {
    const publicly = { kind: 'bag', embedding: 2, tokens: 'words' } as const;
    const rest = Int32Array.from({ length: table.rows }, (_, r) => r).filter((r) => r !== 5);
    const plan = trainPlan.parse({ ...base, ...few, model: publicly });
    const random = systemRandom();
    const [one, other] = await Promise.all(
      [table, takeRows(table, rest)].map((rows) => trainModel(rows, plan, { random })),
    );
    const fixed = ({ model: { kind, labels, ...more }, result }: Trained) => ({
      ...{ kind, labels, text: 'text' in more && more.text },
      ...{ privacy: result.privacy, steps: result.steps, parameters: result.model.parameters },
    });
    expect(fixed(one!)).toEqual(fixed(other!));
    expect(JSON.stringify(one!.model)).not.toContain(RARE);
  });
});
