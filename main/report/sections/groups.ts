import type { DotsChart } from '../../contract/charts.ts';
import type { PaperBlock, PaperSection, TableBlock } from '../../contract/report.ts';
import type {
  AttributeComparison,
  Compared,
  Figure,
  FigureIntervals,
  ReviewFigures,
} from '../../contract/review.ts';
import { sayGroups } from '../few.ts';
import { randomness } from './verdicts.ts';
import { groupName, intervalText, isCrossed, reasonText, shownFigure, type Ink } from '../ink.ts';

const DECISION_COLUMNS = [
  'n',
  'base_rate',
  'selection_rate',
  'tpr',
  'fpr',
  'fnr',
  'ppv',
  'accuracy',
] as const;
const SCORE_COLUMNS = ['auc', 'brier', 'ece'] as const;

export function groupsSection(ink: Ink): PaperSection {
  const { input, w } = ink;
  const attributes = Object.keys(input.review.groups);
  const blocks: PaperBlock[] =
    attributes.length === 0
      ? [{ kind: 'attention', text: w.groups.none }]
      : [
          ...attributes.flatMap((attribute) => attributeBlocks(ink, attribute)),
          { kind: 'sentences', sentences: methods(ink) },
        ];
  return { id: 'groups', title: w.sections.groups, blocks };
}

/** Where the intervals come from. */
export function methods(ink: Ink): string[] {
  const { input, w } = ink;
  if (input.review.numbers !== undefined) return [];
  const isByPerson = input.review.randomness?.of === 'persons';
  if (isByPerson) return randomness(ink);
  return [`${w.groups.methods}${w.groups.independent}`, ...randomness(ink)];
}

function attributeBlocks(ink: Ink, attribute: string): PaperBlock[] {
  const comparison = ink.input.review.comparisons[attribute];
  return [
    { kind: 'subheading', text: ink.w.groups.caption(attribute) },
    groupChart(ink, attribute, 'selection_rate'),
    groupChart(ink, attribute, 'tpr'),
    groupTable(ink, attribute),
    ...(comparison ? comparisonBlocks(ink, attribute, comparison) : []),
  ];
}

export function groupTable(ink: Ink, attribute: string): TableBlock {
  const { input, w } = ink;
  const sizes = sayGroups(ink, attribute, isCrossed(ink, attribute));
  const columns =
    input.review.asked.score === null ? DECISION_COLUMNS : [...DECISION_COLUMNS, ...SCORE_COLUMNS];
  return {
    kind: 'table',
    caption: w.groups.table(attribute),
    head: [w.groups.group, ...columns.map((name) => w.short[name] ?? w.figures[name])],
    figures: true,
    rows: groupsOf(ink, attribute).map(([name, figures]) => [
      groupName(ink, name),
      ...columns.map((column) =>
        column === 'n'
          ? (sizes.get(name) ?? w.withheld)
          : shownFigure(ink, column, figures[column], `groups.${attribute}.${name}.${column}`),
      ),
    ]),
  };
}

function groupsOf({ input }: Ink, attribute: string): [string, ReviewFigures][] {
  return Object.entries(input.review.groups[attribute] ?? {});
}

/** One rate of every group as dots with intervals, beside the line of all records. */
function groupChart(ink: Ink, attribute: string, rate: 'selection_rate' | 'tpr'): DotsChart {
  const { input, w, f } = ink;
  const { overall, intervals } = input.review;
  const figure = w.figures[rate];
  const chart: DotsChart = {
    kind: 'dots',
    caption: w.groups.chart(figure, attribute),
    nameHead: w.groups.group,
    valueHead: figure,
    ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: f.level(at) })),
    rows: groupsOf(ink, attribute).map(([name, figures]) => {
      const interval = intervals?.groups[attribute]?.[name]?.[rate] ?? null;
      return {
        name: groupName(ink, name),
        text: withInterval(ink, rate, figures[rate], interval, `groups.${attribute}.${name}`),
        at: figures[rate],
        low: interval?.[0] ?? null,
        high: interval?.[1] ?? null,
      };
    }),
  };
  const all = overall[rate];
  return all === null ? chart : { ...chart, line: { at: all, label: w.groups.line(f.share(all)) } };
}

function withInterval(
  ink: Ink,
  name: Figure & keyof FigureIntervals,
  value: number | null,
  interval: readonly [number, number] | null,
  path: string,
): string {
  const shown = shownFigure(ink, name, value, `${path}.${name}`);
  const range = intervalText(ink, name, interval);
  return range === null ? shown : ink.w.bracketed(shown, range);
}

function comparisonBlocks(
  ink: Ink,
  attribute: string,
  comparison: AttributeComparison,
): PaperBlock[] {
  const { w } = ink;
  if (Object.keys(comparison.groups).length === 0) return [];
  const table = comparisonTable(ink, attribute, comparison);
  if (comparison.chosen === 'given') return [table];
  return [table, { kind: 'sentences', sentences: [w.groups.largest] }];
}

function comparisonTable(
  ink: Ink,
  attribute: string,
  { reference, groups }: AttributeComparison,
): TableBlock {
  const { w, f } = ink;
  const cell = (name: string, rate: Compared, field: 'difference' | 'ratio'): string => {
    const of = groups[name]?.[rate];
    const value = of?.[field] ?? null;
    const form = field === 'difference' ? f.points : f.decimals;
    if (value === null)
      return reasonText(ink, `comparisons.${attribute}.groups.${name}.${rate}.${field}`);
    const interval = of?.[`${field}_interval`];
    if (!interval) return form(value);
    return w.bracketed(form(value), w.interval(form(interval[0]), form(interval[1])));
  };
  const names = w.figures;
  return {
    kind: 'table',
    caption: w.groups.compared(attribute, groupName(ink, reference)),
    head: [
      w.groups.group,
      w.groups.difference(names.selection_rate),
      w.groups.ratio(names.selection_rate),
      w.groups.difference(names.tpr),
      w.groups.difference(names.fpr),
      w.groups.difference(names.ppv),
    ],
    figures: true,
    rows: Object.keys(groups).map((name) => [
      groupName(ink, name),
      cell(name, 'selection_rate', 'difference'),
      cell(name, 'selection_rate', 'ratio'),
      cell(name, 'tpr', 'difference'),
      cell(name, 'fpr', 'difference'),
      cell(name, 'ppv', 'difference'),
    ]),
  };
}
