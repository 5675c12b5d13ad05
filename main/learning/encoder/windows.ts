import type { EncoderTokenizer } from './tokenizer.ts';

/** Windows that are read of one text at most; what stands behind them is left out. */
export const WINDOWS_AT_MOST = 64;
/** Characters read per piece at most: pieces of real text have four on average. */
const CHARACTERS_PER_PIECE = 16;

/**
 * A text as windows of at most `size` pieces. A text that fits is one window, cut into pieces as a
 * whole. A longer one is divided at the ends of its sentences (Unicode Standard Annex 29), as many
 * sentences a window as fit; a sentence that does not fit is divided where it must be. At most
 * `WINDOWS_AT_MOST` windows are read.
 */
export function windowsOf(tokenizer: EncoderTokenizer, text: string, size: number): number[][] {
  const read = text.slice(0, size * WINDOWS_AT_MOST * CHARACTERS_PER_PIECE);
  const whole = tokenizer.tokens(read);
  if (whole.length === 0) return [];
  if (whole.length <= size) return [whole];
  const windows: number[][] = [];
  let current: number[] = [];
  for (const sentence of sentencesOf(read)) {
    const ids = tokenizer.tokens(sentence);
    if (current.length > 0 && current.length + ids.length > size) {
      windows.push(current);
      current = [];
    }
    current.push(...ids.slice(0, size));
    for (let from = size; from < ids.length; from += size) {
      windows.push(current);
      current = ids.slice(from, from + size);
    }
    if (windows.length >= WINDOWS_AT_MOST) return windows.slice(0, WINDOWS_AT_MOST);
  }
  return current.length > 0 ? [...windows, current] : windows;
}

/** The sentences of a text, by Unicode Standard Annex 29; joined they are the text. */
export function sentencesOf(text: string): string[] {
  return Array.from(SENTENCES.segment(text), ({ segment }) => segment);
}

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });
