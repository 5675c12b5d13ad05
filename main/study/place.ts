import { ConcordError } from '../contract/errors.ts';
import type { ImportOptions, JoinPlan } from '../contract/import.ts';
import type { Context } from './context.ts';
import type { ReadRequest } from './read.ts';

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Where the window says records come from: tickets of chosen files, or pasted text. */
export interface PlaceInput {
  readonly ticket?: string | undefined;
  readonly also?: readonly string[] | undefined;
  readonly text?: string | undefined;
  readonly reading?: Loose<ImportOptions> | undefined;
  readonly join?:
    | {
        readonly ticket: string;
        readonly plan: Loose<JoinPlan>;
        readonly reading?: Loose<ImportOptions> | undefined;
      }
    | undefined;
}

/**
 * The same with paths for tickets. @throws TICKET_INVALID; REQUEST_MALFORMED unless there are
 * either files or a text
 */
export function readRequestOf(
  context: Context,
  { ticket, also = [], text, reading = {}, join }: PlaceInput,
  missing?: readonly string[],
): ReadRequest {
  if ((ticket === undefined) === (text === undefined))
    throw new ConcordError('REQUEST_MALFORMED', { call: 'import', path: 'ticket' });
  const tickets = ticket === undefined ? also : [ticket, ...also];
  return {
    from: text === undefined ? { paths: tickets.map((each) => context.file(each)) } : { text },
    options: given({ ...reading, missing: missing && [...missing] }),
    ...(join && {
      join: {
        paths: [context.file(join.ticket)],
        plan: given(join.plan) as JoinPlan,
        options: given(join.reading ?? {}),
      },
    }),
  };
}

/** Without the entries that say nothing: an option that is there must have a value. */
function given<T extends object>(options: T): Given<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Given<T>;
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };
