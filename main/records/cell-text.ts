import type { BooleanColumn } from './column-type.ts';
import { daysOfText, isoDate } from './date-text.ts';
import { numberOfForcedText } from './number-text.ts';
import type { Column } from './table.ts';
import { truthOfText } from './truth-words.ts';

/**
 * A cell as text: '' when missing; numbers in JavaScript's shortest form, dates as yyyy-mm-dd,
 * booleans in the words of their file (else true and false).
 */
export function cellText(column: Column, row: number): string {
  return cellTexts(column)(row);
}

/** The same for many rows of one column: the form is decided once. */
export function cellTexts(column: Column): (row: number) => string {
  if ('codes' in column) {
    const { codes, dictionary } = column;
    return (row) => dictionary[codes[row] as number] ?? '';
  }
  const { values } = column;
  const form = formOf(column);
  return (row) => {
    const value = values[row] as number;
    return value === value ? form(value) : '';
  };
}

/**
 * The value that a person's text means in this column: a number for numeric columns (days for
 * dates, 0 or 1 for booleans), a code for the others; undefined when it can stand for none. So
 * '63' finds 63.0, 'Yes' finds true, '2024年3月5日' finds 2024-03-05.
 */
export function valueOfText(column: Column, text: string): number | undefined {
  if ('codes' in column) {
    const code = column.dictionary.indexOf(text);
    return code < 0 ? undefined : code;
  }
  const value =
    column.type === 'boolean'
      ? truthOfText(text)
      : column.type === 'date'
        ? daysOfText(text)
        : numberOfForcedText(text);
  return Number.isNaN(value) ? undefined : value;
}

function formOf(column: Exclude<Column, { codes: Int32Array }>): (value: number) => string {
  if (column.type === 'date') {
    // Few days return in many rows, and writing one is slow.
    const known = new Map<number, string>();
    return (days) => {
      let text = known.get(days);
      if (text === undefined) known.set(days, (text = isoDate(days)));
      return text;
    };
  }
  if (column.type !== 'boolean') return String;
  const [no, yes] = (column as BooleanColumn).words ?? ['false', 'true'];
  return (value) => (value === 0 ? no : yes);
}
