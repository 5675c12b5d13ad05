import { writeHierarchyLines } from '../anonymise/hierarchy-text.ts';
import { intervalHierarchy, maskHierarchy, treeHierarchy } from '../anonymise/presets.ts';
import type { AnonymisePlanInput } from '../contract/anonymise.ts';
import type { TrainPlanInput } from '../contract/train.ts';
import { uniform } from '../privacy/random.ts';
import { seededRandom } from '../privacy/seeded.ts';
import type { Table } from '../records/table.ts';
import type { Language } from '../contract/language.ts';
import { POSTCODES, sampleRecords } from './sample.ts';
import { sampleWords } from './sample-words.ts';

export const DEMO_ROWS = 6000;

/** The sample study in one language: who misses follow-up? Everything a person would choose on screen. */
export interface Demo {
  readonly label: string;
  readonly groups: readonly string[];
  readonly protection: AnonymisePlanInput;
  /** Hierarchy text by column. */
  readonly hierarchies: ReadonlyMap<string, string>;
  readonly training: TrainPlanInput;
  /** Columns of free text, to be searched and released with tags. */
  readonly texts: readonly string[];
  /** What is left for the person to tick, because it is sensitive. */
  readonly sensitive: readonly string[];
}

export function demoOf(language: Language): Demo {
  const w = sampleWords(language);
  const is = w.columns;
  return {
    label: is.missed,
    groups: [is.district, is.sex, is.spoken],
    protection: {
      quasiIdentifiers: Object.fromEntries(
        [is.age, is.sex, is.spoken, is.district, is.postcode].map((column) => [
          column,
          { hierarchy: column },
        ]),
      ),
      sensitive: { [is.diagnosis]: {} },
      insensitive: [
        is.distance,
        is.insurance,
        is.clinic,
        is.reminder,
        is.visits,
        is.missedBefore,
        is.waitDays,
        is.missed,
      ],
      models: [{ type: 'k-anonymity', k: 5 }],
      suppressionLimit: 0.02,
      metric: 'loss',
    },
    hierarchies: new Map([
      [is.age, intervalHierarchy({ min: 18, max: 95, widths: [5, 10, 20, 40], topFrom: 90 })],
      [is.sex, allOrNothing(w.sexes)],
      [is.spoken, allOrNothing(w.spoken)],
      [is.district, treeHierarchy({ inner: w.districts.slice(0, 3), outer: w.districts.slice(3) })],
      [is.postcode, maskHierarchy(POSTCODES, { from: 'right' })],
    ]),
    // Bounds and lists are public: they are printed on the clinic's own forms, not read from records.
    training: {
      label: is.missed,
      positive: w.missed[1],
      labels: [...w.missed],
      features: [
        is.age,
        is.distance,
        is.visits,
        is.missedBefore,
        is.waitDays,
        is.insurance,
        is.clinic,
        is.reminder,
        is.diagnosis,
        is.district,
      ],
      bounds: {
        [is.age]: [18, 95],
        [is.distance]: [0, 40],
        [is.visits]: [0, 12],
        [is.missedBefore]: [0, 6],
        [is.waitDays]: [0, 60],
      },
      categories: {
        [is.insurance]: [...w.insurances],
        [is.clinic]: [...w.clinics],
        [is.reminder]: [...w.reminders],
        [is.diagnosis]: [...w.diagnoses],
        [is.district]: [...w.districts],
      },
      split: { test: 0.25, seed: 1 },
      model: { kind: 'logistic' },
      privacy: { epsilon: 2, delta: 1e-5 },
    },
    texts: [is.note],
    sensitive: [is.diagnosis],
  };
}

function allOrNothing(values: readonly string[]): string {
  return writeHierarchyLines(values.map((value) => [value, '*']));
}

/** The invented records of the demo; the seed fixes them, and protects nobody. */
export function demoRecords(rows = DEMO_ROWS, seed = 1, language: Language = 'en'): Table {
  const words = seededRandom(seed);
  return sampleRecords({ rows, language, uniform: () => uniform(words) });
}
