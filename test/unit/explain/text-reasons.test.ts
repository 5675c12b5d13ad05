import { describe, expect, it } from 'vitest';
import type { TrainPlanInput } from '../../../main/contract/train.ts';
import { importanceOf } from '../../../main/explain/importance.ts';
import { rowReasons } from '../../../main/explain/row-reasons.ts';
import { sampledRow } from '../../../main/explain/sampled-row.ts';
import type { VectorOf } from '../../../main/learning/encode.ts';
import { encodeFloats } from '../../../main/learning/floats.ts';
import { sealModel, type LayeredModel, type ModelContent } from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { takeRows } from '../../../main/records/shape.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from '../learning/fixtures.ts';
import { train } from '../learning/target-records.ts';
import { shapleyBySubsets } from './shapley.ts';

const DIMENSIONS = 4;
const HIDDEN = 3;

/** A head over two numbers and the vector of a text, with a hidden layer of any weights. */
function mixedModel(): LayeredModel {
  const draw = seededUniform(8);
  const inputs = 2 * 9 + DIMENSIONS;
  const size = (inputs + 1) * HIDDEN + HIDDEN + 1;
  const content: ModelContent = {
    ...{ format: 'concord-model', version: 3, kind: 'encoder-head' },
    architecture: { inputs, hidden: [HIDDEN] },
    weights: encodeFloats(Float64Array.from({ length: size }, () => 3 * draw() - 1.5)),
    encoder: {
      features: ['p', 'q'].map((column) => ({ kind: 'numeric', column, lower: 0, upper: 1 })),
      missing: [],
      text: {
        ...{ columns: ['title', 'note'], encoder: 'use-lite-en', sha256: 'a'.repeat(64) },
        dimensions: DIMENSIONS,
      },
    },
    labels: { column: 'y', values: ['no', 'yes'] },
    ...{ threshold: 0.5, privacy: null, backend: 'javascript' },
  };
  return sealModel(content) as LayeredModel;
}

const VECTOR = Float32Array.of(0.5, -0.2, 0.7, 0.4);
const NONE = new Float32Array(DIMENSIONS);
const RECORD = tableOf(
  ...[numberColumn('p', [0.9]), numberColumn('q', [0.1])],
  ...[codedColumn('title', ['a fall']), codedColumn('note', ['at night'])],
);

describe('reasons where a text stands beside columns', () => {
  it('have all texts as one field, without which there is no text', async () => {
    const model = mixedModel();
    const place = Number(
      (await scoreTable(model, RECORD, { vectorOf: () => VECTOR })).scores[0]! >= 0.5,
    );
    const found = await sampledRow(
      model,
      RECORD,
      place,
      { pairs: 60, seed: 2 },
      { vectorOf: () => VECTOR },
    );
    expect(found.columns).toEqual([['p'], ['q'], ['title', 'note']]);
    const worths: number[] = [];
    for (let set = 0; set < 8; set++) {
      const known = [0, 1, 2].map((at) => ((set >> at) & 1) === 1);
      const table = {
        rows: 1,
        columns: [
          numberColumn('p', [known[0]! ? 0.9 : 0.5]),
          numberColumn('q', [known[1]! ? 0.1 : 0.5]),
          ...RECORD.columns.slice(2),
        ],
      };
      const vectorOf = (): Float32Array => (known[2]! ? VECTOR : NONE);
      const p = (await scoreTable(model, table, { vectorOf })).scores[0]!;
      worths.push((place === 1 ? 1 : -1) * Math.log(p / (1 - p)));
    }
    const expected = shapleyBySubsets(3, (known) => {
      return worths[known.reduce((sum, one, at) => sum + (Number(one) << at), 0)]!;
    });
    for (const [at, effect] of found.effects.entries()) {
      expect(Math.abs(effect - expected[at]!)).toBeLessThan(4 * found.errors[at]! + 1e-6);
    }
    expect(found.output - found.background).toBeCloseTo(worths[7]! - worths[0]!, 9);
  });

  it('of the model shuffle all texts together', async () => {
    const rows = 300;
    const draw = seededUniform(4);
    const vectors = Array.from({ length: rows }, () =>
      Float32Array.from({ length: DIMENSIONS }, () => draw() - 0.5),
    );
    const table = tableOf(
      numberColumn(
        'p',
        vectors.map(() => draw()),
      ),
      numberColumn(
        'q',
        vectors.map(() => draw()),
      ),
      codedColumn(
        'title',
        vectors.map((_, row) => `t${row}`),
      ),
      codedColumn(
        'note',
        vectors.map((_, row) => `n${row}`),
      ),
    );
    const vectorOf: VectorOf = (row) => vectors[row]!;
    const model = mixedModel();
    const { scores } = await scoreTable(model, table, { vectorOf });
    const y = codedColumn(
      'y',
      Array.from(scores, (p) => (p >= 0.5 ? 'yes' : 'no')),
    );
    const labelled = { rows, columns: [...table.columns, y] };
    const every = Int32Array.from({ length: rows }, (_, row) => row);
    const found = await importanceOf(model, labelled, every, { groups: [], vectorOf });
    expect(found.overall.base).toBe(1);
    expect(found.columns.map(({ columns }) => columns.join()).sort()).toEqual([
      'p',
      'q',
      'title,note',
    ]);
    expect(found.overall.columns.every(({ importance }) => importance! > 0)).toBe(true);
  });
});

describe('reasons of models of text alone', () => {
  const draw = seededUniform(6);
  const texts = Array.from({ length: 200 }, () =>
    draw() < 0.5 ? 'sharp chest pain' : 'cough at rest',
  );
  const table = tableOf(
    codedColumn('note', texts),
    codedColumn(
      'y',
      texts.map((text) => (text.includes('pain') ? 'yes' : 'no')),
    ),
    codedColumn(
      'tags',
      texts.map((text) =>
        text
          .split(' ')
          .map((one) => (one === 'pain' ? 'I-X' : 'O'))
          .join(' '),
      ),
    ),
  );
  const plan: TrainPlanInput = {
    ...{ label: 'y', labels: ['no', 'yes'], positive: 'yes', text: 'note' },
    ...{
      model: { kind: 'bag', tokens: 'words' },
      privacy: null,
      epochs: 3,
      bounds: {},
      categories: {},
    },
  };

  it('are the spans that move the answer; there is nothing to shuffle', async () => {
    const { model } = await train(plan, table);
    const found = await rowReasons(model, takeRows(table, [texts.indexOf('sharp chest pain')]));
    expect([found.method, found.fields, found.background]).toEqual(['spans', [], null]);
    expect(found.text?.spans.map(({ text }) => text).join('')).toBe('sharp chest pain');
    expect(found.answer).toEqual(found.text?.answer);
    const every = Int32Array.from({ length: table.rows }, (_, row) => row);
    expect((await importanceOf(model, table, every, { groups: [] })).columns).toEqual([]);
  });

  it('stand beside those of columns where words are counted next to them', async () => {
    const age = numberColumn(
      'age',
      texts.map((_, row) => row % 90),
    );
    const beside = { rows: table.rows, columns: [...table.columns, age] };
    const mixed = { ...plan, features: ['age'], bounds: { age: [0, 90] as [number, number] } };
    const { model } = await train(mixed, beside);
    const found = await rowReasons(model, takeRows(beside, [texts.indexOf('sharp chest pain')]));
    expect(found.method).toBe('sampled');
    expect(found.fields.map(({ columns }) => columns.join())).toEqual(['note', 'age']);
    expect(found.fields[0]!.effect).toBeGreaterThan(0.5);
    expect(found.text?.spans.length).toBeGreaterThan(1);
    const every = Int32Array.from({ length: table.rows }, (_, row) => row);
    const { columns, overall } = await importanceOf(model, beside, every, { groups: [] });
    expect(columns[0]).toEqual({ columns: ['note'] });
    expect(overall.columns[0]!.importance).toBeGreaterThan(0.2);
  });

  it('are refused for models of tags', async () => {
    const { model } = await train({ ...TAGS, epochs: 1 }, table);
    const refusal = { code: 'REASONS_UNAVAILABLE' };
    await expect(rowReasons(model, takeRows(table, [0]))).rejects.toMatchObject(refusal);
  });
});

const TAGS: TrainPlanInput = {
  ...{ label: 'tags', target: 'tags', labels: ['O', 'I-X'], text: 'note' },
  ...{ model: { kind: 'bag' }, privacy: null },
};
