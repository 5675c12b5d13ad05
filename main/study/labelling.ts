import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { labelOrder, labelValues, type LabelOrder } from '../contract/label.ts';
import {
  SHOWN_COLUMNS,
  SHOWN_TEXT,
  type HandProgress,
  type HandRecord,
  type label,
} from '../contract/label-calls.ts';
import { keyedHash, mixHash } from '../learning/keyed-hash.ts';
import { cellText } from '../records/cell-text.ts';
import { HandLabels, nextOpen, orderOfRows } from '../records/labels/hand.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { earlierLabels, laterRecords } from './label-family.ts';
import { isLabelled, labelsOf } from './labels-made.ts';
import { loadTable, recordsOf } from './load.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

interface HandSettings {
  readonly column: string;
  readonly values: string[];
  readonly order: LabelOrder;
}

const keptSettings = z.strictObject({
  column: z.string(),
  values: labelValues,
  order: labelOrder,
  /** The key of the shuffled order, hexadecimal. */
  key: z.string(),
});
type KeptSettings = z.output<typeof keptSettings>;

const keptMark = z.strictObject({
  row: z.int().nonnegative(),
  value: z.string().nullable(),
  by: z.string(),
  at: z.string(),
});

/** Cells that are no free text are shown up to here. */
const SHOWN_CELL = 1000;

interface Opened {
  readonly artefact: string;
  readonly table: Table;
  readonly labels: HandLabels;
  /** What is asked, and the rows in its order; null before it begins. */
  asked: { readonly settings: KeptSettings; readonly order: Uint32Array } | null;
}

type Begun = Opened & { readonly asked: NonNullable<Opened['asked']> };

/** The records that are labelled, so that no key press waits for the vault to be read; gone with it. */
const openedIn = new WeakMap<Vault, Opened>();

/** How things stand with records and their labels by hand. @throws ARTEFACT_UNKNOWN */
export function openLabelling(
  vault: Vault,
  reference: Reference,
): z.input<typeof label.open.output> {
  const opened = openedOf(vault, reference);
  const { table, labels, asked } = opened;
  return {
    rows: table.rows,
    columns: table.columns.map(({ name, type }) => ({ name, type })),
    hand: asked === null ? null : viewOf({ ...opened, asked }),
    made: isLabelled(vault, reference) ? labelsOf(vault, reference).plan.column : null,
    earlier: labels.length > 0 ? null : earlierLabels(vault, reference, handLabelsOf),
    later: laterRecords(vault, reference),
  };
}

/**
 * Begins labelling by hand, or changes what is asked; labels given so far stay.
 * @throws COLUMN_EXISTS {column}; LABEL_VALUE_USED {count} where a value that records were given is
 *   no longer among the values
 */
export function beginLabelling(
  vault: Vault,
  { column, values, order, ...reference }: Reference & HandSettings,
): z.input<typeof label.begin.output> {
  const opened = openedOf(vault, reference);
  const { table, labels, asked } = opened;
  if (table.columns.some(({ name }) => name === column)) {
    throw new ConcordError('COLUMN_EXISTS', { column });
  }
  const gone = [...labels.valuesMet()].filter((value) => !values.includes(value));
  if (gone.length > 0) throw new ConcordError('LABEL_VALUE_USED', { count: gone.length });
  const key = asked?.settings.key ?? randomBytes(32).toString('hex');
  const settings: KeptSettings = { column, values, order, key };
  vault.transaction(() => {
    vault.labels.saveSettings(reference, JSON.stringify(settings));
    if (asked === null) {
      const params = { records: reference.artefact, values: values.length, order };
      vault.journal.append('labels.begun', params, reference.study);
    }
  });
  opened.asked = { settings, order: orderOf(table.rows, settings) };
  return viewOf({ ...opened, asked: opened.asked });
}

type Page = z.input<typeof label.record.output>;

/** One record with its cells. @throws LABELLING_NOT_BEGUN */
export function labelRecord(
  vault: Vault,
  { at, find, ...reference }: Reference & { readonly at: number; readonly find: 'here' | 'open' },
): Page {
  const begun = begunOf(vault, reference);
  const { order } = begun.asked;
  const place = find === 'here' ? at : nextOpen(order, begun.labels, at % order.length);
  return pageAt(begun, place);
}

/**
 * Keeps a label (or that a record was skipped) before it answers with the next record.
 * @throws LABELLING_NOT_BEGUN; REQUEST_MALFORMED for a place or value that is not there
 */
export function markLabel(
  vault: Vault,
  { at, value, ...reference }: Reference & { readonly at: number; readonly value: number | null },
): Page {
  const begun = begunOf(vault, reference);
  const { labels, asked } = begun;
  const row = asked.order[at];
  const given = value === null ? null : asked.settings.values[value];
  if (row === undefined || given === undefined) {
    const path = row === undefined ? 'at' : 'value';
    throw new ConcordError('REQUEST_MALFORMED', { call: 'label.mark', path });
  }
  const mark = { row, value: given, by: vault.person.name, at: new Date().toISOString() };
  vault.labels.add(reference, labels.length, JSON.stringify(mark));
  labels.add(mark);
  return pageAt(begun, nextOpen(asked.order, labels, (at + 1) % asked.order.length));
}

/** Takes the last key press back and shows its record. @throws LABELLING_NOT_BEGUN */
export function undoLabel(vault: Vault, reference: Reference): Page {
  const begun = begunOf(vault, reference);
  const { labels, asked } = begun;
  if (labels.length > 0) vault.labels.remove(reference, labels.length - 1);
  const taken = labels.undo();
  return pageAt(begun, taken === undefined ? null : asked.order.indexOf(taken.row));
}

/** Takes the table and labels of records out of memory, as they stand in the vault. */
export function forgetOpened(vault: Vault): void {
  openedIn.delete(vault);
}

/** The labels by hand of records, as kept: what was asked, and the key presses that count. */
export function handLabelsOf(
  vault: Vault,
  reference: Reference,
): { readonly settings: KeptSettings | null; readonly labels: HandLabels } {
  const text = vault.labels.settings(reference);
  const settings = text === null ? null : keptSettings.parse(JSON.parse(text));
  const marks = vault.labels.marks(reference).map((mark) => keptMark.parse(JSON.parse(mark)));
  return { settings, labels: new HandLabels(marks) };
}

function openedOf(vault: Vault, reference: Reference): Opened {
  const artefact = recordsOf(vault, reference);
  const known = openedIn.get(vault);
  if (known?.artefact === artefact) return known;
  const table = loadTable(vault, artefact);
  const { settings, labels } = handLabelsOf(vault, reference);
  const asked = settings === null ? null : { settings, order: orderOf(table.rows, settings) };
  const opened: Opened = { artefact, table, labels, asked };
  openedIn.set(vault, opened);
  return opened;
}

function begunOf(vault: Vault, reference: Reference): Begun {
  const opened = openedOf(vault, reference);
  const { asked } = opened;
  if (asked === null) throw new ConcordError('LABELLING_NOT_BEGUN');
  return { ...opened, asked };
}

function orderOf(rows: number, { order, key }: KeptSettings): Uint32Array {
  if (order === 'file') return orderOfRows(rows, null);
  const first = keyedHash(key, 'order of labelling');
  return orderOfRows(rows, (row) => mixHash(first, row));
}

function viewOf(begun: Begun): z.input<typeof label.begin.output> {
  const { column, values, order } = begun.asked.settings;
  return { column, values, order, progress: progressOf(begun) };
}

function progressOf({ table, labels, asked }: Begun): HandProgress {
  const { values, labelled, skipped } = labels.counts(asked.settings.values);
  const left = table.rows - labelled - skipped;
  return { values, labelled, skipped, left, undoable: labels.length };
}

function pageAt(begun: Begun, at: number | null): Page {
  const progress = progressOf(begun);
  const row = at === null ? undefined : begun.asked.order[at];
  if (at === null || row === undefined) return { progress, record: null };
  return { progress, record: recordAt(begun, at, row) };
}

function recordAt({ table, labels, asked }: Begun, at: number, row: number): HandRecord {
  const mark = labels.of(row);
  const value = mark?.value ?? null;
  const shown = table.columns.slice(0, SHOWN_COLUMNS);
  return {
    at,
    row: row + 1,
    value: value === null ? null : asked.settings.values.indexOf(value),
    skipped: mark !== undefined && value === null,
    cells: shown.map((column) => {
      const whole = cellText(column, row);
      const text = whole.slice(0, column.type === 'text' ? SHOWN_TEXT : SHOWN_CELL);
      return { column: column.name, type: column.type, text, cut: text.length < whole.length };
    }),
    more: table.columns.length - shown.length,
  };
}
