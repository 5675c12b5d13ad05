import { pitmanUniques } from './pitman.ts';
import type { SizeHistogram } from './histogram.ts';
import { snbUniques } from './snb.ts';

/** Shares of the population; null where an estimator has no valid answer. */
export interface UniquenessEstimates {
  readonly zayatz: number;
  readonly pitman: number | null;
  readonly snb: number | null;
  /** What the rule of Dankar et al. takes, and whose estimate that is. */
  readonly dankar: number;
  readonly dankarModel: 'none' | 'pitman' | 'zayatz' | 'snb';
}

/**
 * The estimated share of people who are alone in their class of a population of this size, from
 * the class sizes of a sample of it: by Zayatz (1991), Pitman's model (Hoshino 2001), the shifted
 * negative binomial model (Chen, Keller-McNulty 1998), and by the decision rule of Dankar, El
 * Emam, Neisa, Roffey (2012): Pitman up to a sampling fraction of 0.1 (Zayatz where it fails),
 * above it the smaller of Zayatz and, where valid, SNB. All 0 when no record is alone.
 */
export function estimateUniqueness(sample: SizeHistogram, people: number): UniquenessEstimates {
  if (sample.of(1) === 0) {
    return { zayatz: 0, pitman: 0, snb: 0, dankar: 0, dankarModel: 'none' };
  }
  const share = (uniques: number | null): number | null =>
    uniques === null ? null : uniques / people;
  const zayatz = zayatzUniques(sample, people) / people;
  const pitman = share(pitmanUniques(sample, people));
  const snb = share(snbUniques(sample, people));
  const estimates = { zayatz, pitman, snb };
  if (sample.records / people <= 0.1) {
    return pitman === null
      ? { ...estimates, dankar: zayatz, dankarModel: 'zayatz' }
      : { ...estimates, dankar: pitman, dankarModel: 'pitman' };
  }
  return snb !== null && snb < zayatz
    ? { ...estimates, dankar: snb, dankarModel: 'snb' }
    : { ...estimates, dankar: zayatz, dankarModel: 'zayatz' };
}

/**
 * Zayatz (1991): of the records alone in the sample as many are alone in the population as the
 * sample's own sizes, taken for the population's, make likely (hypergeometric sampling), divided
 * by the sampling fraction.
 */
function zayatzUniques(sample: SizeHistogram, people: number): number {
  const chanceOfOne = (size: number): number => chanceThatOneIsDrawn(size, sample.records, people);
  let all = 0;
  for (const [size, count] of sample.entries) all += count * chanceOfOne(size);
  const alone = sample.of(1);
  return (alone * ((alone * chanceOfOne(1)) / all) * people) / sample.records;
}

/** Exactly one of `size` people is among `drawn` of `people`: the hypergeometric distribution. */
function chanceThatOneIsDrawn(size: number, drawn: number, people: number): number {
  let chance = (size * drawn) / people;
  for (let other = 1; other < size && chance > 0; other++) {
    chance *= Math.max(0, people - drawn - other + 1) / (people - other);
  }
  return chance;
}
