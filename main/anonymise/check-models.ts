import type { PrivacyModel } from '../contract/anonymise.ts';
import { derivedK } from './population.ts';
import { sizeHistogram } from './risk/histogram.ts';
import { estimateUniqueness } from './risk/uniqueness.ts';
import { readHierarchyLines } from './hierarchy-text.ts';

type Counts = ReadonlyMap<string, number>;

/** The population as the check counted it: its size, and people by the text of a group. */
export interface CheckedPeople {
  readonly size: number;
  readonly ofGroup: ReadonlyMap<string, number> | null;
}

/** What the tests of a release look at, all of it text. */
export interface Facts {
  /** The cells of a sensitive column as released, and as they were before. */
  cells(attribute: string): readonly string[];
  originals(attribute: string): readonly string[];
  order(attribute: string): readonly string[] | null;
  hierarchy(attribute: string): string;
  readonly rows: number;
  readonly people: CheckedPeople | null;
}

const SLACK = 1e-9;

/** A test of a group of rows of the release; models of the whole let every group pass. */
export function groupTest(
  model: PrivacyModel,
  facts: Facts,
): (group: readonly number[], key: string) => boolean {
  if ('attribute' in model) {
    const cells = facts.cells(model.attribute);
    const meets = valuesTest(model, facts);
    return (group) => meets(count(group.map((row) => cells[row] ?? '')));
  }
  switch (model.type) {
    case 'k-anonymity':
      return (group) => group.length >= model.k;
    case 'k-map': {
      const known = model.population === undefined ? facts.people?.ofGroup : undefined;
      if (known) return (_, key) => (known.get(key) ?? 0) >= model.k;
      const size = model.population ?? facts.people?.size ?? 0;
      const least = derivedK(model, facts.rows, size);
      return (group) => group.length >= least;
    }
    case 'delta-presence':
      return (group, key) => {
        const delta = group.length / (facts.people?.ofGroup?.get(key) ?? 0);
        return delta >= model.minimum - SLACK && delta <= model.maximum + SLACK;
      };
    case 'average-risk':
    case 'records-at-risk':
    case 'sample-uniqueness':
    case 'population-uniqueness':
      return () => true;
  }
}

/** A test of all groups of the release by their sizes; models of each group pass it. */
export function wholeTest(
  model: PrivacyModel,
  sizes: readonly number[],
  people: number | null,
): boolean {
  const records = sum(sizes);
  const share = (isMeant: (size: number) => boolean): number =>
    records === 0 ? 0 : sum(sizes.filter(isMeant)) / records;
  switch (model.type) {
    case 'average-risk':
      return records === 0 || sizes.length / records <= model.threshold + SLACK;
    case 'records-at-risk':
      return share((size) => 1 / size > model.threshold) <= model.fraction + SLACK;
    case 'sample-uniqueness':
      return share((size) => size === 1) <= model.fraction + SLACK;
    case 'population-uniqueness': {
      if (!sizes.includes(1)) return true;
      const estimates = estimateUniqueness(sizeHistogram(sizes), people ?? records);
      const estimate = estimates[model.estimator ?? 'dankar'];
      return estimate !== null && estimate <= model.fraction + SLACK;
    }
    default:
      return true;
  }
}

function valuesTest(
  model: Extract<PrivacyModel, { readonly attribute: string }>,
  facts: Facts,
): (found: Counts) => boolean {
  const overall = shares(count(facts.originals(model.attribute)));
  switch (model.type) {
    case 'distinct-l-diversity':
      return (found) => found.size >= model.l;
    case 'entropy-l-diversity':
      return (found) => {
        let entropy = 0;
        for (const share of shares(found).values()) entropy -= share * Math.log(share);
        return found.size >= Math.floor(model.l) && entropy >= Math.log(model.l) - SLACK;
      };
    case 'entropy-l-diversity-grassberger':
      return (found) =>
        found.size >= Math.floor(model.l) && grassberger(found) >= Math.log(model.l) - SLACK;
    case 'recursive-c-l-diversity':
      return (found) => {
        const falling = [...found.values()].sort((a, b) => b - a);
        const rest = sum(falling.slice(model.l - 1));
        return falling.length >= model.l && (falling[0] ?? 0) < model.c * rest;
      };
    case 't-closeness-equal':
      return (found) => equalDistance(shares(found), overall) <= model.t + SLACK;
    case 't-closeness-ordered': {
      const order = inOrder([...overall.keys()], facts.order(model.attribute));
      return (found) => orderedDistance(shares(found), overall, order) <= model.t + SLACK;
    }
    case 't-closeness-hierarchical': {
      const text = facts.hierarchy(model.attribute);
      const lines = readHierarchyLines(model.attribute, text).map(({ cells }) => cells);
      return (found) => treeDistance(shares(found), overall, lines) <= model.t + SLACK;
    }
    case 'beta-likeness':
    case 'enhanced-beta-likeness':
      return (found) =>
        [...shares(found)].every(([value, share]) => {
          const p = overall.get(value) ?? 0;
          const enhanced = model.type === 'enhanced-beta-likeness';
          const bound = enhanced ? Math.min(model.beta, -Math.log(p)) : model.beta;
          return (share - p) / p <= bound + SLACK;
        });
  }
}

/** G(n) - sum f G(f) / n (Stammler et al. 2016). */
function grassberger(found: Counts): number {
  const n = sum([...found.values()]);
  return numberOf(n) - sum([...found.values()].map((f) => f * numberOf(f))) / n;
}

/** G(n) = psi(n) + (-1)^n times the integral of x^(n-1) / (x + 1) from 0 to 1 (Grassberger 2003). */
function numberOf(n: number): number {
  let digamma = -0.5772156649015329;
  let integral = Math.LN2;
  for (let i = 1; i < n; i++) {
    digamma += 1 / i;
    integral = 1 / i - integral;
  }
  return digamma + (n % 2 === 0 ? integral : -integral);
}

function inOrder(values: readonly string[], order: readonly string[] | null): readonly string[] {
  const sorted = [...values];
  if (order !== null) return sorted.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const isNumber = sorted.every((value) => Number.isFinite(Number(value)));
  return isNumber ? sorted.sort((a, b) => Number(a) - Number(b)) : sorted.sort();
}

function orderedDistance(a: Counts, b: Counts, order: readonly string[]): number {
  let distance = 0;
  order.slice(0, -1).forEach((_, last) => {
    const upTo = order.slice(0, last + 1);
    distance += Math.abs(sum(upTo.map((value) => (a.get(value) ?? 0) - (b.get(value) ?? 0))));
  });
  return order.length < 2 ? 0 : distance / (order.length - 1);
}

function equalDistance(a: Counts, b: Counts): number {
  const values = new Set([...a.keys(), ...b.keys()]);
  let distance = 0;
  for (const value of values) distance += Math.abs((a.get(value) ?? 0) - (b.get(value) ?? 0));
  return distance / 2;
}

/** Earth mover's distance over a tree: what has to move within each inner node, times its height. */
function treeDistance(a: Counts, b: Counts, lines: readonly (readonly string[])[]): number {
  const height = (lines[0]?.length ?? 1) - 1;
  const surplus = new Map<string, number>();
  for (const cells of lines) {
    const leaf = cells[0] ?? '';
    surplus.set(leaf, (a.get(leaf) ?? 0) - (b.get(leaf) ?? 0));
  }
  let distance = 0;
  for (let level = 1; level <= height; level++) {
    for (const node of new Set(lines.map((cells) => cells[level]))) {
      const children = new Map<string, Set<string>>();
      for (const cells of lines.filter((line) => line[level] === node)) {
        const child = cells[level - 1] ?? '';
        children.set(child, (children.get(child) ?? new Set()).add(cells[0] ?? ''));
      }
      const totals = [...children.values()].map((leaves) =>
        [...leaves].reduce((sum, leaf) => sum + (surplus.get(leaf) ?? 0), 0),
      );
      const over = totals.filter((total) => total > 0).reduce((sum, total) => sum + total, 0);
      const under = totals.filter((total) => total < 0).reduce((sum, total) => sum - total, 0);
      distance += (level / height) * Math.min(over, under);
    }
  }
  return distance;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function count(values: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function shares(counts: Counts): Counts {
  const total = [...counts.values()].reduce((sum, value) => sum + value, 0);
  return new Map([...counts].map(([value, n]) => [value, n / total]));
}
