/** Rules of noise: how much, where, from which generator, on which grid; and the audit. */
import { broken, unit } from './form.mjs';

const MECHANISM = 'learning/mechanism.ts';
const NOISE = 'privacy/noise.ts';
const CLIPS = 'norm > clip ? clip / norm : 1';
const STEP_NOISE = 'addNoise: (sum) => addGridNoise(sum, noise, random),';
const DEVIATION = 'const sd = noiseMultiplier * sensitivity * ROUND_UP;';

/** @type {import('./form.mjs').Rule[]} */
export const NOISE_RULES = [
  {
    id: 'noise',
    rule: 'The noise has the deviation sigma x C, in every coordinate, in every step and release',
    tests: {
      law: unit('privacy/noise', 'has a standard deviation of multiplier x sensitivity'),
      everywhere: unit('privacy/noise', 'reaches every coordinate, at every length'),
      tensors: unit('learning/mechanism', 'has deviation sigma x clip in every tensor'),
      boosting: unit('learning/boosting-guarantee', 'has the deviation of its phase in every bin'),
      counts: unit('privacy/statistics/mechanisms', 'carry the noise that was asked for'),
      discrete: unit('privacy/statistics/discrete-noise', 'has its law and its variance'),
      means: unit('privacy/statistics/mechanisms', 'are off as much as noise multiplier'),
    },
    breaks: [
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
      addGridNoise(sum, noise, random);
      for (let i = 0; i < sum.length; i++) sum[i]! *= touched[i]!;
    },`,
      ]),
      broken('every second block of coordinates gets none', 'everywhere', [
        NOISE,
        'start < sum.length; start += CELLS',
        'start < sum.length; start += 2 * CELLS',
      ]),
      broken('counts of all columns are noised as those of one', 'boosting', [
        'learning/boosting/guarantee.ts',
        'clip: LENGTH * Math.sqrt(sizes.length),',
        'clip: LENGTH,',
      ]),
      broken('every cycle has the noise of the last', 'boosting', [
        'learning/boosting/guarantee.ts',
        'addGridNoise(sums, cycles[cycle]!, random)',
        'addGridNoise(sums, cycles.at(-1)!, random)',
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
        broken('the sum is not rounded', test, [
          NOISE,
          'cellOf(sum[start + i]! * perGrid) +',
          'sum[start + i]! * perGrid +',
        ]),
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
    },
    breaks: [
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
          'const drawn = new Int32Array(count);',
          'random = seededRandom(1) as never;\n  const drawn = new Int32Array(count);',
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
      broken('nothing is clipped', 'keeps', ['learning/clipped-sum.ts', CLIPS, '1']),
      broken('the noise is left out', 'keeps', [
        MECHANISM,
        'addNoise: (sum) => addGridNoise(sum, noise, random),',
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
