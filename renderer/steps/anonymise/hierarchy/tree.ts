import type { TreeGroups } from '../../../../main/contract/hierarchy.ts';

type Group = TreeGroups['groups'][number];

/** What is ticked: values, and groups by their place. */
export interface Ticked {
  readonly values: ReadonlySet<string>;
  readonly groups: ReadonlySet<number>;
}

/** The groups that lie directly in a group (null: in none), by their places. */
export function groupsIn({ groups }: TreeGroups, within: number | null): number[] {
  return [...groups.keys()].filter((at) => groups[at]?.within === within);
}

export function valuesIn({ members }: TreeGroups, group: number | null): string[] {
  return members.filter((member) => member.group === group).map(({ value }) => value);
}

/** Whether a name is free: no other group and no value has it. `own`: the group that is renamed. */
export function isFree({ groups, members }: TreeGroups, name: string, own?: number): boolean {
  const taken = groups.some((group, at) => at !== own && group.name === name);
  return name !== '*' && !taken && members.every(({ value }) => value !== name);
}

/** A group around what is ticked. It lies where all that is ticked lay, else in none. */
export function withNewGroup(tree: TreeGroups, name: string, ticked: Ticked): TreeGroups {
  const tops = topmost(tree, ticked);
  const places = new Set<number | null>([
    ...tree.members.filter(({ value }) => ticked.values.has(value)).map(({ group }) => group),
    ...tops.map((at) => tree.groups[at]?.within ?? null),
  ]);
  const [only = null] = places.size === 1 ? places : [];
  const at = tree.groups.length;
  const grown = { ...tree, groups: [...tree.groups, { name, within: only }] };
  return sorted(placed(grown, ticked.values, tops, at));
}

/** What is ticked, in another group (null: in none); null where a group would be put into itself. */
export function moved(tree: TreeGroups, ticked: Ticked, target: number | null): TreeGroups | null {
  const tops = topmost(tree, ticked);
  for (let at = target; at !== null; at = tree.groups[at]?.within ?? null) {
    if (tops.includes(at)) return null;
  }
  return sorted(placed(tree, ticked.values, tops, target));
}

export function renamed(tree: TreeGroups, at: number, name: string): TreeGroups {
  return {
    ...tree,
    groups: tree.groups.map((group, place) => (place === at ? { ...group, name } : group)),
  };
}

/** Without a group; what lay in it lies where it lay. */
export function dissolved(tree: TreeGroups, at: number): TreeGroups {
  const around = tree.groups[at]?.within ?? null;
  const groups = tree.groups.map((group) =>
    group.within === at ? { ...group, within: around } : group,
  );
  const members = tree.members.map((member) =>
    member.group === at ? { ...member, group: around } : member,
  );
  return sorted({ groups, members }, at);
}

/** Ticked groups that lie in no other ticked group: the others come along with them. */
function topmost({ groups }: TreeGroups, ticked: Ticked): number[] {
  return [...ticked.groups].filter((at) => {
    for (let up = groups[at]?.within ?? null; up !== null; up = groups[up]?.within ?? null) {
      if (ticked.groups.has(up)) return false;
    }
    return true;
  });
}

function placed(
  tree: TreeGroups,
  values: ReadonlySet<string>,
  tops: readonly number[],
  target: number | null,
): TreeGroups {
  return {
    groups: tree.groups.map((group, at) =>
      tops.includes(at) ? { ...group, within: target } : group,
    ),
    members: tree.members.map((member) =>
      values.has(member.value) ? { ...member, group: target } : member,
    ),
  };
}

/** Each group after the one around it, as the engine wants them; without the group `gone`. */
function sorted(tree: TreeGroups, gone?: number): TreeGroups {
  const order: number[] = [];
  const visit = (within: number | null): void => {
    for (const at of groupsIn(tree, within)) {
      if (at === gone) continue;
      order.push(at);
      visit(at);
    }
  };
  visit(null);
  const newPlace = (at: number | null): number | null => (at === null ? null : order.indexOf(at));
  return {
    groups: order.map((at): Group => {
      const { name, within } = tree.groups[at] ?? { name: '', within: null };
      return { name, within: newPlace(within) };
    }),
    members: tree.members.map(({ value, group }) => ({ value, group: newPlace(group) })),
  };
}
