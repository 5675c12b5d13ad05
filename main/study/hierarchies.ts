import { bindHierarchy, canonicalText, encodeColumn } from '../anonymise/encode.ts';
import { parseHierarchy, type Hierarchy } from '../anonymise/hierarchy.ts';
import { hierarchyText, type Wording } from '../anonymise/hierarchies/build.ts';
import { unplacedBy } from '../anonymise/hierarchies/preset.ts';
import { proposedRecipes, type Hint } from '../anonymise/hierarchies/propose.ts';
import { unbuildable, type ColumnValues } from '../anonymise/hierarchies/values.ts';
import { ConcordError, type ErrorCode, type ErrorParams } from '../contract/errors.ts';
import { PRESET_KINDS, type PresetKind } from '../contract/hierarchy-kinds.ts';
import type { HierarchyChoice, HierarchyRecipe } from '../contract/hierarchy.ts';
import { entityOfColumn } from '../identify/columns.ts';
import { columnOf } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import { valuesAmong } from './population.ts';

/** A column to be made coarser, and the ways that a person set up for it before. */
export interface AskedColumn {
  readonly name: string;
  readonly recipes: readonly HierarchyRecipe[];
}

interface Refused {
  readonly kind: HierarchyRecipe['kind'];
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

export interface SuggestedHierarchies {
  readonly name: string;
  /** The proposed one first; none where the column has too many values, or line breaks in them. */
  readonly choices: HierarchyChoice[];
  /** Ways of the person that do not fit the records any more. */
  readonly refused: Refused[];
}

/** A column of more different values says who a person is; it is left out, not generalised. */
const MOST_VALUES = 20_000;
/** A hierarchy must fit into a message to the engine: 20,000 days take about 720,000 characters. */
const MOST_TEXT = 750_000;
/** Labels of a level that are shown: a few at first, more for one hierarchy. */
const FEW = 5;
const MANY = 200;

/**
 * Hierarchies for columns of a table, each covering every value: the proposed ways, and those the
 * person set up, which stand in the place of a proposed one of their kind. `people`: records of
 * everyone, whose values are covered as well. @throws COLUMN_UNKNOWN
 */
export function suggestHierarchies(
  table: Table,
  columns: readonly AskedColumn[],
  wording: Wording,
  people: Table | null = null,
): SuggestedHierarchies[] {
  return columns.map(({ name, recipes }) => {
    const column = columnOf(table, name);
    const values = valuesAmong(column, people);
    if (!isWritable(values)) return { name, choices: [], refused: [] };
    const own = new Map(recipes.map((recipe) => [recipe.kind, recipe]));
    const proposed = proposedRecipes(values, hintOf(column), wording);
    const kinds = new Set(proposed.map(({ kind }) => kind));
    const asked = [
      ...proposed.map((recipe) => own.get(recipe.kind) ?? recipe),
      ...recipes.filter(({ kind }) => !kinds.has(kind)),
    ];
    const choices: HierarchyChoice[] = [];
    const refused: Refused[] = [];
    for (const recipe of asked) {
      const built = tried(column, values, recipe, wording);
      if (!(built instanceof ConcordError)) choices.push(built);
      else if (own.has(recipe.kind)) {
        refused.push({ kind: recipe.kind, code: built.code, params: built.params });
      }
    }
    return { name, choices, refused };
  });
}

/**
 * One hierarchy with more of its labels. Throws COLUMN_UNKNOWN, HIERARCHY_NOT_BUILT {column,
 * reason}, and for the lines of a file HIERARCHY_INVALID and HIERARCHY_LACKS_VALUE.
 */
export function buildHierarchy(
  table: Table,
  name: string,
  recipe: HierarchyRecipe,
  wording: Wording,
  people: Table | null = null,
): HierarchyChoice {
  const column = columnOf(table, name);
  const values = valuesAmong(column, people);
  if (!isWritable(values)) throw unbuildable(name, 'size');
  return choiceOf(column, values, recipe, wording, MANY);
}

function isWritable({ texts }: ColumnValues): boolean {
  return texts.length <= MOST_VALUES && texts.every((text) => !/[\r\n\uFEFF]/.test(text));
}

function hintOf(column: Column): Hint {
  const entity = entityOfColumn(column);
  return entity === 'AGE' || entity === 'POSTCODE' ? entity : null;
}

/** The error instead of a hierarchy that cannot be built, as where ranges read the same. */
function tried(
  column: Column,
  values: ColumnValues,
  recipe: HierarchyRecipe,
  wording: Wording,
): HierarchyChoice | ConcordError {
  try {
    return choiceOf(column, values, recipe, wording, FEW);
  } catch (error) {
    if (error instanceof ConcordError && error.code.startsWith('HIERARCHY_')) return error;
    throw error;
  }
}

function choiceOf(
  column: Column,
  values: ColumnValues,
  recipe: HierarchyRecipe,
  wording: Wording,
  most: number,
): HierarchyChoice {
  const text = hierarchyText(values, recipe, wording);
  if (text.length > MOST_TEXT) throw unbuildable(column.name, 'size');
  const hierarchy = parseHierarchy(column.name, text, canonicalText(column));
  const preset = isPreset(recipe.kind) ? recipe.kind : null;
  const unplaced =
    preset === null ? { values: 0, rows: 0 } : unplacedBy(preset, values, wording.language);
  const present = Math.max(1, values.rows - values.missing);
  return {
    recipe,
    text,
    levels: levelsOf(column, values, hierarchy, most, wording.labels.missing),
    fit: preset === null ? null : 1 - unplaced.rows / present,
    unplaced,
  };
}

function isPreset(kind: string): kind is PresetKind {
  return PRESET_KINDS.some((preset) => preset === kind);
}

/** Labels of each level from first to last, with the rows that come under each. */
function levelsOf(
  column: Column,
  values: ColumnValues,
  hierarchy: Hierarchy,
  most: number,
  missing: string,
): HierarchyChoice['levels'] {
  const rowsOfValue = rowsByCode(column, values, hierarchy);
  return hierarchy.levels.map(({ labels }, level) => {
    const step = hierarchy.step(0, level);
    const rows = new Float64Array(labels.length);
    rowsOfValue.forEach((count, code) => {
      const at = step[code] ?? 0;
      rows[at] = (rows[at] ?? 0) + count;
    });
    return {
      labels: spread([...labels.keys()], most).map((code) => ({
        label: shortened(labels[code] || missing),
        rows: rows[code] ?? 0,
      })),
      count: labels.length,
    };
  });
}

/** @throws HIERARCHY_LACKS_VALUE naming the first row of a value that has no line */
function rowsByCode(
  column: Column,
  { texts, counts, missing }: ColumnValues,
  hierarchy: Hierarchy,
): Float64Array {
  const rows = new Float64Array(hierarchy.level(0).labels.length);
  const all = missing === 0 ? texts : [...texts, ''];
  all.forEach((text, at) => {
    const code = hierarchy.codeOf(text);
    if (code === undefined) bindHierarchy(encodeColumn(column), hierarchy);
    else rows[code] = (rows[code] ?? 0) + (counts[at] ?? missing);
  });
  return rows;
}

/** Evenly from first to last. */
function spread(codes: readonly number[], most: number): number[] {
  if (codes.length <= most) return [...codes];
  const step = (codes.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, place) => codes[Math.round(place * step)] ?? 0);
}

function shortened(label: string): string {
  return label.length <= 80 ? label : `${label.slice(0, 79)}…`;
}
