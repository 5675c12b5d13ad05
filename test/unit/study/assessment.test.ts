import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../main/anonymise/anonymise.ts';
import { anonymiseOutcome, anonymisePlan } from '../../../main/contract/anonymise.ts';
import { assessProtection } from '../../../main/study/assessment.ts';
import { category, tableOf } from '../anonymise/tables.ts';

const ROWS = 400;
const signal = new AbortController().signal;

/** The answer follows from the town; the illness says nothing. */
async function assessed(k: number, answers: readonly string[]) {
  const places = Array.from({ length: ROWS }, (_, row) => row);
  const original = tableOf(
    category(
      'town',
      places.map((row) => 'abcd'[row % 4] ?? ''),
    ),
    category(
      'illness',
      places.map((row) => ['flu', 'cold', 'none'][Math.floor(row / 4) % 3] ?? ''),
    ),
    category(
      'answer',
      places.map((row) => answers[row % 4] ?? ''),
    ),
  );
  const plan = anonymisePlan.parse({
    quasiIdentifiers: { town: { hierarchy: 'town' } },
    sensitive: { illness: {} },
    insensitive: ['answer'],
    models: [{ type: 'k-anonymity', k }],
  });
  const hierarchies = new Map([['town', 'a;*\nb;*\nc;*\nd;*\n']]);
  const done = await anonymiseTable(original, plan, hierarchies);
  const assessment = await assessProtection({ original, ...done, plan, hierarchies }, signal);
  expect(anonymiseOutcome.parse({ ...done.outcome, assessment }).assessment).toEqual(assessment);
  return assessment;
}

describe('the simple model before and after', () => {
  it('keeps its accuracy where the column it needs is kept, and loses it where it is not', async () => {
    const kept = await assessed(50, ['yes', 'no', 'yes', 'no']);
    expect(kept.accuracy).toMatchObject({ label: 'answer', rows: ROWS, original: 1, protected: 1 });
    const lost = await assessed(300, ['yes', 'no', 'yes', 'no']);
    expect(lost.accuracy?.original).toBe(1);
    expect(lost.accuracy?.protected).toBeLessThan(0.7);
    expect(lost.accuracy?.usual).toBeLessThan(0.65);
  });

  it('does not exist where no column has two values', async () => {
    expect((await assessed(50, ['1', '2', '3', '4'])).accuracy).toBeNull();
  });
});
