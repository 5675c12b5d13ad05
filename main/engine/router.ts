import type { Call } from '../contract/call.ts';
import { ConcordError } from '../contract/errors.ts';
import { CALLS } from '../contract/index.ts';
import { engineRequest, type EngineReply, type EngineRequest } from '../contract/message.ts';
import type { Role } from '../contract/people.ts';
import { toErrorReply, type Incident } from './incident.ts';

/** The function behind a call, after its input was validated and the person's role checked. */
export type Handler = (input: unknown, files: Readonly<Record<string, string>>) => unknown;

export interface RouterParts {
  readonly handlers: ReadonlyMap<string, Handler>;
  /** The role of the person at the unlocked vault; null while it is locked. */
  readonly role: () => Role | null;
  readonly log: (incident: Incident) => void;
}

/**
 * Answers one message of the host. It validates again what the bridge has validated, checks who
 * may, validates the answer, and lets nothing out but the agreed forms.
 */
export async function route(message: unknown, parts: RouterParts): Promise<EngineReply | null> {
  const request = engineRequest.safeParse(message);
  if (!request.success) return null;
  const { id } = request.data;
  try {
    return { kind: 'reply', id, output: await answer(request.data, parts) };
  } catch (error) {
    return { kind: 'error', id, error: toErrorReply(error, parts.log) };
  }
}

async function answer(request: EngineRequest, parts: RouterParts): Promise<unknown> {
  const call = CALLS.get(request.call);
  const handler = parts.handlers.get(request.call);
  if (call?.at !== 'engine' || handler === undefined) {
    throw new ConcordError('REQUEST_MALFORMED', { call: 'unknown', path: 'call' });
  }
  const input = call.input.safeParse(request.input);
  if (!input.success) {
    const path = input.error.issues[0]?.path.join('.') ?? '';
    throw new ConcordError('REQUEST_MALFORMED', { call: request.call, path });
  }
  requireRole(call, parts.role());
  return call.output.parse(await handler(input.data, request.files ?? {}));
}

function requireRole(call: Call, role: Role | null): void {
  if (call.who === 'anyone') return;
  if (role === null) throw new ConcordError('VAULT_LOCKED');
  if (!call.who.includes(role)) throw new ConcordError('ROLE_REFUSED', { role, needed: call.who });
}
