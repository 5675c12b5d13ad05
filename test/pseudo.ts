import type { Words } from '../main/words/index.ts';

/**
 * A language for tests: every English sentence with accents, 40% longer, between brackets. What
 * stands on a screen without brackets was not taken from `words/`.
 */
const ACCENTS: Readonly<Record<string, string>> = {
  a: 'å',
  e: 'é',
  i: 'î',
  o: 'ö',
  u: 'û',
  A: 'Å',
  E: 'É',
  I: 'Î',
  O: 'Ö',
  U: 'Û',
};
const PADDING = '·~·~·~·~·~·~·~·~·~·~';

export function pseudo(text: string): string {
  if (text === '') return text;
  const accented = [...text].map((sign) => ACCENTS[sign] ?? sign).join('');
  return `⟦${accented}${PADDING.slice(0, Math.ceil(text.length * 0.4))}⟧`;
}

export const isPseudo = (text: string): boolean => text.includes('⟦');

function deep(value: unknown): unknown {
  if (typeof value === 'string') return pseudo(value);
  if (typeof value === 'function') {
    return (...given: unknown[]) => deep((value as (...all: unknown[]) => unknown)(...given));
  }
  if (Array.isArray(value)) return value.map(deep);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, deep(entry)]));
}

/** All words of a language in the pseudo-language. */
export function pseudoWords(words: Words): Words {
  return deep({ ...words }) as Words;
}
