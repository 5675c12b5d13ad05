import { ConcordError } from '../contract/errors.ts';
import type { ByteSource } from './encoding.ts';

/** A file of records as the readers see it: who opens it is no concern of theirs. */
export interface RecordsSource {
  /** Without its folder. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** All bytes in order, as often as asked. */
  readonly bytes: ByteSource;
  /** The bytes [from, to), fewer at the end of the file. */
  slice(from: number, to: number): Promise<Uint8Array>;
}

export interface Watch {
  readonly signal?: AbortSignal;
  /** Bytes that were handed out so far. */
  readonly progress?: (bytes: number) => void;
}

/** The same file, with everything read from it counted and every read a moment to cancel. */
export function watchedSource(source: RecordsSource, { signal, progress }: Watch): RecordsSource {
  let handed = 0;
  const count = (bytes: number): void => {
    if (signal?.aborted) throw new ConcordError('CANCELLED');
    handed = Math.min(source.size, handed + bytes);
    progress?.(handed);
  };
  return {
    name: source.name,
    size: source.size,
    async *bytes() {
      handed = 0;
      for await (const chunk of source.bytes()) {
        count(chunk.length);
        yield chunk;
      }
      count(0);
    },
    async slice(from, to) {
      const bytes = await source.slice(from, to);
      count(bytes.length);
      return bytes;
    },
  };
}

/** Bytes in memory as a file: pasted text, tests. */
export function memorySource(name: string, content: Uint8Array): RecordsSource {
  return {
    name,
    size: content.length,
    async *bytes() {
      for (let from = 0; from < content.length; from += PIECE) {
        yield await Promise.resolve(content.subarray(from, from + PIECE));
      }
    },
    slice: (from, to) => Promise.resolve(content.subarray(from, Math.max(from, to))),
  };
}

const PIECE = 1 << 20;
