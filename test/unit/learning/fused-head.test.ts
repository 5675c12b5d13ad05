import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { chooseEngine } from '../../../main/learning/backend.ts';
import { addClipped } from '../../../main/learning/clipped-sum.ts';
import { rowEncoder } from '../../../main/learning/encode.ts';
import { vectorsByRow, type TextVectors } from '../../../main/learning/encoder/text-vectors.ts';
import { softmaxHead } from '../../../main/learning/heads.ts';
import { loadModel, saveModel, sealModel, type HeadModel } from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { settingsOf } from '../../../main/learning/settings.ts';
import { TEXT_LENGTH } from '../../../main/learning/text-length.ts';
import { headKnobs } from '../../../main/learning/text-settings.ts';
import { publicWords } from '../../../main/learning/text/public-words.ts';
import { trainModel } from '../../../main/learning/train.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from './fixtures.ts';
import { without } from './target-records.ts';

const ROWS = 480;
const DIMENSIONS = 6;
const RARE = 'xylophagous';
const draw = seededUniform(5);
/** The vector knows the first two classes apart, the words the last two. */
const CLASSES = ['a', 'b', 'c'];
const kinds = Array.from({ length: ROWS }, () => CLASSES[Math.floor(3 * draw())]!);
const notes = kinds.map((kind, row) =>
  row % 40 === 3 ? '' : `${kind === 'c' ? 'rash' : 'cough'} ${row === 9 ? RARE : 'today'}`,
);
const table = tableOf(
  codedColumn('note', notes),
  codedColumn('kind', kinds),
  numberColumn(
    'age',
    Array.from({ length: ROWS }, (_, row) => row % 90),
  ),
);
const values = new Float32Array(ROWS * DIMENSIONS);
for (let row = 0; row < ROWS; row++) {
  if (notes[row] === '') continue;
  values[row * DIMENSIONS] = 0.8;
  values[row * DIMENSIONS + (kinds[row] === 'a' ? 1 : 2)] = 0.6;
}
const vectors: TextVectors = {
  ...{ encoder: 'use-lite-en', sha256: 'f'.repeat(64), dimensions: DIMENSIONS, values },
};
const vectorOf = vectorsByRow(vectors);

const base: TrainPlanInput = {
  ...{ label: 'kind', labels: CLASSES, text: 'note', model: { kind: 'encoder-head' } },
  privacy: { epsilon: 6, delta: 1e-5 },
};
const SHARE = headKnobs(trainPlan.parse(base)).countsShare;
const train = (more: Partial<TrainPlanInput> = {}) =>
  trainModel(table, trainPlan.parse({ ...base, ...more }), {
    ...{ random: privateRandomForTests(3), vectors },
  });

describe('counts beside vectors', () => {
  it('tell what neither tells by itself, in a file that holds no text', async () => {
    const alone = await train({ model: { kind: 'encoder-head', counts: false } });
    const fused = await train();
    const accuracy = ({ result }: typeof alone) => result.metrics.test.accuracy!;
    expect(accuracy(alone)).toBeLessThan(0.8);
    expect(accuracy(fused)).toBeGreaterThan(0.9);
    expect(alone.model).not.toHaveProperty('words');
    const { reading, share } = (fused.model as HeadModel).words!;
    expect(share).toBe(SHARE);
    expect(reading.words).toEqual(publicWords('mixed'));
    expect(saveModel(fused.model)).not.toContain(RARE);
    expect(fused.result.privacy!.phases).toHaveLength(2);
  });

  it('are read again as they were, and an empty text has no score', async () => {
    const { model, test } = await train({ features: ['age'], bounds: { age: [0, 90] } });
    const read = loadModel(saveModel(model), 'm');
    const again = await scoreTable(read, table, { rows: test.rows, vectorOf });
    expect(again.scores).toEqual(test.scores);
    const nothing = await scoreTable((await train()).model, table, { rows: test.rows, vectorOf });
    expect(nothing.abstained).toBe([...test.rows].filter((row) => notes[row] === '').length);
  });

  it('are unreadable where they do not fit, even under a new seal', async () => {
    const { model } = await train({ epochs: 1 });
    const content = without(model as HeadModel, 'sha256');
    const words = content.words!;
    const damaged = [
      { ...words, inputs: words.inputs + 1 },
      { ...words, emphasis: content.weights },
      { ...words, reading: { ...words.reading, words: words.reading.words.slice(1) } },
    ];
    for (const one of [...damaged, undefined]) {
      const sealed = saveModel(sealModel({ ...content, words: one }));
      expect(() => loadModel(sealed, 'm')).toThrow('MODEL_UNREADABLE');
    }
  });

  it('share the length of a row with the vector as the file says', () => {
    const text = { columns: ['note'], encoder: 'e', sha256: 's', dimensions: DIMENSIONS };
    const reading = { columns: ['note'], tokens: 'words' as const, length: 8, words: ['cough'] };
    const emphasis = new Float64Array(5).fill(2);
    for (const share of [0.2, 0.5, 0.9]) {
      const encode = rowEncoder(...[table, { features: [], missing: [], text }], {
        vectorOf,
        words: { reading, emphasis, share },
      });
      const { indices, values: entries, width } = encode(Int32Array.of(0));
      const squares = (from: number, to: number): number =>
        entries.reduce(
          (sum, value, i) => sum + (indices[i]! >= from && indices[i]! < to ? value ** 2 : 0),
          0,
        );
      expect(squares(0, DIMENSIONS)).toBeCloseTo((1 - share) * TEXT_LENGTH ** 2, 4);
      expect(squares(DIMENSIONS, width)).toBeCloseTo(share * TEXT_LENGTH ** 2, 4);
    }
  });

  it.each([
    ['tune', { model: { kind: 'encoder-head' as const, counts: true, tune: 'biases' as const } }],
    ['tags', { target: 'tags' as const, model: { kind: 'encoder-head' as const, counts: true } }],
  ])('are refused with %s', async (_, more) => {
    await expect(train(more)).rejects.toMatchObject({
      code: 'PLAN_INVALID',
      params: { path: 'model.counts' },
    });
  });
});

it('whatever one text says moves the sum of a step by the clipping norm at most', () => {
  const plan = trainPlan.parse(base);
  const head = softmaxHead(3);
  const { clip } = settingsOf(plan, 'encoder-head', head, ROWS, 0);
  const text = { columns: ['note'], encoder: 'e', sha256: 's', dimensions: DIMENSIONS };
  const words = Array.from({ length: 26 }, (_, w) => String.fromCharCode(97 + w));
  const reading = { columns: ['note'], tokens: 'words' as const, length: 64, words };
  const counted = { reading, emphasis: new Float64Array(30).fill(3), share: SHARE };
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const vector = fc.array(number, { minLength: DIMENSIONS, maxLength: DIMENSIONS });
  const text26 = fc.array(fc.constantFrom(...words), { maxLength: 60 });
  fc.assert(
    fc.property(text26, vector, fc.nat(2), fc.integer({ min: -9, max: 9 }), (said, at, y, far) => {
      const encode = rowEncoder(
        tableOf(codedColumn('note', [said.join(' ')])),
        { features: [], missing: [], text },
        { vectorOf: () => Float32Array.from(at), words: counted },
      );
      const rows = encode(Int32Array.of(0));
      const { engine } = chooseEngine('auto', { inputs: rows.width, hidden: [] }, head, 1);
      engine.setParameters(
        Float64Array.from({ length: engine.parameters }, (_, i) => far * Math.sin(i)),
      );
      const sum = new Float64Array(engine.parameters);
      const units = { count: 1, starts: Int32Array.of(0, 1), rows: Int32Array.of(0) };
      const examples = { vectors: rows, targets: Float64Array.of(y), units };
      const pack = { places: Int32Array.of(0), groups: Int32Array.of(0, 1) };
      addClipped(engine, examples, pack, clip, sum);
      expect(Math.hypot(...sum)).toBeLessThanOrEqual(clip * (1 + 1e-9));
      engine.dispose();
    }),
  );
});
