import type { SparseRows } from './sparse.ts';

/** One tensor inside the flat vector of all trainable parameters. */
export interface TensorSpec {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly offset: number;
}

/** A stack of dense layers with ReLU between them; what its outputs mean is a head's matter. */
export interface Architecture {
  readonly inputs: number;
  /** Widths of the hidden layers; empty for logistic and linear regression. */
  readonly hidden: readonly number[];
  /** Width of the last layer; 1 where it is left out. */
  readonly outputs?: number;
  /** Outputs beside these that are parameters by themselves; none where it is left out. */
  readonly constants?: number;
}

/** Layers whose outputs are those that a head takes. */
export function architectureOf(
  { inputs, hidden }: Pick<Architecture, 'inputs' | 'hidden'>,
  { outputs, constants }: { readonly outputs: number; readonly constants: number },
): Architecture {
  return { inputs, hidden, outputs, constants };
}

/**
 * The tensors of an architecture: for each dense layer its weights [in, out], then its bias [1, out];
 * after them the constants, if any.
 */
export function tensorsOf(architecture: Architecture): readonly TensorSpec[] {
  const widths = [architecture.inputs, ...architecture.hidden, architecture.outputs ?? 1];
  const tensors: TensorSpec[] = [];
  let offset = 0;
  for (let layer = 0; layer + 1 < widths.length; layer++) {
    const rows = widths[layer]!;
    const columns = widths[layer + 1]!;
    tensors.push({ name: `dense${layer + 1}/weights`, rows, columns, offset });
    offset += rows * columns;
    tensors.push({ name: `dense${layer + 1}/bias`, rows: 1, columns, offset });
    offset += columns;
  }
  const { constants = 0 } = architecture;
  if (constants > 0) tensors.push({ name: 'constants', rows: 1, columns: constants, offset });
  return tensors;
}

export function parameterCount(architecture: Architecture): number {
  return tensorsOf(architecture).reduce((sum, t) => sum + t.rows * t.columns, 0);
}

/**
 * What every back-end offers to the trainers. One backward pass keeps each layer's inputs and
 * output gradients; from these come the norms of any group's gradient and the weighted sum of
 * gradients, without a gradient per example ever being stored (book-keeping: Goodfellow 2015,
 * arXiv:1510.01799; Bu et al. 2023, arXiv:2210.00038).
 */
export interface GradientEngine<Rows = SparseRows> {
  readonly backend: 'javascript' | 'tensorflow' | 'wasm';
  /** Trainable numbers, all in one flat vector. */
  readonly parameters: number;
  /** No more rows than this per call of `backward` or `outputs`. */
  readonly capacity: number;
  /**
   * How `addWeightedGradient` adds up: up to `chunk` rows in arithmetic of unit roundoff
   * `roundoff`, the chunks in double precision. The noise covers its error. Where a row is a sum of
   * `terms` by itself, those count in the place of rows.
   */
  readonly rounding: {
    readonly chunk: number;
    readonly roundoff: number;
    readonly terms?: number;
  };
  /** How much longer than measured a gradient may be, as a share of the clipping norm. */
  readonly normSlack: number;
  /** Whether units of several rows can be clipped as one with this arithmetic. */
  readonly groups: boolean;
  /** Numbers that say the target of a row. */
  readonly targetWidth: number;
  /** The chosen rows of a source, in the order given, where the next pass wants them. */
  gather(source: Rows, chosen: Int32Array): Rows;

  /** Sets all parameters, flat. */
  setParameters(parameters: Float64Array): void;
  /** The outputs of the last layer, [rows, outputs]. */
  outputs(rows: Rows): Float64Array;
  /** Forward and backward pass of the head's loss; `targets` as its head takes them, [rows, targetWidth]. */
  backward(rows: Rows, targets: Float64Array): void;
  /**
   * Squared length of the gradient of each group of neighbouring rows (all parameters, biases
   * included) after `backward`: group g owns the rows groups[g] .. groups[g + 1]. See `groupNorm`
   * for groups of several rows.
   */
  squaredNorms(groups: Int32Array, norms: Float64Array): void;
  /** Adds the sum over rows of weight x gradient to `sum` (flat), after `backward`. */
  addWeightedGradient(weights: Float64Array, sum: Float64Array): void;
  dispose(): void;
}

/** An engine of dense layers. */
export interface DenseEngine extends GradientEngine {
  readonly architecture: Architecture;
}

/** How much longer the rows of a group may be, added up, than the length reported for the group. */
export const GROUP_CANCELLATION = 1000;

/**
 * |g_1 + .. + g_m|^2 of a group from its squares and crossed products, but never so small that the
 * lengths of the rows add up to more than GROUP_CANCELLATION times it. So where rows cancel, the
 * rounding of their sum stays in proportion to the clipping norm; it depends on this group alone.
 */
export function groupNorm(squares: number, crossed: number, size: number): number {
  if (size === 1) return squares;
  const least = (size * squares) / GROUP_CANCELLATION ** 2;
  const norm = squares + crossed;
  return norm < least ? least : norm;
}
