import type { PrivacyModel } from '../contract/anonymise.ts';
import { codeAt, part, type Classes } from './classes.ts';
import type { Hierarchy } from './hierarchy.ts';

/** The people that records were drawn from. */
export interface People {
  readonly size: number;
  /** Their quasi-identifiers, when a table of them was given. */
  readonly counts: PopulationCounts | null;
}

/** How many people of a population share each class, whatever the levels. */
export class PopulationCounts {
  /** Distinct tuples of level-0 codes, and how many people each stands for. */
  readonly #tuples: Classes;
  readonly #hierarchies: readonly Hierarchy[];

  constructor(tuples: Classes) {
    this.#tuples = tuples;
    this.#hierarchies = tuples.layout.hierarchies;
  }

  /** People per class; 0 for a class that no one of the population belongs to. */
  of(classes: Classes): Float64Array {
    const people = new Float64Array(classes.count);
    this.#each(classes, (tuple, c) => {
      if (c !== undefined) people[c]! += this.#tuples.sizes[tuple]!;
    });
    return people;
  }

  /** Those who belong to none of the classes that are kept (`lost` 0). */
  without(classes: Classes, lost: Int32Array): PopulationCounts {
    const left: number[] = [];
    this.#each(classes, (tuple, c) => {
      if (c === undefined || lost[c]! > 0) left.push(tuple);
    });
    return new PopulationCounts(part(this.#tuples, Int32Array.from(left)));
  }

  /** Visits every tuple of the population with its class, where there is one. */
  #each(classes: Classes, visit: (tuple: number, c: number | undefined) => void): void {
    const tuples = this.#tuples;
    const key = this.#key(classes.levels);
    const classOf = new Map<number | string, number>();
    for (let c = 0; c < classes.count; c++) {
      classOf.set(
        key((j) => codeAt(classes, c, j)),
        c,
      );
    }
    const steps = this.#hierarchies.map((hierarchy, j) => hierarchy.step(0, classes.levels[j]!));
    for (let tuple = 0; tuple < tuples.count; tuple++) {
      visit(tuple, classOf.get(key((j) => steps[j]![codeAt(tuples, tuple, j)]!)));
    }
  }

  /** One number per vector of codes where a double holds them all apart, else a text. */
  #key(levels: readonly number[]): (code: (j: number) => number) => number | string {
    const radix = this.#hierarchies.map(
      (hierarchy, j) => hierarchy.level(levels[j]!).labels.length,
    );
    const places = radix.map((_, j) => radix.slice(0, j).reduce((product, n) => product * n, 1));
    const all = radix.reduce((product, n) => product * n, 1);
    if (all <= Number.MAX_SAFE_INTEGER) {
      return (code) => places.reduce((sum, place, j) => sum + place * code(j), 0);
    }
    return (code) => radix.map((_, j) => code(j)).join();
  }
}

/** What is assumed of an estimated k-map where the plan does not say. */
const SIGNIFICANCE = 0.05;

/**
 * The size k' of a class of the sample from which on a class of fewer than k people in the
 * population is ruled out at the significance level, when its members came into the sample by
 * chance (El Emam, Dankar 2008, estimators D3, Poisson, and D4, zero-truncated Poisson). With j
 * the least count whose cumulated probability at the mean f k is at least 1 - significance, k' is
 * j + 2 (Poisson) or j + 1 (zero-truncated), as in ARX; never above k nor above the rows.
 */
export function derivedK(
  model: PrivacyModel & { readonly type: 'k-map' },
  rows: number,
  people: number,
): number {
  const most = Math.min(model.k, rows);
  const mean = (rows / people) * model.k;
  const wanted = 1 - (model.significance ?? SIGNIFICANCE);
  const truncated = model.estimator === 'zero-truncated-poisson';
  const scale = truncated ? -Math.expm1(-mean) : 1;
  let logarithm = -mean;
  let cumulated = truncated ? 0 : Math.exp(logarithm);
  let count = 0;
  while (cumulated < wanted || (truncated && count === 0)) {
    count += 1;
    if (count >= most) return most;
    logarithm += Math.log(mean / count);
    cumulated += Math.exp(logarithm) / scale;
  }
  return Math.min(most, truncated ? count + 1 : count + 2);
}

/**
 * Delta-presence (Nergiz, Atzori, Clifton 2007): whoever knows a person's quasi-identifiers can
 * tell with a certainty between minimum and maximum that this person is in the records: records
 * of the class / people of the class. Classes of people without any record are not judged.
 */
export function present(
  model: PrivacyModel & { readonly type: 'delta-presence' },
): (people: number, size: number) => boolean {
  const tolerance = 1e-12;
  return (people, size) => {
    const delta = size / people;
    return delta >= model.minimum - tolerance && delta <= model.maximum + tolerance;
  };
}
