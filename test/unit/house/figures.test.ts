import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..', '..', '..');

const spread = z.object({ mean: z.number(), deviation: z.number() });
const figures = z.object({ accuracy: spread, auc: spread, seconds: z.number() });
const byEpsilon = z.record(z.string(), figures);
const layers = z.object({ found: z.record(z.string(), byEpsilon) });
const tables = z.object({
  sets: z.record(
    z.string(),
    z.object({
      ...{ rows: z.number(), delta: z.number(), repeats: z.number(), most_common: z.number() },
      found: z.record(z.string(), byEpsilon),
      peak_memory_mib: z.number(),
    }),
  ),
});

function measured<S extends z.ZodType>(name: string, schema: S): z.output<S> {
  return schema.parse(JSON.parse(readFileSync(join(ROOT, 'bench', name), 'utf8')));
}

/** The cells of the table behind a heading of docs/figures.md, without its head. */
function tableBehind(heading: string): string[][] {
  const page = readFileSync(join(ROOT, 'docs', 'figures.md'), 'utf8');
  const part = page.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? '';
  const lines = part.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function withSpread({ mean, deviation }: z.output<typeof spread>, digits: number): string {
  return `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;
}

it('the figures of layered models on Adult are those of bench/layers.json', () => {
  const { found } = measured('layers.json', layers);
  const expected = Object.entries(found).flatMap(([kind, of]) =>
    Object.entries(of).map(([at, { accuracy, auc }]) => [
      ...[kind, at, withSpread(accuracy, 4), withSpread(auc, 4)],
    ]),
  );
  expect(expected).toHaveLength(8);
  expect(tableBehind('Adult')).toEqual(expected);
});

it('the figures of four tables are those of bench/tables.json', () => {
  const { sets } = measured('tables.json', tables);
  const of = (one: z.output<typeof figures>): string =>
    `${withSpread(one.accuracy, 3)}, ${withSpread(one.auc, 3)}`;
  const expected = Object.entries(sets).flatMap(([name, { most_common: most, found }]) =>
    Object.entries(found).map(([kind, at]) => [
      ...[name, most.toFixed(3), kind],
      ...['epsilon 1', 'epsilon 3', 'plain'].map((epsilon) => of(at[epsilon]!)),
    ]),
  );
  expect(expected).toHaveLength(12);
  expect(tableBehind('Four tables')).toEqual(expected);
});

it('the time and memory on the largest of them are those of bench/tables.json', () => {
  const { sets } = measured('tables.json', tables);
  const { found, peak_memory_mib: memory } = sets['diabetes-130']!;
  const expected = Object.entries(found).map(([kind, at]) => [
    kind,
    ...['epsilon 1', 'epsilon 3', 'plain'].map((epsilon) => at[epsilon]!.seconds.toFixed(1)),
  ]);
  expect(tableBehind('Time and memory, diabetes-130')).toEqual(expected);
  const page = readFileSync(join(ROOT, 'docs', 'figures.md'), 'utf8');
  expect(page).toContain(`${memory} MiB`);
});
