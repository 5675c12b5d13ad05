import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { ConcordError } from '../../contract/errors.ts';
import type { RecordsSource } from '../source.ts';

/** What a packed file may grow to; against archives that are small only while packed. */
export interface UnpackLimits {
  /** Bytes of all parts read, unpacked. */
  readonly unpacked: number;
  /** Unpacked bytes per packed byte of one part, looked at from `ratioFrom` bytes on. */
  readonly ratio: number;
  readonly ratioFrom: number;
  readonly parts: number;
}

const LIMITS: UnpackLimits = { unpacked: 2 ** 32, ratio: 250, ratioFrom: 1 << 24, parts: 10_000 };
const SLICE = 1 << 20;

/** The parts of a zip archive (ISO/IEC 21320-1) by name, read as streams and never all at once. */
export class Package {
  private readonly zip: ZipFile;
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly limits: UnpackLimits;
  private unpacked = 0;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: UnpackLimits) {
    this.zip = zip;
    this.entries = entries;
    this.limits = limits;
  }

  /** @throws FILE_DAMAGED, FILE_TOO_LARGE */
  static async open(source: RecordsSource, limits: UnpackLimits = LIMITS): Promise<Package> {
    const entries = new Map<string, Entry>();
    const reader = new SourceReader(source);
    try {
      const zip = await fromRandomAccessReaderPromise(reader, source.size, { autoClose: false });
      for await (const entry of zip.eachEntry()) {
        entries.set(entry.fileName.replace(/^\//, ''), entry);
        if (entries.size > limits.parts)
          throw new ConcordError('FILE_TOO_LARGE', { what: 'files', limit: limits.parts });
      }
      return new Package(zip, entries, limits);
    } catch (error) {
      throw damaged(error, reader, 'zip');
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  get names(): Iterable<string> {
    return this.entries.keys();
  }

  /** The unpacked bytes of a part. @throws FILE_DAMAGED, FILE_TOO_LARGE */
  async *part(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new ConcordError('FILE_DAMAGED', { part: name });
    let size = 0;
    try {
      for await (const chunk of await this.zip.openReadStreamPromise(entry)) {
        const bytes = chunk as Uint8Array;
        size += bytes.length;
        this.count(bytes.length, size, entry.compressedSize);
        yield bytes;
      }
    } catch (error) {
      throw damaged(error, undefined, name);
    }
  }

  private count(bytes: number, size: number, packed: number): void {
    const { unpacked, ratio, ratioFrom } = this.limits;
    this.unpacked += bytes;
    if (this.unpacked > unpacked)
      throw new ConcordError('FILE_TOO_LARGE', { what: 'unpacked', limit: unpacked });
    if (size > ratioFrom && size > packed * ratio)
      throw new ConcordError('FILE_TOO_LARGE', { what: 'ratio', limit: ratio });
  }
}

/** What went wrong while reading, unless it is known already; nothing of the archive is told. */
function damaged(error: unknown, reader: SourceReader | undefined, part: string): ConcordError {
  if (error instanceof ConcordError) return error;
  if (reader?.failure !== undefined) return reader.failure;
  return new ConcordError('FILE_DAMAGED', { part });
}

class SourceReader extends RandomAccessReader {
  failure: ConcordError | undefined;
  private readonly source: RecordsSource;

  constructor(source: RecordsSource) {
    super();
    this.source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.slices(start, end), { objectMode: false });
  }

  private async *slices(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; at += SLICE) {
      try {
        yield await this.source.slice(at, Math.min(end, at + SLICE));
      } catch (error) {
        if (error instanceof ConcordError) this.failure = error;
        throw error;
      }
    }
  }
}
