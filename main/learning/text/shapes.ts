/** What a token of tags looks like, for those that no vocabulary has; the first that fits. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ['<Xx>', /^\p{Lu}\p{Ll}+$/u],
  ['<XxX>', /^\p{Lu}\p{Ll}/u],
  ['<X.>', /^(?:\p{Lu}\.)+/u],
  ['<XX>', /^\p{Lu}/u],
  ['<0>', /^[0.,:%]*0[0.,:%]*$/u],
  ['<x0>', /0/u],
  ['<x-x>', /^\p{L}.*-/u],
  ['<x>', /^\p{L}/u],
];

/** The shapes as words of a vocabulary. */
export const SHAPE_WORDS: readonly string[] = SHAPES.map(([name]) => name);

/** The shape of a token, undefined where it is signs alone. */
export function shapeOf(token: string): string | undefined {
  return SHAPES.find(([, fits]) => fits.test(token))?.[0];
}
