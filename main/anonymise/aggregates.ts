import type { Aggregate } from '../contract/anonymise.ts';

/**
 * Brings one value per attribute together; grows with each of them. For bounds, which need no
 * last digit, it is also a sum or maximum of terms, so that whole vectors of levels are compared
 * by adding numbers that were worked out once per level.
 */
export interface Combine {
  of(values: Float64Array): number;
  /** The term of one attribute's value. */
  term(value: number): number;
  readonly join: 'sum' | 'maximum';
  /** What terms that are joined mean. */
  finish(joined: number): number;
}

export function combineBy(aggregate: Exclude<Aggregate, 'NONE'>, attributes: number): Combine {
  const same = (value: number): number => value;
  switch (aggregate) {
    case 'SUM':
      return { of: sum, term: same, join: 'sum', finish: same };
    case 'MAXIMUM':
      return {
        of: (values) => values.reduce((most, value) => Math.max(most, value), 0),
        term: same,
        join: 'maximum',
        finish: same,
      };
    case 'ARITHMETIC_MEAN':
      return {
        of: (values) => sum(values) / values.length,
        term: same,
        join: 'sum',
        finish: (joined) => joined / attributes,
      };
    case 'GEOMETRIC_MEAN':
      return {
        of: (values) =>
          values.reduce((product, value) => product * Math.pow(value + 1, 1 / values.length), 1) -
          1,
        term: (value) => Math.log1p(value) / attributes,
        join: 'sum',
        finish: Math.expm1,
      };
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** One term per attribute and level. */
export class LevelTerms {
  readonly #combine: Combine;
  readonly #terms: readonly Float64Array[];

  /** `valueOf`: the value of attribute j at a level. */
  constructor(
    combine: Combine,
    heights: readonly number[],
    valueOf: (j: number, level: number) => number,
  ) {
    this.#combine = combine;
    this.#terms = heights.map((height, j) =>
      Float64Array.from({ length: height }, (_, level) => combine.term(valueOf(j, level))),
    );
  }

  at(levels: readonly number[]): number {
    const { join, finish } = this.#combine;
    let joined = 0;
    if (join === 'sum') {
      for (let j = 0; j < levels.length; j++) joined += this.#terms[j]![levels[j]!]!;
    } else {
      for (let j = 0; j < levels.length; j++) {
        joined = Math.max(joined, this.#terms[j]![levels[j]!]!);
      }
    }
    return finish(joined);
  }
}
