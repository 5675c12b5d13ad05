import type { ChecklistItem } from '../../contract/checklist.ts';
import type { EntityType } from '../../contract/identify.ts';
import { pseudonyms } from './pseudonyms.ts';
import { holding, namesOf, type Released } from './released.ts';

/** What each identifier of 45 CFR 164.514(b)(2)(i) is found by; (B) and (C) have rules of their own. */
const FOUND_BY: Readonly<Record<string, readonly EntityType[]>> = {
  A: ['PERSON'],
  D: ['PHONE'],
  E: ['PHONE'],
  F: ['EMAIL'],
  G: ['SSN'],
  H: ['MEDICAL_ID'],
  I: ['MEDICAL_ID'],
  J: ['ACCOUNT', 'CARD', 'IBAN'],
  K: ['LICENCE'],
  L: ['PLATE', 'DEVICE_ID'],
  M: ['DEVICE_ID'],
  N: ['URL'],
  O: ['IP'],
  R: ['OTHER_ID', 'PASSPORT', 'ID_CARD'],
};

/** HIPAA Safe Harbor, item by item. Its last demand, no actual knowledge, is always a person's. */
export function safeHarbor(released: Released): ChecklistItem[] {
  const item = (name: string): ChecklistItem => absent(name, released, FOUND_BY[name] ?? []);
  const outside = (name: string): ChecklistItem => ({
    item: name,
    verdict: 'human',
    reason: 'outside',
    columns: [],
  });
  return [
    item('A'),
    places(released),
    dates(released),
    ...['D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O'].map(item),
    outside('P'),
    outside('Q'),
    otherCodes(released),
    outside('knowledge'),
  ];
}

/** Met where no released column holds such values, and no free text is released that could. */
export function absent(
  item: string,
  released: Released,
  types: readonly EntityType[],
): ChecklistItem {
  const found = holding(released, types);
  if (found.length > 0) {
    return { item, verdict: 'not-met', reason: 'released', columns: namesOf(found) };
  }
  const texts = released.columns.filter(({ freeText }) => freeText);
  return texts.length > 0
    ? { item, verdict: 'human', reason: 'free-text', columns: namesOf(texts) }
    : { item, verdict: 'met', reason: 'none-released', columns: [] };
}

/**
 * (R): a stand-in is computed from the name it stands for, so it is no code of the kind that
 * 164.514(c)(1) allows to keep.
 */
function otherCodes(released: Released): ChecklistItem {
  const { verdict, columns } = pseudonyms(released);
  return verdict === 'not-met'
    ? { item: 'R', verdict, reason: 'stand-ins', columns }
    : absent('R', released, FOUND_BY['R'] ?? []);
}

/** (B): smaller than a state. Which places are, and how many live there, the records do not say. */
function places(released: Released): ChecklistItem {
  const found = holding(released, ['ADDRESS', 'LOCATION', 'POSTCODE']);
  if (found.length === 0) return absent('B', released, []);
  const exact = found.filter(({ coarser }) => !coarser);
  return exact.length > 0
    ? { item: 'B', verdict: 'not-met', reason: 'released', columns: namesOf(exact) }
    : { item: 'B', verdict: 'human', reason: 'coarser', columns: namesOf(found) };
}

/** (C): no element of a date but the year, no age over 89 by itself. */
function dates(released: Released): ChecklistItem {
  const found = released.columns.filter(({ daysTold, oldAgeTold }) => daysTold || oldAgeTold);
  if (found.length > 0) {
    return { item: 'C', verdict: 'not-met', reason: 'released', columns: namesOf(found) };
  }
  const kept = holding(released, ['DATE', 'AGE']);
  return kept.length === 0
    ? absent('C', released, [])
    : { item: 'C', verdict: 'met', reason: 'years-only', columns: namesOf(kept) };
}
