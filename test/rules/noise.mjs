/** Rules of noise: how much, where, from which generator, on which grid; and the audit. */
import { broken, unit } from './form.mjs';

const MECHANISM = 'learning/mechanism.ts';
const NOISE = 'privacy/noise.ts';
const WORKER = 'privacy/noise-worker.ts';
const CLIPS = 'norm > clip ? clip / norm : 1';
const STEP_NOISE = 'addNoise: (sum) => supply.add(sum),';
const BOOSTING = 'learning/boosting/guarantee.ts';
const COUNTS = 'learning/boosting/counts.ts';
const DEVIATION = 'const sd = noiseMultiplier * sensitivity * ROUND_UP;';

/** @type {import('./form.mjs').Rule[]} */
export const NOISE_RULES = [
  {
    id: 'noise',
    rule: 'The noise has the deviation sigma x C, in every coordinate, in every step and release, and what is reckoned with it takes its variance',
    tests: {
      law: unit('privacy/noise', 'has a standard deviation of multiplier x sensitivity'),
      everywhere: unit('privacy/noise', 'reaches every coordinate, at every length'),
      tensors: unit('learning/mechanism', 'has deviation sigma x clip in every tensor'),
      boosting: unit('learning/boosting-guarantee', 'has the deviation of its phase in every bin'),
      counts: unit('privacy/statistics/mechanisms', 'carry the noise that was asked for'),
      discrete: unit('privacy/statistics/discrete-noise', 'has its law and its variance'),
      means: unit('privacy/statistics/mechanisms', 'are off as much as noise multiplier'),
      pairs: unit('learning/boosting-pairs', 'has the deviation of its phase: of the choice'),
      spread: unit('learning/boosting-targets', 'the noise of the counts of a number covers'),
      alone: unit('learning/boosting-pairs', 'is made of what was released and of nothing else'),
      vectors: unit('privacy/noise', 'is the same on vectors and without'),
      adam: unit('learning/optimiser', 'of a private plan takes the variance of its noise out'),
    },
    breaks: [
      broken('the choice of pairs is noised as that of one pair', 'pairs', [
        BOOSTING,
        'const clip = LENGTH * Math.sqrt(figures.length);',
        'const clip = LENGTH;',
      ]),
      broken('counts of all pairs are noised as those of one', 'pairs', [
        BOOSTING,
        'clip: LENGTH * Math.sqrt(pairs.count),',
        'clip: LENGTH,',
      ]),
      broken('the mean square of a number is left out of its counts', 'spread', [
        BOOSTING,
        'sizes.length + (hasSpread ? 1 : 0)',
        'sizes.length',
      ]),
      broken('pairs are chosen without noise', 'alone', [COUNTS, 'releases.choice(figures);', '']),
      broken('counts of pairs get none', 'alone', [COUNTS, 'releases.pairCounts(sums);', '']),
      broken('counts of columns get none', 'alone', [COUNTS, 'releases.counts(sums);', '']),
      broken('gradients of boosting get none', 'alone', [
        'learning/boosting/cycle.ts',
        'releases.gradients(gradients, cycle);',
        '',
      ]),
      broken('vectors decide cells that they are not sure of', 'vectors', [
        'privacy/gaussian-cells.ts',
        'scale, 0.5 - COARSE * scale)',
        'scale, 0.5)',
      ]),
      broken('Adam takes a deviation for the variance', 'adam', [
        'learning/settings.ts',
        '((noiseMultiplier * clip) / batch) ** 2',
        '(noiseMultiplier * clip) / batch',
      ]),
      broken('Adam takes the noise of the sum for that of the mean', 'adam', [
        'learning/settings.ts',
        '((noiseMultiplier * clip) / batch) ** 2',
        '(noiseMultiplier * clip) ** 2',
      ]),
      broken('the deviation is halved', 'law', [
        NOISE,
        DEVIATION,
        DEVIATION.replace(' =', ' = 0.5 *'),
      ]),
      broken('a variance is passed for a deviation', 'law', [
        NOISE,
        DEVIATION,
        'const sd = (noiseMultiplier * sensitivity) ** 2 * ROUND_UP;',
      ]),
      broken('a deviation is passed for a variance', 'law', [
        NOISE,
        DEVIATION,
        'const sd = Math.sqrt(noiseMultiplier * sensitivity) * ROUND_UP;',
      ]),
      broken('the sensitivity is forgotten', 'law', [
        NOISE,
        DEVIATION,
        'const sd = noiseMultiplier * ROUND_UP;',
      ]),
      broken('a step has less noise than its phase says', 'tensors', [
        MECHANISM,
        'noiseMultiplier: phase.noise_multiplier,',
        'noiseMultiplier: 0.98 * phase.noise_multiplier,',
      ]),
      broken('only coordinates with a gradient get noise', 'tensors', [
        MECHANISM,
        STEP_NOISE,
        `addNoise: (sum) => {
      const touched = sum.map((value) => (value === 0 ? 0 : 1));
      supply.add(sum);
      for (let i = 0; i < sum.length; i++) sum[i]! *= touched[i]!;
    },`,
      ]),
      broken('every second block of coordinates gets none', 'everywhere', [
        NOISE,
        'start < sum.length; start += BLOCK',
        'start < sum.length; start += 2 * BLOCK',
      ]),
      broken('counts of all columns are noised as those of one', 'boosting', [
        BOOSTING,
        'clip: LENGTH * Math.sqrt(sizes.length + (hasSpread ? 1 : 0)),',
        'clip: LENGTH,',
      ]),
      broken('every cycle has the noise of the last', 'boosting', [
        BOOSTING,
        'addGridNoise(sums, gradients[cycle]!, random)',
        'addGridNoise(sums, gradients.at(-1)!, random)',
      ]),
      broken('counts forget that a unit stands in several', 'counts', [
        'privacy/statistics/counts.ts',
        'num: num * num * BigInt(contributions)',
        'num: num * num',
      ]),
      broken('a discrete Gaussian takes its deviation for its variance', 'discrete', [
        'privacy/statistics/discrete-noise.ts',
        'const off = size * t * den - num;',
        'const off = size * t * den - squareRoot(num / den) * den;',
      ]),
      broken('the sum behind a mean gets half of its noise', 'means', [
        'privacy/statistics/mean.ts',
        'num: variance.num * half * half',
        'num: (variance.num * half * half) / 4n',
      ]),
    ],
  },
  {
    id: 'grid',
    rule: 'Sum and noise are rounded to one grid, and the noise covers slack, rounding and grid',
    tests: {
      sensitivity: unit('privacy/noise', 'covers clipping slack, rounding of the sum and the grid'),
      grid: unit('privacy/noise', 'puts the outputs of neighbouring sums on the same grid'),
      engine: unit('learning/rules', 'covers the slack of clipping and the rounding of the engine'),
      boosting: unit(
        'learning/boosting-guarantee',
        'lies on one grid, so that low bits tell nothing',
      ),
    },
    breaks: [
      ...['grid', 'boosting'].map((test) =>
        broken('the sum is not rounded', test, [NOISE, 'Math.floor(held + 0.5) +', 'held +']),
      ),
      broken('the grid is left out of the sensitivity', 'sensitivity', [
        NOISE,
        '+ grid * Math.sqrt(dimension)) * ROUND_UP',
        ') * ROUND_UP',
      ]),
      broken('the rounding of the sum is left out', 'sensitivity', [
        NOISE,
        '2 * sumError',
        '0 * sumError',
      ]),
      broken('a step forgets how its back-end rounds', 'engine', [
        MECHANISM,
        'sumError: sumErrorOf(engine, guarantee),',
        'sumError: 0 * sumErrorOf(engine, guarantee),',
      ]),
    ],
  },
  {
    id: 'randomness',
    rule: 'Noise and sampling come from the system’s generator, are never seeded, and leave no seed behind',
    tests: {
      only: unit('privacy/random', 'is the only way: nothing under main/ names the test source'),
      fresh: unit('privacy/random', 'gives other words every time from the system'),
      model: unit('learning/train', 'gives another model each time'),
      knob: unit(
        'learning/rules',
        'has no knob that would couple records, look at them unpaid, or name',
      ),
      gaussians: unit('privacy/noise', 'is the same on vectors and without, and keeps nothing'),
      samples: unit('privacy/sampling', 'finds the same first digits on vectors and without'),
    },
    breaks: [
      broken(
        'the thread of the noise takes the source of the tests',
        'only',
        [
          WORKER,
          "import { systemRandom } from './random.ts';",
          "import { privateRandomForTests } from './seeded.ts';",
        ],
        [WORKER, 'const random = systemRandom();', 'const random = privateRandomForTests(1);'],
      ),
      broken('what noise was drawn from is left in memory', 'gaussians', [
        'privacy/gaussian-cells.ts',
        'words.subarray(0, 2 * most).fill(0);',
        '',
      ]),
      broken('what noise was put into is left in memory', 'gaussians', [
        'privacy/gaussian-cells.ts',
        'kernel?.cells.subarray(0, most).fill(0);',
        '',
      ]),
      broken('who was drawn is left in memory', 'samples', [
        'privacy/sampling.ts',
        'found.fill(0);',
        '',
      ]),
      broken(
        'training takes the source of the tests',
        'only',
        [
          'study/train-on-table.ts',
          "import { systemRandom } from '../privacy/random.ts';",
          "import { privateRandomForTests } from '../privacy/seeded.ts';",
        ],
        ['study/train-on-table.ts', 'random: systemRandom(),', 'random: privateRandomForTests(1),'],
      ),
      broken('sampling takes Math.random', 'only', [
        'privacy/sampling.ts',
        'const word = random.next();',
        'const word = Math.floor(Math.random() * 2 ** 32);',
      ]),
      broken('the system’s words are always the same', 'fresh', [
        'privacy/random.ts',
        'randomFillSync(words);',
        'words.fill(0x9e3779b9);',
      ]),
      broken('a plan may name a seed', 'knob', [
        'contract/train.ts',
        'export const trainPlan = z.strictObject({',
        'export const trainPlan = z.looseObject({',
      ]),
      broken(
        'a run draws from a seed',
        'model',
        [
          MECHANISM,
          "import { poissonSample } from '../privacy/sampling.ts';",
          "import { poissonSample } from '../privacy/sampling.ts';\nimport { seededRandom } from '../privacy/seeded.ts';",
        ],
        [
          MECHANISM,
          'const phase = phaseOf(guarantee);',
          'random = seededRandom(1) as never;\n  const phase = phaseOf(guarantee);',
        ],
      ),
    ],
  },
  {
    id: 'audit',
    rule: 'An audit by canaries through the code that trains finds less than the promise, and gross faults',
    tests: {
      keeps: unit('learning/canaries', 'finds no more than what is promised'),
      noise: unit('learning/canaries', 'finds out a tenth of the noise'),
      clip: unit('learning/canaries', 'finds out that nothing is clipped'),
      bound: unit('privacy/attack/one-run', 'is that of theorem 5.2, written out'),
      truth: unit('privacy/attack/one-run', 'lies above the truth with probability 0.05 at most'),
    },
    breaks: [
      broken('a tenth of the noise', 'keeps', [
        'privacy/noise.ts',
        DEVIATION,
        DEVIATION.replace(' =', ' = 0.1 *'),
      ]),
      broken('nothing is clipped', 'keeps', ['learning/clipping.ts', CLIPS, '1']),
      broken('the noise is left out', 'keeps', [
        MECHANISM,
        STEP_NOISE,
        'addNoise: () => undefined,',
      ]),
      ...['noise', 'clip'].map((test) =>
        broken('the audit does not look', test, [
          'learning/canaries.ts',
          'scores[canary]! += gradient[canary * width + i]!;',
          'scores[canary]! += 0 * gradient[canary * width + i]!;',
        ]),
      ),
      broken('delta is left out of the bound', 'bound', [
        'privacy/attack/one-run.ts',
        '2 * canaries * delta * steepest',
        '0 * canaries * delta * steepest',
      ]),
      broken('the bound counts one guess too many', 'truth', [
        'privacy/attack/one-run.ts',
        'let tail = 0;',
        'let tail = -law[correct]!;',
      ]),
    ],
  },
];
