const DAY = 86_400_000;

/** A typed number, or a date as days since 1970-01-01; null where it is neither. */
export function boundOf(text: string, isDate: boolean): number | null {
  const plain = plainText(text);
  if (plain === '') return null;
  if (!isDate) {
    const number = Number(plain);
    return Number.isFinite(number) ? number : null;
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(plain)) return null;
  const time = Date.parse(`${plain}T00:00:00Z`);
  const isCalendar = !Number.isNaN(time) && new Date(time).toISOString().startsWith(plain);
  return isCalendar ? time / DAY : null;
}

/** With full-width digits as digits, and nothing around them. */
export function plainText(text: string): string {
  return text.normalize('NFKC').trim();
}
