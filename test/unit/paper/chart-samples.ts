import type { Chart } from '../../../main/contract/charts.ts';

const LONG = '一个非常非常长的中文类别名称，长到在图上放不下，只能截短';

export const DOTS = {
  kind: 'dots',
  caption: 'A rate by group',
  nameHead: 'Group',
  valueHead: 'Rate',
  ticks: [
    { at: 0, text: '0%' },
    { at: 0.5, text: '50%' },
    { at: 1, text: '100%' },
  ],
  rows: [
    { name: 'known', text: '50% (40% to 60%)', at: 0.5, low: 0.4, high: 0.6 },
    { name: 'without interval', text: '20%', at: 0.2, low: null, high: null },
    { name: LONG, text: '80% (70% to 85%)', at: 0.8, low: 0.7, high: 0.85 },
    { name: 'hidden', text: 'withheld', at: null, low: null, high: null },
  ],
} satisfies Chart;

export const BINS = {
  kind: 'histogram',
  title: 'age',
  data: {
    kind: 'bins',
    whole: true,
    bins: Array.from({ length: 19 }, (_, i) => ({
      from: 17 + 4 * i,
      to: 20 + 4 * i,
      count: Math.round(3200 * Math.exp(-(((i - 5) / 5) ** 2))),
    })),
  },
} satisfies Chart;

export const DAYS = {
  kind: 'histogram',
  title: 'admitted',
  data: {
    kind: 'bins',
    whole: true,
    bins: [
      { from: '2024-01-01', to: '2024-01-10', count: 3 },
      { from: '2024-01-11', to: '2024-01-20', count: 0 },
      { from: '2024-01-21', to: '2024-01-30', count: 12 },
    ],
  },
} satisfies Chart;

export const REALS = {
  kind: 'histogram',
  title: 'ratio',
  data: {
    kind: 'bins',
    whole: false,
    bins: [
      { from: -1.5, to: 0, count: 2 },
      { from: 0, to: 1.5, count: 1 },
    ],
  },
} satisfies Chart;

export const VALUES = {
  kind: 'histogram',
  title: 'occupation',
  data: {
    kind: 'values',
    values: [
      { value: 'Prof-specialty', count: 4140 },
      { value: LONG, count: 2100 },
      { value: '<b onclick="x">&', count: 7 },
    ],
    others: { values: 3, count: 42 },
  },
} satisfies Chart;

export const CALIBRATION = {
  kind: 'calibration',
  title: 'Scores beside outcomes',
  level: 0.95,
  bins: Array.from({ length: 10 }, (_, i) => {
    const ends = { from: i / 10, to: (i + 1) / 10 };
    if (i === 9) return { ...ends, n: 4, mean_score: null, observed: null, interval: null };
    if (i === 8) return { ...ends, n: 0, mean_score: null, observed: null, interval: null };
    const observed = 0.04 + 0.09 * i;
    const interval: [number, number] = [observed - 0.03, observed + 0.06];
    return { ...ends, n: 100 + i, mean_score: i / 10 + 0.05, observed, interval };
  }),
} satisfies Chart;

export const ROC = {
  kind: 'roc',
  title: 'Found and wrongly selected at every threshold',
  auc: 0.83,
  points: Array.from({ length: 101 }, (_, i) => ({
    threshold: i === 0 ? null : 1 - i / 100,
    fpr: (i / 100) ** 2,
    tpr: Math.sqrt(i / 100),
  })),
  chosen: { threshold: 0.5, fpr: 0.25, tpr: 0.7071 },
} satisfies Chart;

export const PRECISION = {
  kind: 'precision-recall',
  title: 'Found and rightly selected at every threshold',
  average: 0.71,
  base: 0.25,
  points: Array.from({ length: 60 }, (_, i) => ({
    threshold: 0.9 - i / 100,
    recall: (i + 1) / 60,
    precision: 1 - 0.75 * ((i + 1) / 60),
    selected: 10 + 8 * i,
  })),
  chosen: { threshold: 0.5, recall: 0.68, precision: 0.49, selected: 330 },
} satisfies Chart;

export const TRAINING = {
  kind: 'training',
  title: 'Training so far',
  steps: 2000,
  epsilon: 1,
  points: Array.from({ length: 12 }, (_, i) => ({
    seconds: i * 35,
    steps: i * 100,
    epsilon: 0.3 * Math.sqrt(i / 11),
  })),
} satisfies Chart;

export const PLAIN_TRAINING = {
  ...TRAINING,
  epsilon: null,
  points: TRAINING.points.map((point) => ({ ...point, epsilon: null })),
} satisfies Chart;

export const CHARTS: readonly Chart[] = [
  BINS,
  DAYS,
  REALS,
  VALUES,
  DOTS,
  CALIBRATION,
  ROC,
  PRECISION,
  TRAINING,
  PLAIN_TRAINING,
];
