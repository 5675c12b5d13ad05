/** How exposed phrases are that were trained on, among phrases that never were. */
export interface Exposure {
  /** The mean over the phrases, in bits. */
  readonly mean: number;
  readonly largest: number;
  /** The mean if none of them had been learnt, in bits. */
  readonly chance: number;
  /** The largest there can be. */
  readonly most: number;
}

/**
 * log2 |R| - log2 rank of each phrase's loss among R, the phrase itself and those that never were
 * trained on (Carlini et al. 2019, "The Secret Sharer", arXiv:1802.08232, section 4.2); of equal losses
 * the phrase takes the middle place. Throws RangeError for nothing to compare.
 *
 * @param losses of the phrases that were trained on; smaller where the model knows them better
 * @param never of each of them the losses of the same number of phrases that were not
 */
export function exposureOf(losses: Float64Array, never: readonly Float64Array[]): Exposure {
  const others = never[0]?.length ?? 0;
  if (others === 0 || losses.length !== never.length) {
    throw new RangeError('each phrase is ranked among others');
  }
  const exposures = Array.from(losses, (loss, place) => exposureOfLoss(loss, never[place]!));
  return {
    mean: exposures.reduce((sum, one) => sum + one, 0) / exposures.length,
    largest: Math.max(...exposures),
    chance: chanceOf(others + 1),
    most: Math.log2(others + 1),
  };
}

function exposureOfLoss(loss: number, never: Float64Array): number {
  let smaller = 0;
  let equal = 0;
  for (const other of never) {
    if (other < loss) smaller++;
    else if (other === loss) equal++;
  }
  return Math.log2(never.length + 1) - Math.log2(1 + smaller + equal / 2);
}

/** The mean of log2 size - log2 rank over all ranks alike; 1 / ln 2 for many. */
function chanceOf(size: number): number {
  let sum = 0;
  for (let rank = 1; rank <= size; rank++) sum += Math.log2(size / rank);
  return sum / size;
}
