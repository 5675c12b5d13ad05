import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../main/anonymise/anonymise.ts';
import { checkRelease } from '../../../main/anonymise/check.ts';
import { anonymisePlan, type AnonymisePlanInput } from '../../../main/contract/anonymise.ts';
import type { Table } from '../../../main/records/table.ts';
import { refusal } from './refusal.ts';
import { category, tableOf } from './tables.ts';

const cities = ['a', 'a', 'b', 'c', 'c', 'c'];
const table = tableOf(category('city', cities));
/** Two more of a, none of b, seven more of c. */
const people = tableOf(category('city', [...cities, 'a', 'a', ...'ccccccc']));
const hierarchies = new Map([['city', 'a;ab;*\nb;ab;*\nc;c;*\nd;d;*\n']]);
const plan: AnonymisePlanInput = {
  quasiIdentifiers: { city: { hierarchy: 'city.csv' } },
  models: [{ type: 'k-map', k: 4 }],
  suppressionLimit: 0.2,
  population: { table: 'people.csv' },
};

const run = (change: Partial<AnonymisePlanInput> = {}, population: Table | null = people) =>
  anonymiseTable(table, { ...plan, ...change }, hierarchies, { population });

describe('a population', () => {
  it('of a table is counted class by class', async () => {
    const { outcome } = await run();
    // a: 2 of 4 people, c: 3 of 10; b is one of one and suppressed.
    expect(outcome).toMatchObject({ levels: { city: 0 }, suppressed: 1 });
    expect(outcome.risk.prosecutor).toEqual({ highest: 0.5, average: 2 / 5, recordsAtRisk: 1 });
    const average = (2 / 4 + 3 / 10) / 5;
    expect(outcome.risk.journalist).toEqual({
      highest: 0.25,
      average: expect.closeTo(average, 12) as number,
      recordsAtRisk: 2 / 5,
      basis: 'table',
    });
    expect(outcome.risk.marketer).toBeCloseTo(average, 12);
    expect(outcome.before.risk.journalist.highest).toBe(1);
    expect(outcome.risk.uniqueness).toMatchObject({ records: 0, population: { people: 15 } });
  });

  it('bounds how surely one can tell that someone is in the records', async () => {
    const presence = { type: 'delta-presence' as const, minimum: 0.3, maximum: 0.5 };
    const { outcome } = await run({ models: [presence] });
    expect(outcome).toMatchObject({ levels: { city: 0 }, suppressed: 1 });
    const { outcome: strict } = await run({
      models: [{ ...presence, maximum: 0.45 }],
      suppressionLimit: 0,
    });
    // All: 6 of 15 people; ab: 3 of 5 is too sure.
    expect(strict.levels).toEqual({ city: 2 });
  });

  it('of a known size gives estimated classes', async () => {
    const { outcome } = await run({
      models: [{ type: 'k-anonymity', k: 2 }],
      population: { size: 60 },
    });
    expect(outcome.risk.journalist).toEqual({
      highest: expect.closeTo(1 / 20, 12) as number,
      average: expect.closeTo(2 / 50, 12) as number,
      recordsAtRisk: 0,
      basis: 'size',
    });
    const { outcome: same } = await run({
      models: [{ type: 'k-anonymity', k: 2 }],
      population: { samplingFraction: 0.1 },
    });
    expect(same.risk).toEqual(outcome.risk);
  });

  it.each<[string, Partial<AnonymisePlanInput>, Table | null, object]>([
    ['without its table', {}, null, { reason: 'table-unreadable' }],
    ['smaller than the records', { population: { size: 5 } }, null, { reason: 'size-below-rows' }],
    [
      'without a quasi-identifier',
      {},
      tableOf(category('town', [...cities, ...cities])),
      { reason: 'column-missing', column: 'city' },
    ],
    [
      'of values that the hierarchy lacks',
      {},
      tableOf(category('city', [...cities, 'x'])),
      { reason: 'hierarchy-lacks-value', column: 'city' },
    ],
    [
      'that lacks someone of the records',
      {},
      tableOf(category('city', [...cities.filter((city) => city !== 'b'), 'a', 'a'])),
      { reason: 'records-missing' },
    ],
  ])('%s is refused', async (_, change, population, params) => {
    const error = await refusal(run(change, population));
    expect(error).toMatchObject({ code: 'POPULATION_UNFIT', params });
  });

  it.each<[AnonymisePlanInput['models'][number], string]>([
    [{ type: 'k-map', k: 2 }, 'population-missing'],
    [{ type: 'k-map', k: 2, population: 3 }, 'population-small'],
    [{ type: 'population-uniqueness', fraction: 0.1 }, 'population-missing'],
    [{ type: 'delta-presence', minimum: 0, maximum: 1 }, 'population-table-missing'],
  ])('is asked for by %j', async (model, reason) => {
    const { quasiIdentifiers, suppressionLimit } = plan;
    const without = { quasiIdentifiers, suppressionLimit, models: [model] };
    const work = anonymiseTable(table, without, hierarchies);
    expect(await refusal(work)).toMatchObject({
      code: 'PRIVACY_MODEL_INVALID',
      params: { model: model.type, reason },
    });
  });

  it('is refused a minimum of presence above the maximum', async () => {
    const model = { type: 'delta-presence' as const, minimum: 0.6, maximum: 0.5 };
    expect(await refusal(run({ models: [model] }))).toMatchObject({
      params: { reason: 'minimum-above-maximum' },
    });
  });

  it.each<[AnonymisePlanInput['models'][number]]>([
    [{ type: 'k-map', k: 5 }],
    [{ type: 'delta-presence', minimum: 0, maximum: 0.45 }],
    [{ type: 'average-risk', threshold: 0.3 }],
    [{ type: 'records-at-risk', threshold: 0.4, fraction: 0.1 }],
  ])('and the whole are checked as written: %j', (model) => {
    const output = tableOf(category('city', ['a', 'a', 'c', 'c', 'c']));
    const check = (models: AnonymisePlanInput['models']) => () =>
      checkRelease({
        original: table,
        output,
        plan: anonymisePlan.parse({ ...plan, models }),
        blanked: null,
        hierarchies,
        population: people,
        rounds: { levels: [{ city: 0 }], ofRow: Int32Array.of(0, 0, 0, 0, 0) },
      });
    expect(check([{ type: 'k-map', k: 4 }])).not.toThrow();
    expect(check([model])).toThrow(
      expect.objectContaining({ params: { incident: `anonymise-check:${model.type}` } }),
    );
  });
});

describe('a plan that cannot be met', () => {
  const six = tableOf(category('city', ['a', 'a', 'b', 'c', 'c', 'd']));
  const unmet = (models: AnonymisePlanInput['models'], suppressionLimit = 0) =>
    refusal(
      anonymiseTable(
        six,
        { quasiIdentifiers: { city: { hierarchy: 'city.csv' } }, models, suppressionLimit },
        new Map([['city', 'a;ab\nb;ab\nc;c\nd;d\n']]),
      ),
    );

  it('says the smallest limit and the strictest demand that would do', async () => {
    expect(await unmet([{ type: 'k-anonymity', k: 3 }], 0.2)).toMatchObject({
      code: 'PRIVACY_MODEL_UNMET',
      // At best d and c fail: three rows; with one row allowed classes of two can be had.
      params: { needed: 3, rows: 6, allowed: 1, limit: 0.5, possible: ['k-anonymity: k = 2'] },
    });
    expect(await unmet([{ type: 'average-risk', threshold: 0.3 }])).toMatchObject({
      // One class of three is still found with a chance of 1 / 3.
      params: { needed: 6, possible: ['average-risk: threshold = 0.5'] },
    });
  });

  it('and what it names as possible is possible', async () => {
    const { params } = await unmet([{ type: 'k-anonymity', k: 4 }], 0.4);
    expect(params).toMatchObject({ needed: 6, limit: 1, possible: ['k-anonymity: k = 2'] });
    const done = await anonymiseTable(
      six,
      {
        quasiIdentifiers: { city: { hierarchy: 'city.csv' } },
        models: [{ type: 'k-anonymity', k: 2 }],
        suppressionLimit: 0.4,
      },
      new Map([['city', 'a;ab\nb;ab\nc;c\nd;d\n']]),
    );
    expect(done.outcome.suppressed).toBeLessThanOrEqual(2);
  });
});
