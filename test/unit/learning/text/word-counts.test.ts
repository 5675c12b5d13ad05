import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainPlan, type TrainPlanInput } from '../../../../main/contract/train.ts';
import { rowEncoder } from '../../../../main/learning/encode.ts';
import { loadModel, saveModel, sealModel } from '../../../../main/learning/model.ts';
import type { ModelContent } from '../../../../main/learning/model.ts';
import { emphasisOf } from '../../../../main/learning/text/emphasis.ts';
import { TEXT_LENGTH } from '../../../../main/learning/text-length.ts';
import { scoreTable } from '../../../../main/learning/predict.ts';
import { trainModel, type Trained } from '../../../../main/learning/train.ts';
import { systemRandom } from '../../../../main/privacy/random.ts';
import { takeRows } from '../../../../main/records/shape.ts';
import { codedColumn, numberColumn, tableOf } from '../fixtures.ts';
import { without } from '../target-records.ts';

const RARE = 'xylophagous';
const table = tableOf(
  codedColumn(
    'note',
    Array.from({ length: 240 }, (_, r) =>
      r === 7 ? RARE : `${r % 2 === 0 ? 'cough' : 'rash'} since day ${r}`,
    ),
  ),
  codedColumn(
    'skin',
    Array.from({ length: 240 }, (_, r) => (r % 2 === 0 ? 'no' : 'yes')),
  ),
  codedColumn('ward', new Array<string>(240).fill('chest')),
);
const base: TrainPlanInput = {
  ...{ label: 'skin', labels: ['no', 'yes'], text: 'note' },
  model: { kind: 'bag', tokens: 'words' },
  privacy: { epsilon: 8, delta: 1e-4 },
};

function train(more: Partial<TrainPlanInput> = {}, records = table): Promise<Trained> {
  return trainModel(records, trainPlan.parse({ ...base, ...more }), { random: systemRandom() });
}

/** Numbers of tokens: four that are no words, then these. */
const WORDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const FIRST = 4;
const EMPHASIS = Float64Array.from({ length: FIRST + WORDS.length }, (_, word) => 1 + word / 4);

function countOf(text: readonly number[], word: number): number {
  return text.filter((other) => other === word).length;
}

describe('counts of words', () => {
  it('count for more the rarer a word is in English at large, whatever the records say', () => {
    const [common, rare, unknown, sign] = emphasisOf(['the', 'water', RARE, '%']).subarray(4);
    expect(common).toBeLessThan(rare!);
    expect(rare).toBeLessThan(unknown!);
    expect(sign).toBeLessThan(rare!);
  });

  it('are square roots by emphasis, each word once and in order, of one length for every text', () => {
    const text = fc.array(fc.integer({ min: FIRST, max: 9 }), { maxLength: 12 });
    const shares = fc.constantFrom(1, 0.5, 0.2);
    const reading = { columns: ['note'], tokens: 'words' as const, length: 64, words: WORDS };
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), shares, (texts, share) => {
        const cells = texts.map((one) => one.map((word) => WORDS[word - FIRST]).join(' '));
        const rows = Int32Array.from(cells.keys());
        const words = { reading, emphasis: EMPHASIS, share };
        const encode = rowEncoder(
          tableOf(codedColumn('note', cells)),
          { features: [], missing: [] },
          { words },
        );
        const { starts, indices, values, width } = encode(rows);
        expect(width).toBe(10);
        for (const [row, one] of texts.entries()) {
          const entries = Array.from(indices.subarray(starts[row], starts[row + 1]));
          expect(entries).toEqual([...new Set(one)].sort((a, b) => a - b));
          const found = values.subarray(starts[row], starts[row + 1]);
          entries.forEach((word, i) => {
            const most =
              found[0]! / (EMPHASIS[entries[0]!]! * Math.sqrt(countOf(one, entries[0]!)));
            expect(found[i]).toBeCloseTo(most * EMPHASIS[word]! * Math.sqrt(countOf(one, word)), 5);
          });
          const squares = found.reduce((sum, value) => sum + value ** 2, 0);
          expect(squares).toBeCloseTo(one.length === 0 ? 0 : share * TEXT_LENGTH ** 2, 4);
        }
      }),
    );
  });
});

describe('a bag whose words are counted', () => {
  it('needs no TensorFlow, and says what is no word of its vocabulary nowhere', async () => {
    const { model, result } = await train({ backend: 'javascript' });
    expect(result.model).toMatchObject({ kind: 'word-counts', backend: 'javascript' });
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.9);
    expect(model.version).toBe(3);
    expect(saveModel(model)).not.toContain(RARE);
  });

  it('is the same for neighbouring records in all that is fixed before the first step', async () => {
    const rest = Int32Array.from({ length: table.rows }, (_, r) => r).filter((r) => r !== 7);
    const [one, other] = await Promise.all([train(), train({}, takeRows(table, rest))]);
    const fixed = ({ model, result }: Trained) => ({
      ...without({ ...model, weights: '' }, 'sha256'),
      ...{ privacy: result.privacy, steps: result.steps },
    });
    expect(fixed(one)).toEqual(fixed(other));
  });

  it('has its probabilities fitted like any other', async () => {
    const { model, result } = await train({
      ...{ privacy: null, calibration: 'validation' },
      split: { test: 0.2, validation: 0.2, seed: 1 },
    });
    expect(result.calibration).not.toBeUndefined();
    expect(loadModel(saveModel(model), 'm')).toEqual(model);
  });

  it('is unreadable where its parts do not fit, even under a new seal', async () => {
    const { model } = await train({ epochs: 1 });
    if (model.kind !== 'word-counts') throw new Error('a model of another kind');
    const content = without(model, 'sha256');
    const { architecture, reading } = model;
    const damaged: ModelContent[] = [
      { ...content, architecture: { ...architecture, inputs: architecture.inputs + 1 } },
      { ...content, architecture: { ...architecture, emphasis: model.weights } },
      { ...content, reading: { ...reading, words: reading.words.slice(1) } },
      { ...content, weights: content.weights.slice(0, -8) },
      { ...content, version: 1 },
    ];
    for (const one of damaged) {
      expect(() => loadModel(saveModel(sealModel(one)), 'm')).toThrow('MODEL_UNREADABLE');
    }
  });

  const beside = { features: ['ward'], categories: { ward: ['chest', 'skin'] } };

  it.each([
    ['two values', {}],
    ['several', { label: 'part', labels: ['arm', 'leg', 'chest'] }],
    ['an order', { label: 'part', labels: ['arm', 'leg', 'chest'], target: 'ordered' as const }],
    ['people', { unit: { column: 'person', maxRows: 2 } }],
    ['no privacy', { privacy: null }],
  ])('reads columns beside its text: %s', async (_, more) => {
    const { model, test, result } = await train({ ...beside, ...more }, withWard);
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.7);
    expect(model.encoder.features).toMatchObject([{ column: 'ward' }]);
    const read = loadModel(saveModel(model), 'm');
    const { scores } = await scoreTable(read, withWard, { rows: test.rows });
    expect(scores).toEqual(test.scores);
    // What is said in the column alone is heard, and a row of that alone is answered.
    const silent = await scoreTable(read, silentWards);
    expect(silent.abstained).toBe(0);
    const width = silent.scores.length / 2;
    expect(silent.scores.subarray(0, width)).not.toEqual(silent.scores.subarray(width));
  });

  it('learns a number with columns beside', async () => {
    const { result } = await trainModel(
      withWard,
      trainPlan.parse({
        ...without(base, 'labels'),
        ...beside,
        ...{ label: 'size', target: 'number', bounds: { size: [0, 10] } },
      }),
      { random: systemRandom() },
    );
    expect(result.metrics.test.r2).toBeGreaterThan(0.3);
  });
});

/** Half of the answers stand in the text, the others in the ward alone. */
const withWard = tableOf(
  ...['note', 'skin', 'ward', 'part', 'size', 'person'].map((name) => {
    const cells = Array.from({ length: 480 }, (_, r) => {
      const skin = Math.floor(r / 2) % 2 === 1;
      const told = r % 2 === 0;
      return {
        note: told ? (skin ? 'rash' : 'cough') : 'seen',
        skin: skin ? 'yes' : 'no',
        ward: told ? 'other' : skin ? 'skin' : 'chest',
        part: skin ? 'arm' : told ? 'leg' : 'chest',
        size: skin ? '10' : '0',
        person: `p${Math.floor(r / 2)}`,
      }[name]!;
    });
    return name === 'size' ? numberColumn(name, cells.map(Number)) : codedColumn(name, cells);
  }),
);
const silentWards = tableOf(codedColumn('note', ['', '']), codedColumn('ward', ['chest', 'skin']));
