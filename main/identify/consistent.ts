import type { EntitySpan } from '../contract/identify.ts';
import { isWord } from './english/lexicon.ts';
import { folded, tokensOf, type Token } from './english/tokens.ts';

const NAMED = new Set<EntitySpan['type']>(['PERSON', 'ORGANIZATION', 'LOCATION']);
/** Parts of names shorter than this are found by themselves only. */
const SHORTEST = 3;
/** A part of a name is a little less sure than the name. */
const LESS = 0.02;

/**
 * A name found once in a text is found everywhere in it: as a whole, and a person's by each of its
 * parts that is no plain word or stands with a capital.
 */
export function sameEverywhere(text: string, found: readonly EntitySpan[]): EntitySpan[] {
  const known = new Map<string, EntitySpan>();
  for (const finding of found) {
    if (!NAMED.has(finding.type)) continue;
    for (const part of partsOf(text, finding)) {
      const before = known.get(part);
      if (before === undefined || before.confidence < finding.confidence) known.set(part, finding);
    }
  }
  if (known.size === 0) return [];
  return tokensOf(text).flatMap((token) => {
    const finding = token.kind === 'word' ? known.get(token.key) : undefined;
    if (finding === undefined || (isWord(token.key) && token.shape === 'lower')) return [];
    return [again(token, finding)];
  });
}

function again({ start, end }: Token, { type, confidence }: EntitySpan): EntitySpan {
  return { start, end, type, confidence: Math.max(0, confidence - LESS) };
}

/** Folded words by which a finding may return: all of a person's, the only one of others. */
function partsOf(text: string, { start, end, type }: EntitySpan): string[] {
  const words = text.slice(start, end).split(/[\s.]+/);
  if (type !== 'PERSON' && words.length > 1) return [];
  return words.map(folded).filter((word) => word.length >= SHORTEST);
}
