import { isoDate } from '../date-text.ts';
import { codeCounts } from '../shape.ts';
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

/** With blanks around it; longer cells are looked at no further. */
const LONGEST_MARK = 24;

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

const SIGNS: ReadonlySet<string> = new Set(['+', '(+)', '++', '+++']);

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
  const isSigned = dictionary.some((text) => text.includes('+') && SIGNS.has(text.trim()));
  for (const [code, text] of dictionary.entries()) {
    const here = counts[code] ?? 0;
    if (here === 0) continue;
    const plain = text.length > LONGEST_MARK ? '' : folded(text);
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
  const found = new Set<number>();
  // From outside in: -999 and 999 may both stand there.
  while (found.size < MOST_LONE) {
    const [low, next, last, high] = edgesOf(column.values, found);
    if (!(next <= last)) break;
    if (isMark(column, high) && high - last > last - low) found.add(high);
    else if (isMark(column, low) && next - low > high - next) found.add(low);
    else break;
  }
  if (found.size === 0) return undefined;
  let rows = 0;
  for (const value of column.values) if (found.has(value)) rows++;
  const marks = [...found].map((value) =>
    column.type === 'date' ? isoDate(value) : String(value),
  );
  return { marks, rows };
}

const MOST_LONE = 4;

/** The two smallest and the two largest different values; fewer than three leave `next > last`. */
function edgesOf(
  values: Float64Array,
  without: ReadonlySet<number>,
): [low: number, next: number, last: number, high: number] {
  let [low, next, last, high] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const value of values) {
    if (value < low) {
      if (without.has(value)) continue;
      next = low;
      low = value;
    } else if (value > low && value < next && !without.has(value)) next = value;
    if (value > high) {
      if (without.has(value)) continue;
      last = high;
      high = value;
    } else if (value < high && value > last && !without.has(value)) last = value;
  }
  return [low, next, last, high];
}

function isMark({ type }: NumericColumn, value: number): boolean {
  return type === 'date' ? DAYS.has(isoDate(value)) : NUMBERS.includes(value);
}
