import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import type { EntitySpan, EntityType } from '../contract/identify.ts';
import { LANGUAGES, type Language } from '../contract/language.ts';
import {
  redactedColumn,
  redactMode,
  type RedactedColumn,
  type RedactMode,
} from '../contract/text-calls.ts';
import { showsFinding } from '../identify/check-redacted.ts';
import { figureOrderOf, type FigureOrder } from '../identify/pseudonyms/dates.ts';
import { redactText, type Redaction } from '../identify/redact.ts';
import { acceptedSpans, TextDecisions } from '../identify/text-decisions.ts';
import { cellTexts } from '../records/cell-text.ts';
import { columnOf } from '../records/shape.ts';
import type { CodedColumn, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { words } from '../words/index.ts';
import { chosenUnit } from './arrangement.ts';
import type { Control } from './context.ts';
import { loadDecisions, savedDecisions } from './text-draft.ts';
import { personOfRow, pseudonymKey } from './redact.ts';
import { findingsOf, loadFindings, textColumns } from './text-findings.ts';

/** Which text columns are released redacted, and how. */
export interface RedactRequest {
  readonly columns: Readonly<Record<string, RedactMode>>;
  /** Of the tags. */
  readonly language: Language;
}

/** The same as it is kept with a protection plan. */
export const keptRedaction = z.strictObject({
  columns: z.record(z.string(), redactMode),
  language: z.enum(LANGUAGES),
  findings: z.string(),
  /** null where the findings were taken as they were found. */
  decisions: z.string().nullable(),
  /** The column that tells whose dates move together; absent where every row moves by itself. */
  person: z.string().optional(),
  /** How dates in figures were read; absent in plans from before it was looked at: day first. */
  order: z.enum(['day-first', 'month-first']).optional(),
  redacted: z.array(redactedColumn),
});
export type KeptRedaction = z.infer<typeof keptRedaction>;

const BREATH = 512;

/**
 * The table with its chosen text columns redacted, by the newest saved decisions.
 * @throws COLUMN_UNKNOWN, TEXT_UNSEARCHED {column}, CANCELLED
 */
export async function redactColumns(
  vault: Vault,
  source: { readonly study: string; readonly artefact: string },
  table: Table,
  request: RedactRequest,
  { signal }: Pick<Control, 'signal'>,
): Promise<{ readonly table: Table; readonly kept: KeptRedaction }> {
  const [first] = Object.keys(request.columns);
  const findings = findingsOf(vault, source);
  if (findings === null) throw new ConcordError('TEXT_UNSEARCHED', { column: first ?? '' });
  const decisions = savedDecisions(vault, source.study, findings);
  const unread = { ...request, ...personIn(vault, source, table), findings, decisions };
  const order = orderIn(redactingOf(vault, source.study, table, unread));
  const plan = { ...unread, order };
  const redacting = redactingOf(vault, source.study, table, plan);
  const columns = new Map<string, CodedColumn>();
  const redacted: RedactedColumn[] = [];
  for (const { name, mode, accepted, textOf } of redacting) {
    const replaced: Partial<Record<EntityType, number>> = {};
    const cells: string[] = [];
    for (let row = 0; row < table.rows; row++) {
      if (row % BREATH === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        if (signal.aborted) throw new ConcordError('CANCELLED');
      }
      for (const { type } of accepted(row)) replaced[type] = (replaced[type] ?? 0) + 1;
      cells.push(textOf(row));
    }
    columns.set(name, coded(name, cells));
    redacted.push({ column: name, mode, replaced });
  }
  return {
    table: {
      rows: table.rows,
      columns: table.columns.map((column) => columns.get(column.name) ?? column),
    },
    kept: { ...plan, redacted },
  };
}

/**
 * Holds released texts against the records they came from: each is what its redaction makes of it,
 * and no accepted finding is left in it. `rowOf` gives the row of the records of a released row.
 * @throws INTERNAL: what fails here is a fault of the program, and must not go out
 */
export function checkRedacted(
  vault: Vault,
  study: string,
  kept: KeptRedaction,
  tables: { readonly original: Table; readonly released: Table },
  rowOf: (row: number) => number,
): void {
  const { original, released } = tables;
  const marks = Object.values(words(kept.language).commands.tags);
  for (const { name, mode, accepted, textOf } of redactingOf(vault, study, original, kept)) {
    const before = cellTexts(columnOf(original, name));
    const after = cellTexts(columnOf(released, name));
    for (let row = 0; row < released.rows; row++) {
      const from = rowOf(row);
      const text = after(row);
      // Blanks around a cell are no part of it once it is read again.
      const same = text.trim() === textOf(from).trim();
      const left = mode !== 'pseudonym' && showsFinding(before(from), accepted(from), text, marks);
      if (!same || left) throw new ConcordError('INTERNAL', { incident: 'redaction-check' });
    }
  }
}

/** The study's unit of privacy, where it is a column of these records. */
function personIn(
  vault: Vault,
  source: { readonly study: string; readonly artefact: string },
  table: Table,
): { readonly person?: string } {
  const unit = chosenUnit(vault, source);
  if (unit?.of !== 'person') return {};
  return table.columns.some(({ name }) => name === unit.column) ? { person: unit.column } : {};
}

/** One order for all columns: the dates of one person stand in several. */
function orderIn(redacting: readonly Redacting[]): FigureOrder {
  return figureOrderOf(redacting.flatMap(({ dates }) => dates()));
}

interface Redacting {
  readonly name: string;
  readonly mode: RedactMode;
  /** The dates that are taken out, as they stand in the different texts. */
  readonly dates: () => string[];
  /** What is taken out of the text of a row. */
  readonly accepted: (row: number) => readonly EntitySpan[];
  /** What the text of a row becomes. */
  readonly textOf: (row: number) => string;
}

/** @throws COLUMN_UNKNOWN, TEXT_UNSEARCHED {column} */
function redactingOf(
  vault: Vault,
  study: string,
  table: Table,
  { columns, language, findings, decisions: saved, person, order }: Omit<KeptRedaction, 'redacted'>,
): Redacting[] {
  const found = loadFindings(vault, findings);
  const decisions = new TextDecisions(loadDecisions(vault, saved));
  const { tags } = words(language).commands;
  const key = pseudonymKey(vault, study);
  const known = textColumns(table);
  const whose = personOfRow(person === undefined ? undefined : columnOf(table, person));
  return Object.entries(columns).map(([name, mode]): Redacting => {
    columnOf(table, name);
    const column = known.find((one) => one.name === name);
    const spans = found.get(name);
    if (column === undefined || spans === undefined) {
      throw new ConcordError('TEXT_UNSEARCHED', { column: name });
    }
    const { codes, dictionary } = column;
    const acceptedIn = (text: number): EntitySpan[] =>
      text < 0
        ? []
        : acceptedSpans(decisions.apply(name, text, dictionary[text] ?? '', spans.of(text)));
    const redactionOf = (row: number): Redaction => {
      if (mode === 'mask') return { mode };
      return mode === 'tag' ? { mode, tags } : { mode, key, person: whose(row), order, tags };
    };
    return {
      name,
      mode,
      dates: () =>
        dictionary.flatMap((content, text) =>
          acceptedIn(text)
            .filter(({ type }) => type === 'DATE')
            .map(({ start, end }) => content.slice(start, end)),
        ),
      accepted: (row) => acceptedIn(codes[row] ?? -1),
      textOf: (row) => {
        const text = codes[row] ?? -1;
        return redactText(dictionary[text] ?? '', acceptedIn(text), redactionOf(row));
      },
    };
  });
}

function coded(name: string, cells: readonly string[]): CodedColumn {
  const known = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    if (cell === '') return -1;
    const code = known.get(cell) ?? known.size;
    known.set(cell, code);
    return code;
  });
  return { name, type: 'text', codes, dictionary: [...known.keys()] };
}
