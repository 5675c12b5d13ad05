import { expect } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { errors as english } from '../../../main/words/en/errors.ts';
import { errors as chinese } from '../../../main/words/zh/errors.ts';

/** The error that some work ends in; its sentences in both languages have no holes. */
export async function refusal(work: Promise<unknown>): Promise<ConcordError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ConcordError))
    throw new Error(`expected a ConcordError: ${String(error)}`);
  for (const words of [english, chinese]) {
    const sentence = words[error.code](error.params);
    expect(sentence).not.toMatch(/undefined|–|\[object|[a-z]-missing|ranges-[a-z]/);
  }
  return error;
}
