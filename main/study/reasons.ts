import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { reviewResult } from '../contract/review.ts';
import {
  reasonsFound,
  type ReasonField,
  type ReasonGiven,
  type ReasonsFound,
  type RowReasons,
} from '../contract/reasons.ts';
import { trainPlan, type TrainPlan } from '../contract/train.ts';
import { importanceOf, type ImportanceOptions } from '../explain/importance.ts';
import { rowReasons } from '../explain/row-reasons.ts';
import { explained, textsOf, type Explained } from '../explain/texts.ts';
import { columnNamed } from '../learning/columns.ts';
import { loadModel, type TrainedModel } from '../learning/model.ts';
import { splitRows } from '../learning/split.ts';
import { isoDate } from '../records/date-text.ts';
import { takeRows } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import type { Control, Work } from './context.ts';
import { vaultEncoders } from './encoders.ts';
import { jsonBeside, putJson } from './json.ts';
import { loadTable } from './load.ts';
import { sureShapes } from './sure-shapes.ts';
import { splitKeyFor } from './split-key.ts';

interface Reference {
  readonly study: string;
  /** A trained model of the study. */
  readonly artefact: string;
}

const training = z.object({ plan: trainPlan });

type Asked = Pick<ImportanceOptions, 'groups' | 'person' | 'repeats' | 'seed' | 'encoders'>;

/**
 * What the answers of a model rest on: how much each column matters on the rows held out of its
 * training, and the shapes of a glass box.
 *
 * @param rows on which it learned, and those held out
 * @throws REASONS_UNAVAILABLE for models of tags; as importanceOf
 */
export async function reasonsOf(
  model: TrainedModel,
  table: Table,
  { train, test }: { readonly train: Int32Array | null; readonly test: Int32Array },
  asked: Asked,
  control: Control,
): Promise<ReasonsFound> {
  const found = await importanceOf(model, table, test, {
    ...asked,
    signal: control.signal,
    progress: (done, total) => control.progress({ done, total, unit: 'parts' }),
  });
  return { ...found, ...sureShapes(model, table, train) };
}

/** Finds the reasons of a model as a job, and keeps them beside it; groups are those of its review. */
export function reasonsWork(vault: Vault, reference: Reference): Work {
  const { study, artefact } = reference;
  return {
    kind: 'reasons',
    study,
    async run(control) {
      const { model, name, records, plan, splitKey } = opened(vault, reference);
      const table = loadTable(vault, records);
      const rows = splitRows(table, plan, splitKey);
      const asked = {
        groups: reviewedGroups(vault, reference, table),
        ...(plan.unit === undefined ? {} : { person: plan.unit.column }),
        encoders: [vaultEncoders(vault)],
      };
      const found = await reasonsOf(model, table, rows, asked, control);
      vault.transaction(() => {
        const { job } = control;
        const kept = putJson(
          vault,
          { study, kind: 'reasons', name, parents: [artefact], job },
          found,
        );
        vault.journal.append('model.explained', { artefact: kept.id, model: artefact }, study);
      });
    },
  };
}

/** The newest reasons of a model; null before. @throws ARTEFACT_UNKNOWN, ARTEFACT_DAMAGED */
export function keptReasons(vault: Vault, { study, artefact }: Reference): ReasonsFound | null {
  vault.artefacts.info(artefact);
  const made = vault.artefacts
    .list(study, 'reasons')
    .some(({ parents }) => parents.includes(artefact));
  return made ? jsonBeside(vault, { study, artefact }, 'reasons', reasonsFound) : null;
}

/** What a person fills in to have a record explained, and how many records are held out. */
export function reasonFields(
  vault: Vault,
  reference: Reference,
): { fields: ReasonField[]; tested: number } {
  const { model, records, plan, splitKey } = opened(vault, reference);
  const table = loadTable(vault, records);
  const { test } = splitRows(table, plan, splitKey);
  return { fields: fieldsOf(model, table), tested: test.length };
}

/**
 * Why the model answers as it does for a record that is typed in, or one of the test part. It is not
 * kept.
 * @throws RECORD_UNKNOWN {record, records}, what rowReasons throws
 */
export async function explainRow(
  vault: Vault,
  { given, ...reference }: Reference & { readonly given: ReasonGiven },
): Promise<RowReasons> {
  const { model, records, plan, splitKey } = opened(vault, reference);
  const table = loadTable(vault, records);
  const record =
    'cells' in given
      ? typedRecord(fieldsOf(model, table), given.cells)
      : testedRecord(table, splitRows(table, plan, splitKey).test, given.tested);
  return rowReasons(model, record, { encoders: [vaultEncoders(vault)] });
}

interface Opened {
  readonly model: Explained;
  readonly name: string;
  readonly records: string;
  readonly plan: TrainPlan;
  readonly splitKey: string | undefined;
}

function opened(vault: Vault, { study, artefact }: Reference): Opened {
  const info = vault.artefacts.list(study, 'model').find(({ id }) => id === artefact);
  const records = info?.parents[0];
  if (info === undefined || records === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
  const model = explained(loadModel(vault.artefacts.get(artefact).toString('utf8'), info.name));
  const { plan } = jsonBeside(vault, { study, artefact }, 'training', training);
  return { model, name: info.name, records, plan, splitKey: splitKeyFor(vault, study, plan.split) };
}

/** The columns people are told apart by in the newest review of the model. */
function reviewedGroups(vault: Vault, { study, artefact }: Reference, table: Table): string[] {
  const made = vault.artefacts
    .list(study, 'review')
    .some(({ parents }) => parents.includes(artefact));
  if (!made) return [];
  const { groups } = jsonBeside(vault, { study, artefact }, 'review', reviewResult);
  // Crossed groups are of no column of their own.
  const names = new Set(table.columns.map(({ name }) => name));
  return Object.keys(groups).filter((name) => names.has(name));
}

function fieldsOf(model: Explained, table: Table): ReasonField[] {
  const { features } = model.encoder;
  const columns = features.map((feature): ReasonField => {
    const { column } = feature;
    if (feature.kind === 'category') return { kind: 'value', column, values: [...feature.values] };
    const { lower, upper } = feature;
    if (columnNamed(table, column).type !== 'date') return { kind: 'number', column, lower, upper };
    return {
      kind: 'date',
      column,
      lower: isoDate(Math.floor(lower)),
      upper: isoDate(Math.floor(upper)),
    };
  });
  const known = new Set(features.map(({ column }) => column));
  const texts = textsOf(model).filter((column) => !known.has(column));
  return [...columns, ...texts.map((column): ReasonField => ({ kind: 'text', column }))];
}

/** What is not typed is not known. */
function typedRecord(
  fields: readonly ReasonField[],
  cells: readonly { readonly column: string; readonly text: string }[],
): Table {
  const columns = fields.map(({ column, kind }): Column => {
    const text = cells.find((cell) => cell.column === column)?.text ?? '';
    const codes = Int32Array.of(text.trim() === '' ? -1 : 0);
    const dictionary = [kind === 'text' ? text : text.trim()];
    return { name: column, type: kind === 'text' ? 'text' : 'category', codes, dictionary };
  });
  return { rows: 1, columns };
}

function testedRecord(table: Table, test: Int32Array, record: number): Table {
  const row = test[record - 1];
  if (row === undefined) throw new ConcordError('RECORD_UNKNOWN', { record, records: test.length });
  return takeRows(table, Int32Array.of(row));
}
