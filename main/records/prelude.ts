import type { ImportOptions, Problem } from '../contract/import.ts';
import { detectQuote, quoteByte, type QuoteMark } from './quote.ts';

type PreludeOptions = Pick<ImportOptions, 'comment' | 'quote' | 'delimiter'>;

const LF = 0x0a;
const CR = 0x0d;
const HASH = 0x23;
const HEAD = 1 << 16;
const SEPARATOR = /^sep=([\t !#$%&*,/:;<=>?@^_`|~])\r?\n/i;

/**
 * Takes out of delimited text what is no record: lines that begin with a comment mark, and the
 * `sep=;` line that Excel writes and reads. Without a mark given, lines that begin with # at the
 * top of the file are comments when the first line without # has more of its delimiter than each
 * of them: a header may begin with # too. A comment mark inside a quoted cell is text.
 */
export class Prelude {
  /** The delimiter that the file names itself. */
  delimiter: string | undefined;
  /** The mark around cells: the one given, or as the first bytes show it. */
  quote: QuoteMark = '"';
  private readonly given: QuoteMark | undefined;
  private readonly divider: string | undefined;
  private skipped = 0;
  private mark: number;
  private topOnly = false;
  private lineStart = true;
  private inComment = false;
  private inQuotes = false;

  constructor({ comment, quote, delimiter }: PreludeOptions) {
    this.mark = comment === undefined ? -1 : comment.charCodeAt(0);
    this.given = quote;
    this.divider = delimiter;
  }

  /** The chunks without those lines. Chunks are valid only until the next one is asked for. */
  async *strip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let head: Buffer | undefined = Buffer.alloc(0);
    for await (const chunk of chunks) {
      if (head === undefined) {
        yield this.mark < 0 ? chunk : this.without(chunk);
        continue;
      }
      // A copy: the source may use the memory of its chunk again.
      head = Buffer.concat([head, chunk]);
      if (head.length < HEAD) continue;
      yield this.begin(head);
      head = undefined;
    }
    if (head !== undefined && head.length > 0) yield this.begin(head);
  }

  problems(): Problem[] {
    if (this.skipped === 0) return [];
    const rows = this.skipped;
    return [{ code: 'COMMENT_LINES_SKIPPED', column: null, rows, proposal: 'none' }];
  }

  private begin(head: Buffer): Uint8Array {
    const separator = SEPARATOR.exec(head.toString('latin1', 0, 8));
    this.delimiter = separator?.[1];
    const body = separator ? head.subarray(separator[0].length) : head;
    this.quote = this.given ?? detectQuote(body.subarray(0, HEAD), this.divider ?? this.delimiter);
    if (this.mark < 0 && beginsWithComments(body.toString('latin1', 0, HEAD))) {
      this.mark = HASH;
      this.topOnly = true;
    }
    return this.mark < 0 ? body : this.without(body);
  }

  private without(chunk: Uint8Array): Uint8Array {
    const kept = Buffer.allocUnsafe(chunk.length);
    const quote = quoteByte(this.quote);
    let length = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      const ends = byte === LF || byte === CR;
      if (this.lineStart && !ends && !this.inQuotes) this.startLine(byte);
      if (this.mark < 0) {
        kept.set(chunk.subarray(at), length);
        return kept.subarray(0, length + chunk.length - at);
      }
      this.lineStart = ends;
      if (this.inComment) {
        if (ends) this.inComment = false;
        continue;
      }
      if (byte === quote) this.inQuotes = !this.inQuotes;
      kept[length++] = byte;
    }
    return kept.subarray(0, length);
  }

  private startLine(byte: number): void {
    if (byte === this.mark) {
      this.inComment = true;
      this.skipped++;
    } else if (this.topOnly) this.mark = -1;
  }
}

function beginsWithComments(head: string): boolean {
  if (!head.startsWith('#')) return false;
  const lines = head.split(/\r\n?|\n/);
  const first = lines.findIndex((line) => line !== '' && !line.startsWith('#'));
  const header = lines[first];
  if (header === undefined) return false;
  const comments = lines.slice(0, first);
  return [',', ';', '\t', '|'].some((delimiter) => {
    const expected = header.split(delimiter).length;
    return expected > 1 && comments.every((line) => line.split(delimiter).length < expected);
  });
}
