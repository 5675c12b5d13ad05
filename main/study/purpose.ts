import { z } from 'zod';
import { PURPOSE_CHARACTERS, PURPOSE_FIELDS, type PurposeField } from '../contract/purpose.ts';
import type { ReportInputRaw } from '../contract/report.ts';
import type { Vault } from '../vault/index.ts';
import { loadDraft } from './drafts.ts';

type Said = Readonly<{ [F in PurposeField]?: string | undefined }>;

const kept = z.looseObject(
  Object.fromEntries(
    PURPOSE_FIELDS.map((field) => [
      field,
      z.string().max(PURPOSE_CHARACTERS).optional().catch(undefined),
    ]),
  ),
);

/**
 * What the people of a study have said of its purpose and limits; a field that was left empty, or
 * is still too long, is not there. @throws STUDY_UNKNOWN {study}
 */
export function purposeOf(vault: Vault, study: string): ReportInputRaw['study'] {
  const draft = loadDraft(vault, { study, step: 'purpose' });
  if (draft === null) return {};
  return purposeSaid(kept.parse(JSON.parse(draft.answers)) as Said);
}

/** As it stands in the report: each line of the limits is one limit, empty lines are none. */
export function purposeSaid(said: Said): ReportInputRaw['study'] {
  const lines = (field: PurposeField): string[] =>
    (said[field] ?? '')
      .split(/\r?\n/)
      .map((line) => line.replaceAll(/\p{Cc}+/gu, ' ').trim())
      .filter((line) => line !== '');
  const limits = lines('limits');
  const texts = (['question', 'purpose', 'users', 'notFor'] as const).flatMap((field) => {
    const text = lines(field).join('\n');
    return text === '' ? [] : [[field, text] as const];
  });
  return { ...Object.fromEntries(texts), ...(limits.length === 0 ? {} : { limits }) };
}
