import type { Language } from '../contract/language.ts';
import type { Column, Table } from '../records/table.ts';
import { sampleWords, type NoteFacts, type SampleWords } from './sample-words.ts';

/**
 * Sample records of an invented follow-up clinic (docs/sample-records.md): nobody in them exists.
 * Planted on purpose: direct identifiers in columns and in the notes, quasi-identifiers that
 * single people out, and a label that is biased against the outer districts, where reminders
 * were sent less often and missed visits were written down more often.
 */
export interface SampleOptions {
  readonly rows: number;
  /** Of the names of columns, the values and the notes; what is planted is the same in each. */
  readonly language: Language;
  /** Uniform doubles in [0, 1); the same sequence makes the same records. */
  readonly uniform: () => number;
}

const DISTRICTS = 5;
/** From this district on they are the outer ones. */
const OUTER = 3;
const NO_INSURANCE = 3;
const EVENING = 1;

/** Forty to a district; its first digit is the district's. */
export const POSTCODES = Array.from({ length: DISTRICTS }, (_, district) =>
  Array.from({ length: 40 }, (_, i) => `${2 + district}0${String(i).padStart(2, '0')}`),
).flat();

/** Values of lists are places in them: they are written in the words of a language at the end. */
interface Patient {
  readonly name: string;
  readonly family: string;
  readonly idCard: string;
  readonly phone: string;
  readonly email: string;
  readonly age: number;
  readonly sex: number;
  readonly spoken: number;
  readonly district: number;
  readonly postcode: string;
  readonly distance: number;
  readonly insurance: number;
  readonly diagnosis: number;
  readonly clinic: number;
  readonly reminder: number;
  readonly visits: number;
  readonly missedBefore: number;
  readonly waitDays: number;
}

/** Makes the records: `rows` patients, one row each, 19 columns. */
export function sampleRecords({ rows, language, uniform }: SampleOptions): Table {
  const w = sampleWords(language);
  const is = w.columns;
  const patients = Array.from({ length: rows }, (_, row) => makePatient(row, w, uniform));
  const text = (
    name: string,
    type: 'identifier' | 'category' | 'text',
    of: (p: Patient, row: number) => string,
  ) => codedColumn(name, type, patients.map(of));
  const listed = (name: string, values: readonly string[], of: (p: Patient) => number): Column =>
    text(name, 'category', (p) => values[of(p)] ?? '');
  const number = (name: string, type: 'integer' | 'real', of: (p: Patient) => number): Column => ({
    name,
    type,
    values: Float64Array.from(patients, of),
  });
  const columns: Column[] = [
    text(is.patientId, 'identifier', (_, row) => `P${String(100001 + row)}`),
    text(is.name, 'identifier', (p) => p.name),
    text(is.idCard, 'identifier', (p) => p.idCard),
    text(is.phone, 'identifier', (p) => p.phone),
    number(is.age, 'integer', (p) => p.age),
    listed(is.sex, w.sexes, (p) => p.sex),
    listed(is.spoken, w.spoken, (p) => p.spoken),
    listed(is.district, w.districts, (p) => p.district),
    text(is.postcode, 'category', (p) => p.postcode),
    number(is.distance, 'real', (p) => p.distance),
    listed(is.insurance, w.insurances, (p) => p.insurance),
    listed(is.diagnosis, w.diagnoses, (p) => p.diagnosis),
    listed(is.clinic, w.clinics, (p) => p.clinic),
    listed(is.reminder, w.reminders, (p) => p.reminder),
    number(is.visits, 'integer', (p) => p.visits),
    number(is.missedBefore, 'integer', (p) => p.missedBefore),
    number(is.waitDays, 'integer', (p) => p.waitDays),
    text(is.note, 'text', (p, row) => note(p, row, w)),
    listed(is.missed, w.missed, (p) => (isMissed(p, uniform) ? 1 : 0)),
  ];
  return { rows, columns };
}

function makePatient(row: number, w: SampleWords, uniform: () => number): Patient {
  const second = uniform() < 0.45;
  const { family, name } = makeName(w, second, uniform);
  const age = Math.min(95, 18 + Math.floor(Math.pow(uniform(), 0.8) * 78));
  const female = uniform() < 0.54;
  const district = pickWeighted([0.34, 0.24, 0.18, 0.13, 0.11], uniform);
  const outer = district >= OUTER;
  const visits = Math.floor(-Math.log(1 - uniform()) * 3);
  return {
    name,
    family,
    idCard: idCard(age, female, row, uniform),
    // Numbers set aside for fiction by the British regulator; no one can be called.
    phone: `07700 900${String(Math.floor(uniform() * 1000)).padStart(3, '0')}`,
    email: `patient${100001 + row}@example.org`,
    age,
    sex: female ? 0 : 1,
    spoken: second ? 1 : uniform() < 0.9 ? 0 : 2,
    district,
    postcode: pick(
      POSTCODES.filter((code) => code.startsWith(String(2 + district))),
      uniform,
    ),
    distance: Math.round((outer ? 12 + uniform() * 28 : 0.5 + uniform() * 9) * 10) / 10,
    insurance: pickWeighted(outer ? [0.6, 0.15, 0.05, 0.2] : [0.45, 0.33, 0.15, 0.07], uniform),
    diagnosis: pickWeighted([0.3, 0.24, 0.14, 0.14, 0.03, 0.15], uniform),
    clinic: pickWeighted(outer ? [0.5, 0.1, 0.4] : [0.7, 0.28, 0.02], uniform),
    // The first planted bias: the outer districts are reminded less.
    reminder: pickWeighted(outer ? [0.1, 0.25, 0.3, 0.35] : [0.3, 0.45, 0.15, 0.1], uniform),
    visits,
    missedBefore: Math.min(visits, Math.floor(-Math.log(1 - uniform()) * 0.9)),
    waitDays: Math.floor(uniform() * 60),
  };
}

function makeName(
  w: SampleWords,
  second: boolean,
  uniform: () => number,
): { family: string; name: string } {
  if (!second) {
    const given = pick(w.givens[0], uniform);
    const family = pick(w.families[0], uniform);
    return { family, name: w.nameOf[0](family, given) };
  }
  const family = pick(w.families[1], uniform);
  const given = pick(w.givens[1], uniform);
  const more = uniform() < 0.5 ? pick(w.givens[1], uniform) : '';
  return { family, name: w.nameOf[1](family, given, more) };
}

/** By a call, a message, a letter, not at all. */
const REMINDER_EFFECTS = [-0.9, -0.5, 0.1, 0.7];

function isMissed(p: Patient, uniform: () => number): boolean {
  const logit =
    -2.1 +
    1.1 * p.missedBefore +
    0.03 * p.distance +
    0.018 * p.waitDays +
    (REMINDER_EFFECTS[p.reminder] ?? 0) +
    (p.age < 30 ? 0.6 : p.age > 75 ? -0.3 : 0) +
    (p.insurance === NO_INSURANCE ? 0.6 : 0) +
    (p.clinic === EVENING ? -0.3 : 0);
  const missedTruly = uniform() < 1 / (1 + Math.exp(-logit));
  // The second planted bias: visits kept at the outer clinics are sometimes written down as missed.
  return missedTruly || (p.district >= OUTER && uniform() < 0.12);
}

/** What a note tells follows from its row, so that the other columns are as they are without notes. */
function note(p: Patient, row: number, w: SampleWords): string {
  const [families] = w.families;
  const [givens] = w.givens;
  const facts: NoteFacts = {
    ...p,
    relative: givens[(row * 5) % givens.length] ?? '',
    doctor: families[(row * 7) % families.length] ?? '',
    district: w.districts[p.district] ?? '',
    reminder: w.reminders[p.reminder] ?? '',
    month: row % 6,
    day: 1 + (row % 28),
  };
  return w.notes[row % w.notes.length]?.(facts) ?? '';
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

/** A place in a list by its weights. */
function pickWeighted(weights: readonly number[], uniform: () => number): number {
  let left = uniform();
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return i;
  }
  return weights.length - 1;
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
