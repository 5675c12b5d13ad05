import type { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import type { EntityType } from '../contract/identify.ts';
import {
  SHOWN_CHARACTERS,
  SURE_FROM,
  type identifyText,
  type ShownSpan,
  type TextDecision,
  type TextFilter,
} from '../contract/text-calls.ts';
import { TextDecisions, wholeWords, type KeptDecision } from '../identify/text-decisions.ts';
import type { Vault } from '../vault/index.ts';
import { putJson } from './json.ts';
import { loadTable, recordsOf } from './load.ts';
import { foundColumn, foundColumns, type FoundColumn } from './text-columns.ts';
import { loadTextDraft, savedDecisions, saveTextDraft, withLooked } from './text-draft.ts';
import { findingsOf, olderSearch, textColumns } from './text-findings.ts';

interface OfFindings {
  readonly study: string;
  readonly findings: string;
}

type Decided = z.input<typeof identifyText.decide.output>;

/** The text columns of records, what was found in each and what was decided of it. */
export function textOverview(
  vault: Vault,
  reference: { readonly study: string; readonly artefact: string },
): z.input<typeof identifyText.texts.output> {
  const { study } = reference;
  const records = recordsOf(vault, reference);
  const findings = findingsOf(vault, reference);
  if (findings === null) {
    const columns = textColumns(loadTable(vault, records)).map(({ name, dictionary }) => {
      return { name, texts: dictionary.length, found: 0, looked: 0, types: [] };
    });
    const older = columns.length === 0 ? null : olderSearch(vault, reference);
    return { findings, older, columns, undoable: 0, unsaved: false, saved: false };
  }
  const draft = loadTextDraft(vault, study, findings);
  const decisions = new TextDecisions(draft.decisions);
  return {
    findings,
    older: null,
    columns: foundColumns(vault, study, findings).map((column) => ({
      name: column.name,
      texts: column.rows.reduce((sum, rows) => sum + (rows > 0 ? 1 : 0), 0),
      ...lookedAt(column, draft.looked[column.name] ?? []),
      types: typesOf(column, decisions),
    })),
    undoable: draft.decisions.length,
    unsaved: draft.unsaved,
    saved: savedDecisions(vault, study, findings) !== null,
  };
}

/** One text with its findings; what was shown counts as looked at. */
export function openText(
  vault: Vault,
  input: OfFindings & {
    readonly column: string;
    readonly from: number;
    readonly step: 'here' | 'next' | 'previous';
    readonly filter: TextFilter;
  },
): z.input<typeof identifyText.text.output> {
  const { study, findings, from, step, filter } = input;
  const column = foundColumn(foundColumns(vault, study, findings), input.column);
  const draft = loadTextDraft(vault, study, findings);
  const decisions = new TextDecisions(draft.decisions);
  const way = step === 'previous' ? -1 : 1;
  for (let text = from; text >= 0 && text < column.texts.length; text += way) {
    if ((column.rows[text] ?? 0) === 0) continue;
    const spans = spansOf(column, text, decisions);
    if (step !== 'here' && !fits(spans, filter)) continue;
    const before = draft.looked[column.name] ?? [];
    const looked = withLooked(before, text);
    if (!before.some(([low, high]) => low <= text && text <= high)) {
      draft.looked[column.name] = looked;
      saveTextDraft(vault, study, draft);
    }
    const content = column.texts[text] ?? '';
    const shown = content.slice(0, SHOWN_CHARACTERS);
    return {
      text,
      content: shown,
      cut: shown.length < content.length,
      row: (column.firstRows[text] ?? 0) + 1,
      rows: column.rows[text] ?? 0,
      spans: spans.filter(({ end }) => end <= shown.length),
      ...lookedAt(column, looked),
    };
  }
  return null;
}

function spansOf(column: FoundColumn, text: number, by: TextDecisions): readonly ShownSpan[] {
  return by.apply(column.name, text, column.texts[text] ?? '', column.spans.of(text));
}

function fits(spans: readonly ShownSpan[], { show, type }: TextFilter): boolean {
  if (type !== null && !spans.some((span) => span.type === type)) return false;
  if (show === 'all') return true;
  const wanted = type === null ? spans : spans.filter((span) => span.type === type);
  return show === 'found' ? wanted.length > 0 : wanted.some((one) => one.confidence < SURE_FROM);
}

function lookedAt(
  column: FoundColumn,
  looked: readonly (readonly [number, number])[],
): { looked: number; found: number } {
  const counts = (text: number): boolean =>
    column.spans.count(text) > 0 && (column.rows[text] ?? 0) > 0;
  let seen = 0;
  for (const [from, to] of looked)
    for (let text = from; text <= to; text++) if (counts(text)) seen++;
  let found = 0;
  for (let text = 0; text < column.texts.length; text++) if (counts(text)) found++;
  return { looked: seen, found };
}

function typesOf(
  column: FoundColumn,
  decisions: TextDecisions,
): { type: EntityType; accepted: number; rejected: number }[] {
  const counts = new Map<EntityType, { accepted: number; rejected: number }>();
  for (let text = 0; text < column.texts.length; text++) {
    if ((column.rows[text] ?? 0) === 0) continue;
    for (const { type, accepted } of spansOf(column, text, decisions)) {
      const count = counts.get(type) ?? { accepted: 0, rejected: 0 };
      count[accepted ? 'accepted' : 'rejected']++;
      counts.set(type, count);
    }
  }
  return [...counts]
    .map(([type, count]) => ({ type, ...count }))
    .sort((a, b) => b.accepted + b.rejected - a.accepted - a.rejected);
}

/**
 * Takes one decision into the draft.
 * @throws FINDING_UNKNOWN {column} where nothing stands at that place
 */
export function decideText(
  vault: Vault,
  { study, findings, decision }: OfFindings & { readonly decision: TextDecision },
): Decided {
  const columns = foundColumns(vault, study, findings);
  const column = foundColumn(columns, decision.column);
  const draft = loadTextDraft(vault, study, findings);
  const content = column.texts[decision.text] ?? '';
  const { start, end } = decision;
  const spans = spansOf(column, decision.text, new TextDecisions(draft.decisions));
  const there = spans.find((span) => span.start === start && span.end === end);
  const outside = start >= end || end > content.length;
  if (outside || (there === undefined && decision.do !== 'add')) {
    throw new ConcordError('FINDING_UNKNOWN', { column: decision.column });
  }
  const kept = { decision, letters: content.slice(start, end), found: there?.found ?? null };
  draft.decisions.push(kept);
  draft.unsaved = true;
  saveTextDraft(vault, study, draft);
  return { changed: reached(columns, kept), undoable: draft.decisions.length };
}

/** How many places a decision is about. */
function reached(columns: readonly FoundColumn[], kept: KeptDecision): number {
  const { decision, letters, found } = kept;
  if (!decision.alike) return 1;
  const form = decision.do === 'add' || found === null ? wholeWords(letters) : null;
  let count = 0;
  for (const { texts, spans } of columns) {
    for (const [text, content] of texts.entries()) {
      if (form !== null) count += content.match(form)?.length ?? 0;
      else if (spans.count(text) > 0 && content.includes(letters)) {
        count += spans
          .of(text)
          .filter(
            ({ type, start, end }) => type === found && content.slice(start, end) === letters,
          ).length;
      }
    }
  }
  return count;
}

/** Takes the last decision back. */
export function undoText(vault: Vault, { study, findings }: OfFindings): Decided {
  const columns = foundColumns(vault, study, findings);
  const draft = loadTextDraft(vault, study, findings);
  const last = draft.decisions.pop();
  if (last === undefined) return { changed: 0, undoable: 0 };
  draft.unsaved = true;
  saveTextDraft(vault, study, draft);
  return { changed: reached(columns, last), undoable: draft.decisions.length };
}

/** Keeps the decisions beside the findings; the journal learns how many of each, no letter of them. */
export function saveTexts(vault: Vault, { study, findings }: OfFindings): { artefact: string } {
  foundColumns(vault, study, findings);
  const draft = loadTextDraft(vault, study, findings);
  const { name } = vault.artefacts.info(findings);
  const many = (what: TextDecision['do']): number =>
    draft.decisions.filter(({ decision }) => decision.do === what).length;
  return vault.transaction(() => {
    const made = { study, kind: 'text-decisions', name, parents: [findings] };
    const { id } = putJson(vault, made, draft.decisions);
    saveTextDraft(vault, study, { ...draft, unsaved: false });
    const [accepted, rejected, retyped, added] = [
      many('accept'),
      many('reject'),
      many('retype'),
      many('add'),
    ];
    vault.journal.append(
      'text.decided',
      { artefact: id, findings, accepted, rejected, retyped, added },
      study,
    );
    return { artefact: id };
  });
}
