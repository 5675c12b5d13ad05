import { cpus, loadavg } from 'node:os';
import { reviewTable } from '../main/fairness/review.ts';
import type { ReviewOptionsInput } from '../main/contract/review.ts';
import type { Column, Table } from '../main/records/table.ts';
import { median, rounded, timed } from './timing.ts';

const ROWS = 1_000_000;
const RUNS = 5;
/** Values of each attribute, as sex, race, age band and education of Adult have. */
const VALUES = [2, 5, 6, 16] as const;
const OPTIONS: ReviewOptionsInput = {
  ...{ label: 'y', score: 's', cross: true, intervals: 0.95, draws: 2000 },
  groups: VALUES.map((_, at) => `group ${at}`),
};

export interface ReviewBench {
  readonly machine: { readonly processor: string; readonly threads: number };
  /** Of the last minute, before and after: above the number of threads wall times are too long. */
  readonly load: readonly [number, number];
  readonly rows: number;
  readonly attributes: number;
  /** Single and crossed ones. */
  readonly groupings: number;
  readonly groups: number;
  readonly draws: number;
  /** Medians of whole reviews. */
  readonly seconds: number;
  readonly processor_seconds: number;
  /** Without any draws. */
  readonly seconds_without_intervals: number;
  /** The most the process has had, and what the records alone take. */
  readonly peak_rss_mib: number;
  readonly records_mib: number;
}

/**
 * A whole review of scored rows that are independent people, by four attributes, their pairs and all
 * together: figures, intervals, 2,000 draws and 2,000 lots of each grouping, comparisons and findings.
 */
export async function benchReview(rows = ROWS, runs = RUNS): Promise<ReviewBench> {
  const before = loadavg()[0]!;
  const table = scoredRows(rows);
  const times = { with: [] as number[], processor: [] as number[], without: [] as number[] };
  let review = reviewTable(table, OPTIONS);
  for (let run = 0; run < runs; run++) {
    const whole = await timed(() => (review = reviewTable(table, OPTIONS)));
    times.with.push(whole.wall);
    times.processor.push(whole.processor);
    const { intervals: _, ...plain } = OPTIONS;
    times.without.push((await timed(() => reviewTable(table, plain))).wall);
  }
  const groups = Object.values(review.groups);
  return {
    machine: { processor: cpus()[0]?.model ?? '', threads: cpus().length },
    load: [before, loadavg()[0]!],
    rows,
    attributes: VALUES.length,
    groupings: groups.length,
    groups: groups.reduce((sum, one) => sum + Object.keys(one).length, 0),
    draws: OPTIONS.draws ?? 0,
    seconds: rounded(median(times.with) / 1000),
    processor_seconds: rounded(median(times.processor) / 1000),
    seconds_without_intervals: rounded(median(times.without) / 1000),
    peak_rss_mib: Math.round(process.resourceUsage().maxRSS / 1024),
    records_mib: Math.round(bytesOf(table) / 2 ** 20),
  };
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
