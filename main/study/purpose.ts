import { z } from 'zod';
import {
  PURPOSE_CHARACTERS,
  PURPOSE_FIELDS,
  WATCH_FIELDS,
  type PurposeField,
  type WatchField,
} from '../contract/purpose.ts';
import type { ReportInputRaw } from '../contract/report.ts';
import type { Vault } from '../vault/index.ts';
import { loadDraft } from './drafts.ts';

type Said = Readonly<{ [F in PurposeField | WatchField]?: string | undefined }>;

const kept = z.looseObject(
  Object.fromEntries(
    [...PURPOSE_FIELDS, ...WATCH_FIELDS].map((field) => [
      field,
      z.string().max(PURPOSE_CHARACTERS).optional().catch(undefined),
    ]),
  ),
);

/**
 * What the people of a study have said of its purpose and limits, of risks and of who watches; a field that was left empty, or
 * is still too long, is not there. @throws STUDY_UNKNOWN {study}
 */
export function purposeOf(vault: Vault, study: string): ReportInputRaw['study'] {
  const draft = loadDraft(vault, { study, step: 'purpose' });
  if (draft === null) return {};
  return purposeSaid(kept.parse(JSON.parse(draft.answers)) as Said);
}

/** As it stands in the report: each line of the limits (risks, watched) is one, empty lines are none. */
export function purposeSaid(said: Said): ReportInputRaw['study'] {
  const lines = (field: PurposeField | WatchField): string[] =>
    (said[field] ?? '')
      .split(/\r?\n/)
      .map((line) => line.replaceAll(/\p{Cc}+/gu, ' ').trim())
      .filter((line) => line !== '');
  const lists = (['limits', 'risks', 'watching'] as const).flatMap((field) => {
    const found = lines(field);
    return found.length === 0 ? [] : [[field, found] as const];
  });
  const texts = (['question', 'purpose', 'users', 'notFor', 'watcher'] as const).flatMap(
    (field) => {
      const text = lines(field).join('\n');
      return text === '' ? [] : [[field, text] as const];
    },
  );
  return { ...Object.fromEntries(texts), ...Object.fromEntries(lists) };
}
