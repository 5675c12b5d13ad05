import type { ReportInputRaw } from '../../../main/contract/report.ts';
import { reviewTable } from '../../../main/fairness/review.ts';
import type { Column, Table } from '../../../main/records/table.ts';

/** 400 people in four groups, of which one is small; `names` are the groups as written. */
export function scoredTable(names: readonly [string, string, string, string]): Table {
  const rows = 400;
  const group = Array.from({ length: rows }, (_, i) => (i < 6 ? 3 : i % 3));
  const truth = Float64Array.from(group, (_, i) => ((i * 7) % 5 < 2 ? 1 : 0));
  const score = Float64Array.from(truth, (y, i) => 0.2 + 0.5 * y + ((i * 13) % 10) / 40);
  const columns: Column[] = [
    { name: 'y', type: 'integer', values: truth },
    { name: 's', type: 'real', values: score },
    { name: 'g', type: 'category', codes: Int32Array.from(group), dictionary: names },
    {
      name: 'h',
      type: 'category',
      codes: Int32Array.from(group, (_, i) => i % 2),
      dictionary: ['one', 'two'],
    },
  ];
  return { rows, columns };
}

export const PLAIN_NAMES = ['north', 'south', 'east', 'far'] as const;

const OPTIONS = { label: 'y', score: 's', groups: ['g', 'h'], intervals: 0.95 };

export function bareInput(names = PLAIN_NAMES as readonly [string, string, string, string]) {
  const input: ReportInputRaw = {
    language: 'en',
    date: '2026-03-05',
    software: { name: 'Concord', version: '1.2.3' },
    journalHead: null,
    study: {},
    data: { testedOn: 'unknown' },
    model: { kind: 'logistic' },
    review: reviewTable(scoredTable(names), OPTIONS),
  };
  return input;
}

const risk = (highest: number, average: number) => ({
  prosecutor: { highest, average },
  journalist: { highest, average },
  marketer: average,
});

export function fullInput(): ReportInputRaw {
  return {
    ...bareInput(),
    journalHead: 'cd'.repeat(32),
    study: {
      name: 'Follow-up',
      question: 'Who misses follow-up?',
      limits: ['One clinic', 'One winter'],
    },
    data: { name: 'records.csv', hash: 'ab'.repeat(32), testedOn: 'held-out' },
    model: { kind: 'network', parameters: 1234, features: ['age'], excluded: ['sex'] },
    anonymisation: {
      learnedFrom: true,
      models: [
        { type: 'k-anonymity', k: 5 },
        { type: 'distinct-l-diversity', attribute: 'diagnosis', l: 3 },
      ],
      outcome: {
        levels: { age: 2 },
        rows: 500,
        suppressed: 17,
        quality: { measure: 'loss', value: 0.3 },
        classes: { count: 20, smallest: 5, largest: 60, average: 24 },
        risk: risk(0.2, 0.04),
        before: {
          classes: { count: 300, smallest: 1, largest: 9, average: 1.6 },
          risk: risk(1, 0.6),
        },
        nodesChecked: 6,
        latticeNodes: 6,
        checked: true,
      },
    },
    privacy: {
      epsilon: 1,
      delta: 1e-5,
      accountant: 'rdp',
      unit: 'person',
      unit_column: 'patient',
      max_rows: 5,
      neighbours: 'add-remove',
      phases: [
        { mechanism: 'poisson_gaussian', noise_multiplier: 1.83, sample_rate: 0.01, steps: 900 },
      ],
      public_count: 32_000,
      clip: 1,
      expected_batch: 320,
    },
  };
}
