import { describe, expect, it } from 'vitest';
import { cells, readAny } from './reading.ts';

const patient = (id: string, more: object = {}): object => ({
  resourceType: 'Patient',
  id,
  gender: 'female',
  birthDate: '1980-02-03',
  name: [{ use: 'official', family: '王', given: ['小', '明'] }],
  address: [{ city: '上海', postalCode: '200000', line: ['南京路 1 号'] }],
  ...more,
});
const observation = (of: string, text: string, value: object, more: object = {}): object => ({
  resourceType: 'Observation',
  status: 'final',
  subject: { reference: of },
  code: { text },
  ...value,
  ...more,
});
const visit = (id: string, of: string, start: string): object => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: of },
  period: { start },
});
const RESOURCES = [
  observation(
    'Patient/p1',
    'Weight',
    { valueQuantity: { value: 70, unit: 'kg' } },
    {
      effectiveDateTime: '2024-01-01',
      encounter: { reference: 'Encounter/e1' },
    },
  ),
  patient('p1'),
  patient('p2', { gender: 'male', deceasedDateTime: '2024-05-06T10:00:00Z' }),
  observation(
    'Patient/p1',
    'Weight',
    { valueQuantity: { value: 72, unit: 'kg' } },
    {
      effectiveDateTime: '2024-02-01',
    },
  ),
  observation(
    'Patient/p1',
    'Weight',
    { valueQuantity: { value: 60, unit: 'kg' } },
    {
      effectiveDateTime: '2023-02-01',
    },
  ),
  observation(
    'Patient/p1',
    'Weight',
    { valueQuantity: { value: 900, unit: 'kg' } },
    {
      effectiveDateTime: '2025-02-01',
      status: 'entered-in-error',
    },
  ),
  observation('http://x.org/fhir/Patient/p2/_history/3', 'Smoking', {
    valueCodeableConcept: { coding: [{ display: 'Never' }] },
  }),
  observation('Patient/p2', 'Blood pressure', {
    component: [
      { code: { coding: [{ display: 'Systolic' }] }, valueQuantity: { value: 120, unit: 'mmHg' } },
      { code: { coding: [{ code: '8462-4' }] }, valueQuantity: { value: 5, comparator: '<' } },
    ],
  }),
  {
    resourceType: 'Condition',
    subject: { reference: 'Patient/p1' },
    code: { text: 'Asthma' },
    encounter: { reference: 'Encounter/e1' },
  },
  {
    resourceType: 'Condition',
    subject: { reference: 'Patient/p2' },
    code: { text: 'Gout' },
    verificationStatus: { coding: [{ code: 'refuted' }] },
  },
  {
    resourceType: 'MedicationRequest',
    status: 'active',
    subject: { reference: 'Patient/p2' },
    medicationCodeableConcept: { text: 'Aspirin' },
  },
  visit('e1', 'Patient/p1', '2024-01-01T08:00:00+08:00'),
  visit('e2', 'Patient/p1', '2024-03-01'),
];
const byName = (table: Awaited<ReturnType<typeof readAny>>['table']): Record<string, string>[] =>
  cells(table).map((row) =>
    Object.fromEntries(row.map((text, at) => [table.columns[at]?.name ?? '', text])),
  );
const ndjson = RESOURCES.map((each) => JSON.stringify(each)).join('\n');

describe('FHIR resources', () => {
  it('become one row per patient, columns named by the text of codes', async () => {
    const { table, facts } = await readAny(ndjson);
    expect(facts.format).toBe('fhir');
    const [first, second] = byName(table);
    expect(first).toMatchObject({
      patient: 'p1',
      family_name: '王',
      gender: 'female',
      birth_date: '1980-02-03',
      city: '上海',
      'Weight (kg)': '72',
      'condition: Asthma': 'true',
      'medication: Aspirin': 'false',
      encounters: '2',
    });
    expect(second).toMatchObject({
      patient: 'p2',
      deceased: 'true',
      death_date: '2024-05-06T10:00',
      Smoking: 'Never',
      'Systolic (mmHg)': '120',
      '8462-4': '<5',
      'condition: Asthma': 'false',
      'medication: Aspirin': 'true',
    });
    expect(table.columns.map(({ name }) => name)).not.toContain('condition: Gout');
  });

  it('become one row per encounter, with its patient and what refers to it', async () => {
    const { table } = await readAny(ndjson, { fhir: 'encounter' });
    expect(byName(table)).toEqual([
      expect.objectContaining({
        encounter: 'e1',
        patient: 'p1',
        class: 'AMB',
        start: '2024-01-01T08:00',
        gender: 'female',
        'Weight (kg)': '70',
        'condition: Asthma': 'true',
      }),
      expect.objectContaining({ encounter: 'e2', 'Weight (kg)': '', 'condition: Asthma': 'false' }),
    ]);
  });

  it('are the same from a bundle with urn:uuid references, from lines and from an array', async () => {
    const expected = cells((await readAny(ndjson)).table);
    expect(cells((await readAny(JSON.stringify(RESOURCES, null, 1))).table)).toEqual(expected);
    const text = JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: RESOURCES.map((resource) => ({
        fullUrl: 'id' in resource ? `urn:uuid:u-${resource.id as string}` : undefined,
        resource,
      })),
    }).replaceAll(/"Patient\/(p\d)"/g, '"urn:uuid:u-$1"');
    expect(cells((await readAny(text)).table)).toEqual(expected);
  });

  it('without a patient or an encounter are refused with the way out', async () => {
    const only = JSON.stringify({ resourceType: 'Practitioner', id: 'x' });
    await expect(readAny(only)).rejects.toMatchObject({
      code: 'FHIR_NO_PATIENT',
      params: { wanted: 'Patient' },
    });
    await expect(
      readAny(JSON.stringify(patient('p')), { fhir: 'encounter' }),
    ).rejects.toMatchObject({
      code: 'FHIR_NO_PATIENT',
      params: { wanted: 'Encounter' },
    });
  });
});
