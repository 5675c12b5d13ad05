/** The rule of training against gaps between groups. */
import { broken, unit } from './form.mjs';

const KIND = 'learning/mitigation/mitigated-kind.ts';
const HEADS = 'learning/heads.ts';
const ROWS = 'learning/boosting/rows.ts';
const BUY = 'learning/buy.ts';
const GIVEN = 'const { ofRows, most } = given;';

/** @type {import('./form.mjs').Rule[]} */
export const MITIGATION_RULES = [
  {
    id: 'mitigation',
    rule: 'Weights act before clipping and lengthen nothing, they follow from counts that were bought, and every round of a bound is paid for with the counts of its decisions',
    tests: {
      before: unit('learning/mitigation', 'weigh a whole gradient before it is clipped'),
      most: unit('learning/mitigation', 'never make a unit of boosting weigh more than 1'),
      paid: unit('learning/mitigation', 'pays for every count and every round'),
      noisy: unit('learning/mitigation', 'knows the sizes of groups and what is decided by noisy'),
    },
    breaks: [
      broken('weights are left out of the gradient', 'before', [
        HEADS,
        'const weight = Math.abs(targets[r]!);',
        'const weight = 1;',
      ]),
      broken('the scale of weights follows from the records that are there', 'most', [
        ROWS,
        GIVEN,
        `const { ofRows } = given;
    const most = ofRows.reduce((a, b) => Math.max(a, b), 0);`,
      ]),
      broken('a heavy record of boosting counts more than 1', 'most', [
        ROWS,
        'Math.min(1, ofRows[place]! / most)',
        'ofRows[place]!',
      ]),
      broken('one round of all is accounted', 'paid', [
        KIND,
        'steps: PRIVATE_ROUNDS * phase.steps',
        'steps: phase.steps',
      ]),
      broken('rounds begin before they are charged', 'paid', [
        KIND,
        'await given.charge?.(0, steps);',
        '',
      ]),
      broken('decisions are counted without noise', 'noisy', [
        KIND,
        'if (privacy === null) return exact;',
        'if (exact.length > 0) return exact;',
      ]),
      broken('sizes of groups are bought without noise', 'noisy', [
        BUY,
        'const cells = frequentValues(counts, noise, random)',
        'const cells = [...counts].map(([value, count]) => ({ value, count }))',
      ]),
    ],
  },
];
