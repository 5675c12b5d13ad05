import type { ChecklistItem } from '../../contract/checklist.ts';
import { pseudonyms } from './pseudonyms.ts';
import { namesOf, type Released } from './released.ts';

/** The three questions of WP216, and what recital 26 of the GDPR asks besides. */
export function wp216(released: Released): ChecklistItem[] {
  return [
    singlingOut(released),
    { item: 'linkability', verdict: 'human', reason: 'outside', columns: [] },
    inference(released),
    pseudonyms(released),
    { item: 'means', verdict: 'human', reason: 'outside', columns: [] },
  ];
}

/** Groups hide people among each other only for those who know no other released column. */
function singlingOut({ columns, smallestClass }: Released): ChecklistItem {
  const item = 'singling-out';
  if (smallestClass !== null && smallestClass < 2) {
    return { item, verdict: 'not-met', reason: 'groups', columns: [] };
  }
  const others = columns.filter(({ role }) => role === 'insensitive' || role === 'redacted');
  return others.length > 0
    ? { item, verdict: 'human', reason: 'other-columns', columns: namesOf(others) }
    : { item, verdict: 'met', reason: 'groups', columns: [] };
}

/** Whoever finds the group of a person learns what its members share. */
function inference({ columns, models }: Released): ChecklistItem {
  const item = 'inference';
  const sensitive = columns.filter(({ role }) => role === 'sensitive');
  if (sensitive.length === 0) {
    return { item, verdict: 'human', reason: 'nothing-sensitive', columns: [] };
  }
  const held = new Set(models.flatMap((model) => ('attribute' in model ? [model.attribute] : [])));
  const open = sensitive.filter(({ name }) => !held.has(name));
  return open.length > 0
    ? { item, verdict: 'not-met', reason: 'not-diverse', columns: namesOf(open) }
    : { item, verdict: 'met', reason: 'diverse', columns: namesOf(sensitive) };
}
