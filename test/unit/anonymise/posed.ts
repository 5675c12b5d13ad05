import fc from 'fast-check';
import { searchProblem } from '../../../main/anonymise/by-levels.ts';
import type { Classes } from '../../../main/anonymise/classes.ts';
import type { SearchProblem } from '../../../main/anonymise/lattice.ts';
import { prepare } from '../../../main/anonymise/prepare.ts';
import { rolesOf } from '../../../main/anonymise/roles.ts';
import {
  anonymisePlan,
  type AnonymisePlanInput,
  type PrivacyModel,
} from '../../../main/contract/anonymise.ts';
import { category, integers, tableOf } from './tables.ts';

/** A small random problem as the search gets it. */
export interface Posed {
  readonly problem: SearchProblem;
  readonly base: Classes;
}

const attribute = 's';
const models: fc.Arbitrary<PrivacyModel> = fc.constantFrom(
  { type: 'k-anonymity', k: 2 },
  { type: 'k-anonymity', k: 4 },
  { type: 'distinct-l-diversity', attribute, l: 2 },
  { type: 'entropy-l-diversity', attribute, l: 1.7 },
  { type: 'entropy-l-diversity', attribute, l: 2.6 },
  { type: 'recursive-c-l-diversity', attribute, c: 1.5, l: 2 },
  { type: 'recursive-c-l-diversity', attribute, c: 3, l: 3 },
  { type: 't-closeness-equal', attribute, t: 0.2 },
  { type: 't-closeness-equal', attribute, t: 0.45 },
  { type: 't-closeness-hierarchical', attribute, t: 0.15 },
  { type: 't-closeness-hierarchical', attribute, t: 0.35 },
  { type: 't-closeness-ordered', attribute, t: 0.2 },
  { type: 'beta-likeness', attribute, beta: 0.7 },
  { type: 'enhanced-beta-likeness', attribute, beta: 1.5 },
  { type: 'average-risk', threshold: 0.4 },
  { type: 'records-at-risk', threshold: 0.3, fraction: 0.2 },
  { type: 'sample-uniqueness', fraction: 0.1 },
);

const LINES = 12;
/** Twelve values that merge by threes, by sixes, and to one. */
const TREE = Array.from(
  { length: LINES },
  (_, v) => `${v};t${Math.floor(v / 3)};s${Math.floor(v / 6)};*`,
).join('\n');

export const posed: fc.Arbitrary<Posed> = fc
  .record({
    rows: fc.array(fc.tuple(fc.nat(LINES - 1), fc.nat(5), fc.nat(2), fc.nat(3)), {
      minLength: 4,
      maxLength: 40,
    }),
    models: fc.array(models, { minLength: 1, maxLength: 2 }),
    suppressionLimit: fc.constantFrom(0, 0.1, 0.3, 1),
    metric: fc.constantFrom(
      ...(['loss', 'nuentropy', 'discernibility', 'average-class-size', 'precision'] as const),
    ),
    gsFactor: fc.constantFrom(0.2, 0.5, 0.8),
    aggregate: fc.constantFrom(
      ...(['GEOMETRIC_MEAN', 'ARITHMETIC_MEAN', 'SUM', 'MAXIMUM'] as const),
    ),
  })
  .map(({ rows, ...plan }) => poseRows(rows, plan));

/** The problem of a plan over rows of three quasi-identifiers and a sensitive value. */
export function poseRows(
  rows: readonly (readonly number[])[],
  plan: Pick<AnonymisePlanInput, 'models' | 'suppressionLimit' | 'metric' | 'gsFactor'>,
): Posed {
  const names = ['a', 'b', 'c'];
  const column = (j: number) => rows.map((row) => String(row[j] ?? 0));
  const full = anonymisePlan.parse({
    ...plan,
    quasiIdentifiers: Object.fromEntries(names.map((name) => [name, { hierarchy: name }])),
    sensitive: { s: { hierarchy: 's' } },
  });
  const table = tableOf(
    ...names.map((name, j) => category(name, column(j))),
    integers(
      's',
      rows.map((row) => row[3] ?? 0),
    ),
  );
  const hierarchies = new Map([...names, 's'].map((name) => [name, TREE]));
  const files = { hierarchies, population: null };
  const prepared = prepare(table, rolesOf(table, full, true), full, files);
  return { problem: searchProblem(prepared, full), base: prepared.base };
}

export function everyLevels(heights: readonly number[]): number[][] {
  return heights.reduce<number[][]>(
    (all, height) =>
      all.flatMap((levels) => Array.from({ length: height }, (_, level) => [...levels, level])),
    [[]],
  );
}
