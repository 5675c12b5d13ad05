import type { NumberForm } from '../../contract/repair.ts';
import { narrow } from '../narrow-text.ts';
import { numberOfText } from '../number-text.ts';
import { beginsWith } from './first-cells.ts';
import { unitOf } from './units.ts';

const SIGNS = { none: '', comma: ',', point: '.', space: ' ', apostrophe: "'" } as const;
const SPACES = /[\u00a0\u2009\u202f]/g;
const APOSTROPHES = /[\u2018\u2019\u02bc]/g;

/**
 * A reader of numbers in one form: NaN for what is none. Thousands are in groups of three or not
 * there at all; the unit may be there or not. Which form a column has is for a person to say: with
 * it, each cell is read by itself.
 */
export function numberReaderOf({ decimal, thousands, unit }: NumberForm): (text: string) => number {
  const point = escaped(SIGNS[decimal]);
  const group = thousands === 'none' ? null : escaped(SIGNS[thousands]);
  const whole = group === null ? '[0-9]+' : `(?:[0-9]{1,3}(?:${group}[0-9]{3})+|[0-9]+)`;
  const form = new RegExp(`^-?(?:${whole}(?:${point}[0-9]+)?)$`);
  const between = group === null ? null : new RegExp(group, 'g');
  return (text) => {
    const plain = withoutUnit(plainOf(text), unit);
    if (!form.test(plain)) return NaN;
    const joined = between === null ? plain : plain.replace(between, '');
    return numberOfText(joined.replace(SIGNS[decimal], '.'));
  };
}

/** Narrow, trimmed, with one kind of space and of apostrophe. */
function plainOf(text: string): string {
  return narrow(text).replace(SPACES, ' ').replace(APOSTROPHES, "'").trim();
}

function withoutUnit(plain: string, unit: string | null): string {
  if (unit === null) return plain;
  const wanted = plainOf(unit);
  if (plain.endsWith(wanted)) return plain.slice(0, -wanted.length).trim();
  if (plain.startsWith(wanted)) return plain.slice(wanted.length).trim();
  return plain;
}

const escaped = (sign: string): string => (sign === '.' ? '\\.' : sign);

/** How one cell is written: its digits and signs, and its unit. Null where it is no number. */
interface Written {
  readonly digits: string;
  readonly unit: string | null;
}

function writtenOf(text: string): Written | null {
  const plain = plainOf(text);
  if (plain.length === 0 || plain.length > 60) return null;
  const unit = unitOf(plain);
  const digits = withoutUnit(plain, unit);
  return /^-?[0-9][0-9.,' ]*$/.test(digits) ? { digits, unit } : null;
}

const CANDIDATES: readonly Pick<NumberForm, 'decimal' | 'thousands'>[] = [
  { decimal: 'point', thousands: 'none' },
  { decimal: 'comma', thousands: 'none' },
  { decimal: 'point', thousands: 'comma' },
  { decimal: 'comma', thousands: 'point' },
  { decimal: 'point', thousands: 'space' },
  { decimal: 'comma', thousands: 'space' },
  { decimal: 'point', thousands: 'apostrophe' },
];

export interface FoundForm {
  /** One where the cells leave no doubt, else all they allow. */
  readonly forms: readonly NumberForm[];
  /** Rows whose cell is no number in these forms. */
  readonly odd: number;
  readonly numbers: number;
}

/**
 * The forms in which most cells of a column are numbers, and mean different numbers: '1,234' is
 * 1.234 or 1234 and both are given; '1,5' leaves one. Undefined where cells are plain numbers
 * already, or too few are numbers (`share` of the filled rows).
 */
export function numberFormsOf(
  dictionary: readonly string[],
  counts: ArrayLike<number>,
  share: number,
): FoundForm | undefined {
  if (!beginsWith(dictionary, (text) => writtenOf(text) !== null)) return undefined;
  const written: { readonly text: string; readonly found: Written; readonly rows: number }[] = [];
  const units = new Map<string, number>();
  let filled = 0;
  let plainRows = 0;
  for (const [code, text] of dictionary.entries()) {
    const rows = counts[code] ?? 0;
    if (rows === 0) continue;
    filled += rows;
    const found = writtenOf(text);
    if (found === null || CODE.test(found.digits)) continue;
    written.push({ text, found, rows });
    if (found.unit !== null) units.set(found.unit, (units.get(found.unit) ?? 0) + rows);
    else if (!Number.isNaN(numberOfText(text))) plainRows += rows;
  }
  const shaped = written.reduce((sum, { rows }) => sum + rows, 0);
  if (shaped < share * filled || plainRows === shaped) return undefined;
  const unit = mostFrequent(units);
  const fitting = CANDIDATES.map((candidate) => {
    const form: NumberForm = { ...candidate, unit };
    const read = numberReaderOf(form);
    const rows = written.reduce((sum, w) => sum + (Number.isNaN(read(w.text)) ? 0 : w.rows), 0);
    return { form, read, rows };
  });
  const most = Math.max(...fitting.map(({ rows }) => rows));
  if (most < share * filled) return undefined;
  const best = fitting.filter(({ rows }) => rows === most);
  // Of forms that read every cell alike the simplest stands for all.
  const different = best.filter(
    ({ read }, place) =>
      !best
        .slice(0, place)
        .some((earlier) => written.every(({ text }) => Object.is(read(text), earlier.read(text)))),
  );
  return { forms: different.map(({ form }) => form), odd: filled - most, numbers: most };
}

/** 007: a code, not a quantity. */
const CODE = /^0[0-9]/;

function mostFrequent(units: ReadonlyMap<string, number>): string | null {
  let found: string | null = null;
  let most = 0;
  for (const [unit, rows] of units) {
    if (rows <= most) continue;
    found = unit;
    most = rows;
  }
  return found;
}
