import type { EntityType } from '../../main/contract/identify.ts';
import { uniform, type LabelledNote } from '../chinese-notes/notes.ts';
import { chanceFrom, type Chance } from '../chinese-notes/slots.ts';
import { ENGLISH_SLOTS } from './slots.ts';
import { TESTING_TEMPLATES } from './templates-testing.ts';
import { TUNING_TEMPLATES } from './templates-tuning.ts';
import { TESTING_VALUES, TUNING_VALUES, type EnglishValues } from './values.ts';

/**
 * Synthetic English notes, letters, chats and forms with labels; the same from the same seed. The
 * sets share no template and, but for groups and forms of address, no value.
 */
export function englishNotes(
  set: 'tuning' | 'testing',
  count: number,
  seed: number,
): LabelledNote[] {
  const [templates, values] =
    set === 'tuning' ? [TUNING_TEMPLATES, TUNING_VALUES] : [TESTING_TEMPLATES, TESTING_VALUES];
  const chance = chanceFrom(uniform(seed));
  return Array.from({ length: count }, (_, i) =>
    fill(templates[i % templates.length]!, values, chance),
  );
}

/** Slots, and what stands in a template itself that is personal like any other: dates, titles. */
const PARTS =
  /\{(\w+)\}|(?<date>(?<!\d)(?:19|20)\d\d(?:-(?:19|20)\d\d)?(?!\d)|\b(?:January|March|September)\b)|(?<title>\b(?:Dr|Mrs|Mr|Ms)\b\.?)/gu;

function fill(template: string, values: EnglishValues, chance: Chance): LabelledNote {
  const small = template.startsWith('~');
  const spans: { start: number; end: number; type: EntityType }[] = [];
  let text = '';
  let from = small ? 1 : 0;
  for (const match of template.matchAll(PARTS)) {
    text += template.slice(from, match.index);
    from = match.index + match[0].length;
    const { date, title } = match.groups ?? {};
    const literal = date === undefined ? title : date;
    const {
      text: value,
      type,
      before = 0,
    } = literal === undefined
      ? ENGLISH_SLOTS[match[1]!]!(chance, values)
      : { text: literal, type: date === undefined ? ('TITLE' as const) : ('DATE' as const) };
    if (type !== undefined) {
      const last = spans.at(-1);
      // Given and family name side by side are one name.
      if (type === 'PERSON' && last?.type === type && text.slice(last.end) === ' ') {
        last.end = text.length + value.length;
      } else {
        spans.push({ start: text.length + before, end: text.length + value.length, type });
      }
    }
    text += value;
  }
  text += template.slice(from);
  return { text: small ? text.toLowerCase() : text, spans };
}
