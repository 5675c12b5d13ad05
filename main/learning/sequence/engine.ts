import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Head } from '../heads.ts';
import { GROUP_CANCELLATION, type GradientEngine } from '../layers.ts';
import type { Tf } from '../tensorflow.ts';
import { gatherTokens } from '../text/token-rows.ts';
import { PassBooks } from './books.ts';
import { SUMMED_ROWS } from './dense-rows.ts';
import type { Book, PassFacts, TokenRows } from './layer.ts';
import { CONSTANTS, type Stack } from './stack.ts';

type Tensor2D = TensorFlow.Tensor2D;
type Tensor3D = TensorFlow.Tensor3D;

/** How much a pass may hold; public, as the noise depends on it. */
export interface PassLimits {
  /** Texts per pass. */
  readonly capacity: number;
  /** Tokens of a text at most. */
  readonly length: number;
  /** Whether units may have several rows: all is then reckoned in double precision. */
  readonly several: boolean;
}

/** An engine of layers over tokens. */
export interface SequenceEngine extends GradientEngine<TokenRows> {
  readonly stack: Stack;
  /** Parameters that are outputs by themselves, as they are set. */
  readonly constants: Float64Array;
}

/**
 * Layers over tokens as TensorFlow operations in single precision, a book for each tensor. Lengths
 * and sums are reckoned in double precision from the books (`PassBooks`), so that `rounding` and
 * `normSlack` are next to nothing: docs/text.md derives both. No tensor of a pass
 * outlives it.
 *
 * With a stack that speaks of every token the loss of a text is the mean over its tokens, and a row
 * of targets has `length` numbers.
 */
export function sequenceEngine(
  tf: Tf,
  stack: Stack,
  head: Head,
  limits: PassLimits,
): SequenceEngine {
  const { capacity, length, several } = limits;
  const { layers, specs, perToken } = stack;
  const targetWidth = perToken ? length : 1;
  const constants = new Float64Array(head.constants);
  let variables = new Map<string, Tensor2D>();
  let pass: { readonly books: PassBooks; readonly kept: readonly TensorFlow.Tensor[] } | undefined;

  const releasePass = (): void => {
    pass?.books.dispose();
    pass?.kept.forEach((tensor) => tensor.dispose());
    pass = undefined;
  };
  const releaseParameters = (): void => variables.forEach((tensor) => tensor.dispose());

  /** The last layer's outputs, [B, T, outputs] or [B, 1, outputs]. */
  function forward(rows: TokenRows): { outputs: Tensor3D; facts: PassFacts } {
    const facts = factsOf(tf, rows);
    let outputs = facts.mask.expandDims<Tensor3D>(2);
    for (const layer of layers) outputs = layer.forward(outputs, facts, variables);
    return { outputs, facts };
  }

  function books(rows: TokenRows, targets: Float64Array): Book[] {
    const { outputs } = forward(rows);
    const [batch, places] = outputs.shape;
    const values = outputs.dataSync<'float32'>();
    const deltas = new Float32Array(values.length);
    const constantDeltas = new Float64Array(batch * places * head.constants);
    const weights = perToken ? tokenShares(rows) : undefined;
    head.gradients(
      {
        ...{ rows: batch * places, stride: head.outputs, outputs: values, constants },
        targets: perToken ? tokenTargets(rows, targets, length) : targets,
      },
      { deltas, constantDeltas },
    );
    if (weights !== undefined) weighTokens(deltas, weights, head.outputs);
    const found: Book[] = [];
    let above = tf.tensor3d(deltas, outputs.shape);
    for (const layer of layers.toReversed()) {
      const back = layer.backward(above);
      above = back.deltas;
      found.push(...back.books);
    }
    if (head.constants > 0) {
      const gradients = tf.tensor2d(Float32Array.from(constantDeltas), [batch, head.constants]);
      found.push({ kind: 'explicit', tensor: CONSTANTS, gradients });
    }
    return found;
  }

  return {
    backend: 'tensorflow',
    stack,
    constants,
    parameters: stack.parameters,
    capacity,
    rounding: several
      ? { chunk: Infinity, roundoff: 2 ** -53, terms: length }
      : { chunk: SUMMED_ROWS, roundoff: 2 ** -24 },
    normSlack: normSlackOf(stack, limits),
    groups: several,
    targetWidth,
    gather: gatherTokens,
    setParameters(parameters) {
      releaseParameters();
      const single = Float32Array.from(parameters);
      variables = new Map(
        [...specs.values()].map(({ name, rows, columns, offset }) => [
          name,
          tf.tensor2d(single.subarray(offset, offset + rows * columns), [rows, columns]),
        ]),
      );
      constants.set(parameters.subarray(parameters.length - constants.length));
    },
    outputs(rows) {
      if (rows.rows === 0) return new Float64Array(0);
      const outputs = tf.tidy(() => forward(rows).outputs);
      const values = Float64Array.from(outputs.dataSync());
      outputs.dispose();
      return values;
    },
    backward(rows, targets) {
      releasePass();
      let made: Book[] = [];
      const kept = tf.tidy(() => {
        made = books(rows, targets);
        return made.flatMap(tensorsOfBook);
      });
      pass = { books: new PassBooks(tf, made, specs, several), kept };
    },
    squaredNorms(groups, norms) {
      requirePass(pass).books.squaredNorms(groups, norms);
    },
    addWeightedGradient(weights, sum) {
      requirePass(pass).books.addWeighted(weights, sum);
    },
    dispose() {
      releasePass();
      releaseParameters();
      variables = new Map();
    },
  };
}

function factsOf(tf: Tf, { rows, length, ids, lengths, beside }: TokenRows): PassFacts {
  const mask = new Float32Array(rows * length);
  lengths.forEach((one, r) => mask.fill(1, r * length, r * length + one));
  return {
    ids: tf.tensor2d(ids, [rows, length], 'int32'),
    mask: tf.tensor2d(mask, [rows, length]),
    lengths,
    ...(beside && { beside: tf.tensor3d(beside, [rows, 1, beside.length / rows]) }),
  };
}

function tensorsOfBook(book: Book): readonly TensorFlow.Tensor[] {
  switch (book.kind) {
    case 'dense':
      return [book.inputs, book.deltas];
    case 'embedding':
      return [book.ids, book.deltas];
    case 'explicit':
      return [book.gradients];
  }
}

/**
 * The share by which a length may be too small: docs/text.md. Of a squared length at most `roundings`
 * units of the square of its terms laid end to end, which is at most GROUP_CANCELLATION^2 of what is
 * reported, and one unit for each number that is squared.
 */
function normSlackOf({ specs, parameters }: Stack, { capacity, length }: PassLimits): number {
  const widest = Math.max(...[...specs.values()].map(({ rows, columns }) => rows + columns));
  const roundings = widest + length ** 2 + 2 * capacity * length + 16;
  return (GROUP_CANCELLATION ** 2 * roundings + parameters) * 2 ** -53;
}

/** 1 / tokens of its text for a token, 0 for padding; [rows, length]. */
function tokenShares({ rows, length, lengths }: TokenRows): Float64Array {
  const shares = new Float64Array(rows * length);
  lengths.forEach((one, r) => shares.fill(1 / one, r * length, r * length + one));
  return shares;
}

/** Targets of the tokens that stand in the pass, [rows, length], from rows of `width`. */
function tokenTargets(
  { rows, length }: TokenRows,
  targets: Float64Array,
  width: number,
): Float64Array {
  const found = new Float64Array(rows * length);
  for (let r = 0; r < rows; r++) {
    found.set(targets.subarray(r * width, r * width + length), r * length);
  }
  return found;
}

function weighTokens(deltas: Float32Array, shares: Float64Array, outputs: number): void {
  for (let at = 0; at < shares.length; at++) {
    const share = shares[at]!;
    for (let c = at * outputs; c < (at + 1) * outputs; c++) {
      deltas[c] = share === 0 ? 0 : deltas[c]! * share;
    }
  }
}

function requirePass<Pass>(pass: Pass | undefined): Pass {
  if (pass === undefined) throw new Error('backward has not been called');
  return pass;
}
