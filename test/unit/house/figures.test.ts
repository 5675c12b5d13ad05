import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..', '..', '..');

const spread = z.object({ mean: z.number(), deviation: z.number() });
const figures = z.object({ accuracy: spread, auc: spread, seconds: z.number() });
const losses = { loss: spread, base_loss: z.number() };
const byEpsilon = z.record(z.string(), figures);
const layers = z.object({ found: z.record(z.string(), byEpsilon) });
const tables = z.object({
  sets: z.record(
    z.string(),
    z.object({
      ...{ rows: z.number(), delta: z.number(), repeats: z.number(), most_common: z.number() },
      found: z.record(z.string(), z.record(z.string(), figures.extend(losses))),
      peak_memory_mib: z.number(),
    }),
  ),
});

const targets = z.object({
  sets: z.record(
    z.string(),
    z.object({
      ...{ rows: z.number(), repeats: z.number() },
      found: z.record(z.string(), z.record(z.string(), z.record(z.string(), spread))),
    }),
  ),
});

function measured<S extends z.ZodType>(name: string, schema: S): z.output<S> {
  return schema.parse(JSON.parse(readFileSync(join(ROOT, 'bench', name), 'utf8')));
}

/** The cells of the table behind a heading of a page of docs, without its head. */
function tableBehind(heading: string, file = 'figures.md'): string[][] {
  const page = readFileSync(join(ROOT, 'docs', file), 'utf8');
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

it("on diabetes-130, where the label is rare, every loss of boosting is below the base rate's", () => {
  const { sets } = measured('tables.json', tables);
  for (const one of Object.values(sets['diabetes-130']!.found['boosting']!)) {
    expect(one.loss.mean).toBeLessThan(one.base_loss);
  }
  const cells = Object.entries(sets['diabetes-130']!.found).map(([kind, at]) => [
    kind,
    ...['epsilon 1', 'epsilon 3', 'plain'].map((epsilon) => withSpread(at[epsilon]!.loss, 4)),
    at['plain']!.base_loss.toFixed(4),
  ]);
  expect(tableBehind('Loss, diabetes-130')).toEqual(cells);
});

it('the figures of values in order and of a number are those of bench/targets.json', () => {
  const { sets } = measured('targets.json', targets);
  const expected = Object.values(sets).flatMap(({ found }) =>
    Object.entries(found).flatMap(([kind, at]) =>
      Object.entries(at).map(([epsilon, of]) => {
        const cells = Object.entries(of).map(([figure, one]) =>
          withSpread(one, figure === 'rmse' ? 0 : 3),
        );
        return [kind, epsilon, ...cells];
      }),
    ),
  );
  expect(expected).toHaveLength(12);
  const shown = ['Values in order', 'A number'].flatMap((heading) => tableBehind(heading));
  expect(shown).toEqual(expected);
});

it('the figures of models of text are those of bench/text-tables.json', () => {
  const at = z.object({ accuracy: spread, macro_f1: spread }).optional();
  const way = z.object({
    ...{ runs: z.number(), plain: at, 'epsilon 8': at, 'epsilon 3': at, 'epsilon 1': at },
  });
  const set = z.object({ most_common: spread, found: z.record(z.string(), way) });
  const { sets } = measured('text-tables.json', z.object({ sets: z.record(z.string(), set) }));
  const budgets = ['plain', 'epsilon 8', 'epsilon 3', 'epsilon 1'] as const;
  const rows = (figure: 'accuracy' | 'macro_f1'): string[][] =>
    Object.entries(sets).flatMap(([name, { found }]) =>
      Object.entries(found).map(([kind, of]) => [
        ...[name, kind, String(of.runs)],
        ...budgets.map((budget) => {
          const one = of[budget]?.[figure];
          if (one === undefined) return 'not measured';
          return of.runs === 1 ? one.mean.toFixed(3) : withSpread(one, 3);
        }),
      ]),
    );
  expect(rows('accuracy').length).toBeGreaterThan(5);
  expect(tableBehind('Figures', 'text.md')).toEqual(rows('accuracy'));
  expect(tableBehind('Figures: macro-F1', 'text.md')).toEqual(rows('macro_f1'));
});

it('the choice of settings of heads on texts is that of bench/text-choose.json', () => {
  const kinds = z.record(z.string(), z.record(z.string(), spread));
  const { found } = measured('text-choose.json', z.object({ found: z.record(z.string(), kinds) }));
  const columns = Object.values(found).flatMap((of) => Object.values(of));
  const settings = [...new Set(columns.flatMap((of) => Object.keys(of)))];
  expect(columns).toHaveLength(6);
  expect(tableBehind('Settings of heads on texts', 'text.md').toSorted()).toEqual(
    settings
      .map((name) => [name, ...columns.map((of) => (of[name] ? withSpread(of[name], 3) : ''))])
      .toSorted(),
  );
});

it('the figures of names in notes are those of bench/text-tags.json', () => {
  const names = ['accuracy', 'precision', 'recall', 'f1', 'auc'] as const;
  const at = z.object({
    accuracy: spread,
    precision: spread,
    recall: spread,
    f1: spread,
    auc: spread,
  });
  const of = z.record(z.string(), z.record(z.string(), at));
  const { found } = measured('text-tags.json', z.object({ found: of }));
  const expected = Object.entries(found).flatMap(([kind, budgets]) =>
    Object.entries(budgets).map(([epsilon, one]) => [
      ...[kind, epsilon],
      ...names.map((name) => withSpread(one[name], 3)),
    ]),
  );
  expect(expected).toHaveLength(8);
  expect(tableBehind('Figures', 'tags.md')).toEqual(expected);
});

it('the sizes of the text sets are those of bench/text-sets.json', () => {
  const count = z.number().int();
  const facts = z.object({ rows: count, equal_removed: count, near_removed: count });
  const sets = measured('text-sets.json', z.record(z.string(), facts));
  const expected = Object.entries(sets).map(([name, { rows, equal_removed, near_removed }]) => [
    name,
    ...[rows + equal_removed + near_removed, equal_removed, near_removed, rows].map((number) =>
      number.toLocaleString('en'),
    ),
  ]);
  expect(expected).toHaveLength(4);
  expect(tableBehind('Texts for judging', 'text.md')).toEqual(expected);
});
