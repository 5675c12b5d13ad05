import type { TrainColumn, TrainEstimate } from '../../../main/contract/train-calls.ts';
import type { TrainAnswers } from '../../../main/contract/train-draft.ts';
import { noAnswers, type Whole } from '../../../renderer/steps/train/answers.ts';

export const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
export const RECORDS = { id: 'a', kind: 'source-records', name: 'r.csv', created: STUDY.created };

export const column = (name: string, change: Partial<TrainColumn> = {}): TrainColumn => ({
  name,
  type: 'integer',
  role: 'other',
  distinct: 'more',
  people: 'no',
  parts: 'no',
  tags: null,
  ...change,
});
export const COLUMNS = [
  column('patient', { role: 'direct-identifier', type: 'identifier', people: 'repeats' }),
  column('age', { role: 'quasi-identifier' }),
  column('visits', { distinct: '3-20' }),
  column('diagnosis', { role: 'sensitive', type: 'category', distinct: '3-20' }),
  column('born', { type: 'date' }),
  column('missed', { type: 'category', distinct: '2' }),
];

export const WHOLE: Whole = {
  label: { column: 'missed', yes: 'yes', no: 'no' },
  unit: { of: 'row' },
  split: { test: 0.2, seed: 1, key: 'study' },
};

export const fact = (low: string, high: string) => ({
  form: 'number' as const,
  low,
  high,
  list: '',
});
export const full = (change: Partial<TrainAnswers> = {}): TrainAnswers => ({
  ...noAnswers(),
  artefact: 'a',
  features: ['age', 'born'],
  facts: { age: fact('18', '９５'), born: fact('1930-01-01', '2010-12-31') },
  ...change,
});

export function estimate(change: Partial<TrainEstimate> = {}): TrainEstimate {
  const budget = { epsilon: 4, delta: 1e-4 };
  return {
    epsilon: 0.9999998,
    accountant: 'pld',
    delta: 2e-5,
    certainty: 0.731,
    noise_multiplier: 1.2,
    steps: 640,
    search: null,
    pretraining: null,
    public_count: 4800,
    rule_of_thumb: null,
    bought: [],
    statistics_epsilon: 0,
    ledger: {
      budget,
      reserved: { epsilon: 0, delta: 0 },
      spent: { epsilon: 0, delta: 0 },
      available: budget,
      after: {
        available: { epsilon: 3, delta: 8e-5 },
        plain: { epsilon: 1, delta: 1e-5 },
        filter: { epsilon: 2.5, delta: 5e-5, order: 7 },
      },
    },
    fits: true,
    largest_that_fits: 4,
    ...change,
  };
}
