import { cpus, loadavg } from 'node:os';
import { reviewTable } from '../main/fairness/review.ts';
import type { ReviewOptionsInput } from '../main/contract/review.ts';
import type { Column, Table } from '../main/records/table.ts';
import { median, rounded, timed } from './timing.ts';

const ROWS = 1_000_000;
const RUNS = 5;
/** Values of each attribute, as sex, race, age band and education of Adult have. */
const VALUES = [2, 5, 6, 16] as const;
const DRAWS = 2000;
const PLAIN: ReviewOptionsInput = { label: 'y', score: 's' };
const OPTIONS: ReviewOptionsInput = { ...PLAIN, intervals: 0.95, draws: DRAWS };
const NAMES = VALUES.map((_, at) => `group ${at}`);

interface Timed {
  readonly groupings: number;
  readonly groups: number;
  /** Medians of whole reviews. */
  readonly seconds: number;
  readonly processor_seconds: number;
}

export interface ReviewBench {
  readonly machine: { readonly processor: string; readonly threads: number };
  /** Of the last minute, before and after: above the number of threads wall times are too long. */
  readonly load: readonly [number, number];
  readonly rows: number;
  readonly draws: number;
  /** By four attributes and their six pairs. */
  readonly pairs: Timed;
  /** The same and all four together, as `--cross` reviews them. */
  readonly crossed: Timed;
  /** The same without intervals, so without draws. */
  readonly without_draws: Timed;
  /** The most the process has had, and what the records alone take. */
  readonly peak_rss_mib: number;
  readonly records_mib: number;
}

/**
 * A whole review of scored rows that are independent people: figures, intervals, 2,000 draws and 2,000
 * lots of each grouping, comparisons, findings and indices.
 */
export async function benchReview(rows = ROWS, runs = RUNS): Promise<ReviewBench> {
  const before = loadavg()[0]!;
  const table = scoredRows(rows);
  const joined = pairsOf(table);
  const groups = joined.columns.map(({ name }) => name).filter((name) => name.startsWith('group'));
  const pairs = await measured(joined, { ...OPTIONS, groups }, runs);
  const crossed = await measured(table, { ...OPTIONS, groups: NAMES, cross: true }, runs);
  const without = await measured(table, { ...PLAIN, groups: NAMES, cross: true }, runs);
  return {
    machine: { processor: cpus()[0]?.model ?? '', threads: cpus().length },
    load: [before, loadavg()[0]!],
    ...{ rows, draws: DRAWS, pairs, crossed, without_draws: without },
    peak_rss_mib: Math.round(process.resourceUsage().maxRSS / 1024),
    records_mib: Math.round(bytesOf(table) / 2 ** 20),
  };
}

async function measured(table: Table, options: ReviewOptionsInput, runs: number): Promise<Timed> {
  const walls: number[] = [];
  const processors: number[] = [];
  let review = reviewTable(table, options);
  for (let run = 0; run < runs; run++) {
    const { wall, processor } = await timed(() => (review = reviewTable(table, options)));
    walls.push(wall);
    processors.push(processor);
  }
  const groups = Object.values(review.groups);
  return {
    groupings: groups.length,
    groups: groups.reduce((sum, one) => sum + Object.keys(one).length, 0),
    seconds: rounded(median(walls) / 1000),
    processor_seconds: rounded(median(processors) / 1000),
  };
}

/** The records and every pair of their attributes as a column of its own. */
function pairsOf({ rows, columns }: Table): Table {
  const coded = columns.filter((column) => 'codes' in column);
  const pairs = coded.flatMap((a, at) =>
    coded.slice(at + 1).map((b): Column => {
      const codes = a.codes.map((code, row) => code * b.dictionary.length + b.codes[row]!);
      const dictionary = a.dictionary.flatMap((x) => b.dictionary.map((y) => `${x} & ${y}`));
      return { name: `${a.name}, ${b.name}`, type: 'category', codes, dictionary };
    }),
  );
  return { rows, columns: [...columns, ...pairs] };
}

/** Scores of six decimals, truth that follows them, groups of uneven size that matter a little. */
function scoredRows(rows: number): Table {
  const next = draws();
  const columns: Column[] = VALUES.map((values, at) => ({
    ...{ name: `group ${at}`, type: 'category' as const },
    codes: Int32Array.from({ length: rows }, () => Math.floor((next(1000) / 1000) ** 2 * values)),
    dictionary: Array.from({ length: values }, (_, value) => `value ${value}`),
  }));
  const { codes } = columns[1] as { codes: Int32Array };
  const score = Float64Array.from(
    codes,
    (code) => Math.min(1e6, Math.round((next(1000) * next(1000)) / (1 + code / 20))) / 1e6,
  );
  const truth = score.map((s) => Number(next(1_000_000) < 1e6 * s));
  columns.push({ name: 's', type: 'real', values: score });
  columns.push({ name: 'y', type: 'integer', values: truth });
  return { rows, columns };
}

function bytesOf({ columns }: Table): number {
  return columns.reduce(
    (sum, column) => sum + ('codes' in column ? column.codes : column.values).byteLength,
    0,
  );
}

/** Whole numbers below a bound, the same in every run (Lehmer's generator). */
function draws(): (below: number) => number {
  let state = 20_251;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}
