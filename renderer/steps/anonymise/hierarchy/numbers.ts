/** Numbers a person wrote: full-width figures, Chinese commas and gaps are as good as plain ones. */
function plain(text: string): string {
  return text.normalize('NFKC').trim();
}

/** Null where it is no number; an empty field is none. */
export function numberOf(text: string): number | null {
  const written = plain(text);
  const value = Number(written);
  return written === '' || !Number.isFinite(value) ? null : value;
}

/** Numbers with commas or gaps between; null where one is no number, or there is none. */
export function numbersOf(text: string): number[] | null {
  const parts = plain(text)
    .split(/[\s,;、]+/)
    .filter((part) => part !== '');
  const values = parts.map(numberOf);
  return values.length === 0 || values.includes(null)
    ? null
    : values.filter((value) => value !== null);
}
