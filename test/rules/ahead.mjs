/** The rule of noise that is made ahead. */
import { broken, unit } from './form.mjs';

const RING = 'privacy/noise-ring.ts';
const AHEAD = 'privacy/noise-ahead.ts';
const WORKER = 'privacy/noise-worker.ts';
const WIPES = 'use(block);\n    } finally {\n      block.fill(NaN);';
const SLOT = 'const block = this.#slots[taken % this.#slots.length]!;';
const TWICE = [
  [RING, SLOT, 'const block = this.#slots[(taken - (taken % 2)) % this.#slots.length]!;'],
  [RING, WIPES, WIPES.replace('block.fill(NaN);', '')],
];

/** @type {import('./form.mjs').Rule[]} */
export const AHEAD_RULES = [
  {
    id: 'noise-ahead',
    rule: 'Noise that is made ahead is used once, whole and fresh, then wiped; what nobody made is no noise, never zeros',
    tests: {
      once: unit('privacy/noise-ahead', 'gives each block once, in order, and wipes it'),
      thread: unit('privacy/noise-ahead', 'is used once each, on the grid, of the same deviation'),
      round: unit('privacy/noise-ahead', 'makes nothing while every slot holds what was not taken'),
      failed: unit('privacy/noise-ahead', 'uses up a block whose use failed'),
      begun: unit('privacy/noise-ahead', 'waits for a block that was begun'),
      dead: unit('privacy/noise-ahead', 'shows nothing of a block whose maker died over it'),
      nobody: unit('privacy/noise-ahead', 'lets no sum pass with noise that nobody made'),
      closed: unit('privacy/noise-ahead', 'is empty once it is closed, for both sides'),
      wiped: unit('privacy/noise-ahead', 'wipes what was not used when it ends'),
      ended: unit('privacy/noise-ahead', 'is made in place once the supply is closed'),
      none: unit('privacy/noise-ahead', 'is made in place where no thread can be had'),
    },
    breaks: [
      ...['once', 'thread'].map((test) =>
        broken('two steps have the noise of one block', test, ...TWICE),
      ),
      broken('what was used is not wiped', 'once', [
        RING,
        WIPES,
        WIPES.replace('block.fill(NaN);', ''),
      ]),
      broken('what was not taken is written over when the ring is full', 'round', [
        RING,
        'if (made - taken >= this.#slots.length) {',
        'if (made - taken >= 2 * this.#slots.length) {',
      ]),
      broken('the thread does not wait for half of the ring, nor for anything', 'round', [
        RING,
        'while (taken !== CLOSED && made - taken > this.#slots.length / 2) {',
        'while (taken === CLOSED) {',
      ]),
      broken('a block whose use failed is used again', 'failed', [
        RING,
        `try {\n      ${WIPES}`,
        'use(block);\n    {\n      block.fill(NaN);',
      ]),
      broken('a block is used half-made', 'begun', [
        RING,
        'while (this.#count(MADE) === taken) {',
        'while (this.#count(BEGUN) === taken) {',
      ]),
      broken('what comes too late is replaced, by the time it takes', 'begun', [
        RING,
        'taken === this.#count(BEGUN)',
        'taken === this.#count(MADE)',
      ]),
      broken('what a dead thread left half-made is used', 'dead', [
        RING,
        "throw new RangeError('noise that was begun did not come');",
        'break;',
      ]),
      broken('the memory begins with zeros', 'nobody', [
        RING,
        'new Float64Array(blocks).fill(NaN);',
        'new Float64Array(blocks).fill(0);',
      ]),
      broken('a sum takes what was wiped for noise', 'nobody', [
        'privacy/noise.ts',
        'if (Number.isNaN(total))',
        'if (total === undefined)',
      ]),
      broken('blocks are taken after the end', 'closed', [
        RING,
        'if (taken === CLOSED || taken',
        'if (taken',
      ]),
      broken('blocks are made after the end', 'closed', [
        RING,
        'if (taken === CLOSED) return;',
        '',
      ]),
      broken('what was left is not wiped', 'closed', [
        RING,
        'for (const block of this.#slots) block.fill(NaN);',
        '',
      ]),
      broken('a supply that ends leaves its noise in memory', 'wiped', [AHEAD, 'ring.wipe();', '']),
      ...['ended', 'none'].map((test) =>
        broken(
          'a step whose noise is not there has none',
          test,
          [AHEAD, 'inPlace(sum);\n    },', 'void 0;\n    },'],
          [AHEAD, 'return { add: inPlace,', 'return { add: () => undefined,'],
        ),
      ),
      broken('the thread makes half of the deviation', 'thread', [
        WORKER,
        'drawNoise(block, noise, random)',
        'drawNoise(block, { ...noise, sd: noise.sd / 2 }, random)',
      ]),
      broken('the thread makes every second part of a block', 'thread', [
        'privacy/gaussian-cells.ts',
        'start < cells.length; start += CELLS',
        'start < cells.length; start += 2 * CELLS',
      ]),
      broken(
        'every thread makes the same noise',
        'thread',
        [
          WORKER,
          "import { systemRandom } from './random.ts';",
          "import { privateRandomForTests } from './seeded.ts';",
        ],
        [WORKER, 'const random = systemRandom();', 'const random = privateRandomForTests(1);'],
      ),
    ],
  },
];
