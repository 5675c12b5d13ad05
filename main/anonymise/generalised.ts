import type { AnonymiseOutcome } from '../contract/anonymise.ts';
import type { CodedColumn } from '../records/table.ts';

/** Rows at the levels of the round that keeps them; -1: suppressed. */
export interface LevelsOfRows {
  readonly levels: readonly Readonly<Record<string, number>>[];
  readonly ofRow: Int32Array;
}

/** What a search found, whatever its kind: cells, suppressed rows, and classes with figures. */
export interface Generalised {
  readonly cells: ReadonlyMap<string, (rows: Int32Array) => CodedColumn>;
  readonly suppressed: Uint8Array;
  /** Sizes of the remaining classes and of those before. */
  readonly sizes: Int32Array;
  readonly before: Int32Array;
  /** People of each class in the population, where a table of them was given. */
  readonly peopleOfClass: Float64Array | null;
  readonly peopleBefore: Float64Array | null;
  /** People of the population where the plan knows them. */
  readonly people: number | null;
  readonly score: number | null;
  /** The levels of each round, and the round that keeps each row (-1: none); null for ranges. */
  readonly rounds: LevelsOfRows | null;
  readonly work: Pick<
    AnonymiseOutcome,
    'levels' | 'nodesChecked' | 'latticeNodes' | 'search' | 'localRecoding' | 'partition'
  >;
}
