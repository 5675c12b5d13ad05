import { ConcordError } from '../contract/errors.ts';
import { readHierarchyLines, type HierarchyLine } from './hierarchy-text.ts';

/** One level of a hierarchy: the distinct labels, coded in the order of first appearance. */
export interface HierarchyLevel {
  readonly labels: readonly string[];
  /** Per code: lines of the hierarchy with this label. */
  readonly lines: Int32Array;
}

/**
 * A generalisation hierarchy as integer tables. Level 0 holds the original values; a code of one
 * level has exactly one parent code on the next, so that equivalence classes only ever merge.
 */
export class Hierarchy {
  readonly levels: readonly HierarchyLevel[];
  /** Lines of the text: the domain size that the loss measure uses. */
  readonly lines: number;
  readonly #codes: ReadonlyMap<string, number>;
  readonly #parents: readonly Int32Array[];
  readonly #steps = new Map<number, Int32Array>();

  constructor(
    levels: readonly HierarchyLevel[],
    lines: number,
    codes: ReadonlyMap<string, number>,
    parents: readonly Int32Array[],
  ) {
    this.levels = levels;
    this.lines = lines;
    this.#codes = codes;
    this.#parents = parents;
  }

  /** Number of levels, the original values included. */
  get height(): number {
    return this.levels.length;
  }

  /** The level-0 code of an original value, or undefined when the hierarchy has no such line. */
  codeOf(value: string): number | undefined {
    return this.#codes.get(value);
  }

  level(index: number): HierarchyLevel {
    const level = this.levels[index];
    if (level === undefined) throw new RangeError(`no level ${index}`);
    return level;
  }

  /** Table from the codes of level `from` to the codes of level `to` (from <= to). */
  step(from: number, to: number): Int32Array {
    const key = from * this.height + to;
    const known = this.#steps.get(key);
    if (known !== undefined) return known;
    let table = Int32Array.from(this.level(from).labels, (_, code) => code);
    for (let level = from; level < to; level++) {
      const parents = this.#parents[level]!;
      table = table.map((code) => parents[code]!);
    }
    this.#steps.set(key, table);
    return table;
  }

  /** The levels from `least` to `most` (least <= most < height), for which values have the codes of `least`. */
  between(least: number, most: number): Hierarchy {
    const step = this.step(0, least);
    const codes = new Map<string, number>();
    for (const [value, code] of this.#codes) codes.set(value, step[code]!);
    const levels = this.levels.slice(least, most + 1);
    return new Hierarchy(levels, this.lines, codes, this.#parents.slice(least, most));
  }

  /** With a further level: one value for all. */
  withTop(): Hierarchy {
    const below = this.level(this.height - 1).labels.length;
    const top = { labels: ['*'], lines: Int32Array.of(this.lines) };
    const parents = [...this.#parents, new Int32Array(below)];
    return new Hierarchy([...this.levels, top], this.lines, this.#codes, parents);
  }
}

/**
 * Reads a hierarchy: CSV without a header, `;` or `,`; first column the value, then one column
 * per level. `canonical` maps a written value to the text a cell of the column has ('39.0' to
 * '39' for numbers). Throws HIERARCHY_INVALID {column, line, reason} when it is empty, ragged,
 * gives one value two generalisations, or is not a tree.
 */
export function parseHierarchy(
  column: string,
  text: string,
  canonical: (value: string) => string = (value) => value,
): Hierarchy {
  const lines = readHierarchyLines(column, text).map((line) => ({
    number: line.number,
    cells: line.cells.map((cell, level) => (level === 0 ? canonical(cell) : cell)),
  }));
  const height = lines[0]!.cells.length;
  const coded = Array.from({ length: height }, (_, level) => codeLevel(lines, level));
  const parents: Int32Array[] = [];
  for (let level = 0; level + 1 < height; level++) {
    parents.push(parentsOf(column, lines, coded[level]!, coded[level + 1]!, level));
  }
  const levels = coded.map(({ labels, counts }) => ({
    labels,
    lines: Int32Array.from(counts),
  }));
  return new Hierarchy(levels, lines.length, coded[0]!.codes, parents);
}

interface CodedLevel {
  readonly codes: ReadonlyMap<string, number>;
  readonly labels: readonly string[];
  readonly counts: readonly number[];
  readonly ofLine: Int32Array;
}

function codeLevel(lines: readonly HierarchyLine[], level: number): CodedLevel {
  const codes = new Map<string, number>();
  const labels: string[] = [];
  const counts: number[] = [];
  const ofLine = new Int32Array(lines.length);
  lines.forEach((line, index) => {
    const label = line.cells[level]!;
    let code = codes.get(label);
    if (code === undefined) {
      code = labels.push(label) - 1;
      codes.set(label, code);
      counts.push(0);
    }
    counts[code]! += 1;
    ofLine[index] = code;
  });
  return { codes, labels, counts, ofLine };
}

function parentsOf(
  column: string,
  lines: readonly HierarchyLine[],
  lower: CodedLevel,
  upper: CodedLevel,
  level: number,
): Int32Array {
  const parents = new Int32Array(lower.labels.length).fill(-1);
  lines.forEach((line, index) => {
    const code = lower.ofLine[index]!;
    const parent = upper.ofLine[index]!;
    if (parents[code] === -1) parents[code] = parent;
    else if (parents[code] !== parent) {
      const reason = level === 0 ? 'two-generalisations' : 'not-a-tree';
      throw new ConcordError('HIERARCHY_INVALID', { column, line: line.number, reason });
    }
  });
  return parents;
}
