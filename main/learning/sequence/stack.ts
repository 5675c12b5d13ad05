import { uniform } from '../../privacy/random.ts';
import { seededRandom } from '../../privacy/seeded.ts';
import type { Head } from '../heads.ts';
import type { TensorSpec } from '../layers.ts';
import type { SequenceLayer } from './layer.ts';

/** Layers from tokens to the outputs that a head takes. */
export interface Stack {
  readonly layers: readonly SequenceLayer[];
  /** Of every tensor by name, in the order of the flat vector; the head's constants stand last. */
  readonly specs: ReadonlyMap<string, TensorSpec>;
  readonly parameters: number;
  /** The last layer speaks of every token: [B, T, outputs] in the place of [B, 1, outputs]. */
  readonly perToken: boolean;
}

/** Name of the tensor of the outputs that are parameters by themselves. */
export const CONSTANTS = 'constants';

/** Gives every tensor its place. Throws RangeError for a name that is given twice. */
export function stackOf(
  layers: readonly SequenceLayer[],
  { constants }: Pick<Head, 'constants'>,
  perToken = false,
): Stack {
  const specs = new Map<string, TensorSpec>();
  let offset = 0;
  const place = (name: string, rows: number, columns: number): void => {
    if (specs.has(name)) throw new RangeError(`two tensors are named ${name}`);
    specs.set(name, { name, rows, columns, offset });
    offset += rows * columns;
  };
  for (const { name, rows, columns } of layers.flatMap(({ tensors }) => tensors)) {
    place(name, rows, columns);
  }
  if (constants > 0) place(CONSTANTS, 1, constants);
  return { layers, specs, parameters: offset, perToken };
}

/**
 * First parameters: what each tensor asks for, from a seed. The head's bias and constants are where
 * the head says, the bias being the last tensor of the layers.
 */
export function firstParametersOf(
  { layers, specs, parameters }: Stack,
  seed: number,
  { first }: Pick<Head, 'first'> = {},
): Float64Array {
  const values = new Float64Array(parameters);
  const random = seededRandom(seed);
  const tensors = layers.flatMap((layer) => layer.tensors);
  for (const { name, first: wanted } of tensors) {
    const { offset, rows, columns } = specs.get(name)!;
    if (wanted === undefined) continue;
    for (let i = 0; i < rows * columns; i++) {
      values[offset + i] =
        'reach' in wanted
          ? wanted.known?.[i] || Math.fround(wanted.reach * (2 * uniform(random) - 1))
          : wanted.values[i % wanted.values.length]!;
    }
  }
  if (first === undefined) return values;
  values.set(first.constants, parameters - first.constants.length);
  values[specs.get(tensors.at(-1)!.name)!.offset] = first.bias;
  return values;
}
