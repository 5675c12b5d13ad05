import { codeOf, conceptText, listAt, referenceAt, textAt } from './element.ts';

export type Field = readonly [column: string, text: string | undefined];

/** The official or usual one of several, else the first. */
function preferred(elements: readonly unknown[]): unknown {
  return (
    elements.find((element) => textAt(element, 'use') === 'official') ??
    elements.find((element) => textAt(element, 'use') === 'usual') ??
    elements.find((element) => textAt(element, 'use') !== 'old') ??
    elements[0]
  );
}

function telecom(patient: unknown, system: string): string | undefined {
  const contact = listAt(patient, 'telecom').find(
    (candidate) => textAt(candidate, 'system') === system,
  );
  return textAt(contact, 'value');
}

/** What a Patient resource says of the person (R4 8.1). */
export function patientFields(patient: unknown): readonly Field[] {
  const name = preferred(listAt(patient, 'name'));
  const address = preferred(listAt(patient, 'address'));
  const died = textAt(patient, 'deceasedDateTime');
  const given = listAt(name, 'given').filter((part) => typeof part === 'string');
  const lines = listAt(address, 'line').filter((part) => typeof part === 'string');
  return [
    ['identifier', textAt(preferred(listAt(patient, 'identifier')), 'value')],
    ['family_name', textAt(name, 'family') ?? textAt(name, 'text')],
    ['given_names', given.join(' ')],
    ['gender', textAt(patient, 'gender')],
    ['birth_date', textAt(patient, 'birthDate')],
    ['deceased', died === undefined ? textAt(patient, 'deceasedBoolean') : 'true'],
    ['death_date', died === undefined ? undefined : dateText(died)],
    ['marital_status', conceptText(listAt(patient, 'maritalStatus')[0])],
    ['address', lines.join(', ')],
    ['city', textAt(address, 'city')],
    ['district', textAt(address, 'district')],
    ['state', textAt(address, 'state')],
    ['postal_code', textAt(address, 'postalCode')],
    ['country', textAt(address, 'country')],
    ['phone', telecom(patient, 'phone')],
    ['email', telecom(patient, 'email')],
    ['language', conceptText(listAt(patient, 'communication')[0])],
  ];
}

/** What an Encounter resource says of itself (R4 8.11). */
export function encounterFields(encounter: unknown): readonly Field[] {
  const start = textAt(encounter, 'period', 'start');
  const end = textAt(encounter, 'period', 'end');
  return [
    ['patient', referenceAt(encounter, 'subject')?.id],
    ['class', textAt(encounter, 'class', 'code') ?? codeOf(listAt(encounter, 'class')[0])],
    ['type', conceptText(listAt(encounter, 'type')[0])],
    ['start', start === undefined ? undefined : dateText(start)],
    ['end', end === undefined ? undefined : dateText(end)],
    ['reason', conceptText(listAt(encounter, 'reasonCode')[0])],
  ];
}

/** 2024-03-05T08:00:00+08:00 as 2024-03-05 08:00:00: the clock of the place where it happened. */
export function dateText(text: string): string {
  return text
    .replace(/(\.\d+)?(Z|[+-]\d{2}:\d{2})$/, '')
    .replace('T', ' ')
    .replace(/ 00:00(:00)?$/, '');
}
