import { tokensOf, type Token } from './tokens.ts';
import { isWord } from './lexicon.ts';

/** A text, its tokens, and how far its capitals can be trusted. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The writer used no capitals: a name is then a word that English does not know. */
  readonly small: boolean;
  /** The writer used capitals only: they say nothing. */
  readonly large: boolean;
}

export function readingOf(text: string): Reading {
  const tokens = tokensOf(text);
  let lower = 0;
  let high = 0;
  let words = 0;
  for (const { kind, shape } of tokens) {
    if (kind !== 'word') continue;
    words++;
    if (shape === 'lower') lower++;
    else if (shape === 'capitals') high++;
  }
  return {
    text,
    tokens,
    small: words >= 3 && lower === words,
    large: words >= 4 && high >= words * 0.8,
  };
}

const CONTRACTED =
  /^(?:i|you|we|they|he|she|it|that|there|what|who|let|where|how)'(?:m|ve|d|ll|re|s)$/;

/** Whether a token may be part of a proper name by how it is written. */
export function proper({ small, large }: Reading, token: Token | undefined): boolean {
  if (token?.kind !== 'word' || token.shape === 'none' || CONTRACTED.test(token.key)) return false;
  if (small) return !isWord(token.key) && token.text.length > 1;
  if (large) return !isWord(token.key);
  return token.shape !== 'lower';
}

/** How many signs before a word are read: what goes on longer is no writing. */
const REACH = 30;

/** Whether a token begins its line (blanks and marks such as bullets aside). */
export function startsLine({ tokens }: Reading, place: number): boolean {
  const farthest = Math.max(0, place - REACH);
  for (let at = place - 1; at >= farthest; at--) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'line') return true;
    if (token.kind !== 'sign' || token.text === ':') return false;
  }
  return farthest === 0;
}

/** Whether a token begins a sentence, where a capital says little. */
export function startsSentence(reading: Reading, place: number): boolean {
  const farthest = Math.max(0, place - REACH);
  for (let at = place - 1; at >= farthest; at--) {
    const token = reading.tokens[at];
    if (token === undefined || token.kind === 'line') return true;
    if (token.kind !== 'sign') return false;
    if (/[.!?:;…]/.test(token.text)) return true;
    if (!/["'“”‘’«»()[\]*•-]/.test(token.text)) return false;
  }
  return true;
}
