/** The part of a row, in the order of time. */
export const NEITHER = 0;
export const TRAIN = 1;
export const VALIDATION = 2;
export const TEST = 3;
