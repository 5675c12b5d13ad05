import { ConcordError } from '../../contract/errors.ts';
import { BUNDLED_ENCODER } from '../../contract/text-models.ts';
import { encoderDescription, type EncoderDescription } from './description.ts';
import { readGraphFile } from './graph-file.ts';
import { encoderInvalid } from './invalid.ts';
import { loadEncoder } from './loaded-encoder.ts';
import { manifestOf, type EncoderFiles, type EncoderManifest } from './manifest.ts';
import { selfCheck } from './self-check.ts';

export const DESCRIPTION_FILE = 'encoder.json';

const MB = 2 ** 20;
const LIMITS = { description: MB, graph: 64 * MB, vocabulary: 32 * MB, weights: 512 * MB };

export interface ImportedEncoder {
  readonly manifest: EncoderManifest;
  readonly files: EncoderFiles;
}

/**
 * A file of the folder that an encoder is imported from. Null: there is no such file, or it is a
 * link or a folder; 'too-large': it holds more than `limit` bytes.
 */
export type ReadImport = (path: string, limit: number) => Promise<Uint8Array | 'too-large' | null>;

/**
 * Takes an institution's own encoder: `encoder.json`, the graph and weights of TensorFlow.js's
 * converter, and a vocabulary. All of it is treated as hostile: names without folders, sizes and
 * operations limited. The encoder is loaded and checked before it is taken.
 * @throws ENCODER_INVALID {file, reason}; ENCODER_EXISTS {encoder}: the id of the program's own;
 * BACKEND_UNAVAILABLE
 */
export async function importEncoder(read: ReadImport): Promise<ImportedEncoder> {
  const take = async (path: string, limit: number): Promise<Uint8Array> => {
    const bytes = await read(path, limit);
    if (bytes === null) throw encoderInvalid(path, 'file');
    if (bytes === 'too-large') throw encoderInvalid(path, 'size');
    return bytes;
  };
  const description = readDescription(await take(DESCRIPTION_FILE, LIMITS.description));
  const { id, graph, tokenizer } = description;
  if (id === BUNDLED_ENCODER) throw new ConcordError('ENCODER_EXISTS', { encoder: id });
  const files = new Map<string, Uint8Array>();
  files.set(graph, await take(graph, LIMITS.graph));
  if (tokenizer.file === graph) throw encoderInvalid(DESCRIPTION_FILE, 'description');
  files.set(tokenizer.file, await take(tokenizer.file, LIMITS.vocabulary));
  let left = LIMITS.weights;
  for (const shard of readGraphFile(graph, files.get(graph)!).shards) {
    if (files.has(shard)) throw encoderInvalid(graph, 'weights');
    const bytes = await take(shard, left);
    files.set(shard, bytes);
    left -= bytes.length;
  }
  const manifest = manifestOf(description, files);
  const encoder = await loadEncoder({
    manifest,
    read: (path) => Promise.resolve(files.get(path) ?? null),
  });
  try {
    await selfCheck(encoder, graph);
  } finally {
    encoder.dispose();
  }
  return { manifest, files };
}

/** @throws ENCODER_INVALID {file, reason: description} */
function readDescription(bytes: Uint8Array): EncoderDescription {
  try {
    const text = Buffer.from(bytes)
      .toString('utf8')
      .replace(/^\uFEFF/, '');
    return encoderDescription.parse(JSON.parse(text));
  } catch {
    throw encoderInvalid(DESCRIPTION_FILE, 'description');
  }
}
