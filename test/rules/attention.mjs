/** Rules of attention layers and of encoders that are trained on. */
import { broken, unit } from './form.mjs';

const ATTENTION = 'learning/sequence/attention.ts';
const NORM = 'learning/sequence/norm.ts';
const TUNED = 'learning/sequence/tuned.ts';

/** @type {import('./form.mjs').Rule[]} */
export const ATTENTION_RULES = [
  {
    id: 'attention',
    rule: 'Padding gets no attention, and gains, biases and adapters that are trained on stand in the one norm',
    tests: {
      padding: unit('learning/sequence/layers', 'show in no output of a text'),
      norms: unit('learning/sequence/attention-engine', 'has the length of each text’s gradient'),
    },
    breaks: [
      broken('padding gets attention', 'padding', [
        ATTENTION,
        'tf.mul(tf.sub(1, mask), NEVER)',
        'tf.mul(tf.sub(1, mask), 0)',
      ]),
      broken('the gain of a normalisation is left out of the norm', 'norms', [
        NORM,
        '...(hasGain ? [overTokens(tf, gainName, tf.mul(deltas, standard))] : []),',
        '',
      ]),
      broken('the bias of a normalisation is left out of the norm', 'norms', [
        NORM,
        '...(hasBias ? [overTokens(tf, biasName, deltas)] : []),',
        '',
      ]),
      broken('biases that are trained on alone are left out of the norm', 'norms', [
        TUNED,
        'books: trained ? [overTokens(tf, tensor.name, deltas)] : [],',
        'books: [],',
      ]),
      broken('one of an adapter’s two products is left out of the norm', 'norms', [
        TUNED,
        "{ kind: 'dense', weights: downName, inputs, deltas: inner },",
        '',
      ]),
    ],
  },
];
