import type { Checklist } from '../../contract/checklist.ts';
import { gbt37964 } from './gbt-37964.ts';
import type { Released } from './released.ts';
import { safeHarbor } from './safe-harbor.ts';
import { wp216 } from './wp216.ts';

export type { Released, ReleasedColumn } from './released.ts';

/** What was released, held against each list. Nothing of the records' values is in the answer. */
export function checklistsOf(released: Released): Checklist[] {
  return [
    { name: 'safe-harbor', items: safeHarbor(released) },
    { name: 'wp216', items: wp216(released) },
    { name: 'gbt-37964', items: gbt37964(released) },
  ];
}
