import type { WordSource } from '../../privacy/random.ts';
import type { Head } from '../heads.ts';
import type { GradientEngine } from '../layers.ts';
import type { Tf } from '../tensorflow.ts';
import { FIRST_WORD } from '../text/vocabulary.ts';
import { bodyOf, stateWidth, type SequenceArchitecture } from './architecture.ts';
import { denseLayer } from './dense.ts';
import { sequenceEngine, type PassLimits } from './engine.ts';
import { pickTokens, type PickedRows, type Picks } from './masks.ts';
import { pickLayer } from './pick.ts';
import { stackOf, type Stack } from './stack.ts';

/**
 * Words told apart while a model is pre-trained: of a longer vocabulary each further word counts as one
 * of these (the same for every text and file), so that the last layer stays small. Vocabularies are in
 * the order of their frequency, so that frequent words share theirs with rare ones only.
 */
const MOST_TOLD = 2000;

/** An engine whose texts are their own targets. */
export interface MaskedEngine extends GradientEngine<PickedRows> {
  readonly stack: Stack;
  /** Of each text the mean over its picked words of -ln of the probability that the model gave them. */
  losses(rows: PickedRows): Float64Array;
}

/** The outputs there are for so many numbers of tokens. */
export function toldWords(words: number): number {
  return Math.max(1, Math.min(MOST_TOLD, words - FIRST_WORD));
}

/**
 * The layers of a model before its pooling, which tell picked words from the others by a softmax with
 * weights of its own: the words' own vectors in their place would stand in two books, whose gradients
 * would have to be crossed. A text's loss is the mean over its picked words. Each pass picks anew, by
 * `random`: for a guarantee draws must not depend on how many other texts there are, so the system's.
 *
 * @param words numbers of tokens, padding included
 */
export function maskedEngine(
  tf: Tf,
  architecture: SequenceArchitecture,
  words: number,
  limits: PassLimits,
  random: WordSource,
): MaskedEngine {
  const told = toldWords(words);
  const pick = pickLayer(tf);
  const end = { inputs: stateWidth(architecture), outputs: told, last: true };
  const layers = [...bodyOf(tf, architecture, words), pick, denseLayer(tf, 'told', end)];
  let current: Picks | undefined;
  const head = toldHead(told, () => current!);
  const stack = stackOf(layers, head);
  const engine = sequenceEngine(tf, stack, head, limits);
  const take = ({ picks }: PickedRows): Float64Array => {
    if (picks === undefined) throw new RangeError('texts are picked from before a pass');
    pick.take((current = picks));
    return Float64Array.from(picks.words, (word) => (word < 0 ? -1 : (word - FIRST_WORD) % told));
  };
  const { kind } = architecture;
  return {
    ...engine,
    stack,
    targetWidth: 0,
    gather: (source, chosen) => pickTokens(source, chosen, { kind, words }, random),
    backward(rows) {
      engine.backward(rows, take(rows));
    },
    outputs(rows) {
      take(rows);
      return engine.outputs(rows);
    },
    losses(rows) {
      const targets = take(rows);
      return meanLosses(engine.outputs(rows), targets, told, rows.picks!);
    },
  };
}

/** Softmax over the words that are told apart; what no word was picked for has no loss. */
function toldHead(told: number, picksOf: () => Picks): Head {
  return {
    ...{ outputs: told, constants: 0, scores: told, curvature: 1 / 2, reach: Math.SQRT2 },
    gradients({ rows, stride, outputs, targets }, { deltas }) {
      const { places, counts } = picksOf();
      for (let r = 0; r < rows; r++) {
        if (targets[r]! < 0) continue;
        const from = r * stride;
        const share = 1 / counts[Math.floor(r / places)]!;
        const { most, sum } = partition(outputs, from, told);
        for (let c = from; c < from + told; c++) {
          deltas[c] = (share * Math.exp(outputs[c]! - most)) / sum;
        }
        deltas[from + targets[r]!]! -= share;
      }
    },
    answers() {
      throw new RangeError('words are told in pre-training only');
    },
  };
}

function meanLosses(
  outputs: Float64Array,
  targets: Float64Array,
  told: number,
  { places, counts }: Picks,
): Float64Array {
  const losses = new Float64Array(counts.length);
  for (const [at, target] of targets.entries()) {
    if (target < 0) continue;
    const { most, sum } = partition(outputs, at * told, told);
    const row = Math.floor(at / places);
    losses[row]! += (most + Math.log(sum) - outputs[at * told + target]!) / counts[row]!;
  }
  return losses;
}

/** The largest of some outputs, and the sum of e^(output - largest). */
function partition(
  outputs: Float32Array | Float64Array,
  from: number,
  count: number,
): { readonly most: number; readonly sum: number } {
  let most = -Infinity;
  for (let c = from; c < from + count; c++) if (outputs[c]! > most) most = outputs[c]!;
  let sum = 0;
  for (let c = from; c < from + count; c++) sum += Math.exp(outputs[c]! - most);
  return { most, sum };
}
