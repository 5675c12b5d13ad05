/** What is chosen of how records are organised, in the order in which it is asked. */
export const ARRANGED = ['label', 'unit', 'split'] as const;
export type Arranged = (typeof ARRANGED)[number];
