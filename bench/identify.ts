import { identifyColumns } from '../main/identify/columns.ts';
import { uniqueSets } from '../main/identify/uniqueness.ts';
import { distinctCount } from '../main/records/shape.ts';
import type { Column, Table } from '../main/records/table.ts';

const COLUMNS = 50;

export interface IdentifyBench {
  readonly rows: number;
  readonly columns: number;
  /** Median milliseconds; `distinct` only counts the values of each column: the baseline. */
  readonly median: { readonly distinct: number; readonly roles: number; readonly sets: number };
  /** Median milliseconds of processor time for the sets of columns that single rows out. */
  readonly sets_processor_ms: number;
  readonly roles_ratio: number;
  readonly sets_ratio: number;
}

/** Roles of 50 columns and the sets of them that single rows out, all taken for quasi-identifiers. */
export function benchIdentify(rows = 100_000, runs = 3): Promise<IdentifyBench> {
  const table = generated(rows);
  const names = table.columns.map(({ name }) => name);
  const times = { distinct: [] as number[], roles: [] as number[], sets: [] as number[] };
  const processor: number[] = [];
  const timed = (name: keyof typeof times, work: () => void): void => {
    const start = performance.now();
    work();
    times[name].push(performance.now() - start);
  };
  for (let run = 0; run < runs; run++) {
    timed('distinct', () => table.columns.forEach(distinctCount));
    timed('roles', () => identifyColumns(table));
    const before = process.cpuUsage();
    timed('sets', () => uniqueSets(table, names));
    processor.push(process.cpuUsage(before).user / 1000);
  }
  const median = {
    distinct: middle(times.distinct),
    roles: middle(times.roles),
    sets: middle(times.sets),
  };
  return Promise.resolve({
    rows,
    columns: COLUMNS,
    median,
    sets_processor_ms: middle(processor),
    roles_ratio: median.roles / median.distinct,
    sets_ratio: median.sets / median.distinct,
  });
}

/** Columns of 2 to 2,500 values, every third of them coded. */
function generated(rows: number): Table {
  let state = 12_345;
  const next = (below: number): number =>
    (state = (state * 48_271) % 2_147_483_647) % Math.max(2, below);
  const columns = Array.from({ length: COLUMNS }, (_, at): Column => {
    const values = (at + 1) * (at + 1);
    const name = `column ${String(at)}`;
    if (at % 3 === 0) {
      const dictionary = Array.from(
        { length: Math.max(2, values) },
        (_, code) => `value ${String(code)}`,
      );
      return {
        name,
        type: 'category',
        codes: Int32Array.from({ length: rows }, () => next(values)),
        dictionary,
      };
    }
    const type = at % 3 === 1 ? 'integer' : 'real';
    const scale = type === 'integer' ? 1 : 0.1;
    return {
      name,
      type,
      values: Float64Array.from({ length: rows }, () => next(values) * scale),
    };
  });
  return { rows, columns };
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}
