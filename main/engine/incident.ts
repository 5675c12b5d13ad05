import { randomUUID } from 'node:crypto';
import { ConcordError } from '../contract/errors.ts';
import type { ErrorReply } from '../contract/job.ts';

/**
 * What leaves the engine of an error: code and parameters. Anything unforeseen becomes INTERNAL
 * with an incident number; its message is dropped, because it may quote a record. The frames
 * (file and line of our code) go to the log under the same number.
 */
export function toErrorReply(error: unknown, log: (incident: Incident) => void): ErrorReply {
  if (error instanceof ConcordError && error.code !== 'INTERNAL') {
    return { code: error.code, params: mutable(error.params), incident: null };
  }
  const incident = randomUUID();
  log({
    incident,
    kind: error instanceof Error ? error.name : typeof error,
    frames: frames(error),
  });
  return { code: 'INTERNAL', params: { incident }, incident };
}

export interface Incident {
  readonly incident: string;
  readonly kind: string;
  readonly frames: readonly string[];
}

function mutable(params: ConcordError['params']): ErrorReply['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'object' ? [...value] : value,
    ]),
  );
}

function frames(error: unknown): string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  return error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => /([\w.-]+:\d+:\d+)\)?$/.exec(line)?.[1] ?? '')
    .filter((frame) => frame !== '')
    .slice(0, 12);
}
