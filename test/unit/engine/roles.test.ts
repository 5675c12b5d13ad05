import { describe, expect, it } from 'vitest';
import { CALLS } from '../../../main/contract/index.ts';
import type { Role } from '../../../main/contract/people.ts';
import { ROLES } from '../../../main/contract/roles.ts';
import { route, type Handler, type RouterParts } from '../../../main/engine/router.ts';

const engine = [...CALLS].filter(([, { at }]) => at === 'engine');
const reached: string[] = [];
const handlers = new Map<string, Handler>(
  engine.map(([name]) => [name, () => void reached.push(name)]),
);

async function codeFor(name: string, role: Role | null, mustChange = false): Promise<string> {
  const parts: RouterParts = {
    ...{ handlers, role: () => role, mustChange: () => mustChange },
    log: () => undefined,
  };
  // An input that no call has: whoever passes the role's check is told so.
  const input = { no: { call: 'takes this' } };
  const reply = await route({ kind: 'request', id: 1, call: name, input }, parts);
  return reply?.kind === 'error' ? reply.error.code : 'answered';
}

const callsOf = (who: (roles: readonly Role[]) => boolean): string[] =>
  engine.flatMap(([name, { who: roles }]) => (roles !== 'anyone' && who(roles) ? [name] : []));

describe('each call of the contract', () => {
  it.each(engine)('%s is answered for its roles and refused to all others', async (name, call) => {
    for (const role of ROLES) {
      const may = call.who === 'anyone' || call.who.includes(role);
      expect(await codeFor(name, role), role).toBe(may ? 'REQUEST_MALFORMED' : 'ROLE_REFUSED');
    }
    expect(await codeFor(name, null)).toBe(
      call.who === 'anyone' ? 'REQUEST_MALFORMED' : 'VAULT_LOCKED',
    );
    expect(reached).toEqual([]);
  });

  it('but those of the vault itself waits until a given passphrase is replaced by an own one', async () => {
    for (const [name, call] of engine) {
      const [role] = call.who === 'anyone' ? (['steward'] as const) : call.who;
      const isFree = call.who === 'anyone' || name === 'vault.changePassphrase';
      const code = await codeFor(name, role ?? 'steward', true);
      expect(code, name).toBe(isFree ? 'REQUEST_MALFORMED' : 'PASSPHRASE_NOT_OWN');
    }
  });
});

describe('what a role is for', () => {
  it('is kept to few where it weighs most', () => {
    expect(callsOf((roles) => roles.join() === 'steward').sort()).toEqual([
      ...['encoders.import', 'encoders.remove', 'people.add', 'people.recovery', 'people.remove'],
      'study.erase',
    ]);
    expect(callsOf((roles) => roles.join() === 'reviewer')).toEqual(['signOff.decide']);
  });

  it('lets nobody who only looks on change anything', () => {
    const changing =
      /\.(start|save|set|add|remove|restore|create|repair|undo|put|pause|resume|cancel|keepBest|decide|erase|recovery|give|arrange|export)/i;
    for (const role of ['operator', 'auditor'] as const) {
      const may = callsOf((roles) => roles.includes(role));
      expect(
        may.filter((name) => changing.test(name) && !LOOKS.has(name)),
        role,
      ).toEqual([]);
    }
  });

  it('lets no reviewer train, protect, or bring in records', () => {
    const may = callsOf((roles) => roles.includes('reviewer'));
    for (const name of ['train.start', 'anonymise.start', 'import.start', 'import.repair']) {
      expect(may).not.toContain(name);
    }
  });
});

/** Reads by names that sound like changes: a document leaves, and the journal says so. */
const LOOKS: ReadonlySet<string> = new Set([
  ...['report.save', 'anonymise.saveCertificate', 'study.removed', 'import.arrangement'],
  ...['import.repairs', 'vault.changePassphrase'],
]);
