import type { LabelChoice } from '../contract/arrangement.ts';
import { ConcordError } from '../contract/errors.ts';
import { columnNamed } from '../learning/columns.ts';
import { holdsNumbers } from '../learning/features.ts';
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

/**
 * Whether a choice fits the column to be predicted: its values stand in it, or it holds numbers.
 * @throws COLUMN_UNKNOWN, COLUMN_NOT_NUMERIC, LABEL_VALUE_ABSENT {column, absent: yes, no, both or some}
 */
export function checkLabelChoice(table: Table, choice: LabelChoice): void {
  const { column } = choice;
  if (!('target' in choice)) checkLabelAnswers(table, { ...choice, label: column });
  else if (choice.target === 'number') {
    if (holdsNumbers(columnNamed(table, column))) return;
    throw new ConcordError('COLUMN_NOT_NUMERIC', { column, row: 1 });
  } else if (absentValues(table, column, choice.values).length > 0) {
    throw new ConcordError('LABEL_VALUE_ABSENT', { column, absent: 'some' });
  }
}

/** Whether a choice that was made for other records fits these. */
export function isFittingLabel(table: Table, choice: LabelChoice): boolean {
  try {
    checkLabelChoice(table, choice);
    return true;
  } catch (error) {
    if (error instanceof ConcordError && error.kind === 'input') return false;
    throw error;
  }
}
