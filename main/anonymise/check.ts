import type { AnonymisePlan, PrivacyModel } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import { cellTexts } from '../records/cell-text.ts';
import type { Table } from '../records/table.ts';
import { readHierarchyLines } from './hierarchy-text.ts';

export interface CheckedRelease {
  /** The records as they were before. */
  readonly original: Table;
  /** The records as they are to be released, or as read back from the file written. */
  readonly output: Table;
  readonly plan: AnonymisePlan;
  /** With suppressed rows blanked: 1 for each such row of the output; with rows dropped: null. */
  readonly blanked: Uint8Array | null;
  /** Hierarchy text of sensitive columns that have one. */
  readonly sensitiveHierarchies: ReadonlyMap<string, string>;
}

type Counts = ReadonlyMap<string, number>;

/**
 * Checks a release from its cell text alone, the slow and obvious way, sharing no code with the
 * search: every group of rows with equal quasi-identifiers meets every model, blanked rows hold
 * no quasi-identifier and no sensitive cell, and no more rows are suppressed than allowed.
 * Throws INTERNAL: a release that fails here is a fault of the program, and must not go out.
 */
export function checkRelease(release: CheckedRelease): void {
  const { original, output, plan, blanked } = release;
  const kept: number[] = [];
  for (let row = 0; row < output.rows; row++) if (blanked?.[row] !== 1) kept.push(row);
  const suppressed = original.rows - kept.length;
  if (suppressed > Math.floor(plan.suppressionLimit * original.rows)) fail('suppression-limit');
  const quasiIdentifiers = Object.keys(plan.quasiIdentifiers).map((name) => texts(output, name));
  const sensitive = new Map(Object.keys(plan.sensitive).map((name) => [name, texts(output, name)]));
  blanked?.forEach((flag, row) => {
    const cells = [...quasiIdentifiers, ...sensitive.values()].map((column) => column[row]);
    if (flag === 1 && cells.some((cell) => cell !== '')) fail('blank');
  });
  const groups = new Map<string, number[]>();
  for (const row of kept) {
    const key = JSON.stringify(quasiIdentifiers.map((column) => column[row]));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  for (const model of plan.models) {
    const meets = groupTest(model, release, sensitive);
    for (const group of groups.values()) if (!meets(group)) fail(model.type);
  }
}

function groupTest(
  model: PrivacyModel,
  release: CheckedRelease,
  sensitive: ReadonlyMap<string, readonly string[]>,
): (group: readonly number[]) => boolean {
  if (model.type === 'k-anonymity') return (group) => group.length >= model.k;
  if (!('attribute' in model)) return () => fail(model.type);
  const column = sensitive.get(model.attribute) ?? fail('attribute');
  const counts = (group: readonly number[]): Counts => count(group.map((row) => column[row] ?? ''));
  const overall = shares(count(texts(release.original, model.attribute)));
  switch (model.type) {
    case 'distinct-l-diversity':
      return (group) => counts(group).size >= model.l;
    case 'entropy-l-diversity':
      return (group) => {
        const found = counts(group);
        let entropy = 0;
        for (const share of shares(found).values()) entropy -= share * Math.log(share);
        return found.size >= Math.floor(model.l) && entropy >= Math.log(model.l) - 1e-9;
      };
    case 'recursive-c-l-diversity':
      return (group) => {
        const falling = [...counts(group).values()].sort((a, b) => b - a);
        const rest = falling.slice(model.l - 1).reduce((sum, value) => sum + value, 0);
        return falling.length >= model.l && (falling[0] ?? 0) < model.c * rest;
      };
    case 't-closeness-equal':
      return (group) => equalDistance(shares(counts(group)), overall) <= model.t + 1e-9;
    case 't-closeness-hierarchical': {
      const text = release.sensitiveHierarchies.get(model.attribute) ?? fail('hierarchy');
      const lines = readHierarchyLines(model.attribute, text).map(({ cells }) => cells);
      return (group) => treeDistance(shares(counts(group)), overall, lines) <= model.t + 1e-9;
    }
    case 'entropy-l-diversity-grassberger':
    case 't-closeness-ordered':
    case 'beta-likeness':
      return () => fail(model.type);
  }
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

function count(values: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function shares(counts: Counts): Counts {
  const total = [...counts.values()].reduce((sum, value) => sum + value, 0);
  return new Map([...counts].map(([value, n]) => [value, n / total]));
}

function texts(table: Table, name: string): readonly string[] {
  const column = table.columns.find((candidate) => candidate.name === name) ?? fail('column');
  const textOf = cellTexts(column);
  return Array.from({ length: table.rows }, (_, row) => textOf(row));
}

function fail(what: string): never {
  throw new ConcordError('INTERNAL', { incident: `anonymise-check:${what}` });
}
