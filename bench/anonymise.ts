import { loadavg } from 'node:os';
import { anonymiseTable } from '../main/anonymise/anonymise.ts';
import { assess } from '../main/anonymise/assess/assess.ts';
import { searchProblem } from '../main/anonymise/by-levels.ts';
import { encodeRecords, group } from '../main/anonymise/prepare.ts';
import { rolesOf } from '../main/anonymise/roles.ts';
import { searchLattice } from '../main/anonymise/search.ts';
import {
  anonymisePlan,
  type AnonymisePlan,
  type PrivacyModel,
  type QualityMeasure,
} from '../main/contract/anonymise.ts';
import { readAdult, resampledAdult, type Adult } from './adult.ts';

const WARM_UPS = 2;
const THREADS = 1;

interface Case {
  readonly name: string;
  readonly metric: QualityMeasure;
  readonly limit: number;
  /** Closeness of the occupation, which is then no quasi-identifier. */
  readonly closeness?: number;
  /** Median milliseconds of ARX 3.9.2, warm, `anonymize()` only, on a quiet machine like ours. */
  readonly arx: number;
}

const CASES: readonly Case[] = [
  { name: 'loss, limit 0', metric: 'loss', limit: 0, arx: 47 },
  { name: 'loss, limit 0.02', metric: 'loss', limit: 0.02, arx: 1071 },
  { name: 'loss, limit 0.05', metric: 'loss', limit: 0.05, arx: 1098 },
  { name: 'loss, limit 1', metric: 'loss', limit: 1, arx: 3934 },
  { name: 'discernibility, limit 0.05', metric: 'discernibility', limit: 0.05, arx: 1445 },
  { name: 'nuentropy, limit 1', metric: 'nuentropy', limit: 1, arx: 7240 },
  { name: 't-closeness 0.2, limit 0.05', metric: 'loss', limit: 0.05, closeness: 0.2, arx: 1237 },
];

interface CaseResult {
  readonly name: string;
  readonly levels: readonly number[];
  readonly score: number;
  readonly suppressed: number;
  readonly nodes_checked: number;
  readonly lattice_nodes: number;
  /** Milliseconds. */
  readonly median: number;
  readonly least: number;
  readonly processor_median: number;
  readonly arx: number;
  readonly times_faster: number;
}

interface Growth {
  readonly rows: number;
  readonly distinct_tuples: number;
  readonly median: number;
  readonly processor_median: number;
  readonly levels: readonly number[];
  readonly suppressed: number;
  /** Of the process so far. */
  readonly peak_rss_mib: number;
}

export interface AnonymiseBench {
  readonly rows: number;
  readonly runs: number;
  readonly threads: number;
  /** Of the last minute when it ended: with more than 1 the times are upper bounds. */
  readonly load_average: number;
  readonly cases?: readonly CaseResult[];
  readonly times_faster?: { readonly least: number; readonly median: number };
  readonly growth?: readonly Growth[];
  readonly assessment?: Assessed;
}

/** What protection cost and bought, counted on the protected records of the most rows. */
interface Assessed {
  readonly rows: number;
  readonly columns: number;
  /** Records that changes and associations were counted on. */
  readonly counted_on: number;
  /** Milliseconds. */
  readonly median: number;
  readonly processor_median: number;
  /** Of the process so far. */
  readonly peak_rss_mib: number;
}

/**
 * From the encoded table to the proved optimum, output not written, k = 5: without `rows` the
 * cases that ARX was measured on, with `rows` the growth up to so many resampled rows, and how
 * long counting what protection cost takes on as many.
 */
export async function benchAnonymise(rows?: number, runs = 5): Promise<AnonymiseBench> {
  const adult = readAdult();
  if (rows === undefined) {
    const cases: CaseResult[] = [];
    for (const wanted of CASES) cases.push(await measureCase(adult, wanted, runs));
    const faster = cases.map(({ times_faster }) => times_faster);
    return {
      rows: adult.table.rows,
      runs,
      threads: THREADS,
      load_average: loadavg()[0] ?? 0,
      cases,
      times_faster: { least: Math.min(...faster), median: middle(faster) },
    };
  }
  const growth: Growth[] = [];
  for (const share of [0.1, 0.3, 1]) {
    growth.push(await measureGrowth(adult, Math.round(rows * share), runs));
  }
  const assessment = await measureAssessment(adult, rows, runs);
  return { rows, runs, threads: THREADS, load_average: loadavg()[0] ?? 0, growth, assessment };
}

async function measureCase(adult: Adult, wanted: Case, runs: number): Promise<CaseResult> {
  const { closeness } = wanted;
  const plan = planOf(adult, wanted, closeness === undefined ? [] : ['occupation'], [
    { type: 'k-anonymity', k: 5 },
    ...(closeness === undefined
      ? []
      : [{ type: 't-closeness-equal' as const, attribute: 'occupation', t: closeness }]),
  ]);
  const measured = await measure(adult, plan, WARM_UPS, runs);
  const { found } = measured;
  return {
    name: wanted.name,
    levels: found.best?.levels ?? [],
    score: found.best?.score ?? NaN,
    suppressed: found.best?.suppressed ?? NaN,
    nodes_checked: found.nodesChecked,
    lattice_nodes: found.latticeNodes,
    median: middle(measured.times),
    least: Math.min(...measured.times),
    processor_median: middle(measured.processor),
    arx: wanted.arx,
    times_faster: wanted.arx / middle(measured.times),
  };
}

async function measureGrowth(adult: Adult, rows: number, runs: number): Promise<Growth> {
  const resampled = resampledAdult(adult, rows);
  const plan = planOf(
    resampled,
    { metric: 'loss', limit: 0.05 },
    [],
    [{ type: 'k-anonymity', k: 5 }],
  );
  const { found, times, processor, tuples } = await measure(resampled, plan, 0, runs);
  return {
    rows,
    distinct_tuples: tuples,
    median: middle(times),
    processor_median: middle(processor),
    levels: found.best?.levels ?? [],
    suppressed: found.best?.suppressed ?? NaN,
    peak_rss_mib: process.resourceUsage().maxRSS / 1024,
  };
}

async function measureAssessment(adult: Adult, rows: number, runs: number): Promise<Assessed> {
  const { table, hierarchies } = resampledAdult(adult, rows);
  const models: PrivacyModel[] = [{ type: 'k-anonymity', k: 5 }];
  const plan = planOf({ table, hierarchies }, { metric: 'loss', limit: 0.05 }, [], models);
  const done = await anonymiseTable(table, plan, hierarchies);
  const times: number[] = [];
  const processor: number[] = [];
  let counted_on = rows;
  for (let run = 0; run < runs; run++) {
    const used = process.cpuUsage();
    const started = performance.now();
    // Columns of their own, so that nothing is known of them from the run before.
    const original = { ...table, columns: table.columns.map((column) => ({ ...column })) };
    const output = {
      ...done.output,
      columns: done.output.columns.map((column) => ({ ...column })),
    };
    counted_on = assess({ ...done, original, output, plan, hierarchies }).sampled ?? rows;
    times.push(performance.now() - started);
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1000);
  }
  return {
    rows,
    columns: table.columns.length,
    counted_on,
    median: middle(times),
    processor_median: middle(processor),
    peak_rss_mib: process.resourceUsage().maxRSS / 1024,
  };
}

function planOf(
  { table }: Adult,
  { metric, limit }: Pick<Case, 'metric' | 'limit'>,
  sensitive: readonly string[],
  models: PrivacyModel[],
): AnonymisePlan {
  const quasi = table.columns.map(({ name }) => name).filter((name) => !sensitive.includes(name));
  return anonymisePlan.parse({
    quasiIdentifiers: Object.fromEntries(quasi.map((name) => [name, { hierarchy: name }])),
    sensitive: Object.fromEntries(sensitive.map((name) => [name, {}])),
    models,
    suppressionLimit: limit,
    metric,
  });
}

async function measure(adult: Adult, plan: AnonymisePlan, warmUps: number, runs: number) {
  const times: number[] = [];
  const processor: number[] = [];
  const files = { hierarchies: adult.hierarchies, population: null };
  const roles = rolesOf(adult.table, plan, false);
  const records = encodeRecords(adult.table, roles, plan, files);
  const once = async () => {
    const used = process.cpuUsage();
    const started = performance.now();
    const problem = searchProblem(group(records, plan, null), plan);
    const found = await searchLattice(problem);
    times.push(performance.now() - started);
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1000);
    return { found, tuples: problem.base.count };
  };
  for (let run = 0; run < warmUps; run++) await once();
  times.length = 0;
  processor.length = 0;
  let last = await once();
  for (let run = 1; run < runs; run++) last = await once();
  return { ...last, times, processor };
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

if (process.argv[1] === import.meta.filename) {
  const [rows, runs] = process.argv.slice(2).map((text) => Number(text) || undefined);
  process.stdout.write(`${JSON.stringify(await benchAnonymise(rows, runs), null, 2)}\n`);
}
