import type { BackendReason } from '../../contract/train.ts';
import type { EncoderDescription } from './description.ts';
import { readGraphFile, weightBytes } from './graph-file.ts';
import { runnerOf, type Runner } from './graph-runner.ts';
import { encoderInvalid } from './invalid.ts';
import { digestOf, readChecked, type EncoderFiles, type EncoderSource } from './manifest.ts';
import { loadRuntime, type Runtime } from './runtime.ts';
import { sentencePieceTokenizer } from './sentence-piece.ts';
import type { EncoderTokenizer } from './tokenizer.ts';
import { readPieces, readWords } from './vocabulary.ts';
import { wordPieceTokenizer } from './word-piece.ts';

/** A frozen encoder in memory, its files checked. To be disposed of. */
export interface LoadedEncoder extends Runner {
  readonly id: string;
  /** Of all that decides its vectors: hashes of its files, and how its graph is asked. */
  readonly sha256: string;
  readonly name: string;
  readonly dimensions: number;
  /** BCP 47 tag; `mul` for several languages. */
  readonly language: string;
  readonly licence: string;
  readonly tokenizer: EncoderTokenizer;
  /** Pieces that one window of a text holds, marks not counted. */
  readonly window: number;
  /** Why it runs in JavaScript, much slower; null with native TensorFlow. */
  readonly note: BackendReason | null;
}

/**
 * Reads, checks and loads an encoder.
 * @throws ENCODER_MISSING, ENCODER_ALTERED {encoder, file}; ENCODER_INVALID {file, reason};
 * BACKEND_UNAVAILABLE {backend, reason}
 */
export async function loadEncoder(
  source: EncoderSource,
  runtime: () => Runtime = loadRuntime,
): Promise<LoadedEncoder> {
  const { description } = source.manifest;
  const files = await readChecked(source);
  const { tokenizer, words } = readTokenizer(description, files);
  const graph = readGraphFile(description.graph, fileOf(files, description.graph));
  const { tf, note } = runtime();
  const runner = await runnerOf(tf, description, words, {
    graph,
    weights: weightBytes(description.graph, graph, files),
  });
  return {
    ...{ id: description.id, name: description.name, licence: description.licence },
    ...{ dimensions: description.dimensions, language: description.language },
    sha256: digestOf(source.manifest),
    tokenizer,
    window: description.longest - runner.marks,
    note,
    ...runner,
  };
}

interface ReadTokenizer {
  readonly tokenizer: EncoderTokenizer;
  /** Pieces in the order of their numbers. */
  readonly words: readonly string[];
}

/** @throws ENCODER_INVALID {file, reason: vocabulary} */
function readTokenizer({ tokenizer: how }: EncoderDescription, files: EncoderFiles): ReadTokenizer {
  const bytes = fileOf(files, how.file);
  if (how.kind === 'sentencepiece-unigram') {
    const pieces = readPieces(how.file, bytes);
    const words = pieces.map(([piece]) => piece);
    return { tokenizer: sentencePieceTokenizer(pieces, how.reserved), words };
  }
  const { lowerCase, stripAccents = lowerCase } = how;
  const words = readWords(how.file, bytes);
  return { tokenizer: wordPieceTokenizer(words, { lowerCase, stripAccents }), words };
}

/** @throws ENCODER_INVALID {file, reason: description}: the description names a file it does not list */
function fileOf(files: EncoderFiles, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes === undefined) throw encoderInvalid(path, 'description');
  return bytes;
}
