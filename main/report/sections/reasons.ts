import type { DotsChart } from '../../contract/charts.ts';
import type { Importances, ReasonsFound } from '../../contract/reasons.ts';
import type { PaperBlock, PaperSection, TableBlock } from '../../contract/report.ts';
import { shapeChart, type Saying } from '../../paper/shape-chart.ts';
import { words } from '../../words/index.ts';
import { isFew, sayCount } from '../few.ts';
import { groupName, type Ink } from '../ink.ts';

/** More columns than this are told in the table alone, and more shapes only by name. */
const MOST_DRAWN = 12;
const MOST_TOLD = 5;
const MOST_SHAPES = 6;

/** What the answers rest on, where that was looked for: global reasons only, no record in them. */
export function reasonsSections(ink: Ink): PaperSection[] {
  const found = ink.input.reasons;
  if (found === undefined) return [];
  const w = words(ink.input.language).reasons;
  const blocks: PaperBlock[] =
    found.columns.length === 0
      ? [{ kind: 'sentences', sentences: [w.textOnly] }]
      : [...overallBlocks(ink, found), ...groupBlocks(ink, found), ...shapeBlocks(ink, found)];
  return [{ id: 'reasons', title: w.section, blocks }];
}

function overallBlocks(ink: Ink, found: ReasonsFound): PaperBlock[] {
  const { f } = ink;
  const w = words(ink.input.language).reasons;
  const names = columnNames(found);
  const { columns } = found.overall;
  const told = tellingColumns(found, found.overall);
  const little = names.filter((_, at) => (columns[at]?.interval?.[0] ?? -1) <= 0);
  const sentences = [
    w.text(sayCount(ink, found.rows), f.count(found.repeats)),
    told.length === 0 ? w.mostNone : w.most(f.list(told), w.measures[found.measure]),
    ...(little.length === 0 || told.length === 0 ? [] : [w.little(f.list(little))]),
    ...(found.persons === null ? [] : [w.persons(sayCount(ink, found.persons))]),
    w.limits,
  ];
  const chart = importanceChart(ink, found);
  const table: TableBlock = {
    kind: 'table',
    caption: w.chart[found.measure],
    head: [w.column, w.value],
    figures: true,
    rows: [
      ...names.map((name, at) => [name, cellText(ink, found, found.overall, at)]),
      [w.base, baseText(ink, found, found.overall)],
    ],
  };
  return [
    { kind: 'sentences', sentences },
    ...(chart === null ? [] : [{ kind: 'chart' as const, chart }]),
    // The drawing lists what it draws: where that is all, no table says it again.
    ...(chart !== null && names.length <= MOST_DRAWN ? [] : [table]),
  ];
}

/** Columns whose importance is above 0 with its interval, the most important first. */
function tellingColumns(found: ReasonsFound, of: Importances): string[] {
  const names = columnNames(found);
  return names
    .map((name, at) => ({ name, one: of.columns[at] }))
    .filter(({ one }) => (one?.interval?.[0] ?? -1) > 0)
    .sort((a, b) => (b.one?.importance ?? 0) - (a.one?.importance ?? 0))
    .slice(0, MOST_TOLD)
    .map(({ name }) => name);
}

function columnNames({ columns }: ReasonsFound): string[] {
  return columns.map((one) => one.columns.join(', '));
}

/** Dots with their intervals on a scale from below 0 to the largest; null without any figure. */
function importanceChart(ink: Ink, found: ReasonsFound): DotsChart | null {
  const w = words(ink.input.language).reasons;
  const shown = found.overall.columns.slice(0, MOST_DRAWN);
  const ends = shown.flatMap(({ importance, interval }) =>
    importance === null ? [] : [importance, ...(interval ?? [])],
  );
  if (ends.length === 0) return null;
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const range = high - low || 1;
  const at = (value: number): number => (value - low) / range;
  const names = columnNames(found);
  return {
    kind: 'dots',
    caption: w.chart[found.measure],
    nameHead: w.column,
    valueHead: w.value,
    line: { at: at(0), label: w.line },
    ticks: [0, high].map((value) => ({ at: at(value), text: figure(ink, found, value) })),
    rows: shown.map(({ importance, interval }, place) => ({
      name: names[place]!,
      text: cellText(ink, found, found.overall, place),
      at: importance === null ? null : at(importance),
      low: interval && at(interval[0]),
      high: interval && at(interval[1]),
    })),
  };
}

function figure({ f }: Ink, { measure }: ReasonsFound, value: number): string {
  if (measure === 'auc') return f.decimals(Number(value.toFixed(3)));
  return measure === 'accuracy'
    ? f.share(Number(value.toFixed(3)))
    : f.number(Number(value.toPrecision(3)));
}

function cellText(ink: Ink, found: ReasonsFound, of: Importances, at: number): string {
  const { importance, interval } = of.columns[at] ?? { importance: null, interval: null };
  if (importance === null || isFew(of.n)) return notShown(ink, of);
  const text = figure(ink, found, importance);
  if (interval === null) return text;
  const range = ink.w.interval(figure(ink, found, interval[0]), figure(ink, found, interval[1]));
  return words(ink.input.language).reasons.with(text, range);
}

function baseText(ink: Ink, found: ReasonsFound, of: Importances): string {
  return of.base === null || isFew(of.n) ? notShown(ink, of) : figure(ink, found, of.base);
}

function notShown({ w }: Ink, { support }: Importances): string {
  return support === 0 ? w.undefined : w.withheld;
}

/** A table for each attribute: the same columns, a column of figures for each group. */
function groupBlocks(ink: Ink, found: ReasonsFound): PaperBlock[] {
  const { f } = ink;
  const w = words(ink.input.language).reasons;
  const blocks = found.groups.flatMap(({ attribute, groups }): PaperBlock[] => {
    const isShown = (of: Importances): boolean => of.base !== null && !isFew(of.n);
    const shown = groups.filter(isShown);
    const left = groups.filter((of) => !isShown(of)).map(({ group }) => groupName(ink, group));
    const told = shown.flatMap((of) => {
      const most = tellingColumns(found, of);
      return most.length === 0 ? [] : [w.groupsMost(groupName(ink, of.group), f.list(most))];
    });
    const rows = columnNames(found).map((name, at) => [
      name,
      ...shown.map((of) => cellText(ink, found, of, at)),
    ]);
    const table: TableBlock = {
      kind: 'table',
      caption: w.groupsTable(attribute),
      head: [w.column, ...shown.map(({ group }) => groupName(ink, group))],
      figures: true,
      rows: [...rows, [w.base, ...shown.map((of) => baseText(ink, found, of))]],
    };
    const sentences = left.length === 0 ? [] : [w.groupsLeft(attribute, f.list(left))];
    return [
      ...(told.length === 0 ? [] : [{ kind: 'list' as const, items: told }]),
      ...(shown.length === 0 ? [] : [table]),
      ...(sentences.length === 0 ? [] : [{ kind: 'sentences' as const, sentences }]),
    ];
  });
  if (blocks.length === 0) return [];
  return [
    { kind: 'subheading', text: w.groupsTitle },
    { kind: 'sentences', sentences: [w.groupsText] },
    ...blocks,
  ];
}

/** The shapes of a glass box, the strongest of them, for the positive or the only answer. */
function shapeBlocks(ink: Ink, found: ReasonsFound): PaperBlock[] {
  const { f, input } = ink;
  const { reasons: w, train } = words(input.language);
  if (found.shapes === null) {
    if (found.kind !== 'boosting') return [];
    return [{ kind: 'sentences', sentences: [w.shapesNone] }];
  }
  const { views, scale } = found.shapes;
  const view = views.find(({ answer }) => answer === input.review.asked.positive) ?? views[0];
  if (view === undefined) return [];
  const saying: Saying = { w: train, scale, number: f.number };
  const { answer, shapes, pairs } = view;
  const others = shapes.slice(MOST_SHAPES).map(({ column }) => column);
  const read =
    scale === 'number'
      ? train.shapesTextNumber(answer)
      : views.length > 1
        ? train.shapesTextValues(answer)
        : train.shapesText(answer);
  const after = [
    ...(others.length === 0 ? [] : [w.shapesOthers(f.list(others))]),
    ...(pairs.length === 0
      ? []
      : [w.pairs(f.list(pairs.map(({ columns: [a, b] }) => w.pair(a, b))))]),
    ...(found.withheld_parts === 0 ? [] : [w.shapesWithheld(f.count(found.withheld_parts))]),
  ];
  return [
    { kind: 'subheading', text: w.shapesTitle },
    { kind: 'sentences', sentences: [read, train.shapesSure] },
    ...shapes.slice(0, MOST_SHAPES).map((one): PaperBlock => ({
      kind: 'chart',
      chart: shapeChart(one, saying),
    })),
    ...(after.length === 0 ? [] : [{ kind: 'sentences' as const, sentences: after }]),
  ];
}
