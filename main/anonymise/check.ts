import type { AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import { cellTexts } from '../records/cell-text.ts';
import type { Column, Table } from '../records/table.ts';
import { groupTest, wholeTest, type CheckedPeople } from './check-models.ts';
import { canonicalText } from './encode.ts';
import type { LevelsOfRows } from './generalised.ts';
import { readHierarchyLines } from './hierarchy-text.ts';
import { sizeOf } from './population-table.ts';

export interface CheckedRelease {
  /** The records as they were before. */
  readonly original: Table;
  /** The records as they are to be released, or as read back from the file written. */
  readonly output: Table;
  readonly plan: AnonymisePlan;
  /** With suppressed rows blanked: 1 for each such row of the output; with rows dropped: null. */
  readonly blanked: Uint8Array | null;
  /** Hierarchy text by column. */
  readonly hierarchies: ReadonlyMap<string, string>;
  /** The table of the population and the levels of all rows, for models that count its people. */
  readonly population?: Table | null;
  readonly rounds?: LevelsOfRows | null;
}

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
  const facts = {
    cells: (name: string) => sensitive.get(name) ?? fail('attribute'),
    originals: (name: string) => texts(original, name),
    order: (name: string) => plan.sensitive[name]?.order ?? null,
    hierarchy: (name: string) => release.hierarchies.get(name) ?? fail('hierarchy'),
    rows: original.rows,
    people: peopleOf(release),
  };
  const sizes = [...groups.values()].map((group) => group.length);
  for (const model of plan.models) {
    if (!wholeTest(model, sizes, facts.people?.size ?? null)) fail(model.type);
    const meets = groupTest(model, facts);
    for (const [key, group] of groups) {
      if (!meets(group, key)) fail(model.type);
    }
  }
}

/**
 * How many people of the population belong to each group, and how many there are: to the first
 * round of generalisation that has released a row with their labels.
 */
function peopleOf(release: CheckedRelease): CheckedPeople | null {
  const { plan, population, rounds, original } = release;
  if (plan.population === undefined) return null;
  if (!('table' in plan.population)) {
    return { size: sizeOf(plan.population, original.rows), ofGroup: null };
  }
  if (!population) fail('population');
  const size = population.rows;
  if (!rounds) return { size, ofGroup: null };
  const releasedBy = groupsOfRounds(release, rounds);
  const keysBy = rounds.levels.map((levels) => keysAt(levels, population, release));
  const ofGroup = new Map<string, number>();
  for (let row = 0; row < size; row++) {
    const keys = keysBy.map((key) => key(row));
    const round = keys.findIndex((key, at) => releasedBy[at]!.has(key));
    if (round >= 0) ofGroup.set(keys[round]!, (ofGroup.get(keys[round]!) ?? 0) + 1);
  }
  return { size, ofGroup };
}

/** Per round the labels that it released, as they stand in the output. */
function groupsOfRounds({ output, plan, blanked }: CheckedRelease, rounds: LevelsOfRows) {
  const columns = Object.keys(plan.quasiIdentifiers).map((name) => texts(output, name));
  const found = rounds.levels.map(() => new Set<string>());
  const kept = Array.from(rounds.ofRow).filter((round) => blanked !== null || round >= 0);
  kept.forEach((round, row) => {
    found[round]?.add(JSON.stringify(columns.map((column) => column[row])));
  });
  return found;
}

/** The labels of a person at some levels. */
function keysAt(
  levels: Readonly<Record<string, number>>,
  population: Table,
  { plan, hierarchies }: CheckedRelease,
): (row: number) => string {
  const columns = Object.keys(plan.quasiIdentifiers).map((name) => {
    const lines = readHierarchyLines(name, hierarchies.get(name) ?? fail('hierarchy'));
    const column = columnNamed(population, name);
    const canonical = canonicalText(column);
    const labels = new Map(
      lines.map(({ cells }) => [canonical(cells[0] ?? ''), cells[levels[name] ?? 0] ?? '']),
    );
    const cellsOf = texts(population, name);
    return { labels, cellsOf, isOriginal: levels[name] === 0 };
  });
  return (row) =>
    JSON.stringify(
      columns.map(({ labels, cellsOf, isOriginal }) =>
        isOriginal ? cellsOf[row] : labels.get(cellsOf[row] ?? ''),
      ),
    );
}

function texts(table: Table, name: string): readonly string[] {
  const textOf = cellTexts(columnNamed(table, name));
  return Array.from({ length: table.rows }, (_, row) => textOf(row));
}

function columnNamed(table: Table, name: string): Column {
  return table.columns.find((candidate) => candidate.name === name) ?? fail('column');
}

function fail(what: string): never {
  throw new ConcordError('INTERNAL', { incident: `anonymise-check:${what}` });
}
