import type { TreeGroups } from '../../contract/hierarchy.ts';
import {
  missingLine,
  MOST_LEVELS,
  ROOT,
  unbuildable,
  type ColumnValues,
  type HierarchyLabels,
  type Line,
} from './values.ts';

/**
 * Lines of groups made by hand. Values in no group, and those less deep than others, keep their own
 * name on the levels they lack. Throws HIERARCHY_NOT_BUILT {column, reason}: 'group-order' where a
 * group lies within one that does not stand before it, 'value-twice', and 'group-names' where a
 * name is empty, stands twice, or is that of a value outside the group.
 */
export function treeLines(
  values: ColumnValues,
  { groups, members }: TreeGroups,
  labels: HierarchyLabels,
): Line[] {
  const paths = pathsOf(groups, values.name);
  const placed = new Map(members.map(({ value, group }) => [value, group]));
  if (placed.size < members.length) throw unbuildable(values.name, 'value-twice');
  const texts = [...new Set([...placed.keys(), ...values.texts])].filter((text) => text !== '');
  const labelled = texts.map((text) => {
    const group = placed.get(text) ?? null;
    const path = group === null ? [] : paths[group];
    if (path === undefined) throw unbuildable(values.name, 'group-order');
    return { text, path };
  });
  const pathOf = new Map(labelled.map(({ text, path }) => [text, path]));
  const taken = groups.some(({ name }) => {
    const inside = pathOf.get(name);
    return inside === undefined
      ? name === ROOT || isMissing(values, labels, name)
      : !inside.includes(name);
  });
  if (taken) throw unbuildable(values.name, 'group-names');
  const depth = labelled.reduce((most, { path }) => Math.max(most, path.length), 0);
  if (depth > MOST_LEVELS) throw unbuildable(values.name, 'levels');
  return [
    ...labelled.map(({ text, path }) => [
      text,
      ...Array<string>(depth - path.length).fill(text),
      ...path,
      ROOT,
    ]),
    ...missingLine(values, labels, depth),
  ];
}

function isMissing({ missing }: ColumnValues, labels: HierarchyLabels, name: string): boolean {
  return missing > 0 && name === labels.missing;
}

/** The names of each group from itself outwards. */
function pathsOf(groups: TreeGroups['groups'], column: string): string[][] {
  const names = new Set<string>();
  const paths: string[][] = [];
  groups.forEach(({ name, within }, at) => {
    if (name.trim() === '' || names.has(name)) throw unbuildable(column, 'group-names');
    names.add(name);
    const around = within === null ? [] : paths[within];
    if (around === undefined || (within ?? -1) >= at) throw unbuildable(column, 'group-order');
    paths.push([name, ...around]);
  });
  return paths;
}

/**
 * The groups that lines make, so that they can be changed by hand: one per label above the values
 * and below the root. Labels that only repeat the value or the label above are no groups.
 */
export function groupsOfLines(lines: readonly Line[]): TreeGroups {
  const roots = new Set(lines.map((line) => line.at(-1)));
  const paths = lines
    .filter(([value]) => value !== '')
    .map(([value = '', ...labels]) => ({
      value,
      labels: (roots.size === 1 ? labels.slice(0, -1) : labels).toReversed(),
    }));
  const groups: { name: string; within: number | null }[] = [];
  const known = new Map<string, number>();
  const naming = new Naming(paths);
  const members = paths.map(({ value, labels }) => {
    let within: number | null = null;
    let key = '';
    let last = '';
    for (const label of labels) {
      if (label === last || label === '' || naming.repeats(label, value)) continue;
      last = label;
      key = JSON.stringify([key, label]);
      const at: number = known.get(key) ?? groups.push({ name: naming.fresh(label), within }) - 1;
      known.set(key, at);
      within = at;
    }
    return { value, group: within };
  });
  return { groups, members };
}

/** Names of groups: each once, and none that belongs to a value outside the group. */
class Naming {
  readonly #holders = new Map<string, Set<string>>();
  readonly #own: ReadonlyMap<string, readonly string[]>;
  readonly #used = new Set<string>();

  constructor(paths: readonly { value: string; labels: readonly string[] }[]) {
    this.#own = new Map(paths.map(({ value, labels }) => [value, labels]));
    for (const { value, labels } of paths) {
      for (const label of labels) {
        const holders = this.#holders.get(label) ?? new Set();
        this.#holders.set(label, holders.add(value));
      }
    }
  }

  /** Whether a label is the value itself, on a level it was only filled up to. */
  repeats(label: string, value: string): boolean {
    return label === value && this.#holders.get(label)?.size === 1;
  }

  fresh(label: string): string {
    const base = label.slice(0, 180);
    let name = base;
    for (let number = 2; this.#isTaken(name); number++) name = `${base} (${number})`;
    this.#used.add(name);
    return name;
  }

  #isTaken(name: string): boolean {
    const own = this.#own.get(name);
    return this.#used.has(name) || name === ROOT || (own !== undefined && !own.includes(name));
  }
}
