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
    set === 'tuning'
      ? [TUNING_TEMPLATES, TUNING_VALUES]
      : [TESTING_TEMPLATES, TESTING_VALUES];
  const chance = chanceFrom(uniform(seed));
  return Array.from({ length: count }, (_, i) =>
    fill(templates[i % templates.length]!, values, chance),
  );
}

function fill(template: string, values: EnglishValues, chance: Chance): LabelledNote {
  const small = template.startsWith('~');
  const spans: { start: number; end: number; type: EntityType }[] = [];
  let text = '';
  let from = small ? 1 : 0;
  for (const match of template.matchAll(/\{(\w+)\}|(?<year>(?<!\d)(?:19|20)\d\d(?!\d))/gu)) {
    text += template.slice(from, match.index);
    from = match.index + match[0].length;
    const year = match.groups?.['year'];
    // A year that stands in the template is a date like any other.
    const { text: value, type, before = 0 } =
      year === undefined
        ? ENGLISH_SLOTS[match[1]!]!(chance, values)
        : { text: year, type: 'DATE' as const };
    if (type !== undefined) {
      spans.push({ start: text.length + before, end: text.length + value.length, type });
    }
    text += value;
  }
  text += template.slice(from);
  return { text: small ? text.toLowerCase() : text, spans };
}
