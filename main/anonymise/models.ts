import type { PrivacyModel } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Classes } from './classes.ts';
import { distinctDiverse, entropyDiverse, recursiveDiverse } from './diversity.ts';
import { equalCloseness, hierarchicalCloseness } from './closeness.ts';
import type { EncodedColumn } from './encode.ts';
import type { Hierarchy } from './hierarchy.ts';
import { HistogramReader, Members, type Histogram } from './sensitive.ts';

/** A sensitive attribute with the hierarchy it may have; rows as in the table. */
export interface SensitiveColumn {
  readonly column: EncodedColumn;
  readonly hierarchy: Hierarchy | null;
}

/** What the models say of the classes of one node; valid until the next is judged. */
export interface Verdict {
  /** 1 for every class that fails a model. */
  readonly failing: Uint8Array;
  /** Records in failing classes: what would have to be suppressed. */
  readonly suppressed: number;
  /**
   * 1 for every class that fails a model which a passing record keeps passing when classes merge
   * (k-anonymity, distinct l-diversity): its records fail at every finer node as well.
   */
  readonly inherited: Uint8Array;
  /** Records in those classes: no finer node suppresses fewer. */
  readonly unavoidable: number;
}

/** All models of a plan as one test over classes. */
export interface ModelTest {
  /** Whether classes must tell what they were merged from. */
  readonly traced: boolean;
  /** Whether whatever fails at a node fails at every finer one too. */
  readonly inherited: boolean;
  /**
   * Whether a node at which every class passes makes every coarser one pass (l-diversity:
   * Machanavajjhala et al. 2007; t-closeness: Li et al. 2007).
   */
  readonly survivesMerging: boolean;
  /** No class of fewer records passes. */
  readonly smallest: number;
  /** Stops when more than `enough` records fail; counts and flags are then lower bounds. */
  judge(classes: Classes, enough?: number): Verdict;
  /** Makes `copy`, a lasting copy of `classes`, fit to be merged from. */
  hold(classes: Classes, copy: Classes): void;
}

type HistogramTest = (histogram: Histogram, size: number) => boolean;

interface AttributeTest {
  readonly attribute: string;
  /** True when every class that contains a passing class passes. */
  readonly inherited: boolean;
  readonly holds: HistogramTest;
}

/**
 * Compiles the models of a plan for records with `tupleOfRow` into the distinct tuples `base`.
 * Throws PRIVACY_MODEL_INVALID {model, reason, ...} for a type that is not built, a k above the
 * number of records, an attribute that is not sensitive or lacks what the model needs.
 */
export function compileModels(
  models: readonly PrivacyModel[],
  sensitive: ReadonlyMap<string, SensitiveColumn>,
  tupleOfRow: Int32Array,
  base: Classes,
): ModelTest {
  const rows = tupleOfRow.length;
  let minimum = 1;
  const tests: AttributeTest[] = [];
  for (const model of models) {
    if (model.type === 'k-anonymity') {
      if (model.k > rows) throw unusable(model, 'k-above-rows', { k: model.k, rows });
      minimum = Math.max(minimum, model.k);
    } else {
      tests.push(attributeTest(model, sensitive));
    }
  }
  const readers = new Map<string, HistogramReader>();
  for (const { attribute } of tests) {
    const { column } = sensitive.get(attribute)!;
    if (!readers.has(attribute)) {
      readers.set(attribute, new HistogramReader(column, tupleOfRow, base));
    }
  }
  tests.sort((a, b) => Number(b.inherited) - Number(a.inherited));
  return new CompiledModels(minimum, tests, readers, base.count);
}

class CompiledModels implements ModelTest {
  readonly traced: boolean;
  readonly inherited: boolean;
  readonly survivesMerging = true;
  readonly smallest: number;
  readonly #tests: readonly AttributeTest[];
  readonly #readers: ReadonlyMap<string, HistogramReader>;
  readonly #members: Members;
  readonly #failing: Uint8Array;
  readonly #inherited: Uint8Array;

  constructor(
    minimum: number,
    tests: readonly AttributeTest[],
    readers: ReadonlyMap<string, HistogramReader>,
    tuples: number,
  ) {
    this.smallest = minimum;
    this.#tests = tests;
    this.#readers = readers;
    this.traced = tests.length > 0;
    this.inherited = tests.every(({ inherited }) => inherited);
    this.#members = new Members(this.traced ? tuples : 0);
    this.#failing = new Uint8Array(tuples);
    this.#inherited = this.inherited ? this.#failing : new Uint8Array(tuples);
  }

  judge(classes: Classes, enough = Infinity): Verdict {
    const { count, sizes } = classes;
    const failing = this.#failing;
    let unavoidable = 0;
    for (let c = 0; c < count; c++) {
      const size = sizes[c]!;
      const fails = size < this.smallest ? 1 : 0;
      failing[c] = fails;
      unavoidable += fails * size;
    }
    let suppressed = unavoidable;
    if (!this.inherited) this.#inherited.set(failing.subarray(0, count));
    if (this.traced && suppressed <= enough) {
      const members = this.#members.of(classes);
      for (let c = 0; c < count && suppressed <= enough; c++) {
        if (failing[c] === 1) continue;
        const failed = this.#failedTest(classes, members, c);
        if (failed === null) continue;
        failing[c] = 1;
        suppressed += sizes[c]!;
        if (!failed.inherited) continue;
        this.#inherited[c] = 1;
        unavoidable += sizes[c]!;
      }
    }
    return { failing, suppressed, inherited: this.#inherited, unavoidable };
  }

  hold(classes: Classes, copy: Classes): void {
    if (!this.traced) return;
    const members = this.#members.of(classes);
    for (const reader of this.#readers.values()) reader.hold(classes, members, copy);
  }

  #failedTest(
    classes: Classes,
    members: ReturnType<Members['of']>,
    c: number,
  ): AttributeTest | null {
    let read: string | null = null;
    let histogram: Histogram | null = null;
    for (const test of this.#tests) {
      if (histogram === null || read !== test.attribute) {
        histogram = this.#readers.get(test.attribute)!.read(classes, members, c);
        read = test.attribute;
      }
      if (!test.holds(histogram, classes.sizes[c]!)) return test;
    }
    return null;
  }
}

function attributeTest(
  model: Exclude<PrivacyModel, { type: 'k-anonymity' }>,
  sensitive: ReadonlyMap<string, SensitiveColumn>,
): AttributeTest {
  switch (model.type) {
    case 'distinct-l-diversity':
      return on(model, sensitive, () => distinctDiverse(model.l));
    case 'entropy-l-diversity':
      return on(model, sensitive, () => entropyDiverse(model.l));
    case 'recursive-c-l-diversity':
      return on(model, sensitive, () => recursiveDiverse(model.c, model.l));
    case 't-closeness-equal':
      return on(model, sensitive, ({ column }) => equalCloseness(model.t, column));
    case 't-closeness-hierarchical':
      return on(model, sensitive, ({ column, hierarchy }) => {
        if (hierarchy === null) throw unusable(model, 'hierarchy-missing');
        if (hierarchy.level(hierarchy.height - 1).labels.length > 1) {
          throw unusable(model, 'hierarchy-no-root');
        }
        return hierarchicalCloseness(model.t, column, hierarchy);
      });
    case 'entropy-l-diversity-grassberger':
    case 't-closeness-ordered':
    case 'beta-likeness':
    case 'k-map':
    case 'average-risk':
      throw unusable(model, 'not-available');
  }
}

function on(
  model: PrivacyModel & { readonly attribute: string },
  sensitive: ReadonlyMap<string, SensitiveColumn>,
  test: (column: SensitiveColumn) => HistogramTest,
): AttributeTest {
  const column = sensitive.get(model.attribute);
  if (column === undefined) throw unusable(model, 'not-sensitive', { column: model.attribute });
  const inherited = model.type === 'distinct-l-diversity';
  return { attribute: model.attribute, inherited, holds: test(column) };
}

function unusable(
  model: PrivacyModel,
  reason: string,
  more: Readonly<Record<string, string | number>> = {},
): ConcordError {
  return new ConcordError('PRIVACY_MODEL_INVALID', { model: model.type, reason, ...more });
}
