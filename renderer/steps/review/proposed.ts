import type { GroupColumn } from '../../../main/contract/group-column.ts';

/** By what people could be recognised, others could treat them worse. */
export function proposedGroups(all: readonly GroupColumn[]): readonly string[] {
  return all
    .filter(({ role, field }) => role === 'quasi-identifier' || field === true)
    .map(({ name }) => name);
}
