/** Rules of the mean of texts that is bought before a head is trained on their vectors. */
import { broken, unit } from './form.mjs';

const CENTRE = 'learning/centre.ts';
const ADDS = 'addHeld(sum, meanOf(rows, vectorOf, dimensions));';

/** @type {import('./form.mjs').Rule[]} */
export const CENTRE_RULES = [
  {
    id: 'centre',
    rule: 'Of the mean of texts each unit moves the sum by one at most, the sum gets the noise that is accounted, and what follows uses public figures alone',
    tests: {
      noise: unit('learning/text-head', 'is the mean with noise of the stated deviation'),
      held: unit('learning/text-head', 'holds one unit to length one, however long'),
      several: unit('learning/text-head', 'moves by one unit as far whether that has one text or'),
      count: unit('learning/text-head', 'is divided by the count as published'),
      shrunk: unit('learning/text-head', 'is none where nothing stands out from the noise'),
    },
    breaks: [
      broken('a unit is not held to length one', 'held', [
        CENTRE,
        'squares > 1 ? 1 / Math.sqrt(squares) : 1',
        '1',
      ]),
      broken('a number that is not finite is added', 'held', [
        CENTRE,
        'if (!Number.isFinite(squares)) return;',
        '',
      ]),
      broken('each text of a unit is held by itself', 'several', [
        CENTRE,
        ADDS,
        'for (const row of rows) addHeld(sum, Float64Array.from(vectorOf(row)));',
      ]),
      broken('the noise is left out', 'noise', [
        CENTRE,
        'addGridNoise(sum, noise, random);',
        'void random;',
      ]),
      broken('the noise is that of half the sensitivity', 'noise', [
        CENTRE,
        'clip: 1,',
        'clip: 0.5,',
      ]),
      broken('the sum is divided by the true count', 'count', [
        CENTRE,
        '(value * share) / publicCount',
        '(value * share) / units.count',
      ]),
      broken('what owes its length to the noise is not taken off', 'shrunk', [
        CENTRE,
        '1 - (noise.sd ** 2 * dimensions) / squaredLength(sum)',
        '1',
      ]),
    ],
  },
];
