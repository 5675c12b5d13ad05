import type { AnonymisePlan } from '../../contract/anonymise.ts';
import type { Assessment } from '../../contract/assessment.ts';
import { columnOf, takeRows } from '../../records/shape.ts';
import type { Column, Table } from '../../records/table.ts';
import { canonicalText } from '../encode.ts';
import { readHierarchyLines } from '../hierarchy-text.ts';
import { associationOf } from './association.ts';
import { changeOf } from './change.ts';
import { linkageOf, type Fits } from './linkage.ts';
import { singlingOutOf } from './singling-out.ts';

/** What is measured by counting; the accuracy of a model needs one to be trained. */
export type Counted = Omit<Assessment, 'accuracy'>;

export interface Protected {
  readonly original: Table;
  readonly output: Table;
  readonly plan: AnonymisePlan;
  /** Rows of the original that were suppressed (1). */
  readonly suppressedRows: Uint8Array;
  readonly hierarchies: ReadonlyMap<string, string>;
}

/** Cells, alone and in pairs of columns, that distributions and associations may visit. */
const VISITS = 60_000_000;

/**
 * Before and after side by side, over the rows that remain; blanked rows count as gone. Changes
 * and associations are counted on as many records, evenly spread, as 60 million cells (alone and
 * in pairs of columns) allow: on all of 1,000,000 records with ten columns, on 73,000 with forty.
 * `sampled` then says on how many. Singling out and the attack are never of a sample, because a
 * record that is alone in a sample need not be so in the whole.
 */
export function assess(given: Protected, visits = VISITS): Counted {
  const { original, plan, hierarchies } = given;
  const { kept, remaining } = remainingOf(given);
  const quasiIdentifiers = Object.keys(plan.quasiIdentifiers);
  const compared = remaining.columns.filter(isCompared).map(({ name }) => name);
  const each = compared.length + (compared.length * (compared.length - 1)) / 2;
  const most = Math.floor(visits / Math.max(1, each));
  const some = original.rows <= most ? null : sampleOf(original, remaining, kept, most);
  const pair = some ?? { before: original, after: remaining, kept };
  return {
    singlingOut: {
      before: singlingOutOf(original, quasiIdentifiers),
      after: singlingOutOf(remaining, quasiIdentifiers),
    },
    change: Object.fromEntries(
      compared.map((name) => [
        name,
        changeOf({
          before: columnOf(pair.before, name),
          after: columnOf(pair.after, name),
          kept: pair.kept,
        }),
      ]),
    ),
    association: associationOf(pair.before, pair.after, compared),
    ...(some === null ? {} : { sampled: some.before.rows }),
    linkage: linkageOf({
      original,
      output: remaining,
      kept,
      quasiIdentifiers,
      fits: (name) => fitsOf(columnOf(original, name), hierarchies.get(name)),
    }),
  };
}

/** Evenly spread records, at most so many, and what is left of them in the release. */
function sampleOf(original: Table, remaining: Table, kept: Int32Array, most: number) {
  const every = Math.ceil(original.rows / most);
  const rows = Int32Array.from({ length: Math.ceil(original.rows / every) }, (_, at) => at * every);
  const places = Int32Array.from(kept.keys()).filter((place) => kept[place]! % every === 0);
  return {
    before: takeRows(original, rows),
    after: takeRows(remaining, places),
    kept: places.map((place) => kept[place]! / every),
  };
}

/** Free text and identifiers have no distribution worth comparing. */
export function isCompared({ type }: Column): boolean {
  return type !== 'text' && type !== 'identifier';
}

/** The released rows that hold something, and the original row of each. */
export function remainingOf({ output, plan, suppressedRows }: Protected): {
  kept: Int32Array;
  remaining: Table;
} {
  const kept = Int32Array.from(suppressedRows.keys()).filter((row) => suppressedRows[row] === 0);
  return { kept, remaining: plan.suppressed === 'drop' ? output : takeRows(output, kept) };
}

/** What an attacker knows: the hierarchy, or that a range holds its ends and all between. */
function fitsOf(column: Table['columns'][number], hierarchy: string | undefined): Fits {
  if (hierarchy === undefined) return rangeFits();
  const canonical = canonicalText(column);
  const labels = new Map(
    readHierarchyLines(column.name, hierarchy).map(({ cells }) => {
      const value = canonical(cells[0] ?? '');
      return [value, new Set([value, ...cells.slice(1)])];
    }),
  );
  return (value, label) => labels.get(value)?.has(label) ?? false;
}

const RANGE = /^\[(.+), (.+)\]$/;

/** Each label is read once: there may be as many as parts. */
function rangeFits(): Fits {
  const number = (text: string): number =>
    Number.isNaN(Number(text)) ? Date.parse(text) : Number(text);
  const ends = new Map<string, readonly [number, number] | null>();
  const endsOf = (label: string): readonly [number, number] | null => {
    const [, low, high] = RANGE.exec(label) ?? [];
    return low === undefined || high === undefined ? null : [number(low), number(high)];
  };
  return (value, label) => {
    const known = ends.get(label);
    const range = known === undefined ? endsOf(label) : known;
    if (known === undefined) ends.set(label, range);
    if (range === null) return value === label;
    if (value === '') return false;
    const found = number(value);
    return range[0] <= found && found <= range[1];
  };
}
