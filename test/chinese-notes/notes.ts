import type { EntityType } from '../../main/contract/identify.ts';
import { chanceFrom, SLOTS, type Chance, type Filled } from './slots.ts';
import { TESTING_TEMPLATES, TUNING_TEMPLATES } from './templates.ts';
import { TESTING, TUNING, type Values } from './values.ts';

export interface LabelledNote {
  readonly text: string;
  readonly spans: readonly { start: number; end: number; type: EntityType }[];
}

/**
 * Synthetic Chinese clinical and office notes with labels; the same notes from the same seed. The two
 * sets share no template and no value.
 */
export function chineseNotes(
  set: 'tuning' | 'testing',
  count: number,
  seed: number,
): LabelledNote[] {
  const [templates, values] =
    set === 'tuning' ? [TUNING_TEMPLATES, TUNING] : [TESTING_TEMPLATES, TESTING];
  const chance = chanceFrom(uniform(seed));
  return Array.from({ length: count }, (_, i) =>
    fill(templates[i % templates.length]!, values, chance),
  );
}

function fill(template: string, values: Values, chance: Chance): LabelledNote {
  const kept = new Map<string, Filled>();
  const spans: { start: number; end: number; type: EntityType }[] = [];
  let text = '';
  let from = 0;
  for (const match of template.matchAll(/\{(\w+)(?:=(\w+))?\}/gu)) {
    text += template.slice(from, match.index);
    from = match.index + match[0].length;
    const [, slot, keep] = match;
    const filled = kept.get(slot!) ?? SLOTS[slot!]!(chance, values);
    if (keep !== undefined) kept.set(keep, filled);
    if (/\d$/u.test(text) && /^\d/u.test(filled.text)) text += ' ';
    if (filled.type !== undefined) {
      // What follows a date at once, like its time, is one statement of when.
      const last = spans.at(-1);
      if (filled.type === 'DATE' && last?.type === 'DATE' && /^ ?$/u.test(text.slice(last.end))) {
        last.end = text.length + filled.text.length;
      } else {
        spans.push({
          start: text.length,
          end: text.length + filled.text.length,
          type: filled.type,
        });
      }
    }
    text += filled.text;
  }
  return { text: text + template.slice(from), spans };
}

/** Mulberry32: a short generator, good enough to fill in notes. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
