import { ENTITY_TYPES, type EntitySpan } from '../contract/identify.ts';

/** Confidence is kept in steps of 1/200: finer than any finder tells. */
const STEPS = 200;
const BYTES_PER_SPAN = 10;
const FIRST_ROOM = 1024;

/**
 * The findings of many texts in little memory: ten bytes each. Texts come in their order and are
 * numbered from 0; each has its findings in the order of the text.
 */
export class PackedSpans {
  /** Findings before each text; one more entry than there are texts. */
  readonly #before: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #types: Uint8Array;
  readonly #confidences: Uint8Array;

  private constructor(
    before: Uint32Array,
    starts: Uint32Array,
    ends: Uint32Array,
    types: Uint8Array,
    confidences: Uint8Array,
  ) {
    this.#before = before;
    this.#starts = starts;
    this.#ends = ends;
    this.#types = types;
    this.#confidences = confidences;
  }

  get texts(): number {
    return this.#before.length - 1;
  }

  get spans(): number {
    return this.#starts.length;
  }

  count(text: number): number {
    return (this.#before[text + 1] ?? 0) - (this.#before[text] ?? 0);
  }

  of(text: number): EntitySpan[] {
    const from = this.#before[text] ?? 0;
    return Array.from({ length: this.count(text) }, (_, place) => this.#at(from + place));
  }

  #at(place: number): EntitySpan {
    return {
      start: this.#starts[place] ?? 0,
      end: this.#ends[place] ?? 0,
      type: ENTITY_TYPES[this.#types[place] ?? 0] ?? 'OTHER_ID',
      confidence: (this.#confidences[place] ?? 0) / STEPS,
    };
  }

  /** Little-endian; `fromBytes` reads it again. */
  toBytes(): Uint8Array {
    const bytes = Buffer.alloc(8 + this.texts * 4 + this.spans * BYTES_PER_SPAN);
    bytes.writeUInt32LE(this.texts, 0);
    bytes.writeUInt32LE(this.spans, 4);
    let at = 8;
    for (let text = 0; text < this.texts; text++) at = bytes.writeUInt32LE(this.count(text), at);
    for (let place = 0; place < this.spans; place++) {
      at = bytes.writeUInt32LE(this.#starts[place] ?? 0, at);
      at = bytes.writeUInt32LE(this.#ends[place] ?? 0, at);
      at = bytes.writeUInt8(this.#types[place] ?? 0, at);
      at = bytes.writeUInt8(this.#confidences[place] ?? 0, at);
    }
    return bytes;
  }

  /** null when the bytes are not such findings. */
  static fromBytes(bytes: Buffer): PackedSpans | null {
    if (bytes.length < 8) return null;
    const texts = bytes.readUInt32LE(0);
    const spans = bytes.readUInt32LE(4);
    if (bytes.length !== 8 + texts * 4 + spans * BYTES_PER_SPAN) return null;
    const before = new Uint32Array(texts + 1);
    for (let text = 0; text < texts; text++) {
      before[text + 1] = (before[text] ?? 0) + bytes.readUInt32LE(8 + text * 4);
    }
    if (before[texts] !== spans) return null;
    const starts = new Uint32Array(spans);
    const ends = new Uint32Array(spans);
    const types = new Uint8Array(spans);
    const confidences = new Uint8Array(spans);
    let at = 8 + texts * 4;
    for (let place = 0; place < spans; place++) {
      starts[place] = bytes.readUInt32LE(at);
      ends[place] = bytes.readUInt32LE(at + 4);
      types[place] = bytes.readUInt8(at + 8);
      confidences[place] = bytes.readUInt8(at + 9);
      if ((types[place] ?? 0) >= ENTITY_TYPES.length) return null;
      at += BYTES_PER_SPAN;
    }
    return new PackedSpans(before, starts, ends, types, confidences);
  }

  /** Takes the findings of one text after the other. */
  static builder(texts: number): {
    add: (found: readonly EntitySpan[]) => void;
    done: () => PackedSpans;
  } {
    const before = new Uint32Array(texts + 1);
    let starts = new Uint32Array(FIRST_ROOM);
    let ends = new Uint32Array(FIRST_ROOM);
    let types = new Uint8Array(FIRST_ROOM);
    let confidences = new Uint8Array(FIRST_ROOM);
    let text = 0;
    let spans = 0;
    const makeRoom = (): void => {
      const room = starts.length * 2;
      starts = grown(starts, new Uint32Array(room));
      ends = grown(ends, new Uint32Array(room));
      types = grown(types, new Uint8Array(room));
      confidences = grown(confidences, new Uint8Array(room));
    };
    return {
      add(found) {
        for (const { start, end, type, confidence } of found) {
          if (spans === starts.length) makeRoom();
          starts[spans] = start;
          ends[spans] = end;
          types[spans] = ENTITY_TYPES.indexOf(type);
          confidences[spans] = Math.round(confidence * STEPS);
          spans++;
        }
        before[++text] = spans;
      },
      done: () =>
        new PackedSpans(
          before,
          starts.slice(0, spans),
          ends.slice(0, spans),
          types.slice(0, spans),
          confidences.slice(0, spans),
        ),
    };
  }
}

function grown<A extends Uint8Array | Uint32Array>(from: A, into: A): A {
  into.set(from);
  return into;
}
