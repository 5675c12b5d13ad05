import { createHmac, hkdfSync } from 'node:crypto';
import type { EntitySpan, EntityType } from '../contract/identify.ts';
import { PATTERNS } from '../identify/patterns.ts';
import { settle } from '../identify/settle.ts';
import type { Vault } from '../vault/index.ts';

/** The one place where the step takes its finder and its redaction from. */

const FORMS = PATTERNS.map(({ form, ...rest }) => ({ ...rest, form: new RegExp(form, 'gu') }));
const CHECKED = 0.98;
const FORM = 0.8;
const FAILED = 0.35;

/** All personal data in one text, in its order; no finding overlaps another. Offsets in UTF-16. */
export function findEntities(text: string): EntitySpan[] {
  return settle(
    FORMS.flatMap(({ type, form, holds }) =>
      [...text.matchAll(form)].map(({ index, 0: value }) => ({
        start: index,
        end: index + value.length,
        type,
        confidence: holds === undefined ? FORM : holds(value) ? CHECKED : FAILED,
      })),
    ),
  );
}

type Tags = Readonly<Record<EntityType, string>>;

export type Redaction =
  | { readonly mode: 'mask' }
  | { readonly mode: 'tag'; readonly tags: Tags }
  | {
      readonly mode: 'pseudonym';
      readonly key: Uint8Array;
      readonly person: string;
      readonly tags: Tags;
    };

/** The text with its findings, in order and without overlap, replaced. */
export function redactText(
  text: string,
  findings: readonly EntitySpan[],
  redaction: Redaction,
): string {
  let redacted = '';
  let end = 0;
  for (const finding of findings) {
    redacted += text.slice(end, finding.start);
    redacted += replacement(text.slice(finding.start, finding.end), finding.type, redaction);
    end = finding.end;
  }
  return redacted + text.slice(end);
}

function replacement(value: string, type: EntityType, redaction: Redaction): string {
  if (redaction.mode === 'mask') return value.replace(/[^\r\n]/g, '*');
  const tag = redaction.tags[type];
  if (redaction.mode === 'tag') return tag;
  const hmac = createHmac('sha256', redaction.key).update(`${type}\u0000${value}`, 'utf8');
  return `${tag.slice(0, -1)} ${hmac.digest('hex').slice(0, 8)}${tag.slice(-1)}`;
}

/** The key of a study's pseudonyms: the same as long as the study lives, nowhere outside the vault. */
export function pseudonymKey(vault: Vault, study: string): Uint8Array {
  return vault.studies.withKey(
    study,
    (key) => new Uint8Array(hkdfSync('sha256', key, study, 'concord pseudonyms 1', 32)),
  );
}
