import { ConcordError } from '../../contract/errors.ts';
import type { LabelCondition, LabelRule, ValueTest } from '../../contract/label.ts';
import { cellTexts, valueOfText } from '../cell-text.ts';
import { narrow } from '../narrow-text.ts';
import { columnOf, isMissing } from '../shape.ts';
import type { CodedColumn, Column, NumericColumn, Table } from '../table.ts';

type Comparison = Extract<LabelCondition, { value: unknown }>;
type Test = (row: number) => boolean;

const ORDERED: Readonly<Partial<Record<ValueTest, (cell: number, bound: number) => boolean>>> = {
  above: (cell, bound) => cell > bound,
  'at-least': (cell, bound) => cell >= bound,
  below: (cell, bound) => cell < bound,
  'at-most': (cell, bound) => cell <= bound,
};

/**
 * In which rows a rule fits: 1 where it does. Each row is decided by its own cells. `place` (from
 * 1) is where the rule stands in its list.
 * @throws COLUMN_UNKNOWN {column, nearest}; LABEL_RULE_UNFIT {place, test, column, type}
 */
export function rowsFitting(table: Table, rule: LabelRule, place: number): Uint8Array {
  const tests = rule.conditions.map((condition) => testOf(table, condition, place));
  const fits =
    rule.when === 'all'
      ? (row: number) => tests.every((test) => test(row))
      : (row: number) => tests.some((test) => test(row));
  const found = new Uint8Array(table.rows);
  for (let row = 0; row < table.rows; row++) found[row] = fits(row) ? 1 : 0;
  return found;
}

function testOf(table: Table, condition: LabelCondition, place: number): Test {
  const column = columnOf(table, condition.column);
  if (!('value' in condition)) {
    const wanted = condition.is === 'missing';
    return (row) => isMissing(column, row) === wanted;
  }
  const { is, value } = condition;
  const unfit = (): ConcordError =>
    new ConcordError('LABEL_RULE_UNFIT', {
      ...{ place, test: is, column: column.name, type: column.type },
    });
  if (is === 'contains' || is === 'lacks') return textTest(column, condition);
  const compare = ORDERED[is];
  if (compare !== undefined) {
    if ('codes' in column || column.type === 'boolean') throw unfit();
    const bound = valueIn(column, value);
    if (bound === undefined) throw unfit();
    return (row) => compare(column.values[row] as number, bound);
  }
  const wanted = is === 'equals';
  if ('codes' in column) return sameText(column, String(value), wanted);
  const target = valueIn(column, value);
  if (target === undefined) throw unfit();
  return (row) => {
    const cell = column.values[row] as number;
    return !Number.isNaN(cell) && (cell === target) === wanted;
  };
}

function valueIn(column: NumericColumn, value: Comparison['value']): number | undefined {
  if (typeof value === 'number' && (column.type === 'integer' || column.type === 'real')) {
    return value;
  }
  return valueOfText(column, String(value));
}

function sameText({ codes, dictionary }: CodedColumn, value: string, wanted: boolean): Test {
  const target = value.trim();
  const ofCode = dictionary.map((text) => (text.trim() === target) === wanted);
  return (row) => ofCode[codes[row] as number] === true;
}

/** Letter case and full width aside. */
function textTest(column: Column, { is, value }: Comparison): Test {
  const plain = (text: string): string => narrow(text).toLowerCase();
  const part = plain(String(value));
  const wanted = is === 'contains';
  if ('codes' in column) {
    const ofCode = column.dictionary.map((text) => plain(text).includes(part) === wanted);
    return (row) => ofCode[column.codes[row] as number] === true;
  }
  const text = cellTexts(column);
  return (row) => !isMissing(column, row) && plain(text(row)).includes(part) === wanted;
}
