/** Rules of a training step: who is drawn, how it is clipped and summed. */
import { accountingVectors, broken, unit } from './form.mjs';

const MECHANISM = 'learning/mechanism.ts';
const DPSGD = 'learning/dpsgd.ts';
const CLIPPED = 'learning/clipped-sum.ts';
const JAVASCRIPT = 'learning/javascript.ts';
const CLIPPING = 'learning/clipping.ts';
const HEADS = 'learning/heads.ts';
const NOISE = 'privacy/noise.ts';
const CLIPS = 'norm > clip ? clip / norm : 1';
const AUTOMATIC = 'clip / (norm + GAMMA)';
const SUMS = 'engine.addWeightedGradient(weights, sum);';
const ADDS_NOISE = 'run.mechanism.addNoise(sum);';
const DIVIDES = 'sum[i]! *= share;';
const ADDS = 'addClipped(run.engine, run.examples, pack, run.clip, sum, run.clipping);';
const STEP =
  'async function addNoisyGradient<Rows>(\n  run: PrivateRun<Rows>,\n  sum: Float64Array,\n  step: number,\n): Promise<void> {';
const DRAWS = 'drawn.slice(0, poissonSample(count, phase.sample_rate, random, drawn))';

/** @type {import('./form.mjs').Rule[]} */
export const STEP_RULES = [
  {
    id: 'sampler',
    rule: 'The accounting is that of the sampler that runs: each unit independently, in each step anew',
    tests: {
      steps: unit('learning/mechanism', 'draws each unit independently at the accounted rate'),
      digits: unit('privacy/sampling', 'compares a uniform number with the rate digit by digit'),
      tight: unit('privacy/accountant', 'refuses the tight accountant where no pair composes'),
    },
    breaks: [
      broken('batches of one size are cut from a shuffle', 'steps', [
        MECHANISM,
        DRAWS,
        `Int32Array.from([...drawn.keys()].map((unit) => [random.next(), unit])
      .sort((a, b) => a[0]! - b[0]!).slice(0, Math.round(count * phase.sample_rate))
      .map(([, unit]) => unit!))`,
      ]),
      broken('every step has the units of the first', 'steps', [
        MECHANISM,
        DRAWS,
        `((drawn as never as { once: Int32Array }).once ??= ${DRAWS})`,
      ]),
      broken('units are drawn at another rate than is accounted', 'steps', [
        MECHANISM,
        DRAWS,
        DRAWS.replace('phase.sample_rate', '1.2 * phase.sample_rate'),
      ]),
      broken('the rate is rounded up to a 256th', 'digits', [
        'privacy/sampling.ts',
        'digits[place]! < first ||',
        'digits[place]! <= first ||',
      ]),
      broken('batches of one size get the tight figure of Poisson sampling', 'tight', [
        'privacy/accountant.ts',
        "asked === 'pld' && neighbours !== 'add-remove'",
        'asked === undefined',
      ]),
    ],
  },
  {
    id: 'neighbours',
    rule: 'Whether one is added or removed, or replaced, stands beside every epsilon and on paper',
    tests: {
      figure: unit('privacy/accountant', 'says which accountant, order and neighbours it used'),
      vectors: accountingVectors(
        'gives the figures of fixed-size batches, labelled as replace-one',
      ),
      paper: unit('report/guarantee', 'names the change it protects against'),
    },
    breaks: [
      ...['figure', 'vectors'].map((test) =>
        broken('figures of fixed-size batches are called add-remove', test, [
          'privacy/phases.ts',
          "phase.mechanism === 'fixed_size_gaussian' ? 'replace-one' : 'add-remove'",
          "phase === undefined ? 'replace-one' : 'add-remove'",
        ]),
      ),
      broken('the report always says the same', 'paper', [
        'report/sections/privacy.ts',
        'named(w.neighbours, privacy.neighbours)',
        "named(w.neighbours, 'add-remove')",
      ]),
    ],
  },
  {
    id: 'order',
    rule: 'Each unit is clipped, then all are summed, then noise is added, then the sum is divided',
    tests: {
      naive: unit('learning/backends', 'clips and sums as the naive loop does'),
      wild: unit(
        'learning/dpsgd',
        'moves by at most rate x clip / batch more with one wild record',
      ),
      noise: unit('learning/dpsgd', 'moves by noise alone when nobody is drawn'),
      automatic: unit('learning/clipping', 'sums as the naive loop does'),
    },
    breaks: [
      broken('automatic clipping sums units as they are', 'automatic', [
        CLIPPING,
        AUTOMATIC,
        'clip / (1 + GAMMA)',
      ]),
      broken('nothing is clipped', 'wild', [CLIPPING, CLIPS, '1']),
      broken(
        'the sum is clipped in the place of each unit',
        'naive',
        [CLIPPING, CLIPS, '1'],
        [
          CLIPPED,
          SUMS,
          `${SUMS}
  const length = Math.hypot(...sum);
  if (length > clip) for (let i = 0; i < sum.length; i++) sum[i]! *= clip / length;`,
        ],
      ),
      broken(
        'noise is added after dividing',
        'noise',
        [DPSGD, ADDS_NOISE, ''],
        [DPSGD, DIVIDES, `${DIVIDES}\n  ${ADDS_NOISE}`],
      ),
    ],
  },
  {
    id: 'one-norm',
    rule: 'All parameters stand in one norm, biases of every layer included, on every back-end',
    tests: {
      row: unit('learning/backends', 'gives the length of each row’s gradient over all parameters'),
      person: unit('learning/backends', 'gives the length of a person’s summed gradient'),
      targets: unit('learning/heads', 'gradients, their lengths and the clipped sum'),
      several: unit('learning/heads', 'gives the length of a person’s summed gradient'),
    },
    breaks: [
      broken('the thresholds of values in order are left out', 'targets', [
        JAVASCRIPT,
        'squares += constants.product(j, j);',
        '',
      ]),
      broken('the thresholds are left out in machine code', 'targets', [
        'learning/wasm.ts',
        'squares += all[j]! + constants.product(j, j);',
        'squares += all[j]!;',
      ]),
      broken('the thresholds are left out on TensorFlow', 'targets', [
        'learning/tensorflow.ts',
        'gradientProduct(current, j, j) + constants.product(j, j)',
        'gradientProduct(current, j, j)',
      ]),
      broken('what two rows have in common in the thresholds is left out', 'several', [
        JAVASCRIPT,
        'crossed += 2 * constants.product(j, k)',
        'crossed += 0 * constants.product(j, k)',
      ]),
      broken('the bias of the first layer is left out', 'row', [
        JAVASCRIPT,
        '(rowProduct(input.rows, j, k) + 1)',
        'rowProduct(input.rows, j, k)',
      ]),
      broken('the bias of the other layers is left out', 'row', [
        JAVASCRIPT,
        '(dot(below.output, j * inputs, below.output, k * inputs, inputs) + 1)',
        'dot(below.output, j * inputs, below.output, k * inputs, inputs)',
      ]),
      broken('the first layer is left out', 'row', [
        JAVASCRIPT,
        'for (const layer of layers) {',
        'for (const layer of layers.slice(1)) {',
      ]),
      broken('the biases are left out on TensorFlow', 'row', [
        'learning/tensorflow.ts',
        '* (input + 1)',
        '* input',
      ]),
      broken('the first layer is left out in machine code', 'row', [
        'learning/wasm.ts',
        'run.sparseNorms(starts, values, deltas, squared, rows.rows, width)',
        'all.fill(0)',
      ]),
      broken('what two rows of a person have in common is left out', 'person', [
        JAVASCRIPT,
        'crossed += 2 * layer.gradientProduct(j, k)',
        'crossed += 0 * layer.gradientProduct(j, k)',
      ]),
    ],
  },
  {
    id: 'virtual-batches',
    rule: 'However a batch is cut, each unit is clipped by itself and noise is added once',
    tests: {
      once: unit('learning/dpsgd', 'adds noise once per step however many virtual batches'),
      variance: unit('learning/mechanism', 'does not grow with the number of virtual batches'),
      naive: unit('learning/backends', 'clips and sums as the naive loop does'),
    },
    breaks: [
      ...['once', 'variance'].map((test) =>
        broken('every virtual batch gets noise', test, [DPSGD, ADDS, `${ADDS}\n    ${ADDS_NOISE}`]),
      ),
      broken('a virtual batch is clipped as one', 'naive', [
        CLIPPED,
        'engine.squaredNorms(groups, norms);',
        `engine.squaredNorms(Int32Array.of(0, places.length), norms.subarray(0, 1));
  norms.fill(norms[0]!);`,
      ]),
    ],
  },
  {
    id: 'empty-batch',
    rule: 'A step in which nobody is drawn is a step of noise, and counts',
    tests: {
      noise: unit('learning/dpsgd', 'moves by noise alone when nobody is drawn'),
      drawn: unit('learning/rules', 'draws nobody as often as chance has it'),
    },
    breaks: [
      broken('an empty step is left out', 'noise', [
        DPSGD,
        ADDS_NOISE,
        `if (sum.some((value) => value !== 0)) ${ADDS_NOISE}`,
      ]),
      broken('it is drawn again until somebody is there', 'drawn', [
        MECHANISM,
        `() => ${DRAWS}`,
        `() => {
      for (;;) {
        const some = ${DRAWS};
        if (some.length > 0) return some;
      }
    }`,
      ]),
    ],
  },
  {
    id: 'divisor',
    rule: 'The divisor is a public constant: not the size that was drawn, nor the private count x q',
    tests: {
      drawn: unit('learning/dpsgd', 'divides the clipped sum by the public batch size'),
      count: unit('learning/rules', 'fixes the same constants, rate, divisor'),
    },
    breaks: [
      broken(
        'the divisor is the number that was drawn',
        'drawn',
        [DPSGD, STEP, `${STEP}\n  let drawn = new Int32Array(0);`],
        [DPSGD, 'run.mechanism.sample()', '(drawn = run.mechanism.sample() as never)'],
        [DPSGD, '1 / run.expectedBatch', '1 / Math.max(1, drawn.length)'],
      ),
      broken('rate and divisor follow from the exact count', 'count', [
        'learning/settings.ts',
        'return Math.floor(count / scale) * scale;',
        'return count;',
      ]),
    ],
  },
  {
    id: 'not-finite',
    rule: 'A record whose gradient is no finite number adds nothing, and nothing shows it',
    tests: {
      backends: unit('learning/backends', 'drops one with an infinite feature'),
      automatic: unit('learning/clipping', 'moves the sum by at most C for one unit more'),
      step: unit(
        'learning/dpsgd',
        'moves by at most rate x clip / batch more with one wild record',
      ),
    },
    breaks: [
      ...['backends', 'step'].map((test) =>
        broken('it is summed as it is', test, [
          CLIPPED,
          'if (!Number.isFinite(norms[g])) {',
          'if (norms.length < 0) {',
        ]),
      ),
      broken('those beside it are clipped in another way', 'automatic', [
        CLIPPED,
        'addClipped(engine, examples, finite, clip, sum, clipping)',
        'addClipped(engine, examples, finite, clip, sum)',
      ]),
    ],
  },
  {
    id: 'clip-slack',
    rule: 'No clipped gradient is longer than C (1 + 1e-6), and the noise is sized for that length',
    tests: {
      length: unit(
        'learning/dpsgd',
        'moves by at most rate x clip / batch more with one wild record',
      ),
      person: unit('learning/backends', 'clips the sum of a person’s rows, not each row'),
      sensitivity: unit('privacy/noise', 'covers clipping slack, rounding of the sum and the grid'),
      engine: unit('learning/rules', 'covers the slack of clipping and the rounding of the engine'),
      weight: unit('learning/clipping', 'never leaves more than C of a gradient'),
      unit: unit('learning/clipping', 'moves the sum by at most C for one unit more'),
    },
    breaks: [
      broken('automatic weights are a ten-thousandth above C / norm', 'weight', [
        CLIPPING,
        AUTOMATIC,
        '(1.0001 * clip) / (norm + GAMMA)',
      ]),
      broken('automatic weights lie above C / norm', 'unit', [
        CLIPPING,
        AUTOMATIC,
        'clip / Math.max(norm - GAMMA, GAMMA)',
      ]),
      ...['length', 'person'].map((test) =>
        broken('gradients stay a ten-thousandth too long', test, [
          CLIPPING,
          CLIPS,
          'norm > clip ? (1.0001 * clip) / norm : 1',
        ]),
      ),
      broken('the slack is left out of the sensitivity', 'sensitivity', [
        NOISE,
        'clip * (1 + clipSlack)',
        'clip * (1 + 0 * clipSlack)',
      ]),
      broken('a step asks for no slack', 'engine', [
        MECHANISM,
        'clipSlack: CLIP_SLACK + engine.normSlack,',
        'clipSlack: 0,',
      ]),
    ],
  },
  {
    id: 'coupling',
    rule: 'No record’s gradient depends on another record: no batch norm, no weights from counts',
    tests: {
      backends: unit('learning/backends', 'never lets one row’s gradient depend on another row'),
      plan: unit('learning/rules', 'has no knob that would couple records'),
      targets: unit('learning/heads', 'gradients, their lengths and the clipped sum'),
    },
    breaks: [
      broken('the gradient of a row of several values is that of its neighbour’s', 'targets', [
        HEADS,
        'deltas[r * stride + targets[r]!]! -= 1;',
        'deltas[r * stride + targets[(r + 1) % rows]!]! -= 1;',
      ]),
      broken('the loss of a row looks at the last one of the batch', 'backends', [
        HEADS,
        'sigmoid(outputs[r * stride]!) - targets[r]!',
        'sigmoid(outputs[r * stride]! + 0.1 * outputs[(rows - 1) * stride]!) - targets[r]!',
      ]),
      broken('a plan may name anything', 'plan', [
        'contract/train.ts',
        'export const trainPlan = z.strictObject({',
        'export const trainPlan = z.looseObject({',
      ]),
      broken('a kind of model may name anything', 'plan', [
        'contract/train.ts',
        "z.strictObject({ kind: z.literal('logistic') })",
        "z.looseObject({ kind: z.literal('logistic') })",
      ]),
    ],
  },
];
