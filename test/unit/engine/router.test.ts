import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { CALLS } from '../../../main/contract/index.ts';
import { engineReply, type EngineReply } from '../../../main/contract/message.ts';
import type { Role } from '../../../main/contract/people.ts';
import type { Incident } from '../../../main/engine/incident.ts';
import { route, type Handler } from '../../../main/engine/router.ts';
import { sampleOf } from '../shell/schema-sample.ts';
import { MESSAGES, messagesFor, Sent } from '../messages.ts';

const engineCalls = [...CALLS].filter(([, call]) => call.at === 'engine').map(([name]) => name);

interface Asked {
  readonly handlers?: ReadonlyMap<string, Handler>;
  readonly role?: Role | null;
  readonly logged?: Incident[];
}

function ask(message: unknown, { handlers, role = 'steward', logged = [] }: Asked = {}) {
  const all = handlers ?? new Map(engineCalls.map((name) => [name, () => ({})]));
  return route(message, {
    handlers: all,
    role: () => role,
    log: (incident) => void logged.push(incident),
  });
}

function codeOf(reply: EngineReply | null): string | undefined {
  return reply?.kind === 'error' ? reply.error.code : undefined;
}

const request = (call: string, input: unknown) => ({ kind: 'request', id: 1, call, input });

describe('the router', () => {
  it('does not answer what is no request', async () => {
    for (const message of [null, 1, 'x', {}, { kind: 'request' }, { kind: 'reply', id: 1 }]) {
      expect(await ask(message)).toBeNull();
    }
  });

  it('refuses unknown calls, calls of the shell, and names of the prototype', async () => {
    for (const call of ['vault.destroy', 'app.status', 'constructor', '__proto__']) {
      expect(codeOf(await ask(request(call, {})))).toBe('REQUEST_MALFORMED');
    }
  });

  it('lets nobody in while the vault is locked, except to open it', async () => {
    for (const [name, call] of CALLS) {
      if (call.at !== 'engine' || call.who === 'anyone') continue;
      // It fits, so that only the lock can refuse it.
      const input = sample(name);
      expect(call.input.safeParse(input).success, name).toBe(true);
      const reply = await ask(request(name, input), { role: null });
      expect(codeOf(reply), name).toBe('VAULT_LOCKED');
    }
  });

  it('refuses a role that the call does not name', async () => {
    const reply = await ask(request('study.create', { name: 'S' }), { role: 'auditor' });
    expect(codeOf(reply)).toBe('ROLE_REFUSED');
  });

  it('refuses an answer that the contract does not know: nothing else gets out', async () => {
    const handlers = new Map<string, Handler>([
      ['vault.status', () => ({ exists: true, unlocked: false, person: null, key: 'secret' })],
    ]);
    const logged: Incident[] = [];
    const reply = await ask(request('vault.status', {}), { handlers, logged });
    expect(codeOf(reply)).toBe('INTERNAL');
    expect(JSON.stringify([reply, logged])).not.toContain('secret');
  });

  it('drops the words of unforeseen errors and keeps those of ours', async () => {
    const throwing = (error: unknown): ReadonlyMap<string, Handler> =>
      new Map([
        [
          'vault.status',
          () => {
            throw error;
          },
        ],
      ]);
    const logged: Incident[] = [];
    const foreign = await ask(request('vault.status', {}), {
      handlers: throwing(new Error('patient Li Wei, 13800001111')),
      logged,
    });
    expect(codeOf(foreign)).toBe('INTERNAL');
    expect(JSON.stringify([foreign, logged])).not.toMatch(/Li Wei|1380000/);
    expect(logged).toHaveLength(1);
    const own = await ask(request('vault.status', {}), {
      handlers: throwing(new ConcordError('CSV_RAGGED', { row: 3, expected: 2, found: 1 })),
    });
    expect(own).toMatchObject({
      error: { code: 'CSV_RAGGED', params: { row: 3 }, incident: null },
    });
  });

  describe('made-up messages', () => {
    const sent = new Sent('the engine');

    it.each(engineCalls)('%s: garbage never reaches the handler', async (name) => {
      const call = CALLS.get(name);
      const handlers = new Map<string, Handler>();
      const role = call === undefined || call.who === 'anyone' ? null : (call.who[0] ?? null);
      await fc.assert(
        fc.asyncProperty(messagesFor(sample(name)), fc.boolean(), async (input, foreign) => {
          sent.count(name);
          let reached = false;
          handlers.set(name, () => {
            reached = true;
            throw foreign ? new Error('patient Li Wei') : new ConcordError('JOB_UNKNOWN');
          });
          const reply = await ask(request(name, input), { handlers, role });
          // Nothing but the contract's errors comes back, whatever was sent.
          expect(engineReply.safeParse(reply).success).toBe(true);
          expect(JSON.stringify(reply)).not.toContain('Li Wei');
          const fits = call?.input.safeParse(input).success === true;
          expect(reached).toBe(fits);
          const answer = foreign ? 'INTERNAL' : 'JOB_UNKNOWN';
          expect(codeOf(reply)).toBe(fits ? answer : 'REQUEST_MALFORMED');
        }),
        { numRuns: MESSAGES },
      );
    });

    it('were as many as promised', () => sent.expectEnough(engineCalls));
  });
});

const sample = (name: string): unknown => {
  const call = CALLS.get(name);
  return call === undefined ? null : sampleOf(call.input, 'ticket');
};
