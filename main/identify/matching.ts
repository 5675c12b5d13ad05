import type { EntitySpan, EntityType } from '../contract/identify.ts';

/**
 * How sure the finders are, in one place, so that settle() weighs findings of different kinds alike:
 * a form with a check that holds beats a word that announces it, and that beats the form alone.
 */
export const SURE = {
  checked: 0.98,
  announced: 0.9,
  form: 0.8,
  likely: 0.65,
  weak: 0.45,
  /** In the right form, but its check fails. */
  failed: 0.35,
} as const;

/**
 * Findings from the matches of one form, which must be global. `judge` gives the confidence of a
 * match, or null where it is none. The group `value`, where the form has one, is the finding; the
 * rest of the match is its context. Forms have bounded repeats only, so that the time is linear in
 * the text whatever it holds.
 */
export function findForm(
  text: string,
  type: EntityType,
  form: RegExp,
  judge: (value: string, match: RegExpMatchArray) => number | null,
): EntitySpan[] {
  const spans: EntitySpan[] = [];
  // Not matchAll, which copies the form for every text: most texts are shorter than the forms.
  form.lastIndex = 0;
  for (let match = form.exec(text); match !== null; match = form.exec(text)) {
    if (match[0] === '') form.lastIndex++;
    const value = match.groups?.['value'] ?? match[0];
    const confidence = judge(value, match);
    if (confidence === null) continue;
    const start = match.index + startOfValue(match, value);
    spans.push({ start, end: start + value.length, type, confidence });
  }
  return spans;
}

/** Where the group `value` begins inside its match: `indices` where the form asks for them. */
function startOfValue(match: RegExpMatchArray, value: string): number {
  const exact = match.indices?.groups?.['value'];
  return exact === undefined ? match[0].lastIndexOf(value) : exact[0] - (match.index ?? 0);
}

/** Whether some of the words stand among the characters before a place. */
export function announced(text: string, start: number, words: RegExp, reach = 40): boolean {
  return words.test(text.slice(Math.max(0, start - reach), start));
}

export const digitsOf = (text: string): string => text.replace(/\D/g, '');
