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

/** Before and after side by side, over the rows that remain; blanked rows count as gone. */
export function assess(given: Protected): Counted {
  const { original, plan, hierarchies } = given;
  const { kept, remaining } = remainingOf(given);
  const quasiIdentifiers = Object.keys(plan.quasiIdentifiers);
  const compared = remaining.columns.filter(isCompared).map(({ name }) => name);
  return {
    singlingOut: {
      before: singlingOutOf(original, quasiIdentifiers),
      after: singlingOutOf(remaining, quasiIdentifiers),
    },
    change: Object.fromEntries(
      compared.map((name) => [
        name,
        changeOf({ before: columnOf(original, name), after: columnOf(remaining, name), kept }),
      ]),
    ),
    association: associationOf(original, remaining, compared),
    linkage: linkageOf({
      original,
      output: remaining,
      kept,
      quasiIdentifiers,
      fits: (name) => fitsOf(columnOf(original, name), hierarchies.get(name)),
    }),
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
  if (hierarchy === undefined) return inRange;
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

function inRange(value: string, label: string): boolean {
  const [, low, high] = RANGE.exec(label) ?? [];
  if (low === undefined || high === undefined) return value === label;
  if (value === '') return false;
  const number = (text: string): number =>
    Number.isNaN(Number(text)) ? Date.parse(text) : Number(text);
  return number(low) <= number(value) && number(value) <= number(high);
}
