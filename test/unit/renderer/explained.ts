import type { Explanation } from '../../../main/contract/explanation.ts';

/** A whole explanation of 1,000 records of which 50 may be left out. */
export const EXPLAINED: Explanation = {
  rows: 1000,
  allowed: 50,
  why: {
    leftOut: {
      rows: 30,
      models: [
        { model: { type: 'k-anonymity', k: 5 }, rows: 20 },
        { model: { type: 'distinct-l-diversity', attribute: 'illness', l: 2 }, rows: 12 },
        { model: { type: 't-closeness-equal', attribute: 'illness', t: 0.2 }, rows: 0 },
      ],
      columns: [
        { name: 'age', stay: 0 },
        { name: 'district', stay: 11 },
        { name: 'education', stay: 24 },
      ],
    },
    columns: [
      { name: 'age', level: 0, needed: null },
      { name: 'district', level: 2, needed: 120 },
      { name: 'education', level: 1, needed: 45 },
    ],
  },
  chosen: { k: 5, limit: 0.05 },
  price: [
    { k: 2, limit: 0, state: 'impossible', suppressed: null, lost: null },
    { k: 2, limit: 0.05, state: 'done', suppressed: 41, lost: 0.25 },
    { k: 5, limit: 0, state: 'done', suppressed: 0, lost: 0.9 },
    { k: 5, limit: 0.05, state: 'done', suppressed: 30, lost: 0.41 },
  ],
};
