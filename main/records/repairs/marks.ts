import { isoDate } from '../date-text.ts';
import { codeCounts, sortedDistinct } from '../shape.ts';
import type { CodedColumn, Column, NumericColumn } from '../table.ts';
import { folded } from './merge-groups.ts';

/** Entries that are known to stand for 'not known'; compared as case, blanks and width aside. */
const MARKS: ReadonlySet<string> = new Set([
  ...['?', '??', '???', '-', '--', '---', '–', '—', '——', '.', '..', '...', '/', '*', '_'],
  ...['na', 'n/a', 'n.a.', 'nan', 'null', '(null)', '<na>', 'none', 'nil', 'unknown', 'unk'],
  ...['missing', 'not known', 'not available', 'not recorded', 'not stated', 'no data'],
  ...['#n/a', '#value!', '#ref!', '#div/0!', '#name?', '#num!', '#null!'],
  ...['未知', '不详', '不明', '无', '无记录', '未填', '未填写', '未记录', '未查', '未测', '缺失'],
  ...['空', '空缺', '空白', '暂无', '不清楚', '不知道'],
]);

/** Numbers that questionnaires and statistics programs write for 'not known'. */
const NUMBERS: readonly number[] = [
  ...[9, 99, 999, 9999, 99_999, 999_999, 99.9, 999.9, 9999.9, 999.99],
  ...[-1, -8, -9, -88, -99, -888, -999, -9999, -99_999, 88, 888, 8888, 777, 7777],
];

/** Days that programs write where they must write one. */
const DAYS: ReadonlySet<string> = new Set([
  ...['9999-12-31', '9999-01-01', '9999-09-09', '2999-12-31', '2099-12-31'],
  ...['1900-01-01', '1899-12-30', '1970-01-01', '1111-11-11', '1800-01-01', '1000-01-01'],
]);

export interface FoundMarks {
  /** As they stand, blanks around them aside. */
  readonly marks: readonly string[];
  readonly rows: number;
}

/**
 * Marks of missing values among the cells of a column: known entries of text; known numbers and
 * days only where they stand alone, further from all the others than these from each other.
 * Undefined where there are none, or nothing else.
 */
export function missingMarksOf(column: Column): FoundMarks | undefined {
  return 'codes' in column
    ? textMarks(column)
    : column.type === 'boolean'
      ? undefined
      : lone(column);
}

function textMarks({ codes, dictionary }: CodedColumn): FoundMarks | undefined {
  const counts = codeCounts(codes, dictionary.length);
  const marks = new Set<string>();
  let rows = 0;
  let others = 0;
  const isSigned = dictionary.some((text) => ['+', '(+)', '++'].includes(folded(text)));
  for (const [code, text] of dictionary.entries()) {
    const here = counts[code] ?? 0;
    if (here === 0) continue;
    const plain = folded(text);
    // Where + is a result, - is one too.
    if (!MARKS.has(plain) || (isSigned && plain === '-')) {
      others++;
      continue;
    }
    marks.add(text.trim());
    rows += here;
  }
  return marks.size === 0 || others === 0 ? undefined : { marks: [...marks], rows };
}

function lone(column: NumericColumn): FoundMarks | undefined {
  const distinct = sortedDistinct(column.values);
  const marks: string[] = [];
  const found = new Set<number>();
  let from = 0;
  let to = distinct.length - 1;
  // From outside in: -999 and 999 may both stand there.
  for (let looked = 0; looked < 4 && to - from >= 2; looked++) {
    const [low, next] = [distinct[from] as number, distinct[from + 1] as number];
    const [high, last] = [distinct[to] as number, distinct[to - 1] as number];
    if (isMark(column, high) && high - last > last - low) {
      found.add(high);
      to--;
    } else if (isMark(column, low) && next - low > high - next) {
      found.add(low);
      from++;
    } else break;
  }
  if (found.size === 0) return undefined;
  let rows = 0;
  for (const value of column.values) if (found.has(value)) rows++;
  for (const value of found) marks.push(column.type === 'date' ? isoDate(value) : String(value));
  return { marks, rows };
}

function isMark({ type }: NumericColumn, value: number): boolean {
  return type === 'date' ? DAYS.has(isoDate(value)) : NUMBERS.includes(value);
}
