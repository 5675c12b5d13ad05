import { ConcordError } from '../contract/errors.ts';
import type { DraftStep } from '../contract/home.ts';
import type { Vault } from '../vault/index.ts';

interface Place {
  readonly study: string;
  readonly step: DraftStep;
}

/** @throws REQUEST_MALFORMED for text that is not a JSON object; STUDY_UNKNOWN {study} */
export function saveDraft(
  vault: Vault,
  { study, step, answers }: Place & { readonly answers: string },
): { saved: string } {
  if (!isObject(answers)) {
    throw new ConcordError('REQUEST_MALFORMED', { call: 'draft.save', path: 'answers' });
  }
  return { saved: vault.drafts.save(vault.studies.get(study).id, step, answers) };
}

/** @throws STUDY_UNKNOWN {study} */
export function loadDraft(
  vault: Vault,
  { study, step }: Place,
): { answers: string; saved: string } | null {
  const draft = vault.drafts.load(vault.studies.get(study).id, step);
  return draft === null ? null : { answers: draft.text, saved: draft.saved };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
