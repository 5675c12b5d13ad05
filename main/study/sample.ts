import type { Column, Table } from '../records/table.ts';

/**
 * Sample records of an invented follow-up clinic (docs/sample-records.md): nobody in them exists.
 * Planted on purpose: direct identifiers in columns and in the notes, quasi-identifiers that
 * single people out, and a label that is biased against the outer districts, where reminders
 * were sent less often and missed visits were written down more often.
 */
export interface SampleOptions {
  readonly rows: number;
  /** Uniform doubles in [0, 1); the same sequence makes the same records. */
  readonly uniform: () => number;
}

const FAMILY_EN = [
  'Ashdown',
  'Bramley',
  'Calloway',
  'Denholm',
  'Everly',
  'Fenwick',
  'Garrow',
  'Hartley',
  'Inskip',
  'Jessop',
  'Kelling',
  'Lorimer',
];
const GIVEN_EN = [
  'Anna',
  'Ben',
  'Clara',
  'David',
  'Elsie',
  'Frank',
  'Grace',
  'Henry',
  'Iris',
  'John',
  'Kate',
  'Leo',
];
const FAMILY_ZH = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙'];
const GIVEN_ZH = ['伟', '芳', '敏', '静', '丽', '强', '磊', '洋', '艳', '勇', '军', '杰'];
export const DISTRICTS = ['Central', 'Riverside', 'Hillside', 'Outer East', 'Outer West'];
export const DIAGNOSES = [
  'hypertension',
  'type 2 diabetes',
  'asthma',
  'depression',
  'HIV',
  'back pain',
];
export const INSURANCES = ['public', 'employer', 'private', 'none'];
export const REMINDERS = ['phone call', 'text message', 'letter', 'none'];
export const CLINICS = ['day', 'evening', 'mobile'];
export const LANGUAGES_SPOKEN = ['English', 'Chinese', 'other'];

/** Forty to a district; its first digit is the district's. */
export const POSTCODES = DISTRICTS.flatMap((_, district) =>
  Array.from({ length: 40 }, (_, i) => `${2 + district}0${String(i).padStart(2, '0')}`),
);

interface Patient {
  readonly name: string;
  readonly idCard: string;
  readonly phone: string;
  readonly email: string;
  readonly age: number;
  readonly sex: string;
  readonly spoken: string;
  readonly district: string;
  readonly postcode: string;
  readonly distance: number;
  readonly insurance: string;
  readonly diagnosis: string;
  readonly clinic: string;
  readonly reminder: string;
  readonly visits: number;
  readonly missedBefore: number;
  readonly waitDays: number;
}

/** Makes the records: `rows` patients, one row each, about 16 columns. */
export function sampleRecords({ rows, uniform }: SampleOptions): Table {
  const patients = Array.from({ length: rows }, (_, row) => makePatient(row, uniform));
  const text = (
    name: string,
    type: 'identifier' | 'category' | 'text',
    of: (p: Patient) => string,
  ) => codedColumn(name, type, patients.map(of));
  const number = (name: string, type: 'integer' | 'real', of: (p: Patient) => number): Column => ({
    name,
    type,
    values: Float64Array.from(patients, of),
  });
  const columns: Column[] = [
    codedColumn(
      'patient_id',
      'identifier',
      patients.map((_, row) => `P${String(100001 + row)}`),
    ),
    text('name', 'identifier', (p) => p.name),
    text('id_card', 'identifier', (p) => p.idCard),
    text('phone', 'identifier', (p) => p.phone),
    number('age', 'integer', (p) => p.age),
    text('sex', 'category', (p) => p.sex),
    text('language', 'category', (p) => p.spoken),
    text('district', 'category', (p) => p.district),
    text('postcode', 'category', (p) => p.postcode),
    number('distance_km', 'real', (p) => p.distance),
    text('insurance', 'category', (p) => p.insurance),
    text('diagnosis', 'category', (p) => p.diagnosis),
    text('clinic', 'category', (p) => p.clinic),
    text('reminder', 'category', (p) => p.reminder),
    number('visits_last_year', 'integer', (p) => p.visits),
    number('missed_before', 'integer', (p) => p.missedBefore),
    number('wait_days', 'integer', (p) => p.waitDays),
    text('note', 'text', (p) => note(p)),
    codedColumn(
      'missed_follow_up',
      'category',
      patients.map((p) => missed(p, uniform)),
    ),
  ];
  return { rows, columns };
}

function makePatient(row: number, uniform: () => number): Patient {
  const chinese = uniform() < 0.45;
  const name = chinese
    ? `${pick(FAMILY_ZH, uniform)}${pick(GIVEN_ZH, uniform)}${uniform() < 0.5 ? pick(GIVEN_ZH, uniform) : ''}`
    : `${pick(GIVEN_EN, uniform)} ${pick(FAMILY_EN, uniform)}`;
  const age = Math.min(95, 18 + Math.floor(Math.pow(uniform(), 0.8) * 78));
  const female = uniform() < 0.54;
  const district = pickWeighted(DISTRICTS, [0.34, 0.24, 0.18, 0.13, 0.11], uniform);
  const outer = district.startsWith('Outer');
  const visits = Math.floor(-Math.log(1 - uniform()) * 3);
  return {
    name,
    idCard: idCard(age, female, row, uniform),
    // Numbers set aside for fiction by the British regulator; no one can be called.
    phone: `07700 900${String(Math.floor(uniform() * 1000)).padStart(3, '0')}`,
    email: `patient${100001 + row}@example.org`,
    age,
    sex: female ? 'female' : 'male',
    spoken: chinese ? 'Chinese' : uniform() < 0.9 ? 'English' : 'other',
    district,
    postcode: pick(
      POSTCODES.filter((code) => code.startsWith(String(2 + DISTRICTS.indexOf(district)))),
      uniform,
    ),
    distance: Math.round((outer ? 12 + uniform() * 28 : 0.5 + uniform() * 9) * 10) / 10,
    insurance: pickWeighted(
      INSURANCES,
      outer ? [0.6, 0.15, 0.05, 0.2] : [0.45, 0.33, 0.15, 0.07],
      uniform,
    ),
    diagnosis: pickWeighted(DIAGNOSES, [0.3, 0.24, 0.14, 0.14, 0.03, 0.15], uniform),
    clinic: pickWeighted(CLINICS, outer ? [0.5, 0.1, 0.4] : [0.7, 0.28, 0.02], uniform),
    // The first planted bias: the outer districts are reminded less.
    reminder: pickWeighted(
      REMINDERS,
      outer ? [0.1, 0.25, 0.3, 0.35] : [0.3, 0.45, 0.15, 0.1],
      uniform,
    ),
    visits,
    missedBefore: Math.min(visits, Math.floor(-Math.log(1 - uniform()) * 0.9)),
    waitDays: Math.floor(uniform() * 60),
  };
}

function missed(p: Patient, uniform: () => number): string {
  const outer = p.district.startsWith('Outer');
  const reminderEffect = { 'phone call': -0.9, 'text message': -0.5, letter: 0.1, none: 0.7 };
  const logit =
    -2.1 +
    1.1 * p.missedBefore +
    0.03 * p.distance +
    0.018 * p.waitDays +
    (reminderEffect[p.reminder as keyof typeof reminderEffect] ?? 0) +
    (p.age < 30 ? 0.6 : p.age > 75 ? -0.3 : 0) +
    (p.insurance === 'none' ? 0.6 : 0) +
    (p.clinic === 'evening' ? -0.3 : 0);
  const missedTruly = uniform() < 1 / (1 + Math.exp(-logit));
  // The second planted bias: visits kept at the outer clinics are sometimes written down as missed.
  const recorded = missedTruly || (outer && uniform() < 0.12);
  return recorded ? 'yes' : 'no';
}

function note(p: Patient): string {
  const reached = p.reminder === 'none' ? 'not reached' : `reached by ${p.reminder}`;
  return p.spoken === 'Chinese'
    ? `患者${p.name}，${p.age}岁，电话${p.phone}，${reached === 'not reached' ? '未联系上' : '已联系'}，邮箱 ${p.email}。`
    : `${p.name}, ${p.age}, ${reached} at ${p.phone}; writes from ${p.email}.`;
}

const CHECK_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An 18-character number in the form of GB 11643 with a right check digit and no real region. */
function idCard(age: number, female: boolean, row: number, uniform: () => number): string {
  const year = 2024 - age;
  const month = String(1 + Math.floor(uniform() * 12)).padStart(2, '0');
  const day = String(1 + Math.floor(uniform() * 28)).padStart(2, '0');
  const order = String((row % 500) * 2 + (female ? 0 : 1)).padStart(3, '0');
  const body = `990000${year}${month}${day}${order}`;
  const sum = CHECK_WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}

function pick<T>(values: readonly T[], uniform: () => number): T {
  return values[Math.floor(uniform() * values.length)] as T;
}

function pickWeighted<T>(
  values: readonly T[],
  weights: readonly number[],
  uniform: () => number,
): T {
  let left = uniform();
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return values[i] as T;
  }
  return values.at(-1) as T;
}

function codedColumn(
  name: string,
  type: 'identifier' | 'category' | 'text',
  cells: readonly string[],
): Column {
  const dictionary: string[] = [];
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    const known = codeOf.get(cell);
    if (known !== undefined) return known;
    codeOf.set(cell, dictionary.length);
    dictionary.push(cell);
    return dictionary.length - 1;
  });
  return { name, type, codes, dictionary };
}
