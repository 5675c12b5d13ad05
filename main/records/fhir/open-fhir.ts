import { ConcordError } from '../../contract/errors.ts';
import type { FhirRow } from '../../contract/reading-options.ts';
import { DEFAULT_LIMITS, type ReadOptions } from '../csv-reader.ts';
import type { Encoding } from '../encoding.ts';
import type { OpenedRecords, TextRow } from '../text-rows.ts';
import { at, listAt, parsedReference, referenceAt, textAt, type Reference } from './element.ts';
import { findingsOf } from './findings.ts';
import { FlatRows } from './flat-rows.ts';
import { encounterFields, patientFields } from './patient.ts';

type Values = () => AsyncIterable<readonly unknown[]>;

const BATCH = 1000;

/** Columns of the row itself; an observation of such a name gets another. */
const FIELDS: ReadonlySet<string> = new Set([
  ...[...patientFields(undefined), ...encounterFields(undefined)].map(([column]) => column),
  ...['encounter', 'encounters', 'last_encounter'],
]);

/**
 * FHIR R4 resources (bundles, NDJSON, one file or several) as one row per patient or per encounter.
 * Patient and Encounter give the row; Observation, Condition and MedicationRequest give columns
 * named by the text of their codes. Of several observations with one name the latest counts; a
 * condition or medication is true where it is recorded and false elsewhere. What was withdrawn
 * (entered-in-error, cancelled, not-done, refuted) is left out. Per encounter, only what refers to
 * the encounter counts, and the columns of its patient are repeated.
 * Two passes: references may stand before what they refer to.
 * @throws FHIR_NO_PATIENT, FILE_TOO_LARGE, JSON_INVALID
 */
export async function openFhir(
  files: readonly Values[],
  options: ReadOptions,
  encoding: Encoding,
): Promise<OpenedRecords> {
  const per: FhirRow = options.fhir ?? 'patient';
  const flat = new FlatRows(options.limits?.columns ?? DEFAULT_LIMITS.columns);
  const known = await subjects(files, flat, per);
  await findings(files, flat, per, known);
  if (flat.size === 0)
    throw new ConcordError('FHIR_NO_PATIENT', {
      wanted: per === 'patient' ? 'Patient' : 'Encounter',
    });
  return {
    names: flat.names,
    form: { format: 'fhir', encoding, delimiter: null },
    problems: () => [],
    async *rows() {
      let batch: TextRow[] = [];
      for (const row of flat.rows()) {
        batch.push(row);
        if (batch.length < BATCH) continue;
        yield await Promise.resolve(batch);
        batch = [];
      }
      yield batch;
    },
  };
}

/** What the first pass found: other names of resources, and how often a patient came. */
interface Known {
  readonly aliases: ReadonlyMap<string, string>;
}

async function subjects(files: readonly Values[], flat: FlatRows, per: FhirRow): Promise<Known> {
  const aliases = new Map<string, string>();
  const people = new Map<string, unknown>();
  const visits: { id: string; encounter: unknown }[] = [];
  const id = (reference: Reference): string => aliases.get(reference.id) ?? reference.id;
  for await (const { resource, fullUrl } of resources(files)) {
    const type = textAt(resource, 'resourceType');
    if (type !== 'Patient' && type !== 'Encounter') continue;
    if (type === 'Encounter' && VOID.has(textAt(resource, 'status') ?? '')) continue;
    const other = fullUrl === undefined ? undefined : parsedReference(fullUrl).id;
    const own = textAt(resource, 'id') ?? other;
    if (own === undefined) continue;
    if (other !== undefined && other !== own) aliases.set(other, own);
    if (type === 'Patient') people.set(own, patientFields(resource));
    else visits.push({ id: own, encounter: encounterFields(resource) });
    flat.spend(1);
  }
  type Fields = ReturnType<typeof patientFields>;
  if (per === 'patient') {
    flat.column('patient');
    for (const [own, fields] of people) flat.put(own, [['patient', own], ...(fields as Fields)]);
    for (const { encounter } of visits) countVisit(flat, encounter as Fields, id);
    return { aliases };
  }
  flat.column('encounter');
  for (const { id: own, encounter } of visits) {
    const fields = encounter as Fields;
    const patient = fields.find(([column]) => column === 'patient')?.[1];
    const person = patient === undefined ? undefined : (aliases.get(patient) ?? patient);
    flat.put(own, [['encounter', own], ...fields, ['patient', person]]);
    const facts = person === undefined ? undefined : people.get(person);
    if (facts !== undefined) flat.put(own, facts as Fields);
  }
  return { aliases };
}

const VOID: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled', 'planned']);

function countVisit(
  flat: FlatRows,
  fields: ReturnType<typeof encounterFields>,
  id: (reference: Reference) => string,
): void {
  const patient = fields.find(([column]) => column === 'patient')?.[1];
  if (patient === undefined) return;
  const row = id({ type: 'Patient', id: patient });
  flat.put(row, [['patient', row]]);
  flat.add(row, 'encounters');
  const start = fields.find(([column]) => column === 'start')?.[1];
  if (start !== undefined) flat.latest(row, { column: 'last_encounter', text: start, time: start });
}

async function findings(
  files: readonly Values[],
  flat: FlatRows,
  per: FhirRow,
  { aliases }: Known,
): Promise<void> {
  for await (const { resource } of resources(files)) {
    const found = findingsOf(resource);
    if (found.length === 0) continue;
    const reference =
      per === 'patient'
        ? referenceAt(resource, 'subject')
        : (referenceAt(resource, 'encounter') ?? referenceAt(resource, 'context'));
    const wanted = per === 'patient' ? 'Patient' : 'Encounter';
    if (reference === undefined || (reference.type ?? wanted) !== wanted) continue;
    const row = aliases.get(reference.id) ?? reference.id;
    // An encounter that is not in the files has no start and no patient: no row is made of it.
    if (per === 'encounter' && !flat.has(row)) continue;
    if (per === 'patient') flat.put(row, [['patient', row]]);
    for (const finding of found) {
      const { column } = finding;
      flat.latest(
        row,
        FIELDS.has(column) ? { ...finding, column: `${column} (observed)` } : finding,
      );
    }
  }
}

interface Entry {
  readonly resource: unknown;
  readonly fullUrl?: string | undefined;
}

/** All resources: those of the file, those in entries of bundles, bundles in bundles aside. */
async function* resources(files: readonly Values[]): AsyncGenerator<Entry> {
  let row = 0;
  for (const values of files) {
    for await (const batch of values()) {
      for (const value of batch) {
        row++;
        if (typeof value !== 'object' || value === null || Array.isArray(value))
          throw new ConcordError('JSON_INVALID', { row, reason: 'not-an-object' });
        if (textAt(value, 'resourceType') === 'Bundle') {
          for (const entry of listAt(value, 'entry')) yield entryOf(entry);
        } else yield entryOf(value);
      }
    }
  }
}

function entryOf(value: unknown): Entry {
  const resource = at(value, 'resource');
  return typeof resource === 'object' && resource !== null
    ? { resource, fullUrl: textAt(value, 'fullUrl') }
    : { resource: value };
}
