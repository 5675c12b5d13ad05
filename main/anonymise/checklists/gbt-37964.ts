import type { ChecklistItem } from '../../contract/checklist.ts';
import type { EntityType } from '../../contract/identify.ts';
import { pseudonyms } from './pseudonyms.ts';
import { namesOf, type Released } from './released.ts';
import { absent } from './safe-harbor.ts';

/** The common direct identifiers of definition 3.7 (docs/identify.md holds the table). */
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
  const { smallestClass } = released;
  // Some conditions look at all records together and let single ones stand out.
  const grouped = smallestClass === null || smallestClass >= 2 ? 'met' : 'not-met';
  return [
    absent('direct', released, DIRECT),
    { item: 'quasi', verdict: grouped, reason: 'groups', columns: namesOf(quasi) },
    { item: 'model', verdict: 'met', reason: 'models', columns: [] },
    pseudonyms(released),
    { item: 'verified', verdict: 'met', reason: 'checked', columns: [] },
    { item: 'usable', verdict: 'human', reason: 'outside', columns: [] },
    { item: 'control', verdict: 'human', reason: 'outside', columns: [] },
  ];
}
