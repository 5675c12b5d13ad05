import { z } from 'zod';
import { columnRole, type ColumnRole } from '../contract/identify.ts';
import { MISSING_MARKS, type MissingMark } from '../contract/missing-marks.ts';
import { SPLIT_PARTS } from '../contract/split.ts';
import type { DistinctClass, TrainColumn } from '../contract/train-calls.ts';
import { identifyColumns } from '../identify/columns.ts';
import { valueOfText } from '../records/cell-text.ts';
import { codeCounts, distinctCount, missingCount } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { taggedColumns } from '../learning/tags/tagged.ts';
import { madeLabel } from './labels-made.ts';
import { loadTable } from './load.ts';

/** Columns to choose from; of the values only how many there are, in classes. */
export function trainColumns(vault: Vault, artefact: string): TrainColumn[] {
  const table = loadTable(vault, artefact);
  const roles = rolesOf(vault, artefact, table);
  const tagged = taggedColumns(table);
  return table.columns.map((column) => ({
    name: column.name,
    type: column.type,
    role: roles.get(column.name) ?? 'other',
    distinct: classOf(column),
    people: peopleClass(column, table.rows, roles.get(column.name) ?? 'other'),
    parts: partsClass(column),
    tags: tagged.get(column.name) ?? null,
  }));
}

/** Numbers of people, names and the like; marks of missing values stand for nobody. */
function peopleClass(column: Column, rows: number, role: ColumnRole): TrainColumn['people'] {
  // A column of numbers with empty cells may have been written with decimals: 17 as 17.0.
  const isNumbered = column.type === 'real' && role === 'direct-identifier';
  if (NO_NAMES.has(column.type) && !isNumbered) return 'no';
  const distinct = distinctCount(column);
  if (distinct <= FEW) return 'no';
  if (role !== 'direct-identifier' && column.type !== 'identifier') return 'may';
  const marks = presentMarks(column);
  const marked = marks.reduce((sum, { cells }) => sum + cells, 0);
  const present = rows - missingCount(column) - marked;
  return distinct - marks.length < present ? 'repeats' : 'once';
}

const NO_NAMES: ReadonlySet<Column['type']> = new Set(['real', 'date', 'boolean', 'text']);

/** What a split column may say; see splitRows. */
export function partsClass(column: Column): TrainColumn['parts'] {
  if (!('codes' in column) || distinctCount(column) > FEW) return 'no';
  const cells = codeCounts(column.codes, column.dictionary.length);
  const said = new Set<string>();
  for (const [code, text] of column.dictionary.entries()) {
    if ((cells[code] ?? 0) > 0) said.add(text.trim().toLowerCase());
  }
  if (!said.has('train') || !said.has('test')) return 'no';
  for (const part of SPLIT_PARTS) said.delete(part);
  return said.size === 0 && missingCount(column) === 0 ? 'all' : 'some';
}

/** Which marks of the closed list stand in the records, in the order of the list. */
export function marksFound(vault: Vault, artefact: string): MissingMark[] {
  const { columns } = loadTable(vault, artefact);
  const found = new Set(columns.flatMap((column) => presentMarks(column)).map(({ mark }) => mark));
  return MISSING_MARKS.filter((mark) => found.has(mark));
}

/** The marks among a column's cells, and in how many cells each stands. */
function presentMarks(column: Column): { mark: MissingMark; cells: number }[] {
  return MISSING_MARKS.map((mark) => ({ mark, cells: cellsWith(column, mark) })).filter(
    ({ cells }) => cells > 0,
  );
}

function cellsWith(column: Column, mark: MissingMark): number {
  if ('codes' in column) {
    const code = column.dictionary.indexOf(mark);
    return code < 0 ? 0 : (codeCounts(column.codes, column.dictionary.length)[code] ?? 0);
  }
  const value = valueOfText(column, mark);
  return value === undefined ? 0 : column.values.reduce((sum, v) => sum + (v === value ? 1 : 0), 0);
}

const FEW = 20;

function classOf(column: Column): DistinctClass {
  const distinct = distinctCount(column);
  if (distinct < 2) return '0-1';
  if (distinct === 2) return '2';
  return distinct <= FEW ? '3-20' : 'more';
}

const findings = z.object({
  columns: z.array(z.object({ name: z.string(), role: columnRole })),
});

/** The roles the person has settled, else those the records suggest. */
function rolesOf(vault: Vault, artefact: string, table: Table): ReadonlyMap<string, ColumnRole> {
  const { ancestors } = vault.artefacts.lineage(artefact);
  const family = new Set([artefact, ...ancestors.map(({ id }) => id)]);
  const { study } = vault.artefacts.info(artefact);
  const kept = vault.artefacts
    .list(study, 'findings')
    .filter(({ parents }) => parents.some((parent) => family.has(parent)))
    .at(-1);
  const settled =
    kept === undefined
      ? null
      : findings.safeParse(JSON.parse(String(vault.artefacts.get(kept.id))));
  const made = madeLabel(vault, artefact);
  const { columns } = settled?.success === true ? settled.data : identifyColumns(table, made);
  const roles = new Map(columns.map(({ name, role }) => [name, role]));
  // Made after the roles were settled, or else it would have one.
  if (made !== undefined && !roles.has(made)) roles.set(made, 'label');
  return roles;
}
