import { daysOfText, isoDate } from '../records/date-text.ts';
import { numberOfText } from '../records/number-text.ts';

/** A number in its shortest form, a date as yyyy-mm-dd; any other text as it is. */
export function plainText(text: string): string {
  const number = numberOfText(text);
  if (!Number.isNaN(number)) return String(number);
  const days = daysOfText(text);
  return Number.isNaN(days) ? text : isoDate(days);
}
