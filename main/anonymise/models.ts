import type { PrivacyModel } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Classes } from './classes.ts';
import { distinctDiverse, entropyDiverse, recursiveDiverse } from './diversity.ts';
import { equalCloseness, hierarchicalCloseness } from './closeness.ts';
import type { EncodedColumn } from './encode.ts';
import type { Hierarchy } from './hierarchy.ts';
import { classMembers, HistogramReader, sensitiveCells, type Histogram } from './sensitive.ts';

/** A sensitive attribute with the hierarchy it may have; rows as in the table. */
export interface SensitiveColumn {
  readonly column: EncodedColumn;
  readonly hierarchy: Hierarchy | null;
}

export interface Verdict {
  /** 1 for every class that fails a model. */
  readonly failing: Uint8Array;
  /** Records in failing classes: what would have to be suppressed. */
  readonly suppressed: number;
  /**
   * Records failing a model that a passing record keeps passing when classes merge (k-anonymity,
   * distinct l-diversity): no finer node has fewer of them.
   */
  readonly unavoidable: number;
}

/** All models of a plan as one test over classes. */
export interface ModelTest {
  judge(classes: Classes): Verdict;
}

type HistogramTest = (histogram: Histogram, size: number) => boolean;

interface AttributeTest {
  readonly attribute: string;
  /** True when every class that contains a passing class passes. */
  readonly inherited: boolean;
  readonly holds: HistogramTest;
}

/**
 * Compiles the models of a plan for records with `tupleOfRow` into `tuples` distinct tuples.
 * Throws PRIVACY_MODEL_INVALID {model, reason, ...} for a type that is not built, a k above the
 * number of records, an attribute that is not sensitive or lacks what the model needs.
 */
export function compileModels(
  models: readonly PrivacyModel[],
  sensitive: ReadonlyMap<string, SensitiveColumn>,
  tupleOfRow: Int32Array,
  tuples: number,
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
      readers.set(attribute, new HistogramReader(sensitiveCells(column, tupleOfRow, tuples)));
    }
  }
  tests.sort((a, b) => Number(b.inherited) - Number(a.inherited));
  return { judge: (classes) => judge(classes, minimum, tests, readers) };
}

function judge(
  classes: Classes,
  minimum: number,
  tests: readonly AttributeTest[],
  readers: ReadonlyMap<string, HistogramReader>,
): Verdict {
  const members = tests.length > 0 ? classMembers(classes) : null;
  const failing = new Uint8Array(classes.count);
  let suppressed = 0;
  let unavoidable = 0;
  for (let c = 0; c < classes.count; c++) {
    const size = classes.sizes[c]!;
    const failed = size < minimum ? 'inherited' : failedTest(c, size);
    if (failed === null) continue;
    failing[c] = 1;
    suppressed += size;
    if (failed === 'inherited') unavoidable += size;
  }
  return { failing, suppressed, unavoidable };

  function failedTest(c: number, size: number): 'inherited' | 'other' | null {
    if (members === null) return null;
    for (const { attribute, holds, inherited } of tests) {
      if (holds(readers.get(attribute)!.read(members, c), size)) continue;
      return inherited ? 'inherited' : 'other';
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
