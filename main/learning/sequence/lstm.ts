import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { PassFacts, SequenceLayer } from './layer.ts';
import { rawOps } from './raw-ops.ts';

type Tensor2D = TensorFlow.Tensor2D;
type Tensor3D = TensorFlow.Tensor3D;

export interface LstmOptions {
  readonly inputs: number;
  readonly units: number;
  /** From the last token of a text to its first. */
  readonly backwards?: boolean;
}

interface Pass {
  readonly facts: PassFacts;
  /** [T, B, p] */
  readonly inputs: Tensor3D;
  readonly weights: Tensor2D;
  readonly bias: TensorFlow.Tensor1D;
  /** Of BlockLSTM, each [T, B, units]: i, cs, f, o, ci, co, h. */
  readonly states: readonly Tensor3D[];
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000, with a forget bias of 1):
 * the state after every token, [B, T, units]. Gates stand in the order of TensorFlow's BlockLSTM:
 * input, cell, forget, output. Padding comes after a text, so that no state of a token has seen any.
 */
export function lstmLayer(tf: Tf, name: string, options: LstmOptions): SequenceLayer {
  const { inputs: p, units, backwards = false } = options;
  const [weights, bias] = [`${name}/weights`, `${name}/bias`];
  const raw = rawOps(tf);
  let pass: Pass | undefined;

  /** Texts from their last token to their first, padding left where it is; both ways the same. */
  const turned = (rows: Tensor3D, { lengths }: PassFacts): Tensor3D =>
    backwards ? raw.reverse(rows, lengths) : rows;

  return {
    tensors: [
      {
        ...{ name: weights, rows: p + units, columns: 4 * units },
        // Glorot and Bengio 2010, for one gate.
        first: { reach: Math.sqrt(6 / (p + 2 * units)) },
      },
      { name: bias, rows: 1, columns: 4 * units },
    ],
    forward(inputs, facts, parameters) {
      const steps = turned(inputs, facts).transpose<Tensor3D>([1, 0, 2]);
      const matrix = parameters.get(weights)!;
      const shift = parameters.get(bias)!.as1D();
      const states = raw.lstm(steps, matrix, shift, units);
      pass = { facts, inputs: steps, weights: matrix, bias: shift, states };
      return turned(states[6]!.transpose<Tensor3D>([1, 0, 2]), facts);
    },
    backward(above) {
      const { facts, inputs, weights: matrix, states } = pass!;
      const [tokens, batch] = inputs.shape;
      const deltas = raw.unstack(turned(above, facts).transpose<Tensor3D>([1, 0, 2]));
      const gates = gateDeltas(deltas);
      const flat = gates.reshape<TensorFlow.Tensor2D>([tokens * batch, 4 * units]);
      const back = tf.matMul(flat, matrix.slice([0, 0], [p, -1]), false, true);
      const before = tf.concat([
        tf.zeros<TensorFlow.Rank.R3>([1, batch, units]),
        states[6]!.slice([0, 0, 0], [tokens - 1, -1, -1]),
      ]);
      const seen = tf.concat([inputs, before], 2).transpose<Tensor3D>([1, 0, 2]);
      return {
        deltas: turned(
          back.reshape<TensorFlow.Tensor3D>([tokens, batch, p]).transpose<Tensor3D>([1, 0, 2]),
          facts,
        ),
        books: [
          {
            ...{ kind: 'dense', weights, bias, inputs: seen },
            deltas: gates.transpose<Tensor3D>([1, 0, 2]),
          },
        ],
      };
    },
  };

  /** Gradients of the sums before the gates, [T, B, 4 x units], from the last token to the first. */
  function gateDeltas(deltas: readonly Tensor2D[]): Tensor3D {
    const { inputs, weights: matrix, bias: shift, states } = pass!;
    const [tokens, batch] = inputs.shape;
    const perStep = [inputs, ...states].map((tensor) => raw.unstack(tensor));
    const zeros = tf.zeros<TensorFlow.Rank.R2>([batch, units]);
    const own = matrix.slice([p, 0], [units, -1]);
    const found: Tensor2D[] = [];
    let cellDelta: Tensor2D = zeros;
    let stateDelta: Tensor2D | undefined;
    for (let t = tokens - 1; t >= 0; t--) {
      const [x, i, cs, f, o, ci, co] = perStep.map((steps) => steps[t]!);
      const [csBefore, hBefore] =
        t === 0 ? [zeros, zeros] : [perStep[2]![t - 1]!, perStep[7]![t - 1]!];
      const delta =
        stateDelta === undefined ? deltas[t]! : tf.add<Tensor2D>(deltas[t]!, stateDelta);
      const step = raw.lstmBack([x!, csBefore, hBefore, matrix], shift, [
        i!,
        cs!,
        f!,
        o!,
        ci!,
        co!,
        cellDelta,
        delta,
      ]);
      [cellDelta, found[t]] = step;
      if (t > 0) stateDelta = tf.matMul(found[t]!, own, false, true);
    }
    return tf.stack(found) as Tensor3D;
  }
}
