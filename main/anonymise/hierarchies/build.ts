import type { HierarchyRecipe } from '../../contract/hierarchy.ts';
import type { Language } from '../../contract/language.ts';
import { readHierarchyLines, writeHierarchyLines } from '../hierarchy-text.ts';
import { commonLines, hideLines, maskedLines, orderedLines } from './categories.ts';
import { dateLines } from './dates.ts';
import { presetLines } from './preset.ts';
import { rangeLines } from './ranges.ts';
import { treeLines } from './tree.ts';
import type { ColumnValues, HierarchyLabels, Line } from './values.ts';

/** The language of the labels that are made, and the words for what has no label of its own. */
export interface Wording {
  readonly language: Language;
  readonly labels: HierarchyLabels;
}

/**
 * Hierarchy text of a recipe, with a line for every value of the column (a file brings its own
 * lines). Throws HIERARCHY_NOT_BUILT {column, reason} where the recipe does not fit the values.
 */
export function hierarchyText(
  values: ColumnValues,
  recipe: HierarchyRecipe,
  wording: Wording,
): string {
  return recipe.kind === 'file'
    ? recipe.text
    : writeHierarchyLines(builtLines(values, recipe, wording));
}

/** The lines of the same. Besides, throws HIERARCHY_INVALID for a file that is none. */
export function hierarchyLines(
  values: ColumnValues,
  recipe: HierarchyRecipe,
  wording: Wording,
): readonly Line[] {
  return recipe.kind === 'file'
    ? readHierarchyLines(values.name, recipe.text).map(({ cells }) => cells)
    : builtLines(values, recipe, wording);
}

function builtLines(
  values: ColumnValues,
  recipe: Exclude<HierarchyRecipe, { kind: 'file' }>,
  { language, labels }: Wording,
): Line[] {
  switch (recipe.kind) {
    case 'ages':
    case 'intervals':
      return rangeLines(values, recipe, labels);
    case 'dates':
      return dateLines(values, recipe.units, labels);
    case 'mask-left':
    case 'mask-right':
      return maskedLines(values, recipe, labels);
    case 'common':
      return commonLines(values, labels);
    case 'hide':
      return hideLines(values, labels);
    case 'ordered':
      return orderedLines(values, recipe, labels);
    case 'tree':
      return treeLines(values, recipe, labels);
    default:
      return presetLines(values, recipe.kind, language, labels);
  }
}
