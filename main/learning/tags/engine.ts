import { softmaxHead } from '../heads.ts';
import { groupNorm, type GradientEngine } from '../layers.ts';
import type { SentenceRows, WordVectors } from './sentences.ts';

/** The neighbours whose vectors a token sees, itself included. */
const WINDOW = 3;

/** What a tagger is made of: all that its parameters' number follows from. */
export interface TaggerShape {
  /** Places of hashed features. */
  readonly features: number;
  /** Width of a word's vector; 0 for none. */
  readonly vectors: number;
  readonly classes: number;
}

/** Trainable numbers: [features, classes], then [WINDOW x vectors, classes]. */
export function taggerSize({ features, vectors, classes }: TaggerShape): number {
  return (features + WINDOW * vectors) * classes;
}

export interface TaggerEngine extends GradientEngine<SentenceRows> {
  /** Logits of every token of the rows, one text after the other, [tokens, classes]. */
  outputs(rows: SentenceRows): Float64Array;
}

/**
 * Softmax regression over the classes of tokens, on hashed features and the vectors of three
 * neighbouring words; the loss of a text is the sum over its tokens. A row is a text, its gradient
 * G = sum over t of x_t (outer) d_t. Its length is that of G itself, added up in double precision; of a
 * unit of several texts likewise, so that tokens and texts that share features are crossed.
 *
 * @param capacity rows per pass @param longest tokens of a row at most; the noise covers their sum
 */
export function taggerEngine(
  shape: TaggerShape,
  capacity: number,
  longest: number,
): TaggerEngine {
  const { classes } = shape;
  const head = softmaxHead(classes);
  const size = taggerSize(shape);
  let parameters = new Float64Array(size);
  let pass: Pass | undefined;
  const scratch = new Float64Array(size);

  return {
    backend: 'javascript',
    parameters: size,
    capacity,
    rounding: { chunk: Infinity, roundoff: 2 ** -53, terms: longest },
    normSlack: 0,
    groups: true,
    targetWidth: 0,
    gather: ({ source, chosen }, places) => ({
      source,
      chosen: Int32Array.from(places, (place) => chosen[place]!),
    }),
    setParameters(values) {
      parameters = values.slice();
    },
    outputs: (rows) => forward(rows, shape, parameters),
    backward(rows) {
      const outputs = forward(rows, shape, parameters);
      const targets = classesOf(rows);
      const deltas = new Float64Array(outputs.length);
      head.gradients(
        { rows: targets.length, stride: classes, outputs, constants: NONE, targets },
        { deltas, constantDeltas: NONE },
      );
      pass = { rows, deltas, starts: tokenStarts(rows) };
    },
    squaredNorms(groups, norms) {
      const done = pass!;
      for (let g = 0; g + 1 < groups.length; g++) {
        const [from, to] = [groups[g]!, groups[g + 1]!];
        let squares = 0;
        for (let r = from; r < to; r++) squares += addRow(done, shape, r, 1, scratch);
        const whole = takeLength(done, shape, from, to, scratch);
        const tokens = done.starts[to]! - done.starts[from]!;
        norms[g] = groupNorm(squares, whole - squares, Math.max(1, tokens));
      }
    },
    addWeightedGradient(weights, sum) {
      const done = pass!;
      for (let r = 0; r < done.rows.chosen.length; r++) {
        if (weights[r] !== 0) addRow(done, shape, r, weights[r]!, sum);
      }
    },
    dispose() {},
  };
}

const NONE = new Float64Array(0);

interface Pass {
  readonly rows: SentenceRows;
  /** [tokens of the pass, classes] */
  readonly deltas: Float64Array;
  /** Where the tokens of each row begin in it. */
  readonly starts: Int32Array;
}

function tokenStarts({ source, chosen }: SentenceRows): Int32Array {
  const starts = new Int32Array(chosen.length + 1);
  for (let r = 0; r < chosen.length; r++) {
    const row = chosen[r]!;
    starts[r + 1] = starts[r]! + source.starts[row + 1]! - source.starts[row]!;
  }
  return starts;
}

function classesOf({ source, chosen }: SentenceRows): Float64Array {
  const known = source.classes!;
  const all: number[] = [];
  for (const row of chosen) {
    for (let t = source.starts[row]!; t < source.starts[row + 1]!; t++) all.push(known[t]!);
  }
  return Float64Array.from(all);
}

function forward(
  { source, chosen }: SentenceRows,
  shape: TaggerShape,
  parameters: Float64Array,
): Float64Array {
  const { classes } = shape;
  const tokens = tokenStarts({ source, chosen }).at(-1)!;
  const outputs = new Float64Array(tokens * classes);
  const { starts, indices, values } = source.features;
  let at = 0;
  for (const row of chosen) {
    const [first, end] = [source.starts[row]!, source.starts[row + 1]!];
    for (let t = first; t < end; t++, at += classes) {
      for (let e = starts[t]!; e < starts[t + 1]!; e++) {
        const weights = indices[e]! * classes;
        for (let c = 0; c < classes; c++) outputs[at + c]! += parameters[weights + c]!;
      }
      for (let c = 0; c < classes; c++) outputs[at + c]! *= values[t]!;
      if (source.vectors === undefined) continue;
      for (let place = 0; place < WINDOW; place++) {
        const seen = t + place - 1;
        if (seen < first || seen >= end) continue;
        product(source.vectors, seen, parameters, offsetOf(shape, place), outputs, at, classes);
      }
    }
  }
  return outputs;
}

/** Where the weights of one neighbour's vector begin. */
function offsetOf({ features, vectors, classes }: TaggerShape, place: number): number {
  return (features + place * vectors) * classes;
}

function product(
  { width, vectors, words }: WordVectors,
  token: number,
  parameters: Float64Array,
  offset: number,
  outputs: Float64Array,
  at: number,
  classes: number,
): void {
  const vector = words[token]! * width;
  for (let i = 0; i < width; i++) {
    const value = vectors[vector + i]!;
    if (value === 0) continue;
    const weights = offset + i * classes;
    for (let c = 0; c < classes; c++) outputs[at + c]! += value * parameters[weights + c]!;
  }
}

/** Adds weight x the gradient of a row; returns the sum of its tokens' own squared lengths. */
function addRow(
  { rows: { source, chosen }, deltas, starts: places }: Pass,
  shape: TaggerShape,
  r: number,
  weight: number,
  sum: Float64Array,
): number {
  const { classes } = shape;
  const row = chosen[r]!;
  const [first, end] = [source.starts[row]!, source.starts[row + 1]!];
  const { starts, indices, values } = source.features;
  let squares = 0;
  for (let t = first; t < end; t++) {
    const delta = (places[r]! + t - first) * classes;
    const value = values[t]!;
    for (let e = starts[t]!; e < starts[t + 1]!; e++) {
      const into = indices[e]! * classes;
      for (let c = 0; c < classes; c++) sum[into + c]! += weight * value * deltas[delta + c]!;
    }
    let length = value * value * (starts[t + 1]! - starts[t]!);
    if (source.vectors !== undefined) {
      const { width, vectors, words } = source.vectors;
      for (let place = 0; place < WINDOW; place++) {
        const seen = t + place - 1;
        if (seen < first || seen >= end) continue;
        const vector = words[seen]! * width;
        const into = offsetOf(shape, place);
        for (let i = 0; i < width; i++) {
          const one = vectors[vector + i]!;
          if (one === 0) continue;
          length += one * one;
          const scaled = weight * one;
          const to = into + i * classes;
          for (let c = 0; c < classes; c++) sum[to + c]! += scaled * deltas[delta + c]!;
        }
      }
    }
    let own = 0;
    for (let c = 0; c < classes; c++) own += deltas[delta + c]! ** 2;
    squares += length * own;
  }
  return squares;
}

/** The squared length of what stands in `sum`, of which rows from .. to are all; leaves zeros there. */
function takeLength(
  { rows: { source, chosen } }: Pass,
  shape: TaggerShape,
  from: number,
  to: number,
  sum: Float64Array,
): number {
  const { classes } = shape;
  const { starts, indices } = source.features;
  let length = 0;
  const take = (at: number): void => {
    length += sum[at]! ** 2;
    sum[at] = 0;
  };
  for (let r = from; r < to; r++) {
    const row = chosen[r]!;
    const end = starts[source.starts[row + 1]!]!;
    for (let e = starts[source.starts[row]!]!; e < end; e++) {
      for (let c = 0; c < classes; c++) take(indices[e]! * classes + c);
    }
  }
  for (let at = offsetOf(shape, 0); at < sum.length; at++) take(at);
  return length;
}
