import type { Call } from '../contract/call.ts';
import { ConcordError } from '../contract/errors.ts';
import { CALLS, type Name } from '../contract/index.ts';
import { engineRequest, type EngineReply, type EngineRequest } from '../contract/message.ts';
import type { Role } from '../contract/people.ts';
import { toErrorReply, type Incident } from './incident.ts';

/** The function behind a call, after the person's role was checked and its input validated. */
export type Handler = (input: unknown, files: Readonly<Record<string, string>>) => unknown;

export interface RouterParts {
  readonly handlers: ReadonlyMap<string, Handler>;
  /** The role of the person at the unlocked vault; null while it is locked. */
  readonly role: () => Role | null;
  /** Whether that person has yet to choose a passphrase of their own. */
  readonly mustChange?: () => boolean;
  readonly log: (incident: Incident) => void;
}

/**
 * Answers one message of the host. It checks who may, validates again what the bridge has
 * validated, validates the answer, and lets nothing out but the agreed forms.
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
  // Who may not ask learns nothing of what would have been understood.
  requireMay(request.call, call, parts);
  const input = call.input.safeParse(request.input);
  if (!input.success) {
    const path = input.error.issues[0]?.path.join('.') ?? '';
    throw new ConcordError('REQUEST_MALFORMED', { call: request.call, path });
  }
  return call.output.parse(await handler(input.data, request.files ?? {}));
}

/** The declarations of the contract are the one table of who may ask what. */
function requireMay(name: string, call: Call, { role: present, mustChange }: RouterParts): void {
  if (call.who === 'anyone') return;
  const role = present();
  if (role === null) throw new ConcordError('VAULT_LOCKED');
  requireRole(name as Name, role);
  if (mustChange?.() === true && !name.startsWith('vault.')) {
    throw new ConcordError('PASSPHRASE_NOT_OWN');
  }
}

/** @throws ROLE_REFUSED {role, needed} unless the contract names the role for the call */
export function requireRole(name: Name, role: Role): void {
  const who = CALLS.get(name)?.who ?? [];
  if (who !== 'anyone' && !who.includes(role)) {
    throw new ConcordError('ROLE_REFUSED', { role, needed: who });
  }
}
