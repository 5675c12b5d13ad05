import { SaxesParser } from 'saxes';
import { ConcordError } from '../../contract/errors.ts';

export type Attributes = Readonly<Record<string, string>>;

export interface XmlHandlers {
  /** Names come without their prefix. */
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

const DEPTH = 64;
/** Characters without the beginning of a tag: more than any cell may hold. */
const TEXT = 1 << 22;

/**
 * Feeds the bytes of an XML part (UTF-8) to the handlers, and pauses after every piece: what was
 * gathered can be handed on. Entities other than those of XML itself are not expanded.
 * Throws FILE_DAMAGED for anything that is not well-formed, FILE_TOO_LARGE for endless texts.
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  part: string,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let depth = 0;
  let plain = 0;
  parser.on('error', () => {
    throw new ConcordError('FILE_DAMAGED', { part });
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > DEPTH) throw new ConcordError('FILE_DAMAGED', { part });
    handlers.open?.(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    handlers.close?.(local(name));
  });
  const text = (piece: string): void => handlers.text?.(piece);
  parser.on('text', text);
  parser.on('cdata', text);
  for await (const chunk of bytes) {
    const piece = decoded(decoder, chunk, part);
    const tag = piece.lastIndexOf('<');
    plain = tag < 0 ? plain + piece.length : piece.length - tag;
    if (plain > TEXT) throw new ConcordError('FILE_TOO_LARGE', { what: 'cell', limit: 1 << 20 });
    parser.write(piece);
    yield;
  }
  parser.close();
  yield;
}

/** The same for a part that is small enough to be read to its end in one go. */
export async function readWholeXml(
  bytes: AsyncIterable<Uint8Array>,
  part: string,
  handlers: XmlHandlers,
): Promise<void> {
  for await (const pause of readXml(bytes, part, handlers)) void pause;
}

function decoded(
  decoder: InstanceType<typeof TextDecoder>,
  chunk: Uint8Array,
  part: string,
): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw new ConcordError('FILE_DAMAGED', { part });
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
