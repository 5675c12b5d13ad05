type Levels = readonly number[];

/** Down-sets of the lattice known to hold no solution, kept as their highest nodes. */
export class RuledOut {
  #highest: Levels[] = [];

  /** Rules out `levels` and everything finer. */
  add(levels: Levels): void {
    if (this.has(levels)) return;
    this.#highest = this.#highest.filter((known) => !isFiner(known, levels));
    this.#highest.push(levels);
  }

  has(levels: Levels): boolean {
    return this.#highest.some((known) => isFiner(levels, known));
  }
}

/** Whether no level of `a` is above that of `b`. */
function isFiner(a: Levels, b: Levels): boolean {
  for (let j = 0; j < a.length; j++) if (a[j]! > b[j]!) return false;
  return true;
}
