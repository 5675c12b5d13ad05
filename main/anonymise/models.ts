import type { PrivacyModel } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Classes } from './classes.ts';
import { distinctDiverse, entropyDiverse, recursiveDiverse } from './diversity.ts';
import { equalCloseness, hierarchicalCloseness } from './closeness.ts';
import type { EncodedColumn } from './encode.ts';
import type { Hierarchy } from './hierarchy.ts';
import type { HistogramTest } from './histogram-test.ts';
import { HistogramReader, Members, type Histogram } from './sensitive.ts';

/** A sensitive attribute with the hierarchy it may have; rows as in the table. */
export interface SensitiveColumn {
  readonly column: EncodedColumn;
  readonly hierarchy: Hierarchy | null;
}

/** What the models say of the classes of one node; valid until the next is judged. */
export interface Verdict {
  /** Records of each class that have to be suppressed: all where it fails a model, else none. */
  readonly lost: Int32Array;
  /** Their sum. */
  readonly suppressed: number;
  /**
   * Of each class the records that at least have to be suppressed at every finer node as well,
   * whichever they are.
   */
  readonly certain: Int32Array;
  /** Their sum. */
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
  readonly merging: boolean;
  /** No class of fewer records passes. */
  readonly smallest: number;
  /** Stops when more than `enough` records are unavoidable; all counts are then lower bounds. */
  judge(classes: Classes, enough?: number): Verdict;
  /** Makes `copy`, a lasting copy of `classes`, fit to be merged from. */
  hold(classes: Classes, copy: Classes): void;
}

interface AttributeTest extends HistogramTest {
  readonly attribute: string;
  /** Whether all records of a class that fails fail at every finer node. */
  readonly inherited: boolean;
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
  let smallest = 1;
  const tests: AttributeTest[] = [];
  for (const model of models) {
    if (model.type === 'k-anonymity') {
      if (model.k > rows) throw unusable(model, 'k-above-rows', { k: model.k, rows });
      smallest = Math.max(smallest, model.k);
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
  return new CompiledModels(smallest, tests, readers, base.count);
}

class CompiledModels implements ModelTest {
  readonly traced: boolean;
  readonly inherited: boolean;
  readonly merging = true;
  readonly smallest: number;
  readonly #tests: readonly AttributeTest[];
  readonly #readers: ReadonlyMap<string, HistogramReader>;
  readonly #members: Members;
  readonly #lost: Int32Array;
  readonly #certain: Int32Array;

  constructor(
    smallest: number,
    tests: readonly AttributeTest[],
    readers: ReadonlyMap<string, HistogramReader>,
    tuples: number,
  ) {
    this.smallest = smallest;
    this.#tests = tests;
    this.#readers = readers;
    this.traced = tests.length > 0;
    this.inherited = tests.every(({ inherited }) => inherited);
    this.#members = new Members(this.traced ? tuples : 0);
    this.#lost = new Int32Array(tuples);
    this.#certain = this.inherited ? this.#lost : new Int32Array(tuples);
  }

  judge(classes: Classes, enough = Infinity): Verdict {
    const { count, sizes } = classes;
    const lost = this.#lost;
    const certain = this.#certain;
    let unavoidable = 0;
    for (let c = 0; c < count; c++) {
      const size = sizes[c]!;
      const tooSmall = size < this.smallest ? size : 0;
      lost[c] = tooSmall;
      unavoidable += tooSmall;
    }
    let suppressed = unavoidable;
    if (!this.inherited) certain.set(lost.subarray(0, count));
    if (this.traced && unavoidable <= enough) {
      const members = this.#members.of(classes);
      for (let c = 0; c < count && unavoidable <= enough; c++) {
        const size = sizes[c]!;
        if (size < this.smallest) continue;
        const sure = this.#failure(classes, members, c);
        if (sure === null) continue;
        lost[c] = size;
        suppressed += size;
        certain[c] = sure;
        unavoidable += sure;
      }
    }
    return { lost, suppressed, certain, unavoidable };
  }

  hold(classes: Classes, copy: Classes): void {
    if (!this.traced) return;
    const members = this.#members.of(classes);
    for (const reader of this.#readers.values()) reader.hold(classes, members, copy);
  }

  /** null where every test passes; else how many records are certain to fail at finer nodes. */
  #failure(classes: Classes, members: ReturnType<Members['of']>, c: number): number | null {
    const size = classes.sizes[c]!;
    let read: string | null = null;
    let histogram: Histogram | null = null;
    let sure: number | null = null;
    for (const test of this.#tests) {
      if (histogram === null || read !== test.attribute) {
        histogram = this.#readers.get(test.attribute)!.read(classes, members, c);
        read = test.attribute;
      }
      if (test.holds(histogram, size)) continue;
      if (test.inherited) return size;
      sure = Math.max(sure ?? 0, test.certain(histogram, size));
    }
    return sure;
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
  return { attribute: model.attribute, inherited, ...test(column) };
}

function unusable(
  model: PrivacyModel,
  reason: string,
  more: Readonly<Record<string, string | number>> = {},
): ConcordError {
  return new ConcordError('PRIVACY_MODEL_INVALID', { model: model.type, reason, ...more });
}
