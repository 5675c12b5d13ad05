import { z } from 'zod';
import { OPERATIONS } from './operations.ts';
import { encoderInvalid } from './invalid.ts';
import type { EncoderFiles } from './manifest.ts';

/** Bytes of one number as it is stored. */
const STORED = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;

const weight = z.object({
  name: z.string().max(1_000),
  shape: z.array(z.int().min(0).max(100_000_000)).max(8),
  dtype: z.enum(['float32', 'int32', 'bool']),
  quantization: z
    .object({
      dtype: z.enum(['uint8', 'uint16', 'float16']),
      scale: z.number().optional(),
      min: z.number().optional(),
    })
    .optional(),
});

const node = z.looseObject({
  name: z.string().max(1_000),
  op: z.string().max(100),
  input: z.array(z.string().max(1_000)).max(1_000).optional(),
});

const graphFile = z.object({
  modelTopology: z.looseObject({
    node: z.array(node).min(1).max(50_000),
    library: z.looseObject({ function: z.array(z.unknown()).optional() }).optional(),
  }),
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/)).max(256),
        weights: z.array(weight).max(20_000),
      }),
    )
    .min(1)
    .max(64),
  signature: z.looseObject({}).optional(),
});

type WeightSpec = z.output<typeof weight>;

export interface GraphFile {
  readonly topology: object;
  readonly signature: object | undefined;
  readonly nodes: ReadonlySet<string>;
  /** It has an operation whose form TensorFlow.js only knows when it has run. */
  readonly dynamic: boolean;
  readonly weights: readonly WeightSpec[];
  /** Files that hold the weights' bytes, in order. */
  readonly shards: readonly string[];
}

/**
 * A graph as TensorFlow.js's converter writes it (`model.json`). It comes from outside: only
 * operations that compute forward are let in, no loops, functions, tables, files or random numbers,
 * and shards lie beside it.
 * @throws ENCODER_INVALID {file, reason: graph | operation}
 */
export function readGraphFile(file: string, bytes: Uint8Array): GraphFile {
  const parsed = graphFile.safeParse(parseJson(file, bytes));
  if (!parsed.success) throw encoderInvalid(file, 'graph');
  const { modelTopology, weightsManifest, signature } = parsed.data;
  if ((modelTopology.library?.function ?? []).length > 0) throw encoderInvalid(file, 'operation');
  const unknown = modelTopology.node.find(({ op }) => !OPERATIONS.has(op));
  if (unknown !== undefined) throw encoderInvalid(file, 'operation');
  return {
    topology: modelTopology,
    signature,
    nodes: new Set(modelTopology.node.map(({ name }) => name)),
    dynamic: modelTopology.node.some(({ op }) => op === 'Where'),
    weights: weightsManifest.flatMap(({ weights }) => weights),
    shards: weightsManifest.flatMap(({ paths }) => paths),
  };
}

/** The weights' bytes in one piece. @throws ENCODER_INVALID {file, reason: weights} */
export function weightBytes(file: string, graph: GraphFile, files: EncoderFiles): Uint8Array {
  const shards = graph.shards.map((path) => files.get(path));
  if (shards.some((shard) => shard === undefined)) throw encoderInvalid(file, 'weights');
  const all = Buffer.concat(shards as Uint8Array[]);
  const wanted = graph.weights.reduce((sum, spec) => sum + bytesOf(spec), 0);
  if (wanted !== all.length) throw encoderInvalid(file, 'weights');
  return all;
}

export const sizeOf = ({ shape }: WeightSpec): number => shape.reduce((a, b) => a * b, 1);

const bytesOf = (spec: WeightSpec): number =>
  sizeOf(spec) * STORED[spec.quantization?.dtype ?? spec.dtype];

/** @throws ENCODER_INVALID {file, reason: graph} */
function parseJson(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch {
    throw encoderInvalid(file, 'graph');
  }
}
