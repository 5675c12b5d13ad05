import type { Hierarchy } from './hierarchy.ts';

/** Where the code of one attribute stands in a packed tuple. */
export interface Field {
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
}

/** Neighbouring fields of one word that are generalised by one look-up. */
export interface FieldGroup {
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
  readonly attributes: readonly number[];
}

/** What turns part of a packed tuple at one vector of levels into that at another. */
export interface GroupStep {
  readonly group: FieldGroup;
  /** By the group's bits: the bits that take their place, already shifted. */
  readonly table: Int32Array;
}

const WORD_BITS = 32;
/** A look-up table of 2^11 numbers stays in the processor's first cache. */
const GROUP_BITS = 11;

/**
 * Tuples of codes packed into as few 32-bit words as hold them, each attribute in a field wide
 * enough for its level 0; coarser levels have no more codes and use the same field.
 */
export class TupleLayout {
  readonly hierarchies: readonly Hierarchy[];
  readonly fields: readonly Field[];
  readonly words: number;
  readonly #groups: readonly FieldGroup[];
  readonly #tables: readonly Map<number, GroupStep>[];

  constructor(hierarchies: readonly Hierarchy[]) {
    this.hierarchies = hierarchies;
    this.fields = placeFields(hierarchies.map((tree) => tree.level(0).labels.length));
    this.words = 1 + this.fields.reduce((last, { word }) => Math.max(last, word), 0);
    this.#groups = groupFields(this.fields);
    this.#tables = this.#groups.map(() => new Map());
  }

  /** Packs level-0 codes, one array per attribute, into one array per word. */
  pack(columns: readonly Int32Array[], rows: number): Int32Array[] {
    return packFields(this.fields, columns, rows);
  }

  /** The steps from one vector of levels to another that is nowhere finer; none where equal. */
  steps(from: readonly number[], to: readonly number[]): GroupStep[] {
    const steps: GroupStep[] = [];
    this.#groups.forEach((group, at) => {
      let key = 0;
      let changed = false;
      for (const j of group.attributes) {
        const { height } = this.hierarchies[j]!;
        key = (key * height + from[j]!) * height + to[j]!;
        changed ||= from[j] !== to[j];
      }
      if (!changed) return;
      const known = this.#tables[at]!.get(key);
      const step = known ?? { group, table: this.#tableOf(group, from, to) };
      if (known === undefined) this.#tables[at]!.set(key, step);
      steps.push(step);
    });
    return steps;
  }

  /** How many different tuples there can be at these levels. */
  possible(levels: readonly number[]): number {
    let product = 1;
    for (let j = 0; j < levels.length; j++) {
      product *= this.hierarchies[j]!.level(levels[j]!).labels.length;
    }
    return product;
  }

  #tableOf(group: FieldGroup, from: readonly number[], to: readonly number[]): Int32Array {
    const table = new Int32Array(group.mask + 1);
    // Field by field from the lowest: what is filled so far is repeated under each higher code,
    // and under code 0, in its own place, last.
    for (const j of group.attributes) {
      const { shift } = this.fields[j]!;
      const below = 1 << (shift - group.shift);
      const codes = this.hierarchies[j]!.step(from[j]!, to[j]!);
      for (let code = codes.length - 1; code >= 0; code--) {
        const bits = codes[code]! << shift;
        for (let i = 0; i < below; i++) table[code * below + i] = table[i]! | bits;
      }
    }
    return table;
  }
}

/** Places fields for attributes of so many codes each. */
export function placeFields(codes: readonly number[]): Field[] {
  let word = 0;
  let shift = 0;
  return codes.map((count) => {
    const bits = WORD_BITS - Math.clz32(count - 1);
    if (shift + bits > WORD_BITS) {
      word += 1;
      shift = 0;
    }
    // A shift of 32 would be one of 0: a field without bits may stand anywhere.
    const field = { word, shift: bits === 0 ? 0 : shift, mask: 2 ** bits - 1 };
    shift += bits;
    return field;
  });
}

/** Packs codes, one array per field, into one array per word. */
export function packFields(
  fields: readonly Field[],
  columns: readonly Int32Array[],
  rows: number,
): Int32Array[] {
  const count = 1 + fields.reduce((last, { word }) => Math.max(last, word), 0);
  const words = Array.from({ length: count }, () => new Int32Array(rows));
  fields.forEach(({ word, shift }, j) => {
    const packed = words[word]!;
    const codes = columns[j]!;
    for (let row = 0; row < rows; row++) packed[row]! |= codes[row]! << shift;
  });
  return words;
}

function groupFields(fields: readonly Field[]): FieldGroup[] {
  const groups: { word: number; shift: number; mask: number; attributes: number[] }[] = [];
  fields.forEach((field, j) => {
    if (field.mask === 0) return;
    const last = groups.at(-1);
    const bits = WORD_BITS - Math.clz32(field.mask);
    if (last?.word === field.word && field.shift + bits - last.shift <= GROUP_BITS) {
      last.mask = 2 ** (field.shift + bits - last.shift) - 1;
      last.attributes.push(j);
    } else {
      groups.push({ ...field, attributes: [j] });
    }
  });
  return groups;
}
