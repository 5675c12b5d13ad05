import type { EntitySpan, EntityType } from '../contract/identify.ts';
import { findChinese } from './chinese/find.ts';
import { sameEverywhere } from './consistent.ts';
import { findEnglish } from './english/index.ts';
import { NUMBER_FINDERS } from './numbers/index.ts';
import { settle, type Finder } from './settle.ts';

export interface FindOptions {
  /** Only these types; all when absent. */
  readonly types?: readonly EntityType[];
  /** Findings below this confidence (0..1) are left out; 0 when absent: recall first. */
  readonly least?: number;
}

/** Every finder, one line each. */
const FINDERS: readonly Finder[] = [...NUMBER_FINDERS, findEnglish, findChinese];

/**
 * All personal data in one text: findings in its order, none overlapping another, offsets in
 * UTF-16 code units. A name that is found once is found everywhere in the text, its parts too. The
 * time is linear in the text, whatever it holds.
 */
export function findEntities(text: string, options: FindOptions = {}): EntitySpan[] {
  const found = settle(FINDERS.flatMap((finder) => finder(text)));
  const { types, least = 0 } = options;
  return settle([...found, ...sameEverywhere(text, found)]).filter(
    ({ type, confidence }) => confidence >= least && (types === undefined || types.includes(type)),
  );
}
