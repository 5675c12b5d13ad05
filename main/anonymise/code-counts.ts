import type { Classes } from './classes.ts';

/** Records by code, for each attribute and level: of all records, and of some of each class. */
export class CodeCounts {
  readonly records: number;
  readonly #perLevel: readonly (readonly Float64Array[])[];
  /** Classes that have any such records, put together. */
  readonly #words: readonly Int32Array[];
  readonly #sizes: Int32Array;
  readonly #counts: readonly Float64Array[];
  #gathered = 0;

  constructor(base: Classes) {
    const { hierarchies } = base.layout;
    this.#words = base.words.map(() => new Int32Array(base.count));
    this.#sizes = new Int32Array(base.count);
    this.#counts = hierarchies.map(
      (hierarchy) => new Float64Array(hierarchy.level(0).labels.length),
    );
    let records = 0;
    for (let c = 0; c < base.count; c++) records += base.sizes[c]!;
    this.records = records;
    this.#gather(base, base.sizes, false);
    this.#perLevel = hierarchies.map((hierarchy, j) => {
      const leaves = this.#count(base, j, hierarchy.level(0).labels.length);
      return hierarchy.levels.map(({ labels }, level) => {
        const counts = new Float64Array(labels.length);
        const step = hierarchy.step(0, level);
        for (let code = 0; code < step.length; code++) counts[step[code]!]! += leaves[code]!;
        return counts;
      });
    });
  }

  /** Of all records. */
  at(j: number, level: number): Float64Array {
    return this.#perLevel[j]![level]!;
  }

  /**
   * Of so many records of each class, `total` in all, for every attribute; buffers that the next
   * call overwrites.
   */
  of(classes: Classes, records: Int32Array, total: number): readonly Float64Array[] {
    // Whole numbers: taking the others from all records is as exact, and may be much less.
    const few = total * 2 <= this.records;
    this.#gather(classes, records, !few);
    return classes.levels.map((level, j) => {
      const all = this.at(j, level);
      const counts = this.#count(classes, j, all.length);
      if (few) return counts;
      for (let code = 0; code < all.length; code++) counts[code] = all[code]! - counts[code]!;
      return counts;
    });
  }

  #gather(classes: Classes, records: Int32Array, others: boolean): void {
    let end = 0;
    const sizes = this.#sizes;
    classes.words.forEach((from, w) => {
      const word = this.#words[w]!;
      end = 0;
      for (let c = 0; c < classes.count; c++) {
        const wanted = others ? classes.sizes[c]! - records[c]! : records[c]!;
        word[end] = from[c]!;
        sizes[end] = wanted;
        end += wanted > 0 ? 1 : 0;
      }
    });
    this.#gathered = end;
  }

  #count({ layout }: Classes, j: number, codes: number): Float64Array {
    const { word, shift, mask } = layout.fields[j]!;
    const packed = this.#words[word]!;
    const sizes = this.#sizes;
    const counts = this.#counts[j]!.fill(0, 0, codes);
    const end = this.#gathered;
    if (codes === 1) {
      for (let i = 0; i < end; i++) counts[0]! += sizes[i]!;
      return counts;
    }
    for (let i = 0; i < end; i++) counts[(packed[i]! >>> shift) & mask]! += sizes[i]!;
    return counts;
  }
}
