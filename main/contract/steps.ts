/** The steps of a study, in order. Folders, message keys, docs and tests use the same names. */
export const STEPS = [
  'import',
  'identify',
  'anonymise',
  'train',
  'review',
  'decide',
  'monitor',
  'federate',
] as const;
export type Step = (typeof STEPS)[number];
