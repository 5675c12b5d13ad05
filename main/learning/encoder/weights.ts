import { builtInEncoder } from './built-in.ts';
import { readGraphFile, sizeOf, weightBytes } from './graph-file.ts';
import { readChecked } from './manifest.ts';

/** One weight tensor, row-major. */
export interface EncoderWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly values: Float32Array | Int32Array;
}

/**
 * The weight tensors of the encoder that comes with the program, by name (61 of them, 6,975,914
 * numbers with the integer constants of its graph), its files checked.
 * @param folder of its files; left out: where the package is installed
 * @throws ENCODER_MISSING, ENCODER_ALTERED {encoder, file}
 */
export async function readEncoderWeights(
  folder?: string,
): Promise<ReadonlyMap<string, EncoderWeight>> {
  const source = folder === undefined ? builtInEncoder() : builtInEncoder(folder);
  const files = await readChecked(source);
  const { graph: file } = source.manifest.description;
  const graph = readGraphFile(file, files.get(file)!);
  // A copy of its own, so that every tensor begins where four bytes begin.
  const bytes = Uint8Array.from(weightBytes(file, graph, files));
  let at = 0;
  return new Map(
    graph.weights.map((spec) => {
      const dtype = spec.dtype === 'int32' ? 'int32' : 'float32';
      const count = sizeOf(spec);
      const values =
        dtype === 'int32'
          ? new Int32Array(bytes.buffer, at, count)
          : new Float32Array(bytes.buffer, at, count);
      at += 4 * count;
      return [spec.name, { name: spec.name, shape: spec.shape, dtype, values }];
    }),
  );
}
