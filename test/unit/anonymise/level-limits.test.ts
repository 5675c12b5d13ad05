import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../main/anonymise/anonymise.ts';
import { parseHierarchy } from '../../../main/anonymise/hierarchy.ts';
import { intervalHierarchy } from '../../../main/anonymise/presets.ts';
import type { AnonymiseOutcome, AnonymisePlanInput } from '../../../main/contract/anonymise.ts';
import { category, tableOf } from './tables.ts';

const AGES = intervalHierarchy({ min: 20, max: 59, widths: [5, 10, 20] });
const SEXES = 'f;*\nm;*\n';
const TEXTS = new Map([
  ['age', AGES],
  ['sex', SEXES],
]);
const HEIGHT = 5;

type Limits = { least?: number; most?: number };

function run(ages: readonly number[], limits: Limits, rest: Partial<AnonymisePlanInput> = {}) {
  const table = tableOf(
    category('age', ages.map(String)),
    category(
      'sex',
      ages.map((age) => (age % 3 === 0 ? 'f' : 'm')),
    ),
  );
  const plan: AnonymisePlanInput = {
    quasiIdentifiers: { age: { hierarchy: 'age', ...limits }, sex: { hierarchy: 'sex' } },
    models: [{ type: 'k-anonymity', k: 2 }],
    suppressionLimit: 0.2,
    ...rest,
  };
  return anonymiseTable(table, plan, TEXTS);
}

describe('the steps a column may take', () => {
  it('are kept to, and told as steps of the whole hierarchy', async () => {
    const ages = [20, 21, 22, 23, 30, 31, 44, 45, 58, 59];
    for (let level = 0; level < HEIGHT; level++) {
      const limits = { least: level, most: level };
      const { outcome, output } = await run(ages, limits, { suppressionLimit: 1 });
      expect(outcome.levels['age']).toBe(level);
      const [age] = output.columns;
      const labels = age !== undefined && 'dictionary' in age ? age.dictionary : [];
      const known = parseHierarchy('age', AGES).level(level).labels;
      expect(labels.every((label) => known.includes(label))).toBe(true);
    }
  });

  it('leave the figures of the records before as they are', async () => {
    const ages = [20, 21, 22, 23, 30, 31, 44, 45, 58, 59];
    const free = await run(ages, {});
    const bound = await run(ages, { least: 2 });
    expect(bound.outcome.before).toEqual(free.outcome.before);
    expect(bound.outcome.rows).toBe(10);
  });

  it('give the best that there is between them', async () => {
    const age = fc.integer({ min: 20, max: 59 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(age, { minLength: 8, maxLength: 40 }),
        fc.nat(HEIGHT - 1),
        fc.nat(HEIGHT - 1),
        async (ages, a, b) => {
          const [least, most] = [Math.min(a, b), Math.max(a, b)];
          const each: (number | null)[] = [];
          for (let level = least; level <= most; level++) {
            each.push(await scoreOf(run(ages, { least: level, most: level })));
          }
          const possible = each.filter((score) => score !== null);
          const best = possible.length === 0 ? null : Math.min(...possible);
          const found = await scoreOf(run(ages, { least, most }));
          if (best === null || found === null) expect(found).toBe(best);
          else expect(found).toBeCloseTo(best, 12);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([{ least: 3, most: 2 }, { most: HEIGHT }, { least: HEIGHT }])(
    'are refused where there are none: %j',
    async (limits) => {
      await expect(run([20, 21], limits)).rejects.toThrow(
        expect.objectContaining({
          code: 'LEVELS_INVALID',
          params: { column: 'age', top: HEIGHT - 1 },
        }),
      );
    },
  );
});

/** Null where no level will do. */
async function scoreOf(running: Promise<{ outcome: AnonymiseOutcome }>): Promise<number | null> {
  try {
    return (await running).outcome.quality.value;
  } catch (error) {
    expect(error).toMatchObject({ code: 'PRIVACY_MODEL_UNMET' });
    return null;
  }
}
