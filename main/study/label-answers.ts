import type { LabelChoice } from '../contract/arrangement.ts';
import { ConcordError } from '../contract/errors.ts';
import { MISSING_MARKS } from '../contract/missing-marks.ts';
import { columnNamed } from '../learning/columns.ts';
import { holdsNumbers } from '../learning/features.ts';
import { absentValues } from '../learning/labels.ts';
import { outsideFirst, tagReader, tagTargets, type TagLabels } from '../learning/tags/cells.ts';
import { isOfAnotherScheme, kindOfClass, OUTSIDE, schemeOf } from '../learning/tags/scheme.ts';
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
 * Whether a choice fits the column to be predicted: its values stand in it, it holds numbers, or it
 * has a tag of the list for each word.
 * @throws COLUMN_UNKNOWN, COLUMN_NOT_NUMERIC, LABEL_VALUE_ABSENT {column, absent: yes, no, both or some},
 *   LABEL_ONE_VALUE, TAGS_MISMATCH, LABEL_UNLISTED, PLAN_INVALID for tags of a scheme that is not read
 */
export function checkLabelChoice(table: Table, choice: LabelChoice): void {
  const { column } = choice;
  if (!('target' in choice)) checkLabelAnswers(table, { ...choice, label: column });
  else if (choice.target === 'tags') checkTags(table, choice);
  else if (choice.target === 'number') {
    if (holdsNumbers(columnNamed(table, column))) return;
    throw new ConcordError('COLUMN_NOT_NUMERIC', { column, row: 1 });
  } else if (absentValues(table, column, choice.values).length > 0) {
    throw new ConcordError('LABEL_VALUE_ABSENT', { column, absent: 'some' });
  }
}

function checkTags(
  table: Table,
  { column, text, values }: Extract<LabelChoice, { target: 'tags' }>,
): void {
  if (values.some(isOfAnotherScheme)) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'labels',
      expected: 'tags as IOB1, IOB2 or bare kinds; write S- as B- and E- as I-',
    });
  }
  if (values.every((tag) => tag === OUTSIDE)) throw new ConcordError('LABEL_ONE_VALUE', { column });
  const labels: TagLabels = { target: 'tags', column, text, values: outsideFirst(values) };
  // What stands for 'not known' is asked before training; until then no mark is a text of its own.
  const missing = [...MISSING_MARKS];
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  tagTargets(table, labels, missing, rows);
  const read = tagReader(table, labels, missing);
  const seen = new Set<number>();
  for (const row of rows) for (const one of read(row) ?? []) seen.add(kindOfClass(one));
  const isSeen = (_: string, kind: number): boolean => seen.has(kind);
  if (schemeOf(labels.values).kinds.every(isSeen)) return;
  throw new ConcordError('LABEL_VALUE_ABSENT', { column, absent: 'some' });
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
