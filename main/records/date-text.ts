const DAY = 86_400_000;
const FORMS = [
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/,
  /^([0-9]{4})\/([0-9]{1,2})\/([0-9]{1,2})$/,
  /^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日$/,
] as const;

/**
 * Days since 1970-01-01 of a calendar date (yyyy-mm-dd, yyyy/mm/dd, yyyy年m月d日; month and day
 * with one or two digits; years 1000 to 9999, proleptic Gregorian); NaN when it is none.
 */
export function daysOfText(text: string): number {
  if (text.length < 8 || text.length > 16) return NaN;
  const trimmed = text.trim();
  for (const form of FORMS) {
    const parts = form.exec(trimmed);
    if (parts) return daysOf(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  }
  return NaN;
}

function daysOf(year: number, month: number, day: number): number {
  if (year < 1000) return NaN;
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time / DAY : NaN;
}

/** yyyy-mm-dd of days since 1970-01-01 (years 0 to 9999). */
export function isoDate(days: number): string {
  return new Date(days * DAY).toISOString().slice(0, 10);
}
