/** How the number of a cell is to be read, by its format code (ECMA-376 part 1, 18.8.30). */
export type NumberForm =
  | { readonly kind: 'plain' }
  /** Digits of a fixed width: 000123. */
  | { readonly kind: 'padded'; readonly width: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'duration' };

const PLAIN: NumberForm = { kind: 'plain' };
const DATE: NumberForm = { kind: 'date' };
const DAY_MS = 86_400_000;
/** 1899-12-30, so that serial 61 is 1900-03-01 (18.17.4.1). */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const LAST_SERIAL = 2_958_466;

/** Built-in formats that are dates in some or all languages of Excel. */
function builtIn(id: number): NumberForm {
  if (id === 46) return { kind: 'duration' };
  const dates = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47);
  return dates || (id >= 50 && id <= 58) ? DATE : PLAIN;
}

/** The form behind a number format: `code` is that of the workbook, for ids from 164 on. */
export function numberForm(id: number, code: string | undefined): NumberForm {
  if (code === undefined) return builtIn(id);
  // Of the first section: what stands in quotes, brackets or after a backslash is no code.
  const section = (code.split(';')[0] ?? '').replace(/"[^"]*"?|\\.|[_*]./g, '');
  if (/\[(h+|m+|s+)\]/i.test(section)) return { kind: 'duration' };
  const bare = section.replace(/\[[^\]]*\]/g, '');
  if (/^0{2,}$/.test(bare)) return { kind: 'padded', width: bare.length };
  return /[dyhs年月日]/i.test(bare) || /^m+$/i.test(bare) ? DATE : PLAIN;
}

/** A stored number as it is to be read; dates as yyyy-mm-dd, with hh:mm:ss where there is a time. */
export function numberText(stored: string, form: NumberForm, from1904: boolean): string {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  if (form.kind === 'date') return serialText(value, from1904);
  if (form.kind === 'duration')
    return value < 0 ? String(value) : clock(Math.round(value * 86_400));
  if (form.kind === 'padded' && Number.isInteger(value) && value >= 0)
    return String(value).padStart(form.width, '0');
  // Excel stores doubles with 17 digits; the shortest text of the same double is what it shows.
  return String(value);
}

function serialText(serial: number, from1904: boolean): string {
  if (serial < 0 || serial >= LAST_SERIAL) return String(serial);
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  if (days === 0 && !from1904) return clock(rest);
  const date = from1904 ? EPOCH_1904 + days * DAY_MS : date1900(days);
  const text = new Date(date).toISOString().slice(0, 10);
  return rest === 0 ? text : `${text} ${clock(rest)}`;
}

/** Excel counts a 29 February 1900 that never was; it is given as the day before. */
function date1900(days: number): number {
  return EPOCH_1900 + (days < 60 ? days + 1 : days === 60 ? 60 : days) * DAY_MS;
}

function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${two(hours)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
