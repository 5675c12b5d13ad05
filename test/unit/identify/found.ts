import { findEntities } from '../../../main/identify/find.ts';

/** What is found in a text, as "TYPE value", in its order. */
export function found(text: string): string[] {
  return findEntities(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);
}

/** The values of one type only. */
export function ofType(text: string, type: string): string[] {
  return findEntities(text)
    .filter((finding) => finding.type === type)
    .map(({ start, end }) => text.slice(start, end));
}

/** The confidence of the first finding of a type; 0 when there is none. */
export function confidenceOf(text: string, type: string): number {
  return findEntities(text).find((finding) => finding.type === type)?.confidence ?? 0;
}
