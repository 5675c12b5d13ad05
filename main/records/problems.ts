import type { ColumnProfile, Problem, ProblemCode, Proposal } from '../contract/import.ts';
import type { DateForm, NumberForm, Recognised, Repair } from '../contract/repair.ts';
import { numberOfText } from './number-text.ts';
import { dateFormsOf, mayBeSerials } from './repairs/date-form.ts';
import { missingMarksOf, type FoundMarks } from './repairs/marks.ts';
import { misspellings, spellings, synonyms, type MergeGroup } from './repairs/merge-groups.ts';
import { numberFormsOf } from './repairs/number-form.ts';
import { outliersOf } from './repairs/outliers.ts';
import { codeCounts } from './shape.ts';
import type { CodedColumn, Column, NumericColumn } from './table.ts';

const NEARLY_EMPTY = 0.95;
/** From this share of the filled rows on, a column is one of numbers or dates with odd cells. */
const MOSTLY = 0.8;
const FEW_ODD_VALUES = 20;
const MANY_CATEGORIES = 100_000;
const DIGITS = /^[0-9]+$/;
const MOST_CHOICES = 5;
const MOST_MERGED = 1000;

type Add = (
  code: ProblemCode,
  rows: number,
  proposal: Proposal,
  ...repairs: readonly Repair[]
) => void;

/** What may be wrong in one column, with what would mend it; `rows` is how many rows it touches. */
export function columnProblems(column: Column, described: ColumnProfile, rows: number): Problem[] {
  const problems: Problem[] = [];
  const { name } = column;
  const add: Add = (code, touched, proposal, ...repairs) => {
    if (touched === 0) return;
    const plain = { code, column: name, rows: touched, proposal };
    problems.push(
      repairs.length === 0 ? plain : { ...plain, repairs: repairs.slice(0, MOST_CHOICES) },
    );
  };
  const { missing, distinct } = described;
  const drop: Repair = { kind: 'drop-column', column: name };
  if (missing === rows) add('EMPTY_COLUMN', rows, 'drop_column', drop);
  else if (missing >= rows * NEARLY_EMPTY) add('NEARLY_EMPTY_COLUMN', missing, 'drop_column', drop);
  if (distinct === 1 && missing === 0 && rows > 1)
    add('CONSTANT_COLUMN', rows, 'drop_column', drop);
  const marks = missing === rows ? undefined : missingMarksOf(column);
  if (marks)
    add('MISSING_MARKS', marks.rows, 'mark_missing', {
      kind: 'mark-missing',
      column: name,
      marks: [...marks.marks],
    });
  if ('codes' in column) textProblems(column, { add, described, rows, marks });
  else numberProblems(column, marks, add);
  return problems;
}

interface Looked {
  readonly add: Add;
  readonly described: ColumnProfile;
  readonly rows: number;
  readonly marks: FoundMarks | undefined;
}

function textProblems(column: CodedColumn, { add, described, rows, marks }: Looked): void {
  const { name, dictionary } = column;
  const counts = codeCounts(column.codes, dictionary.length);
  const spaced = withSpaces(dictionary, counts);
  add('SPACES_AROUND', spaced, 'trim', { kind: 'trim', column: name });
  // Cells that stand for no value count neither for nor against a form.
  const filled = withoutMarks(counts, dictionary, marks);
  if (!writtenForms(column, filled, add)) {
    const odd = oddAmongNumbers(dictionary, filled);
    add('MIXED_TYPES', odd, 'parse_number', parseNumber(name, PLAIN, 'missing'));
  }
  if (column.type !== 'category' || dictionary.length > MANY_CATEGORIES) return;
  const same = spellings(column);
  add(
    'SIMILAR_CATEGORIES',
    movedRows(column, counts, same),
    'merge_categories',
    ...merge(name, same),
  );
  // Of columns like names neither meaning nor spelling is judged.
  if (described.distinct * 2 > rows - described.missing) return;
  const meant = synonyms(column);
  add('SAME_MEANING', movedRows(column, counts, meant), 'merge_categories', ...merge(name, meant));
  const wrong = misspellings(column);
  add('MISSPELLED', movedRows(column, counts, wrong), 'merge_categories', ...merge(name, wrong));
}

const PLAIN: NumberForm = { decimal: 'point', thousands: 'none', unit: null };

function parseNumber(column: string, form: NumberForm, others: 'missing' | 'refuse'): Repair {
  return { kind: 'parse-number', column, form, others };
}

/** Numbers and dates in a form that a person must confirm. Whether the column holds any. */
function writtenForms({ name, dictionary }: CodedColumn, filled: Float64Array, add: Add): boolean {
  const dates = dateFormsOf(name, dictionary, filled, MOSTLY);
  if (dates) {
    const odd = dates.impossible + dates.odd;
    const others = odd > 0 ? 'missing' : 'refuse';
    const repairs = dates.forms.map((form): Repair => ({
      kind: 'parse-date',
      column: name,
      form,
      others,
    }));
    const isOpen = repairs.length > 1;
    const proposal = isOpen ? 'choose' : 'parse_date';
    if (dates.impossible > 0) add('IMPOSSIBLE_DATES', dates.impossible, proposal, ...repairs);
    else if (odd > 0) add('MIXED_TYPES', odd, proposal, ...repairs);
    else add(isOpen ? openDates(dates.forms) : 'DATES_AS_TEXT', dates.dates, proposal, ...repairs);
    return true;
  }
  const numbers = numberFormsOf(dictionary, filled, MOSTLY);
  if (!numbers) return false;
  const { odd, forms } = numbers;
  const repairs = forms.map((form) => parseNumber(name, form, odd > 0 ? 'missing' : 'refuse'));
  const isOpen = repairs.length > 1;
  const proposal = isOpen ? 'choose' : 'parse_number';
  if (odd > 0) add('MIXED_TYPES', odd, proposal, ...repairs);
  else
    add(isOpen ? 'NUMBER_FORM_UNCLEAR' : 'NUMBERS_AS_TEXT', numbers.numbers, proposal, ...repairs);
  return true;
}

/** What is to be asked of dates that can be read in several forms. */
function openDates(forms: readonly DateForm[]): ProblemCode {
  if (forms.some((form) => form.startsWith('zone-'))) return 'DATE_ZONE_UNCLEAR';
  const isShort = forms.some((form) => form.includes('-from-'));
  return isShort ? 'SHORT_YEARS_UNCLEAR' : 'DATE_ORDER_UNCLEAR';
}

/** How a column of text writes its numbers or dates, where its cells allow one form only. */
export function recognisedForm(column: Column): Recognised | undefined {
  if (!('codes' in column) || column.type === 'text') return undefined;
  const marks = missingMarksOf(column);
  const counts = codeCounts(column.codes, column.dictionary.length);
  const filled = withoutMarks(counts, column.dictionary, marks);
  const dates = dateFormsOf(column.name, column.dictionary, filled, MOSTLY);
  const [day] = dates?.forms ?? [];
  if (day !== undefined) return dates?.forms.length === 1 ? { is: 'date', form: day } : undefined;
  const [form, other] = numberFormsOf(column.dictionary, filled, MOSTLY)?.forms ?? [];
  return form === undefined || other !== undefined ? undefined : { is: 'number', form };
}

function withoutMarks(
  counts: Float64Array,
  dictionary: readonly string[],
  marks: FoundMarks | undefined,
): Float64Array {
  if (marks === undefined) return counts;
  const known = new Set(marks.marks);
  return counts.map((rows, code) => (known.has(dictionary[code]?.trim() ?? '') ? 0 : rows));
}

function numberProblems(column: NumericColumn, marks: FoundMarks | undefined, add: Add): void {
  const { name, type, values } = column;
  if ((type === 'integer' || type === 'real') && mayBeSerials(name, values)) {
    const rows = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
    const repairs = (['excel-1900', 'excel-1904'] as const).map((form): Repair => ({
      kind: 'parse-date',
      column: name,
      form,
      others: 'missing',
    }));
    add('DAY_NUMBERS', rows, 'choose', ...repairs);
    return;
  }
  const away = new Set(marks?.marks.map(Number));
  const outliers = outliersOf(
    away.size === 0 ? column : { ...column, values: values.filter((value) => !away.has(value)) },
  );
  if (!outliers) return;
  const { rows, lower, upper } = outliers;
  add('OUTLIERS', rows, 'clip', { kind: 'clip', column: name, lower, upper });
}

function withSpaces(dictionary: readonly string[], counts: Float64Array): number {
  let rows = 0;
  for (const [code, text] of dictionary.entries())
    if (text !== text.trim()) rows += counts[code] as number;
  return rows;
}

/** Rows that keep a column of numbers from being one; 0 when it is not such a column. */
function oddAmongNumbers(dictionary: readonly string[], counts: Float64Array): number {
  let numbers = 0;
  let odd = 0;
  let oddValues = 0;
  for (const [code, text] of dictionary.entries()) {
    const rows = counts[code] as number;
    if (rows === 0) continue;
    if (!Number.isNaN(numberOfText(text))) {
      numbers += rows;
      continue;
    }
    // Codes written with digits (007) are meant as text.
    if (DIGITS.test(text.trim()) || ++oddValues > FEW_ODD_VALUES) return 0;
    odd += rows;
  }
  return odd > 0 && numbers >= MOSTLY * (numbers + odd) ? odd : 0;
}

function merge(column: string, groups: readonly MergeGroup[]): Repair[] {
  const parts = groups.slice(0, MOST_MERGED).map(({ into, from }) => ({
    into,
    from: from.slice(0, MOST_MERGED),
  }));
  return parts.length === 0 ? [] : [{ kind: 'merge', column, groups: parts }];
}

/** Rows whose category is merged into another. */
function movedRows(
  { dictionary }: CodedColumn,
  counts: Float64Array,
  groups: readonly MergeGroup[],
): number {
  const moved = new Set(groups.flatMap(({ from }) => from));
  if (moved.size === 0) return 0;
  return dictionary.reduce(
    (sum, text, code) => sum + (moved.has(text) ? (counts[code] ?? 0) : 0),
    0,
  );
}
