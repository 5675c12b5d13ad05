import type { ChecklistItem } from '../../contract/checklist.ts';
import { namesOf, type Released } from './released.ts';

/** Whoever holds the key of the study can tell whom a stand-in belongs to. */
export function pseudonyms({ columns, standIns }: Released): ChecklistItem {
  const item = 'pseudonyms';
  if (!standIns) return { item, verdict: 'met', reason: 'no-stand-ins', columns: [] };
  const texts = columns.filter(({ role }) => role === 'redacted');
  return { item, verdict: 'not-met', reason: 'stand-ins', columns: namesOf(texts) };
}
