import { at, codeOf, conceptText, listAt, textAt } from './element.ts';
import { dateText } from './patient.ts';

/** One thing that a resource says of a patient: a column, its text, and when it was so. */
export interface Finding {
  readonly column: string;
  readonly text: string;
  /** Of several in one cell the latest counts; '' where no time is given. */
  readonly time: string;
}

const VOID: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled', 'not-done', 'refuted']);

/** Findings of an Observation, a Condition or a MedicationRequest; none of what was withdrawn. */
export function findingsOf(resource: unknown): readonly Finding[] {
  if (VOID.has(textAt(resource, 'status') ?? '')) return [];
  switch (textAt(resource, 'resourceType')) {
    case 'Observation':
      return observation(resource);
    case 'Condition': {
      if (VOID.has(codeOf(at(resource, 'verificationStatus')) ?? '')) return [];
      return presence('condition', conceptText(at(resource, 'code')));
    }
    case 'MedicationRequest': {
      const medication =
        conceptText(at(resource, 'medicationCodeableConcept')) ??
        textAt(resource, 'medicationReference', 'display');
      return presence('medication', medication);
    }
    default:
      return [];
  }
}

function presence(kind: 'condition' | 'medication', what: string | undefined): readonly Finding[] {
  return what === undefined ? [] : [{ column: `${kind}: ${what}`, text: 'true', time: '' }];
}

/** The value and the components, each under the text of its own code (R4 10.1). */
function observation(resource: unknown): readonly Finding[] {
  const time =
    textAt(resource, 'effectiveDateTime') ??
    textAt(resource, 'effectivePeriod', 'start') ??
    textAt(resource, 'issued') ??
    '';
  const findings: Finding[] = [];
  for (const part of [resource, ...listAt(resource, 'component')]) {
    const name = conceptText(at(part, 'code'));
    const value = valueOf(part);
    if (name === undefined || value === undefined) continue;
    // Another unit is another column: 70 kg and 154 lb must not stand under one name.
    const column = value.unit === undefined ? name : `${name} (${value.unit})`;
    findings.push({ column, text: value.text, time });
  }
  return findings;
}

function valueOf(part: unknown): { text: string; unit?: string } | undefined {
  const quantity = at(part, 'valueQuantity');
  const amount = textAt(quantity, 'value');
  if (amount !== undefined) {
    const unit = textAt(quantity, 'unit') ?? textAt(quantity, 'code');
    const text = `${textAt(quantity, 'comparator') ?? ''}${amount}`;
    return unit === undefined ? { text } : { text, unit };
  }
  const moment = textAt(part, 'valueDateTime');
  const text =
    conceptText(at(part, 'valueCodeableConcept')) ??
    textAt(part, 'valueString') ??
    textAt(part, 'valueBoolean') ??
    textAt(part, 'valueInteger') ??
    textAt(part, 'valueTime') ??
    (moment === undefined ? undefined : dateText(moment));
  return text === undefined ? undefined : { text };
}
