import { writeHierarchyLines } from '../anonymise/hierarchy-text.ts';
import { intervalHierarchy, maskHierarchy, treeHierarchy } from '../anonymise/presets.ts';
import type { AnonymisePlanInput } from '../contract/anonymise.ts';
import type { TrainPlanInput } from '../contract/train.ts';
import { uniform } from '../privacy/random.ts';
import { seededRandom } from '../privacy/seeded.ts';
import type { Table } from '../records/table.ts';
import {
  CLINICS,
  DIAGNOSES,
  DISTRICTS,
  INSURANCES,
  LANGUAGES_SPOKEN,
  POSTCODES,
  REMINDERS,
  sampleRecords,
} from './sample.ts';

/** The sample study: who misses follow-up? Everything a person would choose on screen. */
export const DEMO_LABEL = 'missed_follow_up';
export const DEMO_ROWS = 6000;
export const DEMO_GROUPS = ['district', 'sex', 'language'] as const;

export const DEMO_PROTECTION: AnonymisePlanInput = {
  quasiIdentifiers: {
    age: { hierarchy: 'age' },
    sex: { hierarchy: 'sex' },
    language: { hierarchy: 'language' },
    district: { hierarchy: 'district' },
    postcode: { hierarchy: 'postcode' },
  },
  sensitive: { diagnosis: {} },
  insensitive: [
    'distance_km',
    'insurance',
    'clinic',
    'reminder',
    'visits_last_year',
    'missed_before',
    'wait_days',
    DEMO_LABEL,
  ],
  models: [{ type: 'k-anonymity', k: 5 }],
  suppressionLimit: 0.02,
  metric: 'loss',
};

export function demoHierarchies(): ReadonlyMap<string, string> {
  const [outer, inner] = [true, false].map((far) =>
    DISTRICTS.filter((district) => district.startsWith('Outer') === far),
  );
  return new Map([
    ['age', intervalHierarchy({ min: 18, max: 95, widths: [5, 10, 20, 40], topFrom: 90 })],
    ['sex', allOrNothing(['female', 'male'])],
    ['language', allOrNothing(LANGUAGES_SPOKEN)],
    ['district', treeHierarchy({ inner: inner ?? [], outer: outer ?? [] })],
    ['postcode', maskHierarchy(POSTCODES, { from: 'right' })],
  ]);
}

function allOrNothing(values: readonly string[]): string {
  return writeHierarchyLines(values.map((value) => [value, '*']));
}

/** Bounds and lists are public: they are printed on the clinic's own forms, not read from records. */
export const DEMO_TRAINING: TrainPlanInput = {
  label: DEMO_LABEL,
  positive: 'yes',
  labels: ['no', 'yes'],
  features: [
    'age',
    'distance_km',
    'visits_last_year',
    'missed_before',
    'wait_days',
    'insurance',
    'clinic',
    'reminder',
    'diagnosis',
    'district',
  ],
  bounds: {
    age: [18, 95],
    distance_km: [0, 40],
    visits_last_year: [0, 12],
    missed_before: [0, 6],
    wait_days: [0, 60],
  },
  categories: {
    insurance: [...INSURANCES],
    clinic: [...CLINICS],
    reminder: [...REMINDERS],
    diagnosis: [...DIAGNOSES],
    district: [...DISTRICTS],
  },
  split: { test: 0.25, seed: 1 },
  model: { kind: 'logistic' },
  privacy: { epsilon: 2, delta: 1e-5 },
};

/** The invented records of the demo; the seed fixes them, and protects nobody. */
export function demoRecords(rows = DEMO_ROWS, seed = 1): Table {
  const words = seededRandom(seed);
  return sampleRecords({ rows, uniform: () => uniform(words) });
}
