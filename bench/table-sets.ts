import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { labelRules } from '../main/contract/label.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { labelTable } from '../main/records/labels/apply.ts';
import { applyRepair } from '../main/records/repairs/apply.ts';
import type { Table } from '../main/records/table.ts';

/** The reference data stands beside the checkout, from which benches are started. */
const FOLDER = resolve('..', 'shared', 'data', 'tabular');

/** A table to learn from, and how its file becomes what the plan of the same name takes. */
export interface TableSet {
  readonly plan: string;
  readonly file: string;
  readonly prepare: (table: Table) => Table;
  /** Drawn splits, or drawings of noise and split where the set is large. */
  readonly repeats: number;
}

/** What Pima writes as 0 where nothing was measured (SOURCE.md). */
const ZERO_IS_MISSING = ['glucose', 'blood_pressure', 'skin_thickness', 'insulin', 'bmi'];
const DIAGNOSES = ['diag_1', 'diag_2', 'diag_3'];

/** The largest comes first: the memory of the process is then its own. */
export const TABLE_SETS: readonly TableSet[] = [
  {
    plan: 'diabetes-130',
    file: 'diabetes-130/diabetic_data.csv',
    prepare: (table) =>
      labelled(withChapters(table), 'early', ['within 30 days', 'later or never'], {
        column: 'readmitted',
        ...{ is: 'equals', value: '<30' },
      }),
    repeats: 5,
  },
  {
    plan: 'german-credit',
    file: 'german-credit/german-credit.csv',
    prepare: (table) => table,
    repeats: 10,
  },
  {
    plan: 'pima-diabetes',
    file: 'pima-diabetes/pima-diabetes.csv',
    prepare: (table) =>
      ZERO_IS_MISSING.reduce(
        (before, column) =>
          applyRepair(before, { kind: 'mark-missing', column, marks: ['0'] }).table,
        table,
      ),
    repeats: 10,
  },
  {
    plan: 'heart-cleveland',
    file: 'heart-cleveland/heart-cleveland.csv',
    prepare: (table) =>
      labelled(table, 'disease', ['present', 'absent'], { column: 'num', is: 'above', value: 0 }),
    repeats: 10,
  },
];

export async function readSet({ file, prepare }: TableSet): Promise<Table> {
  return prepare((await readCsv(() => createReadStream(resolve(FOLDER, file)))).table);
}

/** A label of two values by a rule that looks at one cell. */
function labelled(
  table: Table,
  column: string,
  [value, otherwise]: readonly [string, string],
  condition: object,
): Table {
  const rules = labelRules.parse({
    column,
    rules: [{ value, conditions: [condition] }],
    otherwise,
  });
  return labelTable(table, { ...rules, hand: false }, { values: [], rows: new Map() }).table;
}

/** Each code of a diagnosis by its chapter: decided by the code alone. */
function withChapters(table: Table): Table {
  const columns = table.columns.map((column) => {
    if (!DIAGNOSES.includes(column.name) || !('codes' in column)) return column;
    const chapters = column.dictionary.map(chapterOf);
    const dictionary = [...new Set(chapters)];
    const places = chapters.map((chapter) => dictionary.indexOf(chapter));
    const codes = column.codes.map((code) => (code < 0 ? -1 : places[code]!));
    return { ...column, codes, dictionary };
  });
  return { ...table, columns };
}

/** Chapters of ICD-9-CM by the last three-figure code of each; diabetes (250) by itself. */
const CHAPTERS: readonly (readonly [number, string])[] = [
  [139, 'infections'],
  [239, 'neoplasms'],
  [279, 'endocrine'],
  [289, 'blood'],
  [319, 'mental'],
  [389, 'nervous'],
  [459, 'circulatory'],
  [519, 'respiratory'],
  [579, 'digestive'],
  [629, 'genitourinary'],
  [679, 'pregnancy'],
  [709, 'skin'],
  [739, 'musculoskeletal'],
  [759, 'congenital'],
  [779, 'perinatal'],
  [799, 'symptoms'],
  [999, 'injury'],
];

function chapterOf(code: string): string {
  if (code.startsWith('V')) return 'supplementary';
  if (code.startsWith('E')) return 'external';
  const number = Math.floor(Number(code));
  if (number === 250) return 'diabetes';
  return CHAPTERS.find(([last]) => number <= last)?.[1] ?? code;
}
