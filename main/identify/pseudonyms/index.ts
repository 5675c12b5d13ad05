import type { EntityType } from '../../contract/identify.ts';
import { folded } from '../english/tokens.ts';
import { ageOf } from '../numbers/age.ts';
import { shiftedDate, shiftOf, type FigureOrder } from './dates.ts';
import { sameForm } from './form.ts';
import { Keyed } from './keyed.ts';
import { nameFor } from './names.ts';
import {
  cardFor,
  emailFor,
  ibanFor,
  idCardFor,
  ipFor,
  medicalIdFor,
  ssnFor,
  urlFor,
} from './numbers.ts';

/** Over this many years an age is hidden whole (45 CFR 164.514 (b)(2)(i)(C)). */
const OLDEST = 89;
/** Tries of a keyed choice until it differs from the original; a form of one sign has few others. */
const TRIES = 64;

const FORMS: Partial<Record<EntityType, (keyed: Keyed, value: string) => string>> = {
  CARD: cardFor,
  IBAN: ibanFor,
  SSN: ssnFor,
  ID_CARD: idCardFor,
  MEDICAL_ID: medicalIdFor,
  IP: ipFor,
  EMAIL: emailFor,
  URL: urlFor,
};
/** What would say too much in any form. */
const HIDDEN = new Set<EntityType>(['TITLE', 'NRP']);

/**
 * A stand-in of the same form for one finding, by a key of at least 32 bytes: the same under one
 * key, another under another, and without the key no way back. `person` tells whose dates move
 * together, `order` how their figures are read. null where nothing but hiding it is safe: titles, groups, ages over 89, dates without
 * a day.
 */
export function pseudonymOf(
  key: Uint8Array,
  type: EntityType,
  value: string,
  person: string,
  order?: FigureOrder,
): string | null {
  if (HIDDEN.has(type)) return null;
  if (type === 'DATE') return differs(shiftedDate(value, shiftOf(key, person), order), value);
  if (type === 'AGE') return ageFor(key, value, person);
  if (type === 'PERSON') return differs(nameFor(key, value), value);
  const canonical = folded(value).replace(/\s+/g, ' ');
  const make = FORMS[type] ?? sameForm;
  for (let trial = 0; trial < TRIES; trial++) {
    const made = make(new Keyed(key, `${type} ${trial}`, canonical), value);
    if (differs(made, value) !== null) return made;
  }
  return null;
}

/** An age up to three years off, in figures; with the shift of the person's dates. */
function ageFor(key: Uint8Array, value: string, person: string): string | null {
  const age = ageOf(value);
  if (!(age > 0 && age <= OLDEST)) return null;
  const step = 1 + new Keyed(key, 'age', person).below(3);
  const moved = age > 3 && shiftOf(key, person) < 0 ? age - step : age + step;
  return moved > OLDEST ? null : differs(String(moved), value);
}

/** The stand-in, or null when it shows the original. */
function differs(made: string | null, value: string): string | null {
  if (made === null || made.trim() === '') return null;
  return folded(made).includes(folded(value)) ? null : made;
}
