import type { Labels } from './labels.ts';

type Numbers = Float32Array | Float64Array;

/** Some rows of a pass: row r has its outputs at r x `stride`, and so do their gradients. */
interface HeadPass {
  readonly rows: number;
  readonly stride: number;
  readonly outputs: Numbers;
  /** Parameters that are outputs by themselves, the same for every row. */
  readonly constants: Float64Array;
  /** As `targetsOf` gives them. */
  readonly targets: Float64Array;
}

/** Where the gradients of a pass go. */
interface HeadGradients {
  /** As `outputs`. */
  readonly deltas: Numbers;
  /** [rows, constants] */
  readonly constantDeltas: Float64Array;
}

/**
 * The end of a model of layers: what the outputs of the last layer say of the label. Layers,
 * clipping and noise see outputs and their gradients only, so that they are the same for every target.
 */
export interface Head {
  /** Outputs of the last layer. */
  readonly outputs: number;
  /** Outputs that are parameters by themselves. */
  readonly constants: number;
  /** Numbers of an answer: one, or the probability of each value. */
  readonly scores: number;
  /** Where training starts from, if not from zeros: nothing in it is of the records. */
  readonly first?: { readonly bias: number; readonly constants: readonly number[] };
  /** Bound on the second derivative of the loss of a row in any direction of its outputs. */
  readonly curvature: number;
  /** Length of the loss gradient of a row that is as wrong as can be, 1 for two values. */
  readonly reach: number;
  /** Gradients of the loss of each row. A row of outputs that are no numbers gets gradients that are none. */
  gradients(pass: HeadPass, into: HeadGradients): void;
  /** Answers of rows, [rows, scores], from outputs [rows, outputs]. */
  answers(outputs: Float64Array, constants: Float64Array, into: Float64Array): void;
}

export function headOf(labels: Labels): Head {
  switch (labels.target) {
    case 'tags':
      throw new RangeError('tags have no head of layers');
    case undefined:
      return BINARY;
    case 'classes':
      return softmaxHead(labels.values.length);
    case 'ordered':
      return cumulativeHead(labels.values.length);
    case 'number':
      return numberHead(labels.lower, labels.upper);
  }
}

export function sigmoid(logit: number): number {
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
}

/** One logit, of the positive value; logarithmic loss. Targets are 0 or 1. */
export const BINARY: Head = {
  ...{ outputs: 1, constants: 0, scores: 1, curvature: 1 / 4, reach: 1 },
  gradients({ rows, stride, outputs, targets }, { deltas }) {
    for (let r = 0; r < rows; r++) {
      deltas[r * stride] = sigmoid(outputs[r * stride]!) - targets[r]!;
    }
  },
  answers(outputs, _, into) {
    for (let r = 0; r < outputs.length; r++) into[r] = sigmoid(outputs[r]!);
  },
};

/** Targets of WEIGHTED: the weight, below 0 where the target is 0. */
export function signedTargets(targets: Float64Array, weights: Float64Array): Float64Array {
  return targets.map((target, row) => (target === 1 ? weights[row]! : -weights[row]!));
}

/**
 * The same where records count differently. Layers pass gradients down in proportion, so a row's whole
 * gradient is weighted before anything clips it. Targets are those of `signedTargets`.
 */
export const WEIGHTED: Head = {
  ...BINARY,
  gradients({ rows, stride, outputs, targets }, { deltas }) {
    for (let r = 0; r < rows; r++) {
      const weight = Math.abs(targets[r]!);
      deltas[r * stride] = weight * (sigmoid(outputs[r * stride]!) - (targets[r]! > 0 ? 1 : 0));
    }
  },
};

/** One output for each value (softmax); logarithmic loss. Targets are places of values. */
export function softmaxHead(values: number): Head {
  const put = (outputs: Numbers, from: number, into: Numbers, to: number): void => {
    let most = -Infinity;
    for (let c = 0; c < values; c++) if (outputs[from + c]! > most) most = outputs[from + c]!;
    let sum = 0;
    for (let c = 0; c < values; c++) sum += Math.exp(outputs[from + c]! - most);
    for (let c = 0; c < values; c++) into[to + c] = Math.exp(outputs[from + c]! - most) / sum;
  };
  return {
    ...{ outputs: values, constants: 0, scores: values, curvature: 1 / 2, reach: Math.SQRT2 },
    gradients({ rows, stride, outputs, targets }, { deltas }) {
      for (let r = 0; r < rows; r++) {
        put(outputs, r * stride, deltas, r * stride);
        deltas[r * stride + targets[r]!]! -= 1;
      }
    },
    answers(outputs, _, into) {
      for (let at = 0; at < outputs.length; at += values) put(outputs, at, into, at);
    },
  };
}

/**
 * Values in order by cumulative logits with proportional odds (McCullagh 1980, section 2.3):
 * P(value <= k) = sigmoid(threshold_k - output). The first threshold is 0, which the bias of the last
 * layer makes up for; each further one lies softplus(constant) above the one below, so that they stay
 * in order. Two values make it logistic regression. Targets are places in the order.
 */
export function cumulativeHead(values: number): Head {
  const constants = values - 2;
  return {
    ...{ outputs: 1, constants, scores: values, curvature: 1 / 2, reach: 1 },
    first: evenly(values),
    gradients({ rows, stride, outputs, constants: steps, targets }, { deltas, constantDeltas }) {
      const thresholds = thresholdsOf(steps);
      for (let r = 0; r < rows; r++) {
        const output = outputs[r * stride]!;
        const place = targets[r]!;
        // Of the two thresholds around the true value: how likely the answer is beyond each.
        const above = place === values - 1 ? 0 : sigmoid(output - thresholds[place]!);
        const below = place === 0 ? 0 : sigmoid(thresholds[place - 1]! - output);
        const delta = above - below;
        deltas[r * stride] = delta;
        for (let j = 1; j <= constants; j++) {
          const step = steps[j - 1]!;
          constantDeltas[r * constants + j - 1] =
            j < place
              ? -sigmoid(step) * delta
              : j === place
                ? -sigmoid(step) * above - sigmoid(-step)
                : 0;
        }
      }
    },
    answers(outputs, steps, into) {
      const thresholds = thresholdsOf(steps);
      for (let r = 0; r < outputs.length; r++) {
        for (let k = 0; k < values; k++) {
          into[r * values + k] = between(
            k === 0 ? -Infinity : thresholds[k - 1]! - outputs[r]!,
            k === values - 1 ? Infinity : thresholds[k]! - outputs[r]!,
          );
        }
      }
    },
  };
}

/** The bias and the constants with which each value is as likely as any other. */
function evenly(values: number): NonNullable<Head['first']> {
  const logit = (place: number): number => Math.log(place / (values - place));
  const constants = Array.from({ length: values - 2 }, (_, j) =>
    Math.log(Math.expm1(logit(j + 2) - logit(j + 1))),
  );
  return { bias: -logit(1), constants };
}

/** Every threshold, from that above the lowest value. */
function thresholdsOf(steps: Float64Array): Float64Array {
  const thresholds = new Float64Array(steps.length + 1);
  for (let j = 0; j < steps.length; j++) thresholds[j + 1] = thresholds[j]! + softplus(steps[j]!);
  return thresholds;
}

function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** sigmoid(to) - sigmoid(from) without the loss of digits where both are near 0 or 1. */
function between(from: number, to: number): number {
  return sigmoid(to) * sigmoid(-from) * -Math.expm1(from - to);
}

/**
 * A number between public bounds, which the layers see on the scale from -1 to 1; half the squared
 * error on that scale. Targets are numbers of the label; one outside its bounds counts as the nearest.
 * So does an answer.
 */
export function numberHead(lower: number, upper: number): Head {
  const half = (upper - lower) / 2;
  const clamped = (scaled: number): number => (scaled > 1 ? 1 : scaled < -1 ? -1 : scaled);
  return {
    ...{ outputs: 1, constants: 0, scores: 1, curvature: 1, reach: 1 },
    gradients({ rows, stride, outputs, targets }, { deltas }) {
      for (let r = 0; r < rows; r++) {
        deltas[r * stride] = outputs[r * stride]! - clamped((targets[r]! - lower) / half - 1);
      }
    },
    answers(outputs, _, into) {
      for (let r = 0; r < outputs.length; r++) {
        into[r] = lower + half * (clamped(outputs[r]!) + 1);
      }
    },
  };
}
