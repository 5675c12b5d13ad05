import { ConcordError } from '../contract/errors.ts';
import { absentValues } from '../learning/labels.ts';
import type { Table } from '../records/table.ts';

/** The column to be predicted, and how its two answers were typed. */
export interface LabelAnswers {
  readonly label: string;
  readonly yes: string;
  readonly no: string;
}

/**
 * Whether both answers stand in the column to be predicted, read as training reads them; nothing
 * else is told of it. @throws COLUMN_UNKNOWN, LABEL_VALUE_ABSENT {column, absent: yes, no or both}
 */
export function checkLabelAnswers(table: Table, { label, yes, no }: LabelAnswers): void {
  const absent = absentValues(table, label, [no, yes]);
  if (absent.length === 0) return;
  const which = absent.length === 2 ? 'both' : absent[0] === yes ? 'yes' : 'no';
  throw new ConcordError('LABEL_VALUE_ABSENT', { column: label, absent: which });
}
