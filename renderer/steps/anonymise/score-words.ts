import type { QualityMeasure } from '../../../main/contract/anonymise.ts';
import type { Words } from '../../../main/words/index.ts';

interface Score {
  readonly measure: QualityMeasure;
  readonly score: number;
  /** No combination scores below it. */
  readonly least: number;
}

/** A score in words, and what no other can be below: a share where the measure is one. */
export function scoreTexts(
  { measure, score, least }: Score,
  words: Words,
  tag: string,
): { score: string; least: string } {
  const w = words.further.best;
  if (measure === 'loss') {
    const share = (part: number): string => {
      const style = { style: 'percent', maximumFractionDigits: 1 } as const;
      return new Intl.NumberFormat(tag, style).format(part);
    };
    // Rounded down: the least is never said to be more than it is.
    return {
      score: w.loss(share(score)),
      least: w.leastLoss(share(Math.floor(least * 1000) / 1000)),
    };
  }
  const number = (value: number): string =>
    new Intl.NumberFormat(tag, { maximumSignificantDigits: 4 }).format(value);
  const { name } = words.further.measures[measure];
  return { score: w.other(name, number(score)), least: w.least(number(least)) };
}
