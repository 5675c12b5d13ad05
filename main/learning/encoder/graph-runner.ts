import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import type { EncoderDescription } from './description.ts';
import type { GraphFile } from './graph-file.ts';
import { encoderInvalid } from './invalid.ts';

export interface Runner {
  /** Pieces that the encoder itself puts around a text. */
  readonly marks: number;
  /**
   * The vectors [texts, dimensions] of texts as pieces, each of at least one and at most so many as
   * fit in a window; not yet scaled to length 1.
   */
  run(texts: readonly (readonly number[])[]): Promise<Float32Array>;
  dispose(): void;
}

interface Dense {
  readonly ids: string;
  readonly mask: string | undefined;
  readonly types: string | undefined;
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly padding: number;
}

/**
 * Loads a graph into TensorFlow. Files are never touched: topology and weights come from memory.
 * @throws ENCODER_INVALID {file, reason: graph | tensor | vocabulary | dimensions}
 */
export async function runnerOf(
  tf: Tf,
  description: EncoderDescription,
  words: readonly string[],
  { graph, weights }: { readonly graph: GraphFile; readonly weights: Uint8Array },
): Promise<Runner> {
  const { inputs, output, graph: file } = description;
  const asked =
    inputs.kind === 'sparse'
      ? [inputs.indices, inputs.values]
      : [inputs.ids, inputs.mask, inputs.types].filter((name) => name !== undefined);
  for (const name of [...asked, output]) {
    if (!graph.nodes.has(name.replace(/:\d+$/, ''))) throw encoderInvalid(file, 'tensor');
  }
  const dense = inputs.kind === 'dense' ? denseInputs(description, words) : null;
  const model = await load(tf, file, graph, weights);

  async function execute(feeds: TensorFlow.NamedTensorMap): Promise<TensorFlow.Tensor> {
    try {
      const found = graph.dynamic
        ? await model.executeAsync(feeds, output)
        : model.execute(feeds, output);
      return found as TensorFlow.Tensor;
    } catch {
      // What TensorFlow says of it may hold what it was given.
      throw encoderInvalid(file, 'graph');
    } finally {
      Object.values(feeds).forEach((tensor) => tensor.dispose());
    }
  }

  return {
    marks: dense === null ? 0 : dense.begin.length + dense.end.length,
    async run(texts) {
      const { feeds, mask } =
        inputs.kind === 'sparse'
          ? { feeds: sparseFeeds(tf, inputs, texts), mask: null }
          : denseFeeds(tf, dense!, texts);
      const found = await execute(feeds);
      try {
        return pooled(tf, description, found, { texts: texts.length, mask });
      } finally {
        found.dispose();
      }
    },
    dispose: () => model.dispose(),
  };
}

type Handler = Exclude<Parameters<Tf['loadGraphModel']>[0], string>;
type Artifacts = Awaited<ReturnType<NonNullable<Extract<Handler, { load?: unknown }>['load']>>>;
type WeightSpecs = NonNullable<Artifacts['weightSpecs']>;

async function load(
  tf: Tf,
  file: string,
  graph: GraphFile,
  weights: Uint8Array,
): Promise<TensorFlow.GraphModel> {
  const artifacts = {
    modelTopology: graph.topology,
    weightSpecs: graph.weights as WeightSpecs,
    weightData: bufferOf(weights),
    format: 'graph-model',
    ...(graph.signature === undefined ? {} : { signature: graph.signature }),
  };
  try {
    return await tf.loadGraphModel({ load: () => Promise.resolve(artifacts) });
  } catch {
    throw encoderInvalid(file, 'graph');
  }
}

/** The memory of the bytes alone, copied only where they share it. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  const shared = buffer as ArrayBuffer;
  return byteLength === shared.byteLength
    ? shared
    : shared.slice(byteOffset, byteOffset + byteLength);
}

/** @throws ENCODER_INVALID {file, reason: vocabulary} when a mark is no piece of it */
function denseInputs({ inputs, tokenizer }: EncoderDescription, words: readonly string[]): Dense {
  if (inputs.kind !== 'dense') throw new RangeError('dense inputs');
  const numberOf = (mark: string): number => {
    const number = words.indexOf(mark);
    if (number < 0) throw encoderInvalid(tokenizer.file, 'vocabulary');
    return number;
  };
  const some = (mark: string | null): number[] => (mark === null ? [] : [numberOf(mark)]);
  const { ids, mask, types, begin, end, padding } = inputs;
  return {
    ...{ ids, mask, types },
    ...{ begin: some(begin), end: some(end), padding: numberOf(padding) },
  };
}

function sparseFeeds(
  tf: Tf,
  names: { readonly indices: string; readonly values: string },
  texts: readonly (readonly number[])[],
): TensorFlow.NamedTensorMap {
  const count = texts.reduce((sum, ids) => sum + ids.length, 0);
  const indices = new Int32Array(2 * count);
  const values = new Int32Array(count);
  let at = 0;
  texts.forEach((ids, text) =>
    ids.forEach((id, place) => {
      indices[2 * at] = text;
      indices[2 * at + 1] = place;
      values[at++] = id;
    }),
  );
  return {
    [names.indices]: tf.tensor2d(indices, [count, 2], 'int32'),
    [names.values]: tf.tensor1d(values, 'int32'),
  };
}

interface Mask {
  /** 1 where a piece stands, [texts, length]. */
  readonly values: Int32Array;
  readonly length: number;
}

function denseFeeds(
  tf: Tf,
  dense: Dense,
  texts: readonly (readonly number[])[],
): { readonly feeds: TensorFlow.NamedTensorMap; readonly mask: Mask } {
  const whole = texts.map((ids) => [...dense.begin, ...ids, ...dense.end]);
  const length = whole.reduce((most, ids) => Math.max(most, ids.length), 0);
  const shape: [number, number] = [texts.length, length];
  const ids = new Int32Array(texts.length * length).fill(dense.padding);
  const values = new Int32Array(texts.length * length);
  whole.forEach((row, text) => {
    ids.set(row, text * length);
    values.fill(1, text * length, text * length + row.length);
  });
  const feeds: TensorFlow.NamedTensorMap = { [dense.ids]: tf.tensor2d(ids, shape, 'int32') };
  if (dense.mask !== undefined) feeds[dense.mask] = tf.tensor2d(values, shape, 'int32');
  if (dense.types !== undefined) feeds[dense.types] = tf.zeros(shape, 'int32');
  return { feeds, mask: { values, length } };
}

/** @throws ENCODER_INVALID {file, reason: dimensions} */
function pooled(
  tf: Tf,
  { pooling, dimensions, graph }: EncoderDescription,
  found: TensorFlow.Tensor,
  { texts, mask }: { readonly texts: number; readonly mask: Mask | null },
): Float32Array {
  const wanted = pooling === 'output' ? [texts, dimensions] : [texts, mask?.length, dimensions];
  const fits =
    found.dtype === 'float32' &&
    found.shape.length === wanted.length &&
    wanted.every((size, axis) => size === found.shape[axis]);
  if (!fits) throw encoderInvalid(graph, 'dimensions');
  if (pooling === 'output') return found.dataSync<'float32'>();
  const tensor = tf.tidy(() => {
    const states = found as TensorFlow.Tensor3D;
    if (pooling === 'cls') {
      return states.slice([0, 0, 0], [texts, 1, dimensions]);
    }
    const weights = tf.tensor3d(Float32Array.from(mask!.values), [texts, mask!.length, 1]);
    return states.mul(weights).sum(1).div(weights.sum(1));
  });
  const values = tensor.dataSync<'float32'>();
  tensor.dispose();
  return values;
}
