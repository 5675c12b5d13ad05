/**
 * Length of the part of a row that its text takes, where a column of a table has 1 at most: the bias of
 * the layer above, which is of length 1 for every row, then takes little of a gradient that is clipped.
 */
export const TEXT_LENGTH = 4;

/** The length of a part that has this share of the squared length of a text. */
export function lengthOfShare(share: number): number {
  return TEXT_LENGTH * Math.sqrt(share);
}
