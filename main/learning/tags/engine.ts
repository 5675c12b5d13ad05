import { softmaxHead } from '../heads.ts';
import { groupNorm, type GradientEngine } from '../layers.ts';
import type { SentenceRows } from './sentences.ts';
import { seenBy, WINDOW, WordWindow } from './word-window.ts';

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

/**
 * Softmax regression over the classes of tokens, on hashed features and the vectors of three
 * neighbouring words; the loss of a text is the sum over its tokens. A row is a text, its gradient
 * G = sum over t of x_t (outer) d_t. Its length is that of G itself, added up in double precision; of a
 * unit of several texts likewise, so that tokens and texts that share features are crossed.
 * `outputs` are the logits of every token of the rows, one text after the other, [tokens, classes].
 *
 * @param capacity rows per pass @param longest tokens of a row at most; the noise covers their sum
 */
export function taggerEngine(
  shape: TaggerShape,
  capacity: number,
  longest: number,
): GradientEngine<SentenceRows> {
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
    // A token's part goes through two sums, that of its word and that of the pass.
    rounding: { chunk: Infinity, roundoff: 2 ** -53, terms: 2 * longest },
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
      const window = windowFor(done.rows, shape);
      for (let g = 0; g + 1 < groups.length; g++) {
        const [from, to] = [groups[g]!, groups[g + 1]!];
        let squares = 0;
        for (let r = from; r < to; r++) squares += addRow(done, shape, r, 1, scratch, window);
        const seen = window?.takeSquare() ?? null;
        if (seen === null) window?.addGradient(scratch);
        const whole = (seen ?? 0) + takeLength(done, shape, from, to, scratch, seen === null);
        const tokens = done.starts[to]! - done.starts[from]!;
        norms[g] = groupNorm(squares, whole - squares, Math.max(1, tokens));
      }
    },
    addWeightedGradient(weights, sum) {
      const done = pass!;
      const window = windowFor(done.rows, shape);
      for (let r = 0; r < done.rows.chosen.length; r++) {
        if (weights[r] !== 0) addRow(done, shape, r, weights[r]!, sum, window);
      }
      window?.addGradient(sum);
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

function windowFor({ source }: SentenceRows, shape: TaggerShape): WordWindow | null {
  if (source.vectors === undefined) return null;
  return new WordWindow(source.vectors, shape.classes, shape.features * shape.classes);
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

function forward(rows: SentenceRows, shape: TaggerShape, parameters: Float64Array): Float64Array {
  const { source, chosen } = rows;
  const { classes } = shape;
  const outputs = new Float64Array(tokenStarts(rows).at(-1)! * classes);
  const window = windowFor(rows, shape);
  const { starts, indices, values } = source.features;
  let at = 0;
  for (const row of chosen) {
    for (let t = source.starts[row]!; t < source.starts[row + 1]!; t++, at += classes) {
      for (let e = starts[t]!; e < starts[t + 1]!; e++) {
        const weights = indices[e]! * classes;
        for (let c = 0; c < classes; c++) outputs[at + c]! += parameters[weights + c]!;
      }
      for (let c = 0; c < classes; c++) outputs[at + c]! *= values[t]!;
      window?.addOutputs(source, row, t, parameters, outputs, at);
    }
  }
  return outputs;
}

/**
 * Adds weight x the gradient of a row, that of the vectors' weights by way of `window`; returns the
 * sum of its tokens' own squared lengths.
 */
function addRow(
  { rows: { source, chosen }, deltas, starts: places }: Pass,
  { classes }: TaggerShape,
  r: number,
  weight: number,
  sum: Float64Array,
  window: WordWindow | null,
): number {
  const row = chosen[r]!;
  const first = source.starts[row]!;
  const { starts, indices, values } = source.features;
  let squares = 0;
  for (let t = first; t < source.starts[row + 1]!; t++) {
    const delta = (places[r]! + t - first) * classes;
    const scaled = weight * values[t]!;
    for (let e = starts[t]!; e < starts[t + 1]!; e++) {
      const into = indices[e]! * classes;
      for (let c = 0; c < classes; c++) sum[into + c]! += scaled * deltas[delta + c]!;
    }
    window?.takeDeltas(source, row, t, weight, deltas, delta);
    let own = 0;
    for (let c = 0; c < classes; c++) own += deltas[delta + c]! ** 2;
    squares += own * inputSquare({ source, chosen }, row, t);
  }
  return squares;
}

/** The squared length of a token's vector. */
function inputSquare({ source }: SentenceRows, row: number, t: number): number {
  const { starts, values } = source.features;
  const hashed = values[t]! ** 2 * (starts[t + 1]! - starts[t]!);
  if (source.vectors === undefined) return hashed;
  const { squares, words, scales } = source.vectors;
  let seen = 0;
  for (let place = 0; place < WINDOW; place++) {
    const one = seenBy(source.starts, row, t, place);
    if (one >= 0) seen += squares[words[one]!]!;
  }
  return hashed + scales[t]! ** 2 * seen;
}

/** The squared length of what stands in `sum`, of which rows from .. to are all; leaves zeros there. */
function takeLength(
  { rows: { source, chosen } }: Pass,
  { features, classes }: TaggerShape,
  from: number,
  to: number,
  sum: Float64Array,
  hasVectors: boolean,
): number {
  const { starts, indices } = source.features;
  let length = 0;
  for (let r = from; r < to; r++) {
    const row = chosen[r]!;
    const end = starts[source.starts[row + 1]!]!;
    for (let e = starts[source.starts[row]!]!; e < end; e++) {
      const at = indices[e]! * classes;
      for (let c = at; c < at + classes; c++) {
        length += sum[c]! * sum[c]!;
        sum[c] = 0;
      }
    }
  }
  if (!hasVectors) return length;
  for (let at = features * classes; at < sum.length; at++) {
    length += sum[at]! * sum[at]!;
    sum[at] = 0;
  }
  return length;
}
