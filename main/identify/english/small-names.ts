import type { EntitySpan } from '../../contract/identify.ts';
import { span } from './addresses.ts';
import { isGiven, isName, isWord } from './lexicon.ts';
import type { Reading } from './reading.ts';
import type { Token } from './tokens.ts';

const CUES = new Set('named called dear hi hello hey mr mrs ms dr miss'.split(' '));

/**
 * Names written without capitals in a text that has some: a given name and another name that are no
 * English words ("this is tomasz nowak"), or one such word behind "called", "dear" or "my name is".
 */
export function findSmallNames({ tokens, small }: Reading): EntitySpan[] {
  if (small) return [];
  const spans: EntitySpan[] = [];
  for (let place = 0; place < tokens.length; place++) {
    const token = tokens[place];
    if (!isSmallName(token)) continue;
    let end = place + 1;
    while (end < place + 4 && isSmallName(tokens[end]) && tokens[end]?.gap === 1) end++;
    const pair = end > place + 1 && isGiven(token.key);
    if (pair || isCued(tokens, place)) {
      spans.push(span(tokens, { from: place, end }, 'PERSON', pair ? 0.62 : 0.55));
    }
    place = end - 1;
  }
  return spans;
}

const isSmallName = (token: Token | undefined): token is Token =>
  token?.shape === 'lower' && token.text.length > 2 && isName(token.key) && !isWord(token.key);

function isCued(tokens: readonly Token[], place: number): boolean {
  const [before, earlier] = [tokens[place - 1], tokens[place - 2]];
  if (CUES.has(before?.text === '.' ? (earlier?.key ?? '') : (before?.key ?? ''))) return true;
  return /^(?:is|it's|:)$/.test(before?.key ?? '') && earlier?.key === 'name';
}
