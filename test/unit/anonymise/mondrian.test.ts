import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymiseTable, type Anonymised } from '../../../main/anonymise/anonymise.ts';
import type { AnonymisePlanInput, PrivacyModel } from '../../../main/contract/anonymise.ts';
import { cellTexts } from '../../../main/records/cell-text.ts';
import { groupMeets } from './brute-models.ts';
import type { SmallProblem } from './brute-force.ts';
import { category, tableOf } from './tables.ts';

interface Small {
  readonly rows: readonly (readonly [number, number, string])[];
  readonly models: readonly PrivacyModel[];
  readonly kind: 'strict' | 'relaxed';
}

const attribute = 's';
const model: fc.Arbitrary<PrivacyModel> = fc.oneof(
  fc.record({ type: fc.constant('k-anonymity' as const), k: fc.integer({ min: 2, max: 4 }) }),
  fc.record({
    type: fc.constant('distinct-l-diversity' as const),
    attribute: fc.constant(attribute),
    l: fc.constant(2),
  }),
  fc.record({
    type: fc.constant('t-closeness-equal' as const),
    attribute: fc.constant(attribute),
    t: fc.constantFrom(0.2037, 0.4),
  }),
  fc.record({
    type: fc.constant('enhanced-beta-likeness' as const),
    attribute: fc.constant(attribute),
    beta: fc.constantFrom(0.5, 1),
  }),
);

const small: fc.Arbitrary<Small> = fc.record({
  rows: fc.array(
    fc.tuple(
      fc.oneof({ weight: 9, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.constant(NaN) }),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom('u', 'v', 'w'),
    ),
    { minLength: 4, maxLength: 30 },
  ),
  models: fc.array(model, { minLength: 1, maxLength: 2 }),
  kind: fc.constantFrom('strict' as const, 'relaxed' as const),
});

function run({ rows, models, kind }: Small): Promise<Anonymised> {
  const plan: AnonymisePlanInput = {
    quasiIdentifiers: { x: {}, y: {} },
    sensitive: { s: {} },
    models: [...models],
    suppressionLimit: 1,
    search: 'local',
    partition: kind,
    suppressed: 'blank',
  };
  const table = tableOf(
    { name: 'x', type: 'integer', values: Float64Array.from(rows, ([x]) => x) },
    { name: 'y', type: 'integer', values: Float64Array.from(rows, ([, y]) => y) },
    category(
      's',
      rows.map(([, , s]) => s),
    ),
  );
  return anonymiseTable(table, plan, new Map());
}

/** The ends of a range as released. */
function ends(text: string): readonly [number, number] {
  const [low = NaN, high = low] = text
    .replace(/[[\]]/g, '')
    .split(', ')
    .map((part) => (part === '' ? NaN : Number(part)));
  return [low, high];
}

function meets({ rows, models }: Small, group: readonly number[]): boolean {
  const problem = { sensitive: { s: rows.map(([, , s]) => s) }, rows } as unknown as SmallProblem;
  return group.length > 0 && models.every((one) => groupMeets(one, group, 0, problem));
}

describe('the search local (Mondrian)', () => {
  it('gives parts that meet the models, cover their rows, and cannot be cut any further', async () => {
    await fc.assert(
      fc.asyncProperty(small, async (drawn) => {
        const { rows, kind } = drawn;
        fc.pre(drawn.models.every((one) => one.type !== 'k-anonymity' || one.k <= rows.length));
        fc.pre(rows.some(([x]) => !Number.isNaN(x)));
        const { output, outcome, suppressedRows } = await run(drawn);
        const [xs, ys] = output.columns.map(cellTexts);
        const cells = rows.map((_, row) => [xs?.(row) ?? '', ys?.(row) ?? '']);
        const kept = rows.map((_, row) => row).filter((row) => suppressedRows[row] === 0);
        const groups = new Map<string, number[]>();
        for (const row of kept) {
          const key = JSON.stringify(cells[row]);
          groups.set(key, [...(groups.get(key) ?? []), row]);
        }
        expect(outcome.classes.count).toBe(groups.size);
        const boxes = [...groups].map(([key, members]) => {
          const box = (JSON.parse(key) as string[]).map(ends);
          expect(meets(drawn, members)).toBe(true);
          for (const row of members) {
            box.forEach(([low, high], j) => {
              const value = rows[row]?.[j] as number;
              expect(Number.isNaN(value) ? Number.isNaN(low) : low <= value && value <= high).toBe(
                true,
              );
            });
          }
          return { box, members };
        });
        // Rows that lack the same values are suppressed only when they could not even be one part.
        for (const lacks of [true, false]) {
          const alike = rows
            .map((_, row) => row)
            .filter((row) => Number.isNaN(rows[row]?.[0]) === lacks);
          const out = alike.filter((row) => suppressedRows[row] === 1);
          expect(out).toEqual(meets(drawn, alike) ? [] : alike);
        }
        if (kind === 'relaxed') return;
        for (const { box, members } of boxes) {
          const overlaps = boxes.filter((other) =>
            other.box.every(([low, high], j) => {
              const [otherLow = NaN, otherHigh = NaN] = box[j] ?? [];
              return Number.isNaN(low)
                ? Number.isNaN(otherLow)
                : low <= otherHigh && otherLow <= high;
            }),
          );
          expect(overlaps).toHaveLength(1);
          for (const j of [0, 1]) {
            const values = members.map((row) => rows[row]?.[j] as number).sort((a, b) => a - b);
            const median = values[Math.ceil(values.length / 2) - 1] as number;
            const atEnd = median === values.at(-1);
            const [left, right] = [true, false].map((isLeft) =>
              members.filter((row) => {
                const value = rows[row]?.[j] as number;
                return (atEnd ? value < median : value <= median) === isLeft;
              }),
            );
            const cuts = meets(drawn, left ?? []) && meets(drawn, right ?? []);
            expect(cuts).toBe(false);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('halves equally when relaxed, also where all of one value', async () => {
    const rows = Array.from({ length: 8 }, (_, i): [number, number, string] => [
      i < 6 ? 1 : 2,
      0,
      'u',
    ]);
    const models: PrivacyModel[] = [{ type: 'k-anonymity', k: 4 }];
    const strict = await run({ rows, models, kind: 'strict' });
    expect(strict.outcome.partition).toEqual({ kind: 'strict', parts: 1 });
    const relaxed = await run({ rows, models, kind: 'relaxed' });
    expect(relaxed.outcome.partition).toEqual({ kind: 'relaxed', parts: 2 });
    expect(relaxed.outcome.classes).toMatchObject({ count: 2, smallest: 4, largest: 4 });
  });

  it('writes dates and single values as the column does, and scores by the width of ranges', async () => {
    const table = tableOf({
      name: 'born',
      type: 'date',
      values: Float64Array.of(0, 0, 10, 20),
    });
    const { output, outcome } = await anonymiseTable(
      table,
      {
        quasiIdentifiers: { born: {} },
        models: [{ type: 'average-risk', threshold: 0.5 }],
        search: 'local',
      },
      new Map(),
    );
    const text = cellTexts(output.columns[0] as never);
    expect([0, 1, 2, 3].map(text)).toEqual([
      '1970-01-01',
      '1970-01-01',
      '[1970-01-11, 1970-01-21]',
      '[1970-01-11, 1970-01-21]',
    ]);
    expect(outcome.quality.value).toBeCloseTo((2 * (10 / 20)) / 4, 12);
    expect(outcome.levels).toEqual({});
  });
});
