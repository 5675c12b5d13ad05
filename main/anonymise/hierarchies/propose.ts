import { BY_HAND } from '../../contract/hierarchy-kinds.ts';
import type { HierarchyRecipe } from '../../contract/hierarchy.ts';
import { hierarchyLines, type Wording } from './build.ts';
import { rareOnes, usualOrder, usualRuns, usualStep } from './categories.ts';
import { usualUnits } from './dates.ts';
import { fittingPresets } from './preset.ts';
import { ageRanges, niceRanges } from './ranges.ts';
import { groupsOfLines } from './tree.ts';
import type { ColumnValues } from './values.ts';

/** What is known of the column besides its values. */
export type Hint = 'AGE' | 'POSTCODE' | null;

/** More different numbers are no codes of something that could be grouped by hand. */
const FEW_NUMBERS = 50;
/** Longer values are no categories. */
const LONGEST = 200;

/**
 * The ways in which a column may be made coarser, the proposed one first: what its values and its
 * name suggest, then order and groups by hand where they are few enough, then all or nothing.
 */
export function proposedRecipes(
  values: ColumnValues,
  hint: Hint,
  wording: Wording,
): HierarchyRecipe[] {
  if (values.texts.length < 3) return [{ kind: 'hide' }];
  const { first, others } = byKind(values, hint, wording);
  return [...first, ...others, ...byHand(values, first[0], wording), { kind: 'hide' }];
}

interface Ways {
  readonly first: readonly HierarchyRecipe[];
  readonly others: readonly HierarchyRecipe[];
}

function byKind(values: ColumnValues, hint: Hint, { language }: Wording): Ways {
  if (hint === 'POSTCODE') return { first: [mask(values, 'mask-right')], others: [] };
  if (values.type === 'date') {
    return { first: [{ kind: 'dates', units: usualUnits(values) }], others: [] };
  }
  const fits = fittingPresets(values, language);
  const proposed = fits.filter((fit) => fit.proposed).map(({ kind }) => ({ kind }));
  const offered = fits.filter((fit) => !fit.proposed).map(({ kind }) => ({ kind }));
  const plain = isNumeric(values) ? ranges(values, hint) : categories(values);
  return { first: [...proposed, ...plain], others: offered };
}

function ranges(values: ColumnValues, hint: Hint): HierarchyRecipe[] {
  const ages = hint === 'AGE' ? ageRanges(values) : null;
  if (ages !== null) return [{ kind: 'ages', ...ages }];
  const nice = niceRanges(values);
  return nice === null ? [] : [{ kind: 'intervals', ...nice }];
}

function categories(values: ColumnValues): HierarchyRecipe[] {
  if (values.type === 'identifier' || looksCoded(values)) {
    return [mask(values, 'mask-right'), mask(values, 'mask-left')];
  }
  const rare = rareOnes(values).size;
  return rare < 2 || rare === values.texts.length ? [] : [{ kind: 'common' }];
}

function mask(values: ColumnValues, kind: 'mask-left' | 'mask-right'): HierarchyRecipe {
  return { kind, step: usualStep(values) };
}

/** Order and groups, the groups beginning with those of the proposed way. */
function byHand(
  values: ColumnValues,
  proposed: HierarchyRecipe | undefined,
  wording: Wording,
): HierarchyRecipe[] {
  const most = isNumeric(values) ? FEW_NUMBERS : BY_HAND;
  if (values.type === 'date' || values.texts.length > most) return [];
  if (values.texts.some((text) => text.length > LONGEST)) return [];
  const start: HierarchyRecipe =
    proposed === undefined || isNumeric(values) || isMasked(proposed) ? { kind: 'hide' } : proposed;
  const tree = groupsOfLines(hierarchyLines(values, start, wording));
  const order = usualOrder(values, wording.language);
  return [
    { kind: 'tree', ...tree },
    ...(isNumeric(values) || isMasked(proposed)
      ? []
      : [{ kind: 'ordered' as const, order, runs: usualRuns(values) }]),
  ];
}

function isMasked(recipe: HierarchyRecipe | undefined): boolean {
  return recipe?.kind === 'mask-left' || recipe?.kind === 'mask-right';
}

function isNumeric({ type }: ColumnValues): boolean {
  return type === 'integer' || type === 'real';
}

/** Codes of equal length with a figure in each, such as postcodes of unknown name. */
function looksCoded({ texts }: ColumnValues): boolean {
  const length = texts[0]?.length ?? 0;
  return (
    length >= 3 &&
    texts.length > 10 &&
    texts.every((text) => text.length === length && /^[\p{L}\p{Nd} -]*\p{Nd}$/u.test(text))
  );
}
