import { maskLines } from '../presets.ts';
import type { RecipeOf } from '../../contract/hierarchy.ts';
import {
  missingLine,
  MOST_LEVELS,
  ROOT,
  unbuildable,
  type ColumnValues,
  type HierarchyLabels,
  type Line,
} from './values.ts';

/** A category with a smaller share of the rows may be joined with other rare ones. */
const RARE = 0.05;
const MASK_LEVELS = 6;

/** All or nothing. */
export function hideLines(values: ColumnValues, labels: HierarchyLabels): Line[] {
  return [...values.texts.map((text) => [text, ROOT]), ...missingLine(values, labels, 0)];
}

/** Characters per level, so that at most six levels are needed. */
export function usualStep({ texts }: ColumnValues): number {
  return Math.ceil(longest(texts) / MASK_LEVELS);
}

/** Hides `step` more characters per level. Throws HIERARCHY_NOT_BUILT {reason: 'levels'}. */
export function maskedLines(
  values: ColumnValues,
  { kind, step }: RecipeOf<'mask-left' | 'mask-right'>,
  labels: HierarchyLabels,
): Line[] {
  if (Math.ceil(longest(values.texts) / step) > MOST_LEVELS) {
    throw unbuildable(values.name, 'levels');
  }
  const missing = values.missing === 0 ? {} : { missing: labels.missing };
  const from = kind === 'mask-left' ? 'left' : 'right';
  return maskLines(values.texts, { from, step, ...missing });
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, Array.from(text).length), 1);
}

export function rareOnes({ texts, counts, rows }: ColumnValues): ReadonlySet<string> {
  return new Set(texts.filter((_, index) => (counts[index] ?? 0) < RARE * rows));
}

/** The common values as they are, the others under one label. */
export function commonLines(values: ColumnValues, labels: HierarchyLabels): Line[] {
  const rare = rareOnes(values);
  return [
    ...values.texts.map((text) => [text, rare.has(text) ? labels.other : text, ROOT]),
    ...missingLine(values, labels, 1),
  ];
}

/** The order that numbers within the values suggest, else that of the alphabet. */
export function usualOrder({ texts }: ColumnValues, language: string): string[] {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return [...texts].sort(compare);
}

/** Runs of 2, 4, 8 ... values, as long as there is more than one run. */
export function usualRuns({ texts }: ColumnValues): number[] {
  return [2, 4, 8, 16].filter((run, at) => at === 0 || run < texts.length);
}

/**
 * Neighbours in an order, joined in runs that are named by their first and last value. Throws
 * HIERARCHY_NOT_BUILT {column, reason: 'order' | 'value-twice' | 'runs'}: the order lacks a value,
 * holds one twice, or a run is no multiple of the one before.
 */
export function orderedLines(
  values: ColumnValues,
  { order, runs }: Omit<RecipeOf<'ordered'>, 'kind'>,
  labels: HierarchyLabels,
): Line[] {
  const known = new Set(order);
  if (known.size < order.length) throw unbuildable(values.name, 'value-twice');
  if (!values.texts.every((text) => known.has(text))) throw unbuildable(values.name, 'order');
  const nested = runs.every(
    (run, at) => at === 0 || (run > runs[at - 1]! && run % runs[at - 1]! === 0),
  );
  if (!nested) throw unbuildable(values.name, 'runs');
  // A run of the one value "missing" is not the run of missing cells.
  const taken = values.missing === 0 ? [] : [labels.missing];
  const names = runs.map((run) => runNames(order, run, taken));
  return [
    ...order.map((text, at) => [
      text,
      ...runs.map((run, level) => names[level]?.[Math.floor(at / run)] ?? text),
      ROOT,
    ]),
    ...missingLine(values, labels, runs.length),
  ];
}

function runNames(order: readonly string[], run: number, taken: readonly string[]): string[] {
  const names: string[] = [];
  const used = new Set(taken);
  for (let start = 0; start < order.length; start += run) {
    const first = order[start] ?? '';
    const last = order[Math.min(start + run, order.length) - 1] ?? '';
    let name = first === last ? first : `${first} – ${last}`;
    // 'a' to 'b – c' reads like 'a – b' to 'c'.
    while (used.has(name)) name += ' ';
    used.add(name);
    names.push(name);
  }
  return names;
}
