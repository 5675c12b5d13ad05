import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../main/contract/language.ts';
import type { Paper, ReportInputRaw } from '../../../main/contract/report.ts';
import { reviewResult } from '../../../main/contract/review.ts';
import type { SplitStatement } from '../../../main/contract/split.ts';
import { reviewTable } from '../../../main/fairness/review.ts';
import type { Column, Table } from '../../../main/records/table.ts';
import { buildReport } from '../../../main/report/build.ts';
import { withoutFewGroups } from '../../../main/report/few-groups.ts';
import { unsaidParts } from '../../../main/report/few.ts';
import { words } from '../../../main/words/index.ts';
import { bareInput, fullInput, PLAIN_NAMES, scoredTable } from './sample.ts';

describe('parts of a known total', () => {
  it.each([
    ['nothing few', [40, 0, 11], [false, false, false]],
    ['one few: the next smallest goes with it', [400, 3, 0, 50], [false, true, false, true]],
    ['two few, more than ten together', [400, 5, 7], [false, true, true]],
    ['two few that could both be told from their sum', [400, 1, 1], [true, true, true]],
    ['a part that nobody knows', [null, 4, 90], [true, true, false]],
    ['no few beside a part that nobody knows', [null, 40, 90], [true, false, false]],
  ] as const)('%s', (_, parts, unsaid) => expect(unsaidParts(parts)).toEqual(unsaid));

  it('never follow from the total and the others', () => {
    for (let a = 0; a < 14; a++)
      for (let b = 0; b < 14; b++)
        for (let c = 0; c < 30; c++) {
          const parts = [a, b, c];
          const unsaid = unsaidParts(parts);
          const gone = parts.filter((_, at) => unsaid[at]);
          for (const [at, part] of parts.entries()) {
            if (part > 0 && part <= 10) expect(unsaid[at], parts.join()).toBe(true);
          }
          const more = parts.some((part, at) => part > 0 && !unsaid[at]);
          const sum = gone.reduce((total, part) => total + part, 0);
          if (gone.length > 0 && more) expect(gone.length > 1 && sum > 10, parts.join()).toBe(true);
        }
  });
});

/** Each figure that stands in a document, with the text around it. */
function textsOf(document: Paper): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(document.sections);
  return found;
}

const SPLIT: Omit<SplitStatement, 'rows'> = {
  ...{ form: 'drawn', shares: { test: 0.2, validation: 0.01 }, key: 'study', column: null },
  ...{ test_from: null, validation_from: null, unit: 'row', unit_column: null, max_rows: null },
};

describe.each(LANGUAGES)('a document that leaves, in %s', (language) => {
  const { report: w, split, labels } = words(language);
  const built = (input: ReportInputRaw) => {
    const { report, modelCard } = buildReport({ ...input, language });
    return [report, modelCard].map(textsOf);
  };
  const plain = (rows: Partial<SplitStatement['rows']>): ReportInputRaw => ({
    ...bareInput(),
    privacy: null,
    data: {
      testedOn: 'held-out',
      split: { ...SPLIT, rows: { train: 1600, validation: 7, test: 400, neither: 0, ...rows } },
    },
  });

  it('says no part of the split of 1 to 10 records, nor what would tell it', () => {
    for (const texts of built(plain({}))) {
      const parts = [split.inTrain('1,600'), split.inValidation(w.few), split.inTest(w.withheld)];
      expect(texts).toContain(split.join(parts));
    }
    for (const texts of built(plain({ validation: 70 }))) {
      const parts = [split.inTrain('1,600'), split.inValidation('70'), split.inTest('400')];
      expect(texts).toContain(split.join(parts));
    }
  });

  it('says no number of records left out of the review of 1 to 10, nor the sum', () => {
    const input = plain({ validation: 0 });
    const rows = { read: 403, reviewed: 400, without_label: 3, abstained: 0 };
    for (const texts of built({ ...input, review: { ...input.review, rows } })) {
      expect(texts).not.toContain('403');
      expect(texts).not.toContain('3');
      const at = texts.indexOf(w.facts.withoutLabel);
      expect(texts[at + 1]).toBe(w.few);
      expect(texts[texts.indexOf(w.facts.read) + 1]).toBe(w.withheld);
    }
  });

  it('says the size of no group of 1 to 10, nor of the one that would tell it', () => {
    const { groups } = bareInput().review;
    const sizes = Object.entries(groups['g'] ?? {}).map(([name, { n }]) => [name, n] as const);
    const far = sizes.find(([name]) => name === 'far');
    expect(far?.[1]).toBe(6);
    const { report, modelCard } = buildReport({ ...bareInput(), language });
    for (const document of [report, modelCard]) {
      const tables = document.sections
        .flatMap(({ blocks }) => blocks)
        .flatMap((block) => (block.kind === 'table' ? [block] : []))
        .filter(({ caption }) => caption === w.groups.table('g'));
      expect(tables).toHaveLength(1);
      const said = new Map(tables[0]?.rows.map(([name = '', n = '']) => [name, n]));
      expect(said.get('far')).toBe(w.few);
      const withheld = [...said.values()].filter((n) => n === w.withheld);
      expect(withheld).toHaveLength(1);
    }
  });

  it('says no figure of so small a group, also where the review was asked to show all', () => {
    const options = { label: 'y', score: 's', groups: ['g'], intervals: 0.95, exact: true };
    const review = reviewTable(scoredTable(PLAIN_NAMES), options);
    expect(review.groups['g']?.['far']?.selection_rate).not.toBeNull();
    const { report } = buildReport({ ...bareInput(), language, review });
    const blocks = report.sections.flatMap((section) => section.blocks);
    for (const block of blocks) {
      if (block.kind === 'table') {
        const row = block.rows.find(([name]) => name === 'far');
        const figures = row?.filter((text) => /[%.]/.test(text)) ?? [];
        expect(figures, block.caption).toEqual([]);
      }
      if (block.kind === 'dots') {
        const far = block.rows.find(({ name }) => name === 'far');
        expect(far).toMatchObject({ at: null, low: null, high: null, text: w.withheld });
      }
    }
    const gaps = blocks.find(
      (block) => block.kind === 'table' && block.caption === w.gapsSection.caption,
    );
    const told = gaps?.kind === 'table' ? gaps.rows.map(([, value]) => value) : [];
    expect(told).toContain(w.withheld);
    expect(told.filter((text) => /\d/.test(text ?? ''))).toEqual([]);
  });

  it('says no size of crossed groups where one is few', () => {
    const options = { label: 'y', score: 's', groups: ['g', 'h'], cross: true };
    const review = reviewTable(scoredTable(PLAIN_NAMES), options);
    const { report } = buildReport({ ...bareInput(), language, review });
    const table = report.sections
      .flatMap(({ blocks }) => blocks)
      .find((block) => block.kind === 'table' && block.caption === w.groups.table('g*h'));
    const sizes = table?.kind === 'table' ? table.rows.map(([, n]) => n) : [];
    expect(sizes.length).toBeGreaterThan(6);
    expect(new Set(sizes)).toEqual(new Set([w.few, w.withheld]));
  });

  it('says no count of labels of 1 to 10 given in one way', () => {
    const label = {
      ...{ hand: 4, rules: 300, otherwise: 96, unlabelled: 0, leftOut: false },
      ...{ people: ['Ada'], days: null, plan: { rules: [], otherwise: null } },
    };
    for (const texts of built({ ...bareInput(), privacy: null, label })) {
      const said = { hand: w.few, rules: '300', otherwise: w.withheld, unlabelled: '0' };
      expect(texts).toContain(labels.report.counts({ ...said, leftOut: false }));
    }
  });

  it('draws no bin of 1 to 10 scores, and says no size that would tell it', () => {
    const { review, ...rest } = bareInput();
    const { curves } = review;
    if (!curves) throw new Error('no curves');
    const sizes = [0, 90, 8, 0, 100, 0, 102, 0, 0, 100];
    const bins = curves.calibration.bins.map((bin, at) => ({
      ...bin,
      n: sizes[at] ?? 0,
      ...(sizes[at] === 0 ? {} : { mean_score: 0.5, observed: 0.5 }),
    }));
    const changed = { ...review, curves: { ...curves, calibration: { level: 0.95, bins } } };
    const { report } = buildReport({ ...rest, language, review: changed });
    const chart = report.sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) =>
        block.kind === 'chart' && block.chart.kind === 'calibration' ? [block.chart] : [],
      )[0];
    expect(chart?.bins.map(({ n }) => n)).toEqual([0, null, null, 0, 100, 0, 102, 0, 0, 100]);
    expect(chart?.bins[2]).toMatchObject({ observed: null, mean_score: null });
    expect(chart?.bins[1]?.observed).toBe(0.5);
  });

  it('says no number of records left out, nor of findings taken out, of 1 to 10', () => {
    const full = fullInput();
    const { anonymisation } = full;
    if (anonymisation === undefined) throw new Error('no protection');
    const redacted = [{ column: 'note', mode: 'tag' as const, replaced: { PERSON: 9, PHONE: 12 } }];
    const outcome = { ...anonymisation.outcome, suppressed: 4 };
    for (const texts of built({
      ...full,
      anonymisation: { ...anonymisation, outcome, redacted },
    })) {
      expect(texts).toContain(w.certificate.leftOutOf(w.few, '500'));
      const { textCount } = w.anonymisation;
      expect(texts).toContain(
        [textCount(w.entityTypes.PERSON, w.few), textCount(w.entityTypes.PHONE, '12')].join(
          w.comma,
        ),
      );
    }
  });
});

/** One small column of groups more, to be sure that a table of equal groups is left as it is. */
it('leaves sizes above 10 as they are', () => {
  const rows = 120;
  const table: Table = {
    rows,
    columns: [
      { name: 'y', type: 'integer', values: Float64Array.from({ length: rows }, (_, i) => i % 2) },
      {
        name: 's',
        type: 'real',
        values: Float64Array.from({ length: rows }, (_, i) => (i % 7) / 7),
      },
      {
        ...{ name: 'g', type: 'category', dictionary: ['a', 'b'] },
        codes: Int32Array.from({ length: rows }, (_, i) => +(i < 40)),
      },
    ] satisfies Column[],
  };
  const review = reviewTable(table, { label: 'y', score: 's', groups: ['g'] });
  const { report } = buildReport({ ...bareInput(), review });
  const found = report.sections
    .flatMap(({ blocks }) => blocks)
    .find(
      (block) => block.kind === 'table' && block.caption === words('en').report.groups.table('g'),
    );
  expect(found?.kind === 'table' && found.rows.map(([, n]) => n)).toEqual(['80', '40']);
});

describe('what stands beside figures', () => {
  const few = (review: ReportInputRaw['review']) => withoutFewGroups(reviewResult.parse(review));

  it('holds no finding, draw or index in which a group of 1 to 10 stands, also with --exact', () => {
    const review = reviewTable(scoredTable(PLAIN_NAMES), {
      ...{ label: 'y', score: 's', groups: ['g', 'h'], intervals: 0.95, exact: true, draws: 200 },
    });
    expect(review.findings?.found.some(({ group }) => group === 'far')).toBe(true);
    const left = few(review);
    expect(left.findings?.found.some(({ group }) => group === 'far')).toBe(false);
    const none = left.findings?.not_estimable.filter(({ group }) => group === 'far') ?? [];
    expect(none.map(({ reason }) => reason)).toEqual(none.map(() => 'withheld'));
    expect(none).toHaveLength(5);
    expect(left.gap_draws?.['g']).toEqual({});
    expect(Object.keys(left.gap_draws?.['h'] ?? {})).not.toEqual([]);
    const { g, h } = left.appendix?.attributes ?? {};
    expect(g).toMatchObject({ between_theil: null, differential_fairness: null });
    expect(g?.average_odds['far']).toEqual({ signed: null, absolute: null });
    expect(h?.between_theil).not.toBeNull();
    expect(left.groups['g']?.['far']?.events).toBeNull();
    reviewResult.parse(left);
  });

  it('holds no error of predicted numbers of so few, nor a gap they are in', () => {
    const review = reviewTable(scoredTable(PLAIN_NAMES), {
      ...{ target: 'number', label: 'y', prediction: 's', groups: ['g', 'h'], exact: true },
      ...{ intervals: 0.95, draws: 200 },
    });
    const { numbers, reasons } = few(review);
    const none = { mae: null, rmse: null, mean_residual: null };
    expect(numbers?.groups['g']?.['far']).toEqual(none);
    expect(numbers?.intervals?.groups['g']?.['far']).toEqual(none);
    expect(numbers?.gaps['g']).toEqual(none);
    expect(numbers?.intervals?.gaps['g']).toEqual(none);
    expect(numbers?.gaps['h']?.mae).not.toBeNull();
    expect(reasons?.['numbers.gaps.g.mae']).toBe('withheld');
    for (const language of LANGUAGES) {
      const { report } = buildReport({ ...bareInput(), language, review });
      const texts = JSON.stringify(report);
      expect(texts).toContain(words(language).report.findings.numbers.title);
      expect(texts).not.toContain(words(language).report.sections.gaps);
    }
  });
});

describe.each(LANGUAGES)('verdicts in a report, in %s', (language) => {
  const { findings: w } = words(language).report;
  const { report } = buildReport({ ...bareInput(), language });

  it('come right after the plain words; charts stand between the sentences and the table', () => {
    expect(report.sections.map(({ id }) => id).slice(0, 2)).toEqual(['summary', 'verdicts']);
    const kinds = report.sections[1]?.blocks.map(({ kind }) => kind) ?? [];
    expect(kinds[0]).toBe('sentences');
    expect(kinds).toContain('list');
    expect(kinds).not.toContain('table');
    const all = report.sections.flatMap(({ blocks }) => blocks);
    const table = all.findIndex((one) => one.kind === 'table' && one.caption === w.caption);
    expect(all.findIndex(({ kind }) => kind === 'dots')).toBeLessThan(table);
  });

  it('count every comparison once, and say what cannot be estimated', () => {
    const { findings } = withoutFewGroups(reviewResult.parse(bareInput().review));
    const { statements = 0, found = [], not_estimable: none = [] } = findings ?? {};
    expect(found.length + none.length).toBe(statements);
    const of = (verdict: string) => String(found.filter((one) => one.verdict === verdict).length);
    const counts = [of('beyond'), of('within'), of('undecided'), String(none.length)] as const;
    expect(textsOf(report)).toContain(w.counts(String(statements), ...counts));
    expect(textsOf(report)).toContain(w.noneEstimable);
  });
});
