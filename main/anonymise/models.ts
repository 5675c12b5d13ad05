import type { PrivacyModel } from '../contract/anonymise.ts';
import { attributeTest, type AttributeTest, type SensitiveColumn } from './attribute-models.ts';
import type { Classes } from './classes.ts';
import { derivedK, present, type People } from './population.ts';
import { sampleTest, suppressUntil, type SampleModel, type SampleTest } from './sample-models.ts';
import { classMembers, HistogramReader, sensitiveCells } from './sensitive.ts';
import { unusable } from './unusable-model.ts';

export type { SensitiveColumn } from './attribute-models.ts';

export interface Verdict {
  /** 1 for every class that fails a model. */
  readonly failing: Uint8Array;
  /** Records in failing classes: what would have to be suppressed. */
  readonly suppressed: number;
  /**
   * Records failing a model that a passing record keeps passing when classes merge (k-anonymity,
   * k-map, distinct l-diversity, average risk): no finer node has fewer of them.
   */
  readonly unavoidable: number;
}

/** All models of a plan as one test over classes. */
export interface ModelTest {
  judge(classes: Classes): Verdict;
  /**
   * Whether a node where nothing fails has only such nodes above it, so that one that fails rules
   * out finer ones when nothing may be suppressed. Not so with Grassberger's entropy, presence
   * with a minimum above 0, and population uniqueness.
   */
  readonly merging: boolean;
}

/** A test of a class by its people in the population. */
interface PeopleTest {
  readonly inherited: boolean;
  readonly merging: boolean;
  holds(people: number, size: number): boolean;
}

interface Compiled {
  /** Every class has at least so many records. */
  minimum: number;
  readonly attributes: AttributeTest[];
  readonly people: PeopleTest[];
  readonly sample: SampleTest[];
}

/**
 * Compiles the models of a plan for records with `tupleOfRow` into `tuples` distinct tuples; rows
 * of no tuple (-1) are not judged but stay part of the distribution that classes are compared to.
 * `people`: whom the records were drawn from, where the plan says it.
 * Throws PRIVACY_MODEL_INVALID {model, reason, ...}: a k above the number of records, an attribute
 * that is not sensitive or lacks what the model needs, a model that needs a population.
 */
export function compileModels(
  models: readonly PrivacyModel[],
  sensitive: ReadonlyMap<string, SensitiveColumn>,
  tupleOfRow: Int32Array,
  tuples: number,
  people: People | null = null,
): ModelTest {
  const compiled: Compiled = { minimum: 1, attributes: [], people: [], sample: [] };
  for (const model of models) compile(compiled, model, sensitive, tupleOfRow.length, people);
  const readers = new Map<string, HistogramReader>();
  for (const { attribute } of compiled.attributes) {
    const { column } = sensitive.get(attribute)!;
    if (!readers.has(attribute)) {
      readers.set(attribute, new HistogramReader(sensitiveCells(column, tupleOfRow, tuples)));
    }
  }
  compiled.attributes.sort((a, b) => Number(b.inherited) - Number(a.inherited));
  compiled.people.sort((a, b) => Number(b.inherited) - Number(a.inherited));
  const { attributes, people: peopleTests, sample } = compiled;
  const merging = [...attributes, ...peopleTests, ...sample].every((test) => test.merging);
  return { judge: (classes) => judge(classes, compiled, readers, people), merging };
}

function compile(
  compiled: Compiled,
  model: PrivacyModel,
  sensitive: ReadonlyMap<string, SensitiveColumn>,
  rows: number,
  people: People | null,
): void {
  switch (model.type) {
    case 'k-anonymity':
      if (model.k > rows) throw unusable(model, 'k-above-rows', { k: model.k, rows });
      compiled.minimum = Math.max(compiled.minimum, model.k);
      return;
    case 'k-map': {
      // A size of its own stands for a population that is not known by name.
      const size = model.population ?? people?.size;
      if (size === undefined) throw unusable(model, 'population-missing');
      if (size < rows) throw unusable(model, 'population-small', { size, rows });
      if (people?.counts && model.population === undefined) {
        compiled.people.push({
          inherited: true,
          merging: true,
          holds: (count) => count >= model.k,
        });
      } else {
        compiled.minimum = Math.max(compiled.minimum, derivedK(model, rows, size));
      }
      return;
    }
    case 'delta-presence':
      if (!people?.counts) throw unusable(model, 'population-table-missing');
      if (model.minimum > model.maximum) throw unusable(model, 'minimum-above-maximum');
      // People without any record may join a class and make presence in it less certain.
      compiled.people.push({
        inherited: false,
        merging: model.minimum === 0,
        holds: present(model),
      });
      return;
    case 'average-risk':
    case 'records-at-risk':
    case 'sample-uniqueness':
    case 'population-uniqueness':
      compiled.sample.push(wholeTest(model, people));
      return;
    default:
      compiled.attributes.push(attributeTest(model, sensitive));
  }
}

function wholeTest(model: SampleModel, people: People | null): SampleTest {
  if (model.type === 'population-uniqueness' && people === null) {
    throw unusable(model, 'population-missing');
  }
  return sampleTest(model, people);
}

function judge(
  classes: Classes,
  { minimum, attributes, people, sample }: Compiled,
  readers: ReadonlyMap<string, HistogramReader>,
  population: People | null,
): Verdict {
  const members = attributes.length > 0 ? classMembers(classes) : null;
  const counts = people.length > 0 ? population!.counts!.of(classes) : null;
  const failing = new Uint8Array(classes.count);
  let suppressed = 0;
  let unavoidable = 0;
  for (let c = 0; c < classes.count; c++) {
    const size = classes.sizes[c]!;
    const failed = failedTest(c, size);
    if (failed === null) continue;
    failing[c] = 1;
    suppressed += size;
    if (failed === 'inherited') unavoidable += size;
  }
  if (sample.length > 0) {
    // Other models failing, these records might have been spared: then only theirs are certain.
    const certain = suppressed === unavoidable && sample.every(({ inherited }) => inherited);
    const more = suppressUntil(sample, classes.sizes, failing);
    suppressed += more;
    if (certain) unavoidable += more;
  }
  return { failing, suppressed, unavoidable };

  function failedTest(c: number, size: number): 'inherited' | 'other' | null {
    if (size < minimum) return 'inherited';
    let failed: 'other' | null = null;
    for (const { inherited, holds } of people) {
      if (holds(counts![c]!, size)) continue;
      if (inherited) return 'inherited';
      failed = 'other';
    }
    if (members === null) return failed;
    for (const { attribute, holds, inherited } of attributes) {
      if (failed !== null && !inherited) break;
      if (holds(readers.get(attribute)!.read(members, c), size)) continue;
      return inherited ? 'inherited' : 'other';
    }
    return failed;
  }
}
