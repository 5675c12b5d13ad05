import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import type { Attended, ModelText } from '../contract/model-text.ts';
import { trainPlan, trainResult, type TrainPlan } from '../contract/train.ts';
import { attendTo } from '../explain/attend.ts';
import { textColumns } from '../learning/features.ts';
import { loadModel } from '../learning/model.ts';
import { splitRows } from '../learning/split.ts';
import { takeRows } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { vaultEncoders } from './encoders.ts';
import { jsonBeside } from './json.ts';
import { loadTable } from './load.ts';
import { textOfPlan } from './model-text.ts';
import { splitKeyFor } from './split-key.ts';

interface Reference {
  readonly study: string;
  /** A trained model of the study. */
  readonly artefact: string;
}

type Given =
  | { readonly texts: readonly { readonly column: string; readonly text: string }[] }
  | { readonly tested: number };

const training = z.object({ plan: trainPlan, result: trainResult });

/** What a model reads, and of how many records of its test one can be explained. */
export function textOfModel(
  vault: Vault,
  reference: Reference,
): { text: ModelText | null; tested: number } {
  const { plan, result } = jsonBeside(vault, reference, 'training', training);
  return { text: textOfPlan(vault, plan), tested: result.rows.test };
}

/**
 * What moves the answer for one text or one record of the test part; see attendTo.
 * @throws ARTEFACT_UNKNOWN for anything but a model that reads text; RECORD_UNKNOWN {record, records};
 * what scoreTable throws
 */
export async function attend(
  vault: Vault,
  { given, ...reference }: Reference & { readonly given: Given },
): Promise<Attended> {
  const { study, artefact } = reference;
  const { plan } = jsonBeside(vault, reference, 'training', training);
  const columns = textColumns(plan);
  if (columns.length === 0) throw new ConcordError('ARTEFACT_UNKNOWN');
  const info = vault.artefacts.info(artefact);
  const model = loadModel(vault.artefacts.get(artefact).toString('utf8'), info.name);
  const others = model.encoder.features.flatMap((one) => ('column' in one ? [one.column] : []));
  const record =
    'texts' in given
      ? typedRecord(given.texts, columns, others)
      : testedRecord(loadTable(vault, info.parents[0] ?? ''), plan, given.tested, {
          splitKey: splitKeyFor(vault, study, plan.split),
        });
  return attendTo(model, record, columns, { encoders: [vaultEncoders(vault)] });
}

/** A record of the texts that were typed; of other columns nothing is known. */
function typedRecord(
  texts: readonly { readonly column: string; readonly text: string }[],
  columns: readonly string[],
  others: readonly string[],
): Table {
  const cell = (name: string, text: string): Column => ({
    ...{ name, type: 'text', dictionary: [text] },
    codes: Int32Array.of(text.trim() === '' ? -1 : 0),
  });
  const unknown = others.filter((name) => !columns.includes(name));
  return {
    rows: 1,
    columns: [
      ...columns.map((name) => cell(name, texts.find((one) => one.column === name)?.text ?? '')),
      ...unknown.map((name) => cell(name, '')),
    ],
  };
}

function testedRecord(
  table: Table,
  plan: TrainPlan,
  record: number,
  { splitKey }: { readonly splitKey: string | undefined },
): Table {
  const { test } = splitRows(table, plan, splitKey);
  const row = test[record - 1];
  if (row === undefined) {
    throw new ConcordError('RECORD_UNKNOWN', { record, records: test.length });
  }
  return takeRows(table, Int32Array.of(row));
}
