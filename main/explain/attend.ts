import type { Attended } from '../contract/model-text.ts';
import { MOST_LETTERS, MOST_SPANS } from '../contract/text-kinds.ts';
import { columnNamed } from '../learning/columns.ts';
import type { TrainedModel } from '../learning/model.ts';
import { scoreTable, type ScoreOptions } from '../learning/predict.ts';
import { cellTexts } from '../records/cell-text.ts';
import { takeRows } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import { scoreReader } from './answer.ts';
import { spansOf } from './spans.ts';

/**
 * Which spans of one record's texts move a model's answer: the record is scored as it is and once
 * without each span (leave-one-out occlusion: Li, Monroe, Jurafsky 2016), all of them in one batch.
 * Only the record itself is in the answer. A text is read up to MOST_LETTERS.
 *
 * @param record a table of one row
 * @param columns of text that the model reads, in its order
 * @throws as scoreTable
 */
export async function attendTo(
  model: TrainedModel,
  record: Table,
  columns: readonly string[],
  options: Omit<ScoreOptions, 'rows'> = {},
): Promise<Attended> {
  const whole = columns.map((column) => {
    const text = cellTexts(columnNamed(record, column))(0);
    return { column, text: beginningOf(text), shortened: text.length > MOST_LETTERS };
  });
  const most = Math.max(1, Math.floor(MOST_SPANS / columns.length));
  const spans = whole.flatMap(({ column, text }) =>
    (text === '' ? [] : spansOf(text, most)).map((span, place, all) => ({
      column,
      text: span,
      rest: all.filter((_, other) => other !== place).join(''),
    })),
  );
  const variants = [
    new Map(whole.map(({ column, text }) => [column, text])),
    ...spans.map(({ column, rest }) => new Map([[column, rest]])),
  ];
  const rows = takeRows(record, new Int32Array(variants.length));
  const table: Table = {
    rows: rows.rows,
    columns: rows.columns.map((column) => {
      if (!columns.includes(column.name)) return column;
      const { name } = column;
      const text = whole.find((one) => one.column === name)?.text ?? '';
      const dictionary = variants.map((variant) => variant.get(name) ?? text);
      const codes = Int32Array.from(dictionary, (cell, row) => (cell.trim() === '' ? -1 : row));
      return { name, type: 'text', codes, dictionary };
    }),
  };
  const { scores } = await scoreTable(model, table, options);
  const read = scoreReader(model, scores);
  return {
    answer: read.answer,
    spans: spans.map(({ column, text }, place) => {
      const without = read.at(place + 1);
      const known = read.answer !== null && !Number.isNaN(without);
      return { column, text, change: known ? read.answer.score - without : null };
    }),
    shortened: whole.some(({ shortened }) => shortened),
  };
}

/** Up to MOST_LETTERS, without half a character at the end. */
export function beginningOf(text: string): string {
  if (text.length <= MOST_LETTERS) return text;
  return text.slice(0, MOST_LETTERS).replace(/[\uD800-\uDBFF]$/, '');
}
