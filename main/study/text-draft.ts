import { z } from 'zod';
import { entityType } from '../contract/identify.ts';
import { textDecision } from '../contract/text-calls.ts';
import type { KeptDecision } from '../identify/text-decisions.ts';
import type { Vault } from '../vault/index.ts';
import { parseJson } from './json.ts';

const DRAFT = 'texts';

const keptDecisions = z.array(
  z.strictObject({
    decision: textDecision,
    letters: z.string(),
    found: entityType.nullable(),
  }),
);

/** From one text to another, both included. */
const range = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);

const textDraft = z.strictObject({
  findings: z.string(),
  decisions: keptDecisions,
  /** Not saved as decisions yet. */
  unsaved: z.boolean(),
  /** By column the texts a person has had before them, in order and apart from one another. */
  looked: z.record(z.string(), z.array(range)),
});
export type TextDraft = z.infer<typeof textDraft>;

/** Where the work on findings was left: in the draft, else as saved, else nothing decided. */
export function loadTextDraft(vault: Vault, study: string, findings: string): TextDraft {
  const kept = vault.drafts.load(study, DRAFT);
  if (kept !== null) {
    const draft = textDraft.parse(JSON.parse(kept.text));
    if (draft.findings === findings) return draft;
  }
  const decisions = loadDecisions(vault, savedDecisions(vault, study, findings));
  return { findings, decisions: [...decisions], unsaved: false, looked: {} };
}

export function saveTextDraft(vault: Vault, study: string, draft: TextDraft): void {
  vault.drafts.save(study, DRAFT, JSON.stringify(draft));
}

/** The newest decisions on findings that were saved, as an artefact. */
export function savedDecisions(vault: Vault, study: string, findings: string): string | null {
  const saved = vault.artefacts
    .list(study, 'text-decisions')
    .findLast(({ parents }) => parents.includes(findings));
  return saved?.id ?? null;
}

/** @throws ARTEFACT_UNKNOWN, ARTEFACT_DAMAGED */
export function loadDecisions(vault: Vault, artefact: string | null): readonly KeptDecision[] {
  if (artefact === null) return [];
  return keptDecisions.parse(parseJson(vault.artefacts.get(artefact)));
}

export function withLooked(
  ranges: readonly (readonly [number, number])[],
  text: number,
): [number, number][] {
  const all = [...ranges, [text, text] as const].toSorted((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of all) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
