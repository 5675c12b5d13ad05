/** Numbers, sizes and dates as the language writes them. `tag` is a BCP 47 tag. */
export function showNumber(value: number, tag: string): string {
  return new Intl.NumberFormat(tag, { maximumFractionDigits: 6 }).format(value);
}

export function showPercent(part: number, tag: string): string {
  return new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 }).format(part);
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size in the largest unit that leaves at least 1, in steps of 1000. */
export function showBytes(bytes: number, tag: string): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  return new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}

/** The time of day of a moment (ISO 8601). */
export function showTime(moment: string, tag: string): string {
  return new Intl.DateTimeFormat(tag, { timeStyle: 'short' }).format(new Date(moment));
}

/** A day (YYYY-MM-DD) as a date. */
export function showDay(day: string, tag: string): string {
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** A moment (ISO 8601) as a date with its time; what is no moment is shown as it is. */
export function showMoment(moment: string, tag: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  return new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}
