import type { ChecklistItem } from '../../contract/checklist.ts';
import type { EntityType } from '../../contract/identify.ts';
import { namesOf, type Released } from './released.ts';
import { absent } from './safe-harbor.ts';
import { pseudonyms } from './wp216.ts';

/** The common direct identifiers of clause 3 (docs/identify.md holds the table). */
const DIRECT: readonly EntityType[] = [
  'PERSON',
  'ID_CARD',
  'PASSPORT',
  'LICENCE',
  'ADDRESS',
  'EMAIL',
  'PHONE',
  'CARD',
  'PLATE',
  'DEVICE_ID',
  'SSN',
  'MEDICAL_ID',
  'IP',
  'URL',
];

/** GB/T 37964-2019, Guide for de-identifying personal information. */
export function gbt37964(released: Released): ChecklistItem[] {
  const quasi = released.columns.filter(({ role }) => role === 'quasi-identifier');
  return [
    absent('direct', released, DIRECT),
    { item: 'quasi', verdict: 'met', reason: 'coarser', columns: namesOf(quasi) },
    { item: 'model', verdict: 'met', reason: 'groups', columns: [] },
    pseudonyms(released),
    { item: 'verified', verdict: 'met', reason: 'checked', columns: [] },
    { item: 'usable', verdict: 'human', reason: 'outside', columns: [] },
    { item: 'control', verdict: 'human', reason: 'outside', columns: [] },
  ];
}
