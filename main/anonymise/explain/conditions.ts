import type { PrivacyModel } from '../../contract/anonymise.ts';
import type { EncodedColumn } from '../encode.ts';
import type { Hierarchy } from '../hierarchy.ts';
import { rowsByGroup, type Groups } from './groups.ts';
import { treeDistance } from './tree-distance.ts';

/** A sensitive column with the hierarchy it may have. */
export interface Sensitive {
  readonly column: EncodedColumn;
  readonly hierarchy: Hierarchy | null;
}

/** A condition of the plan as a test of groups: 1 for each group that fails it. */
export interface Condition {
  readonly model: PrivacyModel;
  failing(groups: Groups): Uint8Array;
}

/** How often each value (by its code) is in a group of `size` rows; only values that are. */
type ValueTest = (counts: ReadonlyMap<number, number>, size: number) => boolean;

/** As in the search: a group exactly on a bound passes as in exact arithmetic. */
const SLACK = 1e-12;

/**
 * The conditions of a plan; null where one of them looks at more than single groups of the records,
 * so that no group fails it by itself. The definitions and their sources stand in
 * docs/anonymise.md.
 */
export function conditionsOf(
  models: readonly PrivacyModel[],
  sensitive: ReadonlyMap<string, Sensitive>,
): readonly Condition[] | null {
  const conditions: Condition[] = [];
  for (const model of models) {
    if (model.type === 'k-anonymity') {
      conditions.push({
        model,
        failing: ({ sizes }) => Uint8Array.from(sizes, (size) => Number(size < model.k)),
      });
      continue;
    }
    const column = 'attribute' in model ? sensitive.get(model.attribute) : undefined;
    const holds = column === undefined ? null : valueTest(model, column);
    if (column === undefined || holds === null) return null;
    const { codes } = column.column;
    conditions.push({ model, failing: (groups) => failingValues(groups, codes, holds) });
  }
  return conditions;
}

function failingValues(groups: Groups, codes: Int32Array, holds: ValueTest): Uint8Array {
  const { rows, starts } = rowsByGroup(groups);
  return Uint8Array.from(groups.sizes, (size, group) => {
    const counts = new Map<number, number>();
    for (let at = starts[group]!; at < starts[group + 1]!; at++) {
      const code = codes[rows[at]!]!;
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    return Number(!holds(counts, size));
  });
}

function valueTest(model: PrivacyModel, { column, hierarchy }: Sensitive): ValueTest | null {
  switch (model.type) {
    case 'distinct-l-diversity':
      return (counts) => counts.size >= model.l;
    case 'entropy-l-diversity':
      return (counts, size) => {
        let entropy = 0;
        for (const f of counts.values()) entropy -= (f / size) * Math.log(f / size);
        return counts.size >= Math.floor(model.l) && entropy >= Math.log(model.l) - SLACK;
      };
    case 'recursive-c-l-diversity':
      return (counts) => {
        const falling = [...counts.values()].sort((a, b) => b - a);
        const rest = falling.slice(model.l - 1).reduce((sum, f) => sum + f, 0);
        return falling.length >= model.l && (falling[0] ?? 0) < model.c * rest;
      };
    case 't-closeness-equal': {
      const overall = sharesOf(column);
      return (counts, size) => {
        // What a group lacks of a value is what it has too much of others.
        let excess = 0;
        for (const [code, f] of counts) excess += Math.max(0, f / size - overall[code]!);
        return excess <= model.t + SLACK;
      };
    }
    case 't-closeness-hierarchical': {
      if (hierarchy === null) return null;
      const distance = treeDistance(column, hierarchy, sharesOf(column));
      return (counts, size) => distance(counts, size) <= model.t + SLACK;
    }
    default:
      return null;
  }
}

/** The share of each value over all rows. */
function sharesOf({ codes, values }: EncodedColumn): Float64Array {
  const shares = new Float64Array(values.length);
  for (const code of codes) shares[code]! += 1 / codes.length;
  return shares;
}
