import type { AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Hierarchy } from './hierarchy.ts';

export type LevelLimits = Pick<AnonymisePlan['quasiIdentifiers'][string], 'least' | 'most'>;

/** The least level a column may end at; 0 where nothing is said. */
export function leastLevel(limits: LevelLimits | undefined): number {
  return limits?.least ?? 0;
}

/**
 * The part of a hierarchy that a plan allows: what searches it cannot leave it. Scores that count
 * levels or values (precision, nuentropy) then count from the least level.
 * @throws LEVELS_INVALID {column, top} unless 0 <= least <= most <= the coarsest level
 */
export function withinLimits(
  column: string,
  hierarchy: Hierarchy,
  limits: LevelLimits | undefined,
): Hierarchy {
  const top = hierarchy.height - 1;
  const least = leastLevel(limits);
  const most = limits?.most ?? top;
  if (most > top || least > most) throw new ConcordError('LEVELS_INVALID', { column, top });
  return least === 0 && most === top ? hierarchy : hierarchy.between(least, most);
}
