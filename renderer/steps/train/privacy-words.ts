import type { TrainEstimate } from '../../../main/contract/train-calls.ts';
import type { BoughtStatistic } from '../../../main/contract/train.ts';
import type { LedgerView, PrivacyAmount } from '../../../main/contract/vault.ts';
import type { Words } from '../../../main/words/index.ts';
import { showNumber } from '../../formats.ts';
import { EPSILONS } from './answers.ts';

/**
 * The most certain an attacker can become, in percent, rounded up; with decimals where it is nearly
 * certain.
 */
export function showCertainty(certainty: number, tag: string): string {
  const digits = certainty < 0.985 ? 0 : certainty < 0.9999 ? 2 : 4;
  return new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: digits }).format(
    Math.min(1, Math.ceil(certainty * 10 ** (digits + 2) - 1e-9) / 10 ** (digits + 2)),
  );
}

/** e^epsilon / (1 + e^epsilon), as the engine says it for the run itself. */
export function certaintyOf(epsilon: number): number {
  return 1 / (1 + Math.exp(-epsilon));
}

/** An epsilon as it is read: never less than it is. */
export function showEpsilon(epsilon: number, tag: string): string {
  return show(Math.max(0, Math.ceil(epsilon * 1000 - 1e-9)) / 1000, tag);
}

/** What is left, never more than it is. */
export function showLeft(epsilon: number, tag: string): string {
  return show(Math.floor(epsilon * 1000 + 1e-9) / 1000, tag);
}

/** What is left of a budget by the way of counting that leaves more, and the delta of one more run. */
export function leftOf(
  { available, filter }: Pick<LedgerView, 'available' | 'filter'>,
  budget: PrivacyAmount,
): PrivacyAmount {
  const together = filter === null ? 0 : budget.epsilon - filter.epsilon;
  return { epsilon: Math.max(0, available.epsilon, together), delta: available.delta };
}

export function showDelta(delta: number, tag: string): string {
  return new Intl.NumberFormat(tag, {
    maximumSignificantDigits: 2,
    maximumFractionDigits: 20,
  }).format(delta);
}

/** The two sentences of a guarantee: the limit, and how often it can fail. */
export function guaranteeSentences(
  words: Words['train'],
  { epsilon, delta }: { readonly epsilon: number; readonly delta: number },
  tag: string,
): readonly [string, string] {
  const oneIn = Number((1 / delta).toPrecision(2));
  return [words.certainty(showCertainty(certaintyOf(epsilon), tag)), words.oneIn(show(oneIn, tag))];
}

/** What is bought before a training, by name. */
export function boughtNames(
  words: Words['train'],
  { bought }: Pick<TrainEstimate, 'bought'>,
): readonly string[] {
  return bought.map(({ column, kind }) => words.statistics[kind](column));
}

/** What a search costs, and what one of its models would by itself. */
export function searchCost(
  words: Words['search'],
  {
    epsilon,
    search,
  }: { readonly epsilon: number; readonly search: NonNullable<TrainEstimate['search']> },
  tag: string,
): string {
  return words.cost(showEpsilon(epsilon, tag), showEpsilon(search.trial_epsilon, tag));
}

/** Words of texts are many; the first are the most frequent. */
const MOST_SHOWN = 30;

/** What a statistic said. */
export function foundLine(
  words: Words['train'],
  { column, kind, found }: BoughtStatistic,
  tag: string,
): string {
  const name = words.statistics[kind](column);
  const number = (value: number): string =>
    new Intl.NumberFormat(tag, { maximumSignificantDigits: 4, useGrouping: false }).format(value);
  switch (found.is) {
    case 'bounds':
      return words.found(name, words.foundRange(number(found.lower), number(found.upper)));
    case 'values': {
      const list = new Intl.ListFormat(tag).format(found.values.slice(0, MOST_SHOWN));
      if (found.values.length <= MOST_SHOWN) return words.found(name, list);
      return words.found(name, words.foundMany(showNumber(found.values.length, tag), list));
    }
    case 'fill':
      return words.found(name, typeof found.value === 'number' ? number(found.value) : found.value);
    case 'centre':
      return words.found(name, words.foundCentre);
    case 'cells':
      return words.found(name, words.foundCells(showNumber(found.cells.length, tag)));
    case 'nothing':
      return words.found(name, words.foundNothing);
  }
}

/** Why a plan is refused: what would fit, or that no position of the slider does any more. */
export function refusal(
  words: Words['train'],
  { epsilon, largest_that_fits }: Pick<TrainEstimate, 'epsilon' | 'largest_that_fits'>,
  tag: string,
): string {
  if (largest_that_fits === null || largest_that_fits < EPSILONS[0]) return words.refusedAll;
  return words.refused(showEpsilon(epsilon, tag), showLeft(largest_that_fits, tag));
}

function show(value: number, tag: string): string {
  return new Intl.NumberFormat(tag, { maximumFractionDigits: 3 }).format(value);
}
