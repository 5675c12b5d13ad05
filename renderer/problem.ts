import type { ErrorCode, ErrorParams } from '../main/contract/errors.ts';
import type { Words } from '../main/words/index.ts';
import { CallError } from './client.ts';

/** A sentence that follows the language, and the field it is about. */
export interface Problem {
  readonly field: string | null;
  readonly say: (words: Words) => string;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof CallError) return sentence(error.code, error.params);
  return sentence('INTERNAL', { incident: '–' });
}

/** The sentence of an error code, in whatever language is shown when it is read. */
export function sentence(code: ErrorCode, params: ErrorParams): Problem {
  return { field: null, say: (current) => current.errors[code](params) };
}
