import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../../main/anonymise/anonymise.ts';
import {
  openCells,
  workOut,
  type Priced,
  type Solve,
} from '../../../../main/anonymise/explain/price.ts';
import { anonymisePlan } from '../../../../main/contract/anonymise.ts';
import { ConcordError } from '../../../../main/contract/errors.ts';
import { category, tableOf } from '../tables.ts';

/** 60 rows of two columns with many small groups, repeatable. */
const ROWS = 60;
const TREE = Array.from({ length: 12 }, (_, value) =>
  [value, `p${Math.floor(value / 3)}`, `q${Math.floor(value / 6)}`, '*'].join(';'),
).join('\n');
const cells = (seed: number): string[] =>
  Array.from({ length: ROWS }, (_, row) => String((row * row * seed + row * 5) % 12));
const table = tableOf(category('a', cells(7)), category('b', cells(11)));

async function search(k: number, limit: number): Promise<Priced | null> {
  const plan = anonymisePlan.parse({
    quasiIdentifiers: { a: { hierarchy: 'a' }, b: { hierarchy: 'b' } },
    models: [{ type: 'k-anonymity', k }],
    suppressionLimit: limit,
  });
  try {
    const texts = new Map([
      ['a', TREE],
      ['b', TREE],
    ]);
    const { outcome } = await anonymiseTable(table, plan, texts);
    const { suppressed, quality, classes } = outcome;
    // The score itself stands for the detail here: it tells one result from another.
    return { suppressed, lost: quality.value ?? 1, smallest: classes.smallest };
  } catch (error) {
    if (error instanceof ConcordError && error.code === 'PRIVACY_MODEL_UNMET') return null;
    throw error;
  }
}

const counted = (): { solve: Solve; calls: () => number } => {
  let calls = 0;
  return {
    solve: (k, limit) => {
      calls++;
      return search(k, limit);
    },
    calls: () => calls,
  };
};
const chosen = { k: 4, limit: 0.03 };

describe('the table over k and limit', () => {
  it.each([true, false])(
    'says what a search for each cell says (across k: %s)',
    async (acrossK) => {
      const { solve, calls } = counted();
      const open = openCells(ROWS, chosen);
      const done = await workOut(open, { rows: ROWS, acrossK, solve });
      for (const { k, limit, state, suppressed, lost } of done) {
        const alone = await search(k, limit);
        expect({ k, limit, state, suppressed, lost }).toEqual({
          ...{ k, limit },
          state: alone === null ? 'impossible' : 'done',
          suppressed: alone?.suppressed ?? null,
          lost: alone?.lost ?? null,
        });
      }
      expect(calls()).toBeLessThan(open.length);
    },
  );

  it('has the choice of the plan among the usual ones, and no k above the rows', () => {
    const open = openCells(ROWS, chosen);
    expect([...new Set(open.map(({ k }) => k))]).toEqual([2, 3, 4, 5, 10, 20, 50]);
    expect([...new Set(open.map(({ limit }) => limit))]).toEqual([0, 0.01, 0.02, 0.03, 0.05, 0.1]);
    expect(openCells(4, { k: null, limit: 0 }).map(({ k }) => k)).not.toContain(5);
  });

  it('keeps what was found when it is stopped, and goes on from there', async () => {
    const open = openCells(ROWS, chosen);
    let left = 2;
    const some = await workOut(open, {
      rows: ROWS,
      acrossK: true,
      solve: (k, limit) => (left-- > 0 ? search(k, limit) : Promise.resolve('stopped')),
    });
    const states = some.map(({ state }) => state);
    expect(states).toContain('done');
    expect(states).toContain('open');
    const rest = await workOut(some, { rows: ROWS, acrossK: true, solve: search });
    const whole = await workOut(open, { rows: ROWS, acrossK: true, solve: search });
    expect(rest).toEqual(whole);
  });
});
