/** A review released with noise: how the rules are broken. */
import { broken, unit } from './form.mjs';

const HISTOGRAM = 'fairness/private/histogram.ts';
const REVIEW = 'fairness/private/review.ts';

/** @type {import('./form.mjs').Rule[]} */
export const RELEASE_RULES = [
  {
    id: 'released-review',
    rule: 'A review with noise is one histogram: a unit moves it by what the noise is scaled to, every cell is noised, the ledger pays all of it, and nothing exact stands beside it',
    tests: {
      noise: unit('study/review-private', 'adds the noise that it says, to empty cells too'),
      epsilon: unit('study/review-private', 'never says an epsilon below that of its noise'),
      once: unit('study/review-private', 'counts one record once, and a person as often as said'),
      ledger: unit('study/review-release', 'stands in the ledger for what it cost'),
    },
    breaks: [
      broken('Cells that nobody is in get no noise', 'noise', [
        'study/review-private.ts',
        'exact[at]! + Number(discreteLaplace(fraction, random))',
        'exact[at]! + (exact[at] === 0 ? 0 : Number(discreteLaplace(fraction, random)))',
      ]),
      broken('The noise forgets that a person has several rows', 'epsilon', [
        REVIEW,
        'scale: noiseMultiplier * maxRows',
        'scale: noiseMultiplier',
      ]),
      broken('All rows of a person count', 'once', [
        HISTOGRAM,
        'seen[codes[at]!]!++ < most',
        'seen[codes[at]!]!++ >= 0 * most',
      ]),
      broken('The ledger takes half of what is released', 'ledger', [
        'study/review-release.ts',
        '...{ epsilon, delta: 0, phases: phases as never, steps: 1 },',
        '...{ epsilon: epsilon / 2, delta: 0, phases: phases as never, steps: 1 },',
      ]),
      broken('The document keeps the exact sizes of the parts', 'ledger', [
        'study/report.ts',
        'split === undefined || isPrivate ? {}',
        'split === undefined ? {}',
      ]),
    ],
  },
];
