import type { PrivacyModel } from '../../../main/contract/anonymise.ts';
import { tally, type SmallProblem } from './brute-force.ts';

/** Whether a group of rows meets a model of each class, by the definition alone. */
export function groupMeets(
  model: PrivacyModel,
  group: readonly number[],
  people: number,
  problem: SmallProblem,
): boolean {
  const n = group.length;
  if ('attribute' in model) {
    const column = problem.sensitive[model.attribute] ?? [];
    return valuesMeet(
      model,
      group.map((index) => column[index] ?? ''),
      problem.earlier?.whole[model.attribute] ?? column,
      problem,
    );
  }
  switch (model.type) {
    case 'k-anonymity':
      return n >= model.k;
    case 'k-map':
      if (model.population === undefined) return people >= model.k;
      return n >= leastOfMap(model, problem.rows.length);
    case 'delta-presence':
      return n / people >= model.minimum - 1e-10 && n / people <= model.maximum + 1e-10;
    default:
      return true;
  }
}

/**
 * The groups that models of the whole suppress: the smallest first, equals by their first row.
 * `earlier`: sizes of classes released already, which an estimate is made of as well.
 */
export function suppressedForTheWhole(
  groups: readonly (readonly number[])[],
  models: readonly PrivacyModel[],
  people: number,
  earlier: readonly number[] = [],
): readonly (readonly number[])[] {
  const rising = groups.toSorted((a, b) => a.length - b.length || (a[0] ?? 0) - (b[0] ?? 0));
  const holds = (without: number): boolean => {
    const sizes = rising.slice(without).map((group) => group.length);
    const both = [...earlier, ...sizes];
    return models.every((model) =>
      wholeMeets(model, model.type === 'population-uniqueness' ? both : sizes, people),
    );
  };
  // Population uniqueness need not get better with every group: there the halving is the rule.
  if (!models.some(({ type }) => type === 'population-uniqueness')) {
    let without = 0;
    while (!holds(without)) without += 1;
    return rising.slice(0, without);
  }
  if (holds(0)) return [];
  let low = 0;
  let high = rising.length;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return rising.slice(0, high);
}

function wholeMeets(model: PrivacyModel, sizes: readonly number[], people: number): boolean {
  const records = sizes.reduce((sum, size) => sum + size, 0);
  const recordsOf = (isMeant: (size: number) => boolean): number =>
    sizes.filter(isMeant).reduce((sum, size) => sum + size, 0);
  if (records === 0) return true;
  switch (model.type) {
    case 'average-risk': {
      const risks = sizes.flatMap((size) => Array.from({ length: size }, () => 1 / size));
      return risks.reduce((sum, risk) => sum + risk, 0) / records <= model.threshold + 1e-10;
    }
    case 'records-at-risk':
      return recordsOf((size) => 1 / size > model.threshold) / records <= model.fraction + 1e-10;
    case 'sample-uniqueness':
      return recordsOf((size) => size === 1) / records <= model.fraction + 1e-10;
    case 'population-uniqueness': {
      const unique = recordsOf((size) => size === 1);
      return unique === 0 || zayatz(sizes, records, people) <= model.fraction + 1e-10;
    }
    default:
      return true;
  }
}

function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}

/** Zayatz's estimate as a share of the population, with binomial coefficients written out. */
function zayatz(sizes: readonly number[], records: number, people: number): number {
  const one = (size: number): number =>
    (size * choose(people - size, records - 1)) / choose(people, records);
  const unique = sizes.filter((size) => size === 1).length;
  const all = sizes.reduce((sum, size) => sum + one(size), 0);
  return (unique * ((unique * one(1)) / all)) / (records / people) / people;
}

/** The least size that rules out fewer than k people at the level, Poisson terms written out. */
function leastOfMap(model: PrivacyModel & { type: 'k-map' }, rows: number): number {
  const mean = (rows / (model.population ?? 0)) * model.k;
  const truncated = model.estimator === 'zero-truncated-poisson';
  const factorial = (j: number): number => (j < 2 ? 1 : j * factorial(j - 1));
  const chance = (j: number): number => (Math.exp(-mean) * mean ** j) / factorial(j);
  let cumulated = 0;
  for (let j = truncated ? 1 : 0; ; j++) {
    cumulated += truncated ? chance(j) / (1 - Math.exp(-mean)) : chance(j);
    const least = truncated ? j + 1 : j + 2;
    if (least >= Math.min(model.k, rows)) return Math.min(model.k, rows);
    if (cumulated >= 1 - (model.significance ?? 0.05)) return least;
  }
}

function valuesMeet(
  model: PrivacyModel & { readonly attribute: string },
  values: readonly string[],
  column: readonly string[],
  problem: SmallProblem,
): boolean {
  const counts = [...tally(values).values()].sort((a, b) => b - a);
  const n = values.length;
  const excess = (value: string): number => shareOf(value, values) - shareOf(value, column);
  switch (model.type) {
    case 'distinct-l-diversity':
      return counts.length >= model.l;
    case 'entropy-l-diversity': {
      const entropy = counts.reduce((sum, f) => sum - (f / n) * Math.log(f / n), 0);
      return counts.length >= Math.floor(model.l) && entropy >= Math.log(model.l) - 1e-10;
    }
    case 'entropy-l-diversity-grassberger':
      return counts.length >= Math.floor(model.l) && grassberger(model.l, values, column);
    case 'recursive-c-l-diversity': {
      const rest = counts.slice(model.l - 1).reduce((sum, f) => sum + f, 0);
      return counts.length >= model.l && (counts[0] ?? 0) < model.c * rest;
    }
    case 't-closeness-equal': {
      const all = new Set(column);
      const distance = [...all].reduce((sum, value) => sum + Math.abs(excess(value)) / 2, 0);
      return distance <= model.t + 1e-10;
    }
    case 't-closeness-ordered': {
      // What must be carried over each gap between neighbours, the whole way being 1.
      const present = problem.sensitiveOrder.filter((value) => column.includes(value));
      const gaps = present
        .slice(1)
        .map((_, gap) =>
          Math.abs(present.slice(0, gap + 1).reduce((sum, value) => sum + excess(value), 0)),
        );
      return gaps.reduce((sum, gap) => sum + gap / gaps.length, 0) <= model.t + 1e-10;
    }
    case 't-closeness-hierarchical':
      return hierarchicalDistance(excess, problem.sensitiveTree) <= model.t + 1e-10;
    case 'beta-likeness':
      return values.every((value) => excess(value) / shareOf(value, column) <= model.beta + 1e-10);
    case 'enhanced-beta-likeness':
      return values.every((value) => {
        const p = shareOf(value, column);
        return excess(value) / p <= Math.min(model.beta, -Math.log(p)) + 1e-10;
      });
    default:
      throw new Error('no reference');
  }
}

function shareOf(value: string, list: readonly string[]): number {
  return list.filter((other) => other === value).length / list.length;
}

/** With at most six values in eight places no value is in the way of another's code below eight. */
function grassberger(l: number, values: readonly string[], column: readonly string[]): boolean {
  const n = values.length;
  const g = (count: number): number => {
    let sum = -0.5772156649015329 - Math.log(2);
    for (let i = 1; 2 * i <= count; i++) sum += 2 / (2 * i - 1);
    return sum;
  };
  const bound = n * (g(n) - Math.log(l));
  let sum = 0;
  for (const value of new Set(column)) {
    const count = values.filter((other) => other === value).length;
    if (count === 0) continue;
    sum += count * g(count);
    if (sum > bound + 1e-10) return false;
  }
  return true;
}

function hierarchicalDistance(
  excess: (value: string) => number,
  tree: SmallProblem['sensitiveTree'],
): number {
  const height = (tree[0]?.length ?? 1) - 1;
  let distance = 0;
  for (let level = 1; level <= height; level++) {
    for (const node of new Set(tree.map((line) => line[level]))) {
      const inside = tree.filter((line) => line[level] === node);
      const children = [...new Set(inside.map((line) => line[level - 1]))].map((child) =>
        inside
          .filter((line) => line[level - 1] === child)
          .reduce((sum, line) => sum + excess(line[0] ?? ''), 0),
      );
      const over = children.reduce((sum, child) => sum + Math.max(0, child), 0);
      const under = children.reduce((sum, child) => sum + Math.max(0, -child), 0);
      distance += (level / height) * Math.min(over, under);
    }
  }
  return distance;
}
