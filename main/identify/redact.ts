import type { EntitySpan, EntityType } from '../contract/identify.ts';
import type { FigureOrder } from './pseudonyms/dates.ts';
import { pseudonymOf } from './pseudonyms/index.ts';

export const REDACT_MODES = ['mask', 'tag', 'pseudonym'] as const;
export type RedactMode = (typeof REDACT_MODES)[number];

/** How findings are taken out of a text. */
export type Redaction =
  | { readonly mode: 'mask' }
  | { readonly mode: 'tag'; readonly tags: Readonly<Record<EntityType, string>> }
  | {
      readonly mode: 'pseudonym';
      /** At least 32 bytes; whoever has it can tell which pseudonym a guessed value would get. */
      readonly key: Uint8Array;
      /** Whose record the text is of: the dates of one person move together. */
      readonly person: string;
      /** Day first where it is not given. */
      readonly order?: FigureOrder | undefined;
      /** Stands for what no pseudonym is safe for. */
      readonly tags: Readonly<Record<EntityType, string>>;
    };

const WEEKDAY_AFTER = /^ ?[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?/;

/**
 * The text with its findings replaced. `findings` are in the order of the text and do not overlap,
 * as findEntities gives them. mask: a sign for every code unit, line ends kept; tag: `[NAME]`;
 * pseudonym: see pseudonymOf, and the tag where there is none.
 */
export function redactText(
  text: string,
  findings: readonly EntitySpan[],
  redaction: Redaction,
): string {
  let redacted = '';
  let end = 0;
  for (const [place, finding] of findings.entries()) {
    redacted += text.slice(end, finding.start);
    redacted += replacement(text.slice(finding.start, finding.end), finding.type, redaction);
    end = finding.end;
    if (redaction.mode !== 'pseudonym' || finding.type !== 'DATE') continue;
    // The day of the week beside a moved date would tell by how many days it moved.
    const weekday = WEEKDAY_AFTER.exec(text.slice(end, end + 8))?.[0].length ?? 0;
    if (end + weekday <= (findings[place + 1]?.start ?? text.length)) end += weekday;
  }
  return redacted + text.slice(end);
}

function replacement(value: string, type: EntityType, redaction: Redaction): string {
  switch (redaction.mode) {
    case 'mask':
      return value.replace(/[^\r\n]/g, '*');
    case 'tag':
      return redaction.tags[type];
    case 'pseudonym': {
      const { key, person, order, tags } = redaction;
      return pseudonymOf(key, type, value, person, order) ?? tags[type];
    }
  }
}
