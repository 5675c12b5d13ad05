import { randomUUID } from 'node:crypto';
import { ipcMain } from 'electron';
import type { Call } from '../contract/call.ts';
import { ConcordError } from '../contract/errors.ts';
import { CALLS } from '../contract/index.ts';
import { errorReply, type ErrorReply } from '../contract/job.ts';
import { REPLY_CAPS, REQUEST_CAPS, withinCaps } from './caps.ts';
import { EngineError } from './engine-supervisor.ts';
import type { Note } from './policy.ts';
import { isOurWindow, type Frame } from './sender.ts';
import type { TicketHold, Tickets } from './tickets.ts';

/** What the page gets back: an error cannot cross as an error and keep its code. */
export type Envelope =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: ErrorReply };

export type ShellHandler = (input: unknown) => unknown;

export interface BridgeParts {
  /** The main frame of the one window, null while there is none. */
  readonly mainFrame: () => Frame | null;
  readonly windowId: () => number;
  readonly askEngine: (
    call: string,
    input: unknown,
    files?: Record<string, string>,
  ) => Promise<unknown>;
  /** The calls the shell answers itself, by name. */
  readonly shell: Readonly<Record<string, ShellHandler>>;
  readonly tickets: Tickets;
  /** Told after a call succeeded, with its checked output. */
  readonly succeeded: (call: string, output: unknown) => void;
  readonly note: Note;
}

export const CHANNEL = 'concord:call';

/** Opens the only way from the page to this side. */
export function openBridge(parts: BridgeParts): void {
  ipcMain.handle(CHANNEL, (event, name: unknown, input: unknown) =>
    answer(parts, event.senderFrame, name, input),
  );
}

async function answer(
  parts: BridgeParts,
  sender: Frame | null,
  name: unknown,
  input: unknown,
): Promise<Envelope> {
  const call = typeof name === 'string' && CALLS.has(name) ? name : 'bridge.unknown';
  try {
    if (!isOurWindow(sender, parts.mainFrame())) throw new ConcordError('SENDER_REFUSED');
    const declaration = CALLS.get(call);
    if (declaration === undefined) throw malformed(call, []);
    const output = await perform(parts, call, declaration, checkedInput(call, declaration, input));
    parts.succeeded(call, output);
    return { ok: true, output };
  } catch (error) {
    const reply = asReply(error);
    parts.note('call-failed', { call, code: reply.code, incident: reply.incident ?? '' });
    return { ok: false, error: reply };
  }
}

async function perform(
  parts: BridgeParts,
  call: string,
  declaration: Call,
  input: unknown,
): Promise<unknown> {
  const handler = Object.hasOwn(parts.shell, call) ? parts.shell[call] : undefined;
  const raw =
    declaration.at === 'engine' ? await askEngine(parts, call, input) : await handler?.(input);
  if (!withinCaps(raw, REPLY_CAPS)) throw new Error('reply beyond the caps');
  return declaration.output.parse(raw);
}

async function askEngine(parts: BridgeParts, call: string, input: unknown): Promise<unknown> {
  const tickets = ticketsOf(input);
  if (tickets.length === 0) return parts.askEngine(call, input);
  const holds: TicketHold[] = [];
  const settle = (succeeded: boolean): void => {
    for (const hold of holds) hold.settle(succeeded);
  };
  const files: Record<string, string> = {};
  try {
    for (const ticket of tickets) {
      const hold = parts.tickets.use(ticket, call, parts.windowId());
      holds.push(hold);
      files[ticket] = hold.path;
    }
    const output = await parts.askEngine(call, input, files);
    settle(true);
    return output;
  } catch (error) {
    settle(false);
    throw error;
  }
}

/** The tickets of a request: its file, the files beside it, and the file that is joined to it. */
function ticketsOf(input: unknown): readonly string[] {
  if (typeof input !== 'object' || input === null) return [];
  const { ticket, also, join } = input as Readonly<Record<string, unknown>>;
  const joined = typeof join === 'object' && join !== null && 'ticket' in join ? join.ticket : null;
  const found = [ticket, ...(Array.isArray(also) ? (also as unknown[]) : []), joined];
  return found.filter((each) => typeof each === 'string');
}

function checkedInput(call: string, declaration: Call, input: unknown): unknown {
  if (!withinCaps(input, REQUEST_CAPS)) throw malformed(call, []);
  const parsed = declaration.input.safeParse(input);
  if (!parsed.success) throw malformed(call, parsed.error.issues[0]?.path ?? []);
  return parsed.data;
}

function malformed(call: string, path: readonly PropertyKey[]): ConcordError {
  return new ConcordError('REQUEST_MALFORMED', {
    call,
    path: path.map(String).join('.').slice(0, 200),
  });
}

/** Of an error only code, parameters and incident number cross; of any other only a number. */
function asReply(error: unknown): ErrorReply {
  if (error instanceof ConcordError) {
    const incident = error instanceof EngineError ? error.incident : null;
    const reply = errorReply.safeParse({ code: error.code, params: error.params, incident });
    if (reply.success) return reply.data;
  }
  const incident = randomUUID();
  return { code: 'INTERNAL', params: { incident }, incident };
}
