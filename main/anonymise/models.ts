import type { PrivacyModel } from '../contract/anonymise.ts';
import { attributeTest, type AttributeTest, type SensitiveColumn } from './attribute-models.ts';
import type { Classes } from './classes.ts';
import type { EarlierRounds } from './earlier-rounds.ts';
import { derivedK, present, type People } from './population.ts';
import { sampleTest, suppressUntil, type SampleModel, type SampleTest } from './sample-models.ts';
import { HistogramReader, Members, type Histogram } from './sensitive.ts';
import { unusable } from './unusable-model.ts';

export type { SensitiveColumn } from './attribute-models.ts';

/** What the models say of the classes of one node; valid until the next is judged. */
export interface Verdict {
  /** Records of each class that have to be suppressed: all or none. */
  readonly lost: Int32Array;
  /** Their sum. */
  readonly suppressed: number;
  /**
   * Of each class the records that at least have to be suppressed at every finer node as well,
   * whichever they are.
   */
  readonly certain: Int32Array;
  /** Their sum. */
  readonly certainRecords: number;
  /** No finer node suppresses fewer records, whichever they are; no less than that sum. */
  readonly unavoidable: number;
}

/** All models of a plan as one test over classes. */
export interface ModelTest {
  /** Whether classes must tell what they were merged from. */
  readonly traced: boolean;
  /** Whether they must be merged from the distinct tuples, because the order of values counts. */
  readonly ordered: boolean;
  /** Whether whatever fails at a node fails at every finer one too. */
  readonly inherited: boolean;
  /**
   * Whether a node where nothing fails has only such nodes above it, so that one that fails rules
   * out finer ones when nothing may be suppressed. Not so with Grassberger's entropy, presence
   * with a minimum above 0, and population uniqueness.
   */
  readonly merging: boolean;
  /** No class of fewer records passes. */
  readonly smallest: number;
  /** Stops when more than `enough` records are unavoidable; all counts are then lower bounds. */
  judge(classes: Classes, enough?: number): Verdict;
  /** Makes `copy`, a lasting copy of `classes`, fit to be merged from. */
  hold(classes: Classes, copy: Classes): void;
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
 * Compiles the models of a plan for records with `tupleOfRow` into the distinct tuples `base`; rows
 * of no tuple (-1) are not judged but stay part of the distribution that classes are compared to.
 * `people`: whom the records were drawn from, where the plan says it. `earlier`: what rounds of
 * local recoding before this one keep.
 * Throws PRIVACY_MODEL_INVALID {model, reason, ...}: a k above the number of records, an attribute
 * that is not sensitive or lacks what the model needs, a model that needs a population.
 */
export function compileModels(
  models: readonly PrivacyModel[],
  sensitive: ReadonlyMap<string, SensitiveColumn>,
  tupleOfRow: Int32Array,
  base: Classes,
  people: People | null = null,
  earlier: EarlierRounds | null = null,
): ModelTest {
  const compiled: Compiled = { minimum: 1, attributes: [], people: [], sample: [] };
  const known = { rows: tupleOfRow.length, people, kept: earlier?.sizes };
  for (const model of models) compile(compiled, model, sensitive, known);
  const readers = new Map<string, HistogramReader>();
  for (const { attribute } of compiled.attributes) {
    const { column } = sensitive.get(attribute)!;
    if (!readers.has(attribute)) {
      readers.set(attribute, new HistogramReader(column, tupleOfRow, base));
    }
  }
  compiled.attributes.sort((a, b) => Number(b.inherited) - Number(a.inherited));
  compiled.people.sort((a, b) => Number(b.inherited) - Number(a.inherited));
  const { attributes, sample } = compiled;
  const mayMerge = [...attributes, ...sample].every(({ merging }) => merging);
  return new CompiledModels(compiled, readers, {
    people,
    tuples: base.count,
    apart: mayMerge ? null : earlier,
  });
}

/** What compiling a model asks for besides the sensitive columns. */
interface Known {
  readonly rows: number;
  readonly people: People | null;
  /** Sizes of classes that earlier rounds keep. */
  readonly kept: Int32Array | undefined;
}

interface Surroundings {
  readonly people: People | null;
  readonly tuples: number;
  /** Rounds whose classes may not get any larger, because a larger one need not pass. */
  readonly apart: EarlierRounds | null;
}

function compile(
  compiled: Compiled,
  model: PrivacyModel,
  sensitive: ReadonlyMap<string, SensitiveColumn>,
  { rows, people, kept }: Known,
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
      compiled.sample.push(wholeTest(model, people, kept));
      return;
    default:
      compiled.attributes.push(attributeTest(model, sensitive));
  }
}

function wholeTest(model: SampleModel, people: People | null, kept?: Int32Array): SampleTest {
  if (model.type === 'population-uniqueness' && people === null) {
    throw unusable(model, 'population-missing');
  }
  return sampleTest(model, people, kept);
}

class CompiledModels implements ModelTest {
  readonly traced: boolean;
  readonly ordered: boolean;
  readonly inherited: boolean;
  readonly merging: boolean;
  readonly smallest: number;
  readonly #tests: Compiled;
  readonly #readers: ReadonlyMap<string, HistogramReader>;
  readonly #population: People | null;
  readonly #apart: EarlierRounds | null;
  readonly #members: Members;
  readonly #lost: Int32Array;
  readonly #certain: Int32Array;

  constructor(
    tests: Compiled,
    readers: ReadonlyMap<string, HistogramReader>,
    { people: population, tuples, apart }: Surroundings,
  ) {
    const { attributes, people, sample } = tests;
    this.#tests = tests;
    this.#readers = readers;
    this.#population = population;
    this.#apart = apart;
    this.smallest = tests.minimum;
    this.traced = attributes.length > 0;
    this.ordered = attributes.some(({ ordered }) => ordered);
    this.inherited =
      apart === null &&
      sample.length === 0 &&
      [...attributes, ...people].every(({ inherited }) => inherited);
    this.merging = [...attributes, ...people, ...sample].every(({ merging }) => merging);
    this.#members = new Members(this.traced ? tuples : 0);
    this.#lost = new Int32Array(tuples);
    this.#certain = this.inherited ? this.#lost : new Int32Array(tuples);
  }

  judge(classes: Classes, enough = Infinity): Verdict {
    const { count, sizes } = classes;
    const { sample } = this.#tests;
    const lost = this.#lost;
    const certain = this.#certain;
    let certainRecords = 0;
    for (let c = 0; c < count; c++) {
      const size = sizes[c]!;
      const tooSmall = size < this.smallest ? size : 0;
      lost[c] = tooSmall;
      certainRecords += tooSmall;
    }
    let suppressed = certainRecords;
    if (!this.inherited) certain.set(lost.subarray(0, count));
    if (certainRecords <= enough) {
      const failure = this.#failures(classes);
      for (let c = 0; failure !== null && c < count && certainRecords <= enough; c++) {
        const size = sizes[c]!;
        if (size < this.smallest) continue;
        const sure = failure(c);
        if (sure === null) continue;
        lost[c] = size;
        suppressed += size;
        certain[c] = sure;
        certainRecords += sure;
      }
    }
    let unavoidable = certainRecords;
    if (sample.length > 0 && unavoidable <= enough) {
      // Other models failing, these records might have been spared: then only theirs are certain.
      const alone = suppressed === certainRecords && sample.every(({ inherited }) => inherited);
      const more = suppressUntil(sample, sizes.subarray(0, count), lost);
      suppressed += more;
      if (alone) unavoidable += more;
    }
    return { lost, suppressed, certain, certainRecords, unavoidable };
  }

  hold(classes: Classes, copy: Classes): void {
    if (!this.traced) return;
    const members = this.#members.of(classes);
    for (const reader of this.#readers.values()) reader.hold(classes, members, copy);
  }

  /**
   * Per class null where every test passes, else how many records are certain to fail at finer
   * nodes; null where there is no test.
   */
  #failures(classes: Classes): ((c: number) => number | null) | null {
    const { attributes, people } = this.#tests;
    const taken = this.#apart?.taken(classes) ?? null;
    if (attributes.length + people.length === 0 && taken === null) return null;
    const members = this.traced ? this.#members.of(classes) : null;
    const counts = people.length > 0 ? this.#population!.counts!.of(classes) : null;
    return (c) => {
      const size = classes.sizes[c]!;
      let sure: number | null = taken?.(c) ? 0 : null;
      for (const { inherited, holds } of people) {
        if (holds(counts![c]!, size)) continue;
        if (inherited) return size;
        sure ??= 0;
      }
      let read: string | null = null;
      let histogram: Histogram | null = null;
      for (const test of attributes) {
        if (histogram === null || read !== test.attribute) {
          histogram = this.#readers.get(test.attribute)!.read(classes, members!, c);
          read = test.attribute;
        }
        if (test.holds(histogram, size)) continue;
        if (test.inherited) return size;
        sure = Math.max(sure ?? 0, test.certain(histogram, size));
      }
      return sure;
    };
  }
}
