import { cpus, loadavg } from 'node:os';
import { importanceOf } from '../main/explain/importance.ts';
import { PAIRS, rowReasons } from '../main/explain/row-reasons.ts';
import { splitRows } from '../main/learning/split.ts';
import { takeRows } from '../main/records/shape.ts';
import { trainOnTable } from '../main/study/train-on-table.ts';
import { officialAdult, planNamed } from './adult-plans.ts';
import { median, rounded, timed } from './timing.ts';

const PLANS = ['adult-boosting', 'adult-logistic', 'adult-network'] as const;
const GROUPS = ['sex', 'race'];
const ROWS = 50;
const RUNS = 1;
const CONTROL = { signal: new AbortController().signal, progress: () => undefined };

interface Reasons {
  readonly plan: string;
  readonly method: string;
  readonly columns: number;
  /** The median of the wall, and the mean of this thread's processor, whose clock is coarse. */
  readonly row_milliseconds: number;
  readonly row_processor_milliseconds: number;
  /** The most by which effects missed output less background. */
  readonly adds_up_within: number;
  /** Of sampled effects: the mean over rows of the largest standard error over the largest effect. */
  readonly error_of_largest: number | null;
  readonly global_seconds: number;
  readonly global_processor_seconds: number;
  readonly importance: Readonly<Record<string, readonly number[]>>;
}

export interface ReasonsBench {
  readonly machine: { readonly processor: string; readonly threads: number };
  /** Of the last minute, before and after: above the number of threads wall times are too long. */
  readonly load: readonly [number, number];
  readonly rows: number;
  readonly pairs: number;
  readonly groups: readonly string[];
  readonly repeats: number;
  readonly tested: number;
  readonly models: readonly Reasons[];
}

/** Reasons of models of Adult: of single held-out rows, and of the model on all of them by group. */
export async function benchReasons(rows = ROWS, runs = RUNS): Promise<ReasonsBench> {
  const before = loadavg()[0]!;
  const table = await officialAdult();
  const models: Reasons[] = [];
  let [repeats, tested] = [0, 0];
  for (const name of PLANS) {
    const plan = planNamed(name);
    const { model } = await trainOnTable(table, plan, CONTROL);
    const { test } = splitRows(table, plan, undefined);
    const walls: number[] = [];
    const processors: number[] = [];
    const shares: number[] = [];
    let misses = 0;
    let method = '';
    for (const row of test.subarray(0, rows)) {
      const record = takeRows(table, [row]);
      const taken = await timed(async () => {
        const found = await rowReasons(model, record);
        const sum = found.fields.reduce((all, one) => all + one.effect, 0);
        misses = Math.max(misses, Math.abs(sum - (found.output ?? 0) + (found.background ?? 0)));
        const largest = Math.max(...found.fields.map((one) => Math.abs(one.effect)));
        shares.push(Math.max(...found.fields.map((one) => one.error ?? 0)) / largest);
        ({ method } = found);
      });
      walls.push(taken.wall);
      processors.push(taken.processor);
    }
    const seconds: number[] = [];
    const global: number[] = [];
    let found = await importanceOf(model, table, test, { groups: GROUPS, repeats: 1 });
    for (let run = 0; run < runs; run++) {
      const taken = await timed(async () => {
        found = await importanceOf(model, table, test, { groups: GROUPS });
      });
      seconds.push(taken.wall / 1000);
      global.push(taken.processor / 1000);
    }
    [repeats, tested] = [found.repeats, found.rows];
    models.push({
      ...{ plan: name, method, columns: found.columns.length },
      row_milliseconds: rounded(median(walls)),
      row_processor_milliseconds: rounded(mean(processors)),
      adds_up_within: misses,
      error_of_largest: method === 'sampled' ? rounded(mean(shares)) : null,
      global_seconds: rounded(median(seconds)),
      global_processor_seconds: rounded(median(global)),
      importance: Object.fromEntries(
        found.columns.slice(0, 5).map(({ columns }, at) => {
          const { importance, interval } = found.overall.columns[at]!;
          return [columns.join(), [importance ?? NaN, ...(interval ?? [])].map(rounded)];
        }),
      ),
    });
  }
  return {
    machine: { processor: cpus()[0]?.model ?? '', threads: cpus().length },
    load: [before, loadavg()[0]!],
    ...{ rows, pairs: PAIRS, groups: GROUPS, repeats, tested, models },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
