import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import type { Attended, ModelText, Tagged } from '../contract/model-text.ts';
import { trainPlan, trainResult, type TrainPlan } from '../contract/train.ts';
import { attendTo, beginningOf } from '../explain/attend.ts';
import { textColumns } from '../learning/features.ts';
import { loadModel, taggerOf, type TrainedModel } from '../learning/model.ts';
import { splitRows } from '../learning/split.ts';
import { partsOfCell } from '../learning/tags/cells.ts';
import { findEntities, typedWords } from '../learning/tags/find.ts';
import { cellTexts } from '../records/cell-text.ts';
import { columnNamed } from '../learning/columns.ts';
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
  const { plan, model } = openModel(vault, reference);
  const columns = textColumns(plan);
  if (columns.length === 0 || 'tagger' in model) throw new ConcordError('ARTEFACT_UNKNOWN');
  const others = model.encoder.features.flatMap((one) => ('column' in one ? [one.column] : []));
  const record =
    'texts' in given
      ? typedRecord(given.texts, columns, others)
      : testedRecord(vault, reference, plan, given.tested);
  return attendTo(model, record, columns, { encoders: [vaultEncoders(vault)] });
}

/**
 * What a model of tags finds in one text, or in one record of the test part, up to MOST_LETTERS; a
 * text that is typed is parted into words here, one of the records as it is there.
 * @throws as attend; ARTEFACT_UNKNOWN for any other model
 */
export async function tagText(
  vault: Vault,
  { given, ...reference }: Reference & { readonly given: Given },
): Promise<Tagged> {
  const { plan, model } = openModel(vault, reference);
  if (!('tagger' in model)) throw new ConcordError('ARTEFACT_UNKNOWN');
  const tagger = taggerOf(model);
  const { text: column } = tagger.labels;
  const whole =
    'texts' in given
      ? (given.texts.find((one) => one.column === column)?.text ?? '')
      : cellTexts(columnNamed(testedRecord(vault, reference, plan, given.tested), column))(0);
  const text = beginningOf(whole);
  const words = 'texts' in given ? typedWords(text) : partsOfCell(text);
  return {
    column,
    pieces: await findEntities(tagger, text, words),
    words: words.length,
    shortened: text.length < whole.length,
  };
}

function openModel(
  vault: Vault,
  reference: Reference,
): { readonly plan: TrainPlan; readonly model: TrainedModel } {
  const { artefact } = reference;
  const { plan } = jsonBeside(vault, reference, 'training', training);
  const { name } = vault.artefacts.info(artefact);
  return { plan, model: loadModel(vault.artefacts.get(artefact).toString('utf8'), name) };
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
  vault: Vault,
  { study, artefact }: Reference,
  plan: TrainPlan,
  record: number,
): Table {
  const table = loadTable(vault, vault.artefacts.info(artefact).parents[0] ?? '');
  const { test } = splitRows(table, plan, splitKeyFor(vault, study, plan.split));
  const row = test[record - 1];
  if (row === undefined) {
    throw new ConcordError('RECORD_UNKNOWN', { record, records: test.length });
  }
  return takeRows(table, Int32Array.of(row));
}
