import type { PaperBlock, PaperSection, TableBlock } from '../../contract/report.ts';
import type { Figure } from '../../contract/review.ts';
import { sayCount } from '../few.ts';
import { intervalText, marks, shownFigure, type Ink } from '../ink.ts';
import { calibrationBlocks, precisionBlocks, rocBlocks } from './curves.ts';

/** Figures explained one by one; those that need a score last. */
const DECISION_FIGURES = [
  'base_rate',
  'selection_rate',
  'accuracy',
  'tpr',
  'fpr',
  'fnr',
  'ppv',
  'npv',
] as const;
const SCORE_FIGURES = ['auc', 'loss', 'brier', 'calibration_in_the_large', 'ece'] as const;

export function performanceSection(ink: Ink): PaperSection {
  const blocks: PaperBlock[] = [
    performanceTable(ink),
    { kind: 'sentences', sentences: marks(ink) },
  ];
  if (ink.input.review.asked.score === null)
    blocks.push({ kind: 'sentences', sentences: [ink.w.performance.noScore] });
  blocks.push(...calibrationBlocks(ink), ...rocBlocks(ink), ...precisionBlocks(ink));
  return { id: 'performance', title: ink.w.sections.performance, blocks };
}

export function performanceTable(ink: Ink): TableBlock {
  const { input, w, f } = ink;
  const { overall, intervals, asked } = input.review;
  const known: Readonly<Record<string, readonly [number, number] | null>> =
    intervals?.overall ?? {};
  const shown = asked.score === null ? DECISION_FIGURES : [...DECISION_FIGURES, ...SCORE_FIGURES];
  const head = [w.performance.figure, w.performance.value];
  if (intervals) head.push(w.performance.interval(f.level(intervals.level)));
  const rows = shown.map((name) => {
    const value = shownFigure(ink, name, overall[name], `overall.${name}`);
    const row = [fullName(ink, name), value];
    if (intervals) row.push(intervalText(ink, name, known[name]) ?? w.performance.noInterval);
    return [...row, w.performance.meanings[name]];
  });
  const n = [
    w.figures.n,
    sayCount(ink, overall.n),
    ...(intervals ? ['–'] : []),
    w.performance.meanings.n,
  ];
  return {
    kind: 'table',
    caption: w.performance.caption,
    head: [...head, w.performance.meaning],
    rows: [n, ...rows],
    figures: false,
  };
}

/** "True positive rate (TPR)": the short form is what the tables of groups say. */
function fullName({ w }: Ink, name: Figure): string {
  const full = w.figures[name];
  const short = w.short[name];
  return short === undefined || full.includes(short) ? full : w.bracketed(full, short);
}
