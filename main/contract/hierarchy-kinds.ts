// Without zod, so that the window can read it.

/** Hierarchies that stand in resources/presets. */
export const PRESET_KINDS = [
  'education',
  'occupation',
  'divisions',
  'icd-10',
  'icd-9',
  'countries',
] as const;
export type PresetKind = (typeof PRESET_KINDS)[number];

/** So many values can be put in order or in groups by hand. */
export const BY_HAND = 300;
/** Characters of a hierarchy file that a draft of answers has room for. */
export const FILE_CHARACTERS = 100_000;
/** Of the files of all columns together. */
export const FILES_CHARACTERS = 160_000;
export const DATE_UNITS = ['day', 'month', 'quarter', 'year', 'decade'] as const;
export type DateUnit = (typeof DATE_UNITS)[number];
