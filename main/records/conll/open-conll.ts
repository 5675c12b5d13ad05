import { ConcordError } from '../../contract/errors.ts';
import type { ReadOptions } from '../csv-reader.ts';
import { textEncoding } from '../delimited-rows.ts';
import { utf8Chunks } from '../encoding.ts';
import type { RecordsSource } from '../source.ts';
import type { OpenedRecords, TextRow } from '../text-rows.ts';

/** Names of CoNLL's files: what they hold looks like text parted by blanks. */
export const CONLL_NAME = /\.conll(\.txt)?$/i;
const NAMES = ['text', 'tags'];
/** Begins a document in CoNLL-2003; it is no token of a sentence. */
const DOCUMENT = '-DOCSTART-';
const BATCH = 256;

/**
 * A file in CoNLL's form (Tjong Kim Sang and De Meulder 2003, section 2): a token a line, its tag
 * behind it as the last of what blanks part, an empty line between sentences. A sentence is a row: its
 * tokens (column `text`) and their tags (`tags`), each parted by one blank.
 * @throws FILE_EMPTY, ENCODING_UNKNOWN, and while rows are taken CONLL_LINE {row}: a line with a token
 * and no tag
 */
export async function openConll(
  source: RecordsSource,
  options: ReadOptions,
): Promise<OpenedRecords> {
  const { encoding, skip } = await textEncoding(source, options.encoding);
  return {
    names: NAMES,
    form: { format: 'conll', encoding, delimiter: ' ' },
    problems: () => [],
    async *rows() {
      const sentences = new Sentences();
      const decoder = new TextDecoder();
      let rest = '';
      for await (const chunk of utf8Chunks(source.bytes(), encoding, skip)) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
        rest = lines.pop()!;
        for (const line of lines) sentences.take(line);
        if (sentences.whole.length >= BATCH) yield sentences.whole.splice(0);
      }
      sentences.take(rest + decoder.decode());
      sentences.take('');
      if (sentences.whole.length > 0) yield sentences.whole;
    },
  };
}

class Sentences {
  readonly whole: TextRow[] = [];
  #tokens: string[] = [];
  #tags: string[] = [];
  #line = 0;

  take(line: string): void {
    this.#line++;
    const parts = line.split(/[ \t\r]+/).filter((part) => part !== '');
    const [token] = parts;
    if (token === undefined) {
      this.#end();
      return;
    }
    if (token === DOCUMENT) return;
    if (parts.length < 2) throw new ConcordError('CONLL_LINE', { row: this.#line });
    this.#tokens.push(token);
    this.#tags.push(parts.at(-1)!);
  }

  #end(): void {
    if (this.#tokens.length > 0) this.whole.push([this.#tokens.join(' '), this.#tags.join(' ')]);
    this.#tokens = [];
    this.#tags = [];
  }
}
