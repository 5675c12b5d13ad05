import { createReadStream, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { trainPlan, type TrainPlan } from '../main/contract/train.ts';
import { shuffled } from '../main/learning/seeded.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { columnOf, takeRows } from '../main/records/shape.ts';
import type { CodedColumn, Table } from '../main/records/table.ts';

/** The reference data stands beside the checkout, from which benches are started. */
const ADULT = resolve('..', 'shared', 'data', 'tabular', 'adult', 'adult.csv');
const SPLIT = 'split';

/** Adult with its official parts in the column `split`, which the plans name. */
export async function officialAdult(): Promise<Table> {
  return (await readCsv(() => createReadStream(ADULT))).table;
}

export function planNamed(name: string): TrainPlan {
  return trainPlan.parse(
    JSON.parse(readFileSync(resolve('test', 'plans', `${name}.json`), 'utf8')),
  );
}

/**
 * Adult's official training rows, once for each fold: a part of them stands in for the test part.
 * No row of the official test part is in any of them. `rows` of the training rows, by default all.
 */
export function trainingFolds(table: Table, folds: number, rows?: number): Table[] {
  const part = cellTexts(columnOf(table, SPLIT));
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  const own = shuffled(
    all.filter((row) => part(row) === 'train'),
    1,
  ).slice(0, rows);
  const training = takeRows(table, own);
  return Array.from({ length: folds }, (_, fold) => {
    const split: CodedColumn = {
      ...{ name: SPLIT, type: 'category', dictionary: ['train', 'test'] },
      codes: Int32Array.from(own, (_row, place) => (place % folds === fold ? 1 : 0)),
    };
    const columns = training.columns.map((column) => (column.name === SPLIT ? split : column));
    return { ...training, columns };
  });
}
