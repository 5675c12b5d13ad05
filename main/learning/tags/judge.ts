import type { TestMetrics } from '../../contract/train.ts';
import type { Table } from '../../records/table.ts';
import { tagReader } from './cells.ts';
import { tagMetrics, type JudgedText } from './metrics.ts';
import type { TaggerModel } from './model.ts';
import { ofRow, type TagScores } from './score.ts';

/** Figures of a model's tags on the rows that have some. @param scored of these rows, by `scoreTags` */
export function judgeTags(
  { labels, encoder }: TaggerModel,
  table: Table,
  rows: Int32Array,
  scored: Pick<TagScores, 'scores' | 'starts'>,
): TestMetrics {
  const read = tagReader(table, labels, encoder.missing);
  const texts = Array.from(rows, (row, r): JudgedText | null => {
    const truth = read(row);
    return truth === null ? null : { truth, ...ofRow(scored, r) };
  });
  return tagMetrics(
    labels.values,
    texts.filter((text) => text !== null),
  );
}
