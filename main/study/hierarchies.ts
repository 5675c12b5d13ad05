import { canonicalText, encodeColumn } from '../anonymise/encode.ts';
import { parseHierarchy, type Hierarchy } from '../anonymise/hierarchy.ts';
import { writeHierarchyLines } from '../anonymise/hierarchy-text.ts';
import { intervalHierarchy, maskHierarchy } from '../anonymise/presets.ts';
import { ConcordError } from '../contract/errors.ts';
import type { EntityType } from '../contract/identify.ts';
import type { HierarchyChoice, HierarchyKind } from '../contract/protect-calls.ts';
import { entityOfColumn } from '../identify/columns.ts';
import { columnOf } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';

/** The labels that are made here and end up in cells, in the language of the person. */
export interface HierarchyLabels {
  readonly missing: string;
  readonly rare: string;
}

export interface SuggestedHierarchies {
  readonly name: string;
  /** The proposed one first; none where the column has too many values, or line breaks in them. */
  readonly choices: HierarchyChoice[];
}

const ROOT = '*';
/** A column of more different values says who a person is; it is left out, not generalised. */
const MOST_VALUES = 20_000;
/** A hierarchy must fit into a message to the engine: 20,000 days take about 720,000 characters. */
const MOST_TEXT = 750_000;
/** Above this age people are few: 'Safe Harbor' of HIPAA, 45 CFR 164.514(b)(2)(i)(C), says 90. */
const TOP_AGE = 90;
const MASK_LEVELS = 6;
/** Whole numbers of a smaller range get a line for each, also for those that do not occur. */
const DENSE_RANGE = 1000;
/** A category with a smaller share of the rows may be joined with other rare ones. */
const RARE = 0.05;

/** Hierarchies for columns of a table, each covering every value. @throws COLUMN_UNKNOWN */
export function suggestHierarchies(
  table: Table,
  columns: readonly string[],
  labels: HierarchyLabels,
): SuggestedHierarchies[] {
  return columns.map((name) => ({
    name,
    choices: choicesOf(columnOf(table, name), table, labels),
  }));
}

interface Values {
  readonly column: Column;
  /** Different cell texts, without the missing cell. */
  readonly texts: readonly string[];
  /** Rows of each. */
  readonly counts: readonly number[];
  readonly rows: number;
  /** The label of missing cells, if there are any. */
  readonly missing: string | undefined;
}

function choicesOf(column: Column, table: Table, labels: HierarchyLabels): HierarchyChoice[] {
  const values = valuesOf(column, table.rows, labels);
  const writable = values.texts.every((text) => !/[\r\n\uFEFF]/.test(text));
  if (!writable || values.texts.length > MOST_VALUES) return [];
  return textsOf(values, entityOfColumn(column), labels)
    .filter(([, text]) => text.length <= MOST_TEXT)
    .flatMap(([kind, text]) => {
      const levels = levelsOf(column, text);
      return levels === null ? [] : [{ kind, text, levels }];
    });
}

function valuesOf(column: Column, rows: number, labels: HierarchyLabels): Values {
  const { values, codes } = encodeColumn(column);
  const counts = new Array<number>(values.length).fill(0);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  const order = [...values.keys()].filter((code) => values[code] !== '');
  return {
    column,
    texts: order.map((code) => values[code] ?? ''),
    counts: order.map((code) => counts[code] ?? 0),
    rows,
    missing: values.includes('') ? labels.missing : undefined,
  };
}

type Made = readonly [kind: HierarchyKind, text: string];

function textsOf(
  values: Values,
  entity: EntityType | undefined,
  labels: HierarchyLabels,
): readonly Made[] {
  const { type } = values.column;
  const hide: Made = ['hide', hidden(values)];
  if (values.texts.length < 3) return [hide];
  if (entity === 'POSTCODE') return [['mask-right', masked(values, 'right')], hide];
  if (type === 'date') return [['dates', dates(values)], hide];
  if (type === 'integer' || type === 'real') {
    const ages = type === 'integer' && entity === 'AGE' ? ageIntervals(values) : null;
    const made: Made = ages === null ? ['intervals', intervals(values)] : ['ages', ages];
    return [made, hide];
  }
  if (type === 'identifier' || looksCoded(values)) {
    return [['mask-right', masked(values, 'right')], ['mask-left', masked(values, 'left')], hide];
  }
  const common = commonOnes(values, labels);
  return common === null ? [hide] : [['common', common], hide];
}

/** All or nothing. */
function hidden({ texts, missing }: Values): string {
  return writeHierarchyLines([
    ...texts.map((text) => [text, ROOT]),
    ...(missing === undefined ? [] : [['', ROOT]]),
  ]);
}

function masked({ texts, missing }: Values, from: 'left' | 'right'): string {
  const longest = texts.reduce((most, text) => Math.max(most, Array.from(text).length), 1);
  const step = Math.ceil(longest / MASK_LEVELS);
  return maskHierarchy(texts, { from, step, ...(missing === undefined ? {} : { missing }) });
}

/** Day, month, year, ten years; before the day its time, where there is one. */
function dates({ texts, missing }: Values): string {
  const isTimed = texts.some((text) => text.length > DAY_LENGTH);
  return writeHierarchyLines([
    ...texts.map((text) => {
      const day = text.slice(0, DAY_LENGTH);
      const decade = day.slice(0, 3);
      const coarser = [day.slice(0, 7), day.slice(0, 4), `${decade}0-${decade}9`, ROOT];
      return isTimed ? [text, day, ...coarser] : [day, ...coarser];
    }),
    ...missingLine(missing, isTimed ? 4 : 3),
  ]);
}

/** yyyy-mm-dd */
const DAY_LENGTH = 10;

/** Null where the numbers cannot be ages. */
function ageIntervals({ texts, missing }: Values): string | null {
  const { min, max } = boundsOf(texts);
  if (min < 0 || max > 130) return null;
  return intervalHierarchy({
    min: Math.floor(min / 5) * 5,
    max,
    widths: [5, 10, 20, 40],
    topFrom: TOP_AGE,
    ...(missing === undefined ? {} : { missing }),
  });
}

function intervals({ column, texts, missing }: Values): string {
  const { min, max } = boundsOf(texts);
  const whole = column.type === 'integer';
  const widths = niceWidths(max - min, whole);
  if (whole && min >= 0 && max - min <= DENSE_RANGE) {
    return intervalHierarchy({ min, max, widths, ...(missing === undefined ? {} : { missing }) });
  }
  return writeHierarchyLines([
    ...texts.map((text) => [text, ...bandsOf(Number(text), widths), ROOT]),
    ...missingLine(missing, widths.length),
  ]);
}

/**
 * '[20, 25)': from 20 up to, not including, 25; one band per width. A wider band is named by the
 * band within it, not by the value again, so that rounding can never set the two apart.
 */
function bandsOf(value: number, widths: readonly number[]): string[] {
  const finest = widths[0] ?? 1;
  const inner = Math.floor(value / finest);
  // Rounded, because 3 * 0.1 is not 0.3; fifteen digits are all that a double is sure of.
  const shown = (bound: number): string => String(Number(bound.toPrecision(15)));
  return widths.map((width) => {
    const band = Math.floor(inner / Math.round(width / finest));
    return `[${shown(band * width)}, ${shown((band + 1) * width)})`;
  });
}

/** Up to four widths 1 or 5 times a power of ten, each a multiple of the one before. */
function niceWidths(range: number, whole: boolean): number[] {
  // Further apart than the largest number there is: no band could be written down.
  if (!Number.isFinite(range)) return [];
  const least = Math.max(range / 40, whole ? 2 : Number.MIN_VALUE);
  const widths: number[] = [];
  for (let power = Math.floor(Math.log10(least)); widths.length < 4; power++) {
    for (const digit of [1, 5]) {
      const width = power < 0 ? digit / 10 ** -power : digit * 10 ** power;
      if (width >= least && widths.length < 4 && (width < range || widths.length === 0)) {
        widths.push(width);
      }
    }
    if (10 ** power > range) break;
  }
  return widths;
}

/** The common values as they are, the others under one label; null where that changes nothing. */
function commonOnes(
  { texts, counts, rows, missing }: Values,
  labels: HierarchyLabels,
): string | null {
  const rare = texts.filter((_, index) => (counts[index] ?? 0) < RARE * rows);
  if (rare.length < 2 || rare.length === texts.length) return null;
  const isRare = new Set(rare);
  return writeHierarchyLines([
    ...texts.map((text) => [text, isRare.has(text) ? labels.rare : text, ROOT]),
    ...missingLine(missing, 1),
  ]);
}

/** Codes of equal length with a figure in each, such as postcodes of unknown name. */
function looksCoded({ texts }: Values): boolean {
  const length = texts[0]?.length ?? 0;
  return (
    length >= 3 &&
    texts.length > 10 &&
    texts.every((text) => text.length === length && /^[\p{L}\p{Nd} -]*\p{Nd}$/u.test(text))
  );
}

function boundsOf(texts: readonly string[]): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const text of texts) {
    min = Math.min(min, Number(text));
    max = Math.max(max, Number(text));
  }
  return { min, max };
}

function missingLine(label: string | undefined, levels: number): string[][] {
  return label === undefined ? [] : [['', ...Array<string>(levels).fill(label), ROOT]];
}

/**
 * A few labels of each level, from first to last. Null where the text is no hierarchy: numbers so
 * large or so near to each other that their ranges read the same.
 */
function levelsOf(column: Column, text: string): HierarchyChoice['levels'] | null {
  const hierarchy = hierarchyOf(column, text);
  if (hierarchy === null) return null;
  return hierarchy.levels.map(({ labels }) => ({
    labels: spread(labels.filter((label) => label !== '')).map(shortened),
    count: labels.length,
  }));
}

function hierarchyOf(column: Column, text: string): Hierarchy | null {
  try {
    return parseHierarchy(column.name, text, canonicalText(column));
  } catch (error) {
    if (error instanceof ConcordError && error.code === 'HIERARCHY_INVALID') return null;
    throw error;
  }
}

/** Up to five, evenly from first to last. */
function spread(labels: readonly string[]): string[] {
  if (labels.length <= 5) return [...labels];
  const step = (labels.length - 1) / 4;
  return [0, 1, 2, 3, 4].map((place) => labels[Math.round(place * step)] ?? '');
}

function shortened(label: string): string {
  return label.length <= 80 ? label : `${label.slice(0, 79)}…`;
}
