import { describe, expect, it } from 'vitest';
import { MOST_LETTERS } from '../../../main/contract/text-kinds.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { attendTo } from '../../../main/explain/attend.ts';
import { importEncoder } from '../../../main/learning/encoder/import-encoder.ts';
import type { EncoderStore } from '../../../main/learning/encoder/open-encoder.ts';
import { loadModel, saveModel, taggerOf } from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { findEntities, typedWords } from '../../../main/learning/tags/find.ts';
import { trainModel } from '../../../main/learning/train.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { takeRows } from '../../../main/records/shape.ts';
import { tinyEncoder } from '../learning/encoder/tiny-encoder.ts';
import { codedColumn, tableOf } from '../learning/fixtures.ts';

/** Texts that a form, a copy from elsewhere or an enemy may leave in a record. */
const ODD: Readonly<Record<string, string>> = {
  empty: '',
  blank: ' \t\n ',
  long: 'the cough of the night, and the rent. '.repeat(Math.ceil(2 ** 20 / 38)),
  'without a space': '患'.repeat(50_000),
  emoji: '🙂👩‍👩‍👧🏳️‍🌈 ❤️‍🔥',
  mixed: '患者 reports cough 咳嗽 3 天, температура 39.5°',
  'right to left': 'שלום, כאב בחזה \u202eمرحبا\u202c ١٢٣',
  'no characters': 'a\u0000b\u200bc\ufeff\u0301',
  'half a character': 'cough \ud83d and \udc4d',
  signs: '— … “” 。、！ %%% <b> =1+1',
};
const NAMES = Object.keys(ODD);
const ROWS = 30;
const isYes = (row: number): boolean => row % 2 === 0;
/** A third of all rows are odd, each text once. */
const texts = Array.from({ length: ROWS }, (_, row) =>
  row % 3 === 0
    ? ODD[NAMES[(row / 3) % NAMES.length]!]!
    : `the ${isYes(row) ? 'cough' : 'rent'} ${row}`,
);
const tagsOf = (text: string): string =>
  text
    .split(/[ \t\r\n]+/)
    .filter((word) => word !== '')
    .map((word) => (word === 'cough' ? 'ILL' : 'O'))
    .join(' ');
const table = tableOf(
  codedColumn('note', texts),
  codedColumn(
    'y',
    texts.map((_, row) => (isYes(row) ? 'yes' : 'no')),
  ),
);
const odd = tableOf(codedColumn('note', Object.values(ODD)));

async function tinyStore(): Promise<EncoderStore> {
  const given = tinyEncoder();
  const { manifest, files } = await importEncoder((path) =>
    Promise.resolve(given.get(path) ?? null),
  );
  const read = (path: string) => Promise.resolve(files.get(path) ?? null);
  return { sources: () => Promise.resolve([{ manifest, read }]) };
}

const words = { vocabulary: ['the', 'cough', 'rent', '患', '咳'], length: 24 };
const KINDS: Readonly<Record<string, TrainPlanInput['model']>> = {
  'words counted': { kind: 'bag', vocabulary: words.vocabulary },
  'a bag of vectors': { kind: 'bag', embedding: 4, ...words },
  'a recurrent network': { kind: 'recurrent', embedding: 4, units: 4, ...words },
  'a small transformer': { kind: 'attention', width: 8, heads: 2, layers: 1, ...words },
  'a head on an encoder': { kind: 'encoder-head', encoder: 'tiny-zh' },
};
const PRIVACY = { epsilon: 4, delta: 1e-3 };
const base = { split: { test: 0.4, seed: 2 }, epochs: 2, text: 'note' } as const;

describe('odd texts go through training, scoring and explaining', () => {
  it.each(
    Object.keys(KINDS).map((kind) => [kind, kind.startsWith('a ') ? PRIVACY : null] as const),
  )('%s, privacy %j', async (kind, privacy) => {
    const encoders = [await tinyStore()];
    const plan = trainPlan.parse({
      ...{ ...base, label: 'y', labels: ['no', 'yes'], model: KINDS[kind]!, privacy },
      batch: 10,
    });
    const { model, result } = await trainModel(table, plan, {
      ...{ random: systemRandom(), encoders },
    });
    expect(Number.isFinite(result.metrics.test.loss)).toBe(true);
    const read = loadModel(saveModel(model), 'm');
    const { scores, abstained } = await scoreTable(read, odd, { encoders });
    NAMES.forEach((name, row) => {
      const score = scores[row]!;
      if (name === 'empty' || name === 'blank') expect(score).toBeNaN();
      else expect(Number.isNaN(score) || (score >= 0 && score <= 1), name).toBe(true);
    });
    expect(abstained).toBe(scores.filter(Number.isNaN).length);
    expect(Number.isNaN(scores[NAMES.indexOf('long')]!)).toBe(false);
    for (const [row, name] of NAMES.entries()) {
      const record = takeRows(odd, Int32Array.of(row));
      const { spans, shortened } = await attendTo(read, record, ['note'], { encoders });
      const shown = spans.map(({ text }) => text).join('');
      expect(ODD[name]!.startsWith(shown), name).toBe(true);
      expect([shortened, shown.length > 0], name).toEqual([
        ODD[name]!.length > MOST_LETTERS,
        ODD[name] !== '',
      ]);
    }
  });

  it('tags of words, with privacy', async () => {
    const plan = trainPlan.parse({
      ...{ ...base, label: 'tags', target: 'tags', labels: ['ILL'], privacy: PRIVACY },
      model: { kind: 'bag', length: 64 },
    });
    // Of each text a beginning that is long enough; the whole of it is scored below.
    const cut = texts.map((text) => text.slice(0, 50_000));
    const tagged = tableOf(codedColumn('note', cut), codedColumn('tags', cut.map(tagsOf)));
    const { model, result } = await trainModel(tagged, plan, { random: systemRandom() });
    expect(result.metrics.test.accuracy).toBeGreaterThan(0);
    const read = loadModel(saveModel(model), 'm');
    if (!('tagger' in read)) throw new Error('another kind');
    const { starts } = await scoreTable(read, odd);
    Object.values(ODD).forEach((text, row) => {
      const cells = tagsOf(text).split(' ').filter(Boolean).length;
      expect(starts![row + 1]! - starts![row]!).toBe(cells);
    });
    for (const text of Object.values(ODD)) {
      const part = text.slice(0, 2000);
      const pieces = await findEntities(taggerOf(read), part, typedWords(part));
      expect(pieces.map((piece) => piece.text).join('')).toBe(part);
    }
  });
});
