import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import { cellText } from '../records/cell-text.ts';
import type { CodedColumn, NumericColumn, Table } from '../records/table.ts';
import { groupRows } from './classes.ts';
import { encodeColumn } from './encode.ts';
import { strictestDemands } from './demands.ts';
import type { Generalised } from './generalised.ts';
import { alikeInMissing, divide, type Dimension, type Division } from './mondrian.ts';
import { partTest } from './part-test.ts';
import { scoreOfParts } from './parts-score.ts';
import { sizeOf } from './population-table.ts';
import { requireValues, sensitiveColumns, type PlanFiles } from './prepare.ts';
import { limitFor } from './remedies.ts';
import type { Roles } from './roles.ts';
import type { SearchOptions } from './search.ts';

const TURN_MILLISECONDS = 50;

/**
 * The search 'local': numeric quasi-identifiers as ranges, each part of the records with its own.
 * No hierarchy is needed. Throws PLAN_INVALID for a column of another kind, COLUMN_EMPTY,
 * PRIVACY_MODEL_INVALID, POPULATION_UNFIT, PRIVACY_MODEL_UNMET, CANCELLED.
 */
export async function generaliseByParts(
  table: Table,
  roles: Roles,
  plan: AnonymisePlan,
  files: PlanFiles,
  options: SearchOptions,
): Promise<Generalised> {
  requireValues([...roles.quasiIdentifiers, ...roles.sensitive]);
  const columns = numericColumns(roles);
  const sensitive = sensitiveColumns(roles.sensitive, plan, files.hierarchies);
  const people = peopleOf(plan, table.rows, files.population);
  const passes = partTest(plan.models, sensitive, table.rows, people);
  const dimensions = columns.map(({ values }) => ({ values, range: rangeOf(values) }));
  const kind = plan.partition ?? 'strict';
  const division = await divide(dimensions, table.rows, kind, passes, turns(options, table.rows));
  const allowed = Math.floor(plan.suppressionLimit * table.rows);
  const needed = division.left.length;
  if (needed > allowed) {
    const limit = limitFor(needed, table.rows);
    // What cannot be one part cannot be several.
    const possible = await strictestDemands(plan.models, (models) => {
      const test = partTest(models, sensitive, table.rows, people);
      const left = alikeInMissing(dimensions, table.rows).filter((rows) => !test(rows));
      return Promise.resolve(left.reduce((sum, { length }) => sum + length, 0) <= allowed);
    });
    const remedies = { limit, possible };
    throw new ConcordError('PRIVACY_MODEL_UNMET', {
      needed,
      rows: table.rows,
      allowed,
      ...remedies,
    });
  }
  return generalised(columns, dimensions, division, { plan, kind, people });
}

function generalised(
  columns: readonly NumericColumn[],
  dimensions: readonly Dimension[],
  division: Division,
  made: { plan: AnonymisePlan; kind: 'strict' | 'relaxed'; people: number | null },
): Generalised {
  const { parts, left } = division;
  const rows = dimensions[0]!.values.length;
  const suppressed = new Uint8Array(rows);
  for (const row of left) suppressed[row] = 1;
  const cells = new Map(columns.map((column, j) => [column.name, rangesOf(column, j, division)]));
  const kept = Int32Array.from(suppressed.keys()).filter((row) => suppressed[row] === 0);
  const codes = [...cells.values()].map((cellsOf) => cellsOf(kept).codes);
  // Relaxed parts may get the same ranges, and are one class then.
  const sizes = groupRows(codes, kept.length).sizes;
  const originals = columns.map((column) => encodeColumn(column).codes);
  return {
    cells,
    suppressed,
    sizes,
    before: groupRows(originals, rows).sizes,
    peopleOfClass: null,
    peopleBefore: null,
    people: made.people,
    rounds: null,
    score: scoreOfParts(dimensions, division, sizes, made.plan),
    work: {
      levels: {},
      nodesChecked: division.tested,
      latticeNodes: 0,
      partition: { kind: made.kind, parts: parts.length },
    },
  };
}

/** Ranges as closed intervals in the column's own notation; a single value as it stands. */
function rangesOf(
  column: NumericColumn,
  j: number,
  { parts }: Division,
): (rows: Int32Array) => CodedColumn {
  const ends = (low: number, high: number): string => {
    const text = (value: number): string =>
      cellText({ ...column, values: Float64Array.of(value) }, 0);
    return low === high ? text(low) : `[${text(low)}, ${text(high)}]`;
  };
  const dictionary: string[] = [];
  const entryOf = new Map<string, number>();
  const codeOfRow = new Int32Array(column.values.length).fill(-1);
  for (const { rows, low, high } of parts) {
    if (Number.isNaN(low[j])) continue;
    const label = ends(low[j]!, high[j]!);
    const entry = entryOf.get(label) ?? dictionary.push(label) - 1;
    entryOf.set(label, entry);
    for (const row of rows) codeOfRow[row] = entry;
  }
  return (rows) => ({
    name: column.name,
    type: 'category',
    codes: rows.map((row) => codeOfRow[row]!),
    dictionary,
  });
}

function numericColumns({ quasiIdentifiers }: Roles): readonly NumericColumn[] {
  return quasiIdentifiers.map((column) => {
    if ('values' in column && column.type !== 'boolean') return column;
    const path = `quasiIdentifiers.${column.name}`;
    throw new ConcordError('PLAN_INVALID', { path, expected: 'integer | real | date' });
  });
}

function rangeOf(values: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}

function peopleOf(plan: AnonymisePlan, rows: number, table: Table | null): number | null {
  if (plan.population === undefined) return null;
  const people = 'table' in plan.population ? (table?.rows ?? null) : sizeOf(plan.population, rows);
  if (people === null) throw new ConcordError('POPULATION_UNFIT', { reason: 'table-unreadable' });
  if (people < rows) throw new ConcordError('POPULATION_UNFIT', { reason: 'size-below-rows' });
  return people;
}

/** Reports progress and lets messages in, so that a cancel can arrive. */
function turns({ progress, signal }: SearchOptions, rows: number): (done: number) => Promise<void> {
  let last = -Infinity;
  return async (done) => {
    if (performance.now() - last < TURN_MILLISECONDS) return;
    progress?.(done, rows, { best: null, least: 0 });
    await nextTurn();
    if (signal?.aborted) throw new ConcordError('CANCELLED');
    last = performance.now();
  };
}
