import type { ErrorParams } from '../contract/errors.ts';

/** A parameter as text; lists are joined. */
export function show(value: ErrorParams[string] | undefined, joiner = ', '): string {
  if (value === undefined) return '–';
  return Array.isArray(value) ? value.join(joiner) : String(value);
}
