import type { Words } from '../../../../main/words/index.ts';
import type { Problem } from '../../../problem.ts';
import { numberOf } from '../hierarchy/numbers.ts';
import { needs } from './plan.ts';
import type { OfColumn, OfWhole } from './settings.ts';

type Say = (further: Words['further']) => string;

/** Gathers what is wrong, each with the field it is about. */
class Problems {
  readonly found: Problem[] = [];

  add(field: string, say: Say): void {
    this.found.push({ field, say: ({ further }) => say(further) });
  }

  /** A number of a field must fit. */
  expect(field: string, text: string, fits: (value: number) => boolean, say: Say): void {
    const value = numberOf(text);
    if (value === null || !fits(value)) this.add(field, say);
  }
}

const isCount = (value: number): boolean =>
  Number.isInteger(value) && value >= 2 && value <= 1_000_000_000;
const isShare = (value: number): boolean => value >= 0 && value <= 1;
const isPercent = (value: number): boolean => value >= 0 && value <= 100;
const isSomePercent = (value: number): boolean => value > 0 && value <= 100;

export interface Ready {
  /** The values have an order of their own, as numbers and dates have. */
  readonly ordered: boolean;
  /** There is a hierarchy of the values. */
  readonly grouped: boolean;
}

/** What is wrong with the settings of one sensitive column. */
export function problemsOfColumn(of: OfColumn, ready: Ready): readonly Problem[] {
  const problems = new Problems();
  const { asked } = of;
  if (asked.includes('entropy')) {
    problems.expect(
      'entropyL',
      of.entropyL,
      (l) => l > 1,
      (w) => w.wrong.entropyL,
    );
  }
  if (asked.includes('recursive')) {
    problems.expect('recursiveL', of.recursiveL, isCount, (w) => w.wrong.recursiveL);
    problems.expect(
      'recursiveC',
      of.recursiveC,
      (c) => c > 0,
      (w) => w.wrong.recursiveC,
    );
  }
  if (asked.includes('closeness')) {
    problems.expect('t', of.t, isShare, (w) => w.wrong.t);
    const lacks = needs(of);
    if (lacks === 'order' && !ready.ordered && of.order.length === 0) {
      problems.add('distance', (w) => w.wrong.order);
    }
    if (lacks === 'hierarchy' && !ready.grouped) problems.add('distance', (w) => w.wrong.groups);
  }
  if (asked.includes('likeness')) {
    problems.expect(
      'beta',
      of.beta,
      (beta) => beta > 0,
      (w) => w.wrong.beta,
    );
  }
  return problems.found;
}

/**
 * What is wrong with the settings for all records (`artefact`, which cannot be those of everyone
 * they were drawn from), what contradicts each other included.
 */
export function problemsOfWhole(of: OfWhole, artefact: string): readonly Problem[] {
  const problems = new Problems();
  const { asked, population } = of;
  if (population === 'size') {
    const fits = (people: number): boolean => Number.isSafeInteger(people) && people > 0;
    problems.expect('people', of.people, fits, (w) => w.wrong.people);
  }
  if (population === 'fraction') {
    problems.expect('fraction', of.fraction, isSomePercent, (w) => w.wrong.fraction);
  }
  if (population === 'table' && ['', artefact].includes(of.table))
    problems.add('table', (w) => w.wrong.table);
  if (population === 'none' && (asked.includes('kMap') || asked.includes('unique'))) {
    problems.add('population', (w) => w.wrong.population);
  }
  if (asked.includes('presence') && population !== 'table') {
    problems.add('population', (w) => w.wrong.presenceTable);
  }
  if (asked.includes('risk')) {
    problems.expect('risk', of.risk, isSomePercent, (w) => w.wrong.risk);
  }
  if (asked.includes('unique')) {
    problems.expect('unique', of.unique, isPercent, (w) => w.wrong.unique);
  }
  if (asked.includes('presence')) {
    problems.expect('least', of.least, isPercent, (w) => w.wrong.least);
    const least = numberOf(of.least) ?? 0;
    const fits = (most: number): boolean => isPercent(most) && most >= least;
    problems.expect('most', of.most, fits, (w) => w.wrong.most);
  }
  return problems.found;
}
