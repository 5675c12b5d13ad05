import { z } from 'zod';
import { BY_HAND, DATE_UNITS, FILE_CHARACTERS, PRESET_KINDS } from './hierarchy-kinds.ts';

const cell = z.string().max(4096);
const label = z.string().min(1).max(200);
const place = z.number().int().min(0);

const ranges = {
  /** Width of the ranges of each step; each a whole multiple of the one before. */
  widths: z.array(z.number().gt(0)).min(1).max(6),
  /** A bound that ranges begin at. */
  origin: z.number(),
  /** Below and from here on all values are one; null for no such end. */
  bottom: z.number().nullable(),
  top: z.number().nullable(),
};

export const treeGroups = z.strictObject({
  /** `within`: the place of the group around it, which stands earlier in the list. */
  groups: z.array(z.strictObject({ name: label, within: place.nullable() })).max(BY_HAND),
  /** Values, and the place of their group; null for those in none. */
  members: z.array(z.strictObject({ value: cell, group: place.nullable() })).max(BY_HAND),
});
export type TreeGroups = z.infer<typeof treeGroups>;

/** How a hierarchy is built from the values of a column. The text it gives is what is applied. */
export const hierarchyRecipe = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ages'), ...ranges }),
  z.strictObject({ kind: z.literal('intervals'), ...ranges }),
  z.strictObject({ kind: z.literal('dates'), units: z.array(z.enum(DATE_UNITS)).max(5) }),
  z.strictObject({ kind: z.literal('mask-right'), step: z.number().int().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('mask-left'), step: z.number().int().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('common') }),
  z.strictObject({ kind: z.literal('hide') }),
  z.strictObject({ kind: z.enum(PRESET_KINDS) }),
  z.strictObject({
    kind: z.literal('ordered'),
    order: z.array(cell).max(BY_HAND),
    /** Values in a run, at each step; each a whole multiple of the one before. */
    runs: z.array(z.number().int().min(2).max(BY_HAND)).min(1).max(6),
  }),
  z.strictObject({ kind: z.literal('tree'), ...treeGroups.shape }),
  z.strictObject({ kind: z.literal('file'), text: z.string().max(FILE_CHARACTERS) }),
]);
export type HierarchyRecipe = z.infer<typeof hierarchyRecipe>;
export type HierarchyKind = HierarchyRecipe['kind'];
export const HIERARCHY_KINDS = [
  'ages',
  'intervals',
  'dates',
  'mask-right',
  'mask-left',
  'common',
  ...PRESET_KINDS,
  'tree',
  'ordered',
  'file',
  'hide',
] as const satisfies HierarchyKind[];
export const hierarchyKind = z.enum(HIERARCHY_KINDS);
export type RecipeOf<K extends HierarchyKind> = Extract<HierarchyRecipe, { kind: K }>;

/** A level as it is shown: some of its labels, with the records under each, and how many there are. */
const hierarchyLevel = z.strictObject({
  labels: z.array(z.strictObject({ label: cell, rows: z.number().int() })),
  count: z.number().int(),
});

/** A hierarchy with its text, which is what is applied, and a look at each of its levels. */
export const hierarchyChoice = z.strictObject({
  recipe: hierarchyRecipe,
  text: z.string(),
  levels: z.array(hierarchyLevel),
  /** Of a preset: the share of the records with a value that it knows. */
  fit: z.number().min(0).max(1).nullable(),
  /** Different values, and records, that are put under 'other' because the preset lacks them. */
  unplaced: z.strictObject({ values: z.number().int(), rows: z.number().int() }),
});
export type HierarchyChoice = z.infer<typeof hierarchyChoice>;
