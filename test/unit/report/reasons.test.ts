import { describe, expect, it } from 'vitest';
import type { PaperBlock } from '../../../main/contract/report.ts';
import { LANGUAGES } from '../../../main/contract/language.ts';
import type { Importances, ReasonsFound } from '../../../main/contract/reasons.ts';
import { reviewResult } from '../../../main/contract/review.ts';
import { buildReport } from '../../../main/report/build.ts';
import { withoutFewGroups } from '../../../main/report/few-groups.ts';
import { words } from '../../../main/words/index.ts';
import { bareInput } from './sample.ts';

const none = { importance: null, interval: null };
const of = (n: number, ...importance: number[]): Importances => ({
  ...{ n, support: Math.floor(n / 3), base: 0.8 },
  columns: importance.map((one) => ({ importance: one, interval: [one - 0.02, one + 0.02] })),
});
const FOUND: ReasonsFound = {
  ...{ model: 'a'.repeat(64), kind: 'boosting', measure: 'auc', positive: '1', level: 0.95 },
  ...{ repeats: 5, seed: 1, min_denominator: 10, rows: 400, persons: null },
  columns: [{ columns: ['age'] }, { columns: ['site'] }, { columns: ['idle'] }],
  overall: of(400, 0.1, 0.05, 0.001),
  groups: [
    {
      attribute: 'g',
      groups: [
        { group: 'north', ...of(200, 0.2, 0.03, 0) },
        // A group of so few with figures, as a review with --exact would keep it.
        { group: 'far', ...of(6, 0.333, 0.444, 0.555) },
        { group: 'none', ...of(40), base: null, columns: [none, none, none] },
      ],
    },
  ],
  shapes: {
    scale: 'odds',
    views: [
      {
        answer: '1',
        shapes: [
          {
            column: 'age',
            parts: [
              { cells: { of: 'range', from: null, to: 40 }, effect: -0.4, deviation: 0.1 },
              { cells: { of: 'range', from: 40, to: null }, effect: 0.6, deviation: 0.1 },
            ],
            others: 0,
          },
        ],
        pairs: [],
      },
    ],
  },
  withheld_parts: 3,
};

const sectionOf = (reasons: ReasonsFound | undefined, language: 'en' | 'zh-CN' = 'en') =>
  buildReport({
    ...bareInput(),
    language,
    ...(reasons === undefined ? {} : { reasons }),
  }).report.sections.find(({ id }) => id === 'reasons');
const tables = (blocks: readonly PaperBlock[]) =>
  blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));

describe('reasons in the report', () => {
  it('are not there where they were not looked for', () => {
    expect(sectionOf(undefined)).toBeUndefined();
  });

  it.each(LANGUAGES)(
    'begin with sentences, then charts, then tables by group, in %s',
    (language) => {
      const { reasons: w } = words(language);
      const { title, blocks } = sectionOf(FOUND, language)!;
      expect(title).toBe(w.section);
      const [first] = blocks;
      const { comma } = words(language).report;
      expect(first?.kind === 'sentences' && first.sentences).toEqual([
        w.text('400', '5'),
        w.most(['age', 'site'].join(comma), w.measures.auc),
        w.little('idle'),
        w.limits,
      ]);
      const charts = blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));
      expect(charts.map(({ kind }) => kind)).toEqual(['dots', 'dots']);
      const [importance] = charts;
      if (importance?.kind !== 'dots') throw new Error('dots');
      expect(importance.rows.map(({ name }) => name)).toEqual(['age', 'site', 'idle']);
      for (const { at, low, high } of importance.rows) {
        for (const place of [at, low, high]) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(1);
        }
      }
      const said = JSON.stringify(blocks);
      expect(said).toContain(w.shapesWithheld('3'));
    },
  );

  it('say no figure of a group of 1 to 10, nor of one that is withheld', () => {
    const { blocks } = sectionOf(FOUND)!;
    const [table] = tables(blocks);
    expect(table?.head).toEqual(['Column', 'north']);
    expect(table?.rows[0]).toEqual(['age', '0.200 (0.180 to 0.220)']);
    expect(JSON.stringify(blocks)).not.toMatch(/0\.333|0\.444|0\.555/);
    expect(JSON.stringify(blocks)).toContain(words('en').reasons.groupsLeft('g', 'far, none'));
  });

  it('say that a model reads text alone, and that shapes may not be shown', () => {
    const text = { ...FOUND, kind: 'attention', columns: [], shapes: null };
    expect(JSON.stringify(sectionOf(text))).toContain(words('en').reasons.textOnly);
    const hidden = JSON.stringify(sectionOf({ ...FOUND, shapes: null }));
    expect(hidden).toContain(words('en').reasons.shapesNone);
  });
});

it('thresholds by group stay inside, and points of 1 to 10 selected too', () => {
  const review = reviewResult.parse(bareInput().review);
  const { curves } = review;
  const point = { threshold: 0.9, recall: 0.01, precision: 1, selected: 7 };
  const found = curves!.precision_recall!;
  const exact = {
    ...review,
    curves: {
      ...curves!,
      precision_recall: { ...found, points: [point, ...found.points], chosen: point },
    },
  };
  const left = withoutFewGroups(exact).curves!;
  expect(curves!.thresholds).toBeDefined();
  expect(left.thresholds).toBeUndefined();
  expect(left.precision_recall?.points).toEqual(found.points);
  expect(left.precision_recall?.chosen).toBeNull();
});
