import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { CALLS } from '../../../main/contract/index.ts';
import { errorReply } from '../../../main/contract/job.ts';
import { openBridge, type BridgeParts, type Envelope } from '../../../main/shell/bridge.ts';
import { REQUEST_CAPS, withinCaps } from '../../../main/shell/caps.ts';
import { Log } from '../../../main/shell/log.ts';
import { TICKET_USE, Tickets } from '../../../main/shell/tickets.ts';
import { MESSAGES, messagesFor, Sent } from '../messages.ts';
import { handlers } from './electron-double.ts';
import { sampleOf } from './schema-sample.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const folder = mkdtempSync(join(tmpdir(), 'concord-bridge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const logFile = join(folder, 'concord.log');

const MAIN = {
  url: 'app://concord/index.html',
  origin: 'app://concord',
  parent: null,
  processId: 4,
  routingId: 1,
};
const VAULT = { exists: true, unlocked: false, person: null, firstPassphrase: false };

let reached: { call: string; input: unknown; files?: unknown }[];
let engineAnswers: (call: string) => unknown;
let shellAnswers: (call: string) => unknown;
let tickets: Tickets;
let succeeded: string[];

beforeEach(() => {
  reached = [];
  succeeded = [];
  engineAnswers = () => VAULT;
  shellAnswers = () => ({});
  tickets = new Tickets();
  const log = new Log(logFile);
  const shellNames = [...CALLS].filter(([, { at }]) => at === 'shell').map(([name]) => name);
  const parts: BridgeParts = {
    mainFrame: () => MAIN,
    windowId: () => 1,
    askEngine: (call, input, files) => {
      reached.push(files === undefined ? { call, input } : { call, input, files });
      return Promise.resolve().then(() => engineAnswers(call));
    },
    shell: Object.fromEntries(
      shellNames.map((call) => [
        call,
        (input: unknown) => {
          reached.push({ call, input });
          return shellAnswers(call);
        },
      ]),
    ),
    tickets,
    succeeded: (call) => succeeded.push(call),
    note: (event, fields) => log.write(event, fields),
  };
  openBridge(parts);
});

async function ask(name: unknown, input: unknown, ...from: unknown[]): Promise<Envelope> {
  const sender = from.length === 0 ? MAIN : from[0];
  const handler = handlers.get('concord:call');
  if (handler === undefined) throw new Error('no bridge');
  return (await handler({ senderFrame: sender }, name, input)) as Envelope;
}
const code = (envelope: Envelope): string => (envelope.ok ? 'ok' : envelope.error.code);

it('opens one channel only', () => {
  expect([...handlers.keys()]).toEqual(['concord:call']);
});

describe('the sender', () => {
  it.each([
    ['no frame', null],
    ['no frame at all', undefined],
    ['a frame inside the page', { ...MAIN, parent: { ...MAIN }, routingId: 2 }],
    ['a frame that poses as the main frame', { ...MAIN, parent: {} }],
    ['another process', { ...MAIN, processId: 5 }],
    ['another window', { ...MAIN, routingId: 2 }],
    ['another origin', { ...MAIN, origin: 'https://example.org' }],
    ['an opaque origin', { ...MAIN, origin: 'null' }],
    ['a page elsewhere', { ...MAIN, url: 'https://example.org/app://concord/' }],
    ['a look-alike host', { ...MAIN, url: 'app://concord.evil/' }],
    ['a file', { ...MAIN, url: 'file:///index.html', origin: 'file://' }],
  ])('%s is refused', async (_what, sender) => {
    const envelope = await ask('vault.status', {}, sender);
    expect(code(envelope)).toBe('SENDER_REFUSED');
    expect(reached).toEqual([]);
  });

  it('that is the main frame of the window is heard', async () => {
    expect(await ask('vault.status', {})).toEqual({ ok: true, output: VAULT });
    expect(succeeded).toEqual(['vault.status']);
  });
});

describe('a request', () => {
  it.each([
    '',
    'vault',
    'vault.',
    'vault.unlock ',
    'toString',
    '__proto__',
    'vault.status.x',
    7,
    null,
    {},
  ])('for the unknown call %j is refused', async (name) => {
    expect(code(await ask(name, {}))).toBe('REQUEST_MALFORMED');
    expect(reached).toEqual([]);
  });

  it('with a field too many, too deep, too long or too large is refused', async () => {
    const deep: { inside?: unknown } = {};
    let place = deep;
    for (let depth = 0; depth < 20; depth += 1) place = place.inside = {};
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const strange = [
      { more: 1 },
      deep,
      circular,
      new Map(),
      new Date(),
      [new Uint8Array(4)],
      Array.from({ length: REQUEST_CAPS.values + 1 }, () => 0),
      'x'.repeat(REQUEST_CAPS.characters + 1),
      { ['k'.repeat(REQUEST_CAPS.characters + 1)]: 0 },
      () => undefined,
      10n,
      NaN,
    ];
    for (const input of strange) {
      expect(code(await ask('vault.status', input))).toBe('REQUEST_MALFORMED');
    }
    expect(reached).toEqual([]);
  });

  it('plain data within the caps passes them', () => {
    expect(withinCaps({ a: ['x', 1, true, null, undefined, { b: [] }] }, REQUEST_CAPS)).toBe(true);
  });

  describe('made up', () => {
    const sent = new Sent('the bridge');

    it.each([...CALLS])('%s: garbage never reaches its handler', async (name, declaration) => {
      engineAnswers = () => {
        throw new ConcordError('VAULT_LOCKED');
      };
      shellAnswers = engineAnswers;
      const messages = messagesFor(sampleOf(declaration.input, 'ticket'));
      await fc.assert(
        fc.asyncProperty(messages, async (input) => {
          sent.count(name);
          reached = [];
          const envelope = await ask(name, input);
          expect(envelope.ok).toBe(false);
          if (!envelope.ok) expect(errorReply.safeParse(envelope.error).success).toBe(true);
          const good =
            withinCaps(input, REQUEST_CAPS) && declaration.input.safeParse(input).success;
          if (good) return;
          expect(code(envelope)).toBe('REQUEST_MALFORMED');
          expect(reached).toEqual([]);
        }),
        { numRuns: MESSAGES },
      );
    });

    it('were as many as promised', () => sent.expectEnough([...CALLS.keys()]));
  });
});

describe('a reply', () => {
  it('that is not of the agreed form does not cross', async () => {
    for (const wrong of [{ ...VAULT, more: 'secret' }, { exists: 1 }, null, 'secret', new Map()]) {
      engineAnswers = () => wrong;
      const envelope = await ask('vault.status', {});
      expect(code(envelope)).toBe('INTERNAL');
      expect(JSON.stringify(envelope)).not.toContain('secret');
    }
    expect(succeeded).toEqual([]);
  });

  it.each([...CALLS])('%s: secrets of a fault stay inside', async (name, declaration) => {
    const secret = 'canary-Zhang-San-/home/a/records.csv-SELECT';
    const fail = (): never => {
      throw Object.assign(new Error(secret), { code: secret, params: { path: secret } });
    };
    engineAnswers = fail;
    shellAnswers = fail;
    const ticket = tickets.issue('/home/a/file', TICKET_USE[name]?.purpose ?? 'records', 1);
    const envelope = await ask(name, sampleOf(declaration.input, ticket));
    expect(code(envelope)).toBe('INTERNAL');
    expect(reached).toHaveLength(1);
    expect(JSON.stringify(envelope)).not.toContain('canary');
    const log = readFileSync(logFile, 'utf8');
    expect(log).not.toMatch(/canary|records\.csv/);
    if (!envelope.ok) expect(log).toContain(envelope.error.incident);
  });

  it('keeps code and parameters of an agreed error', async () => {
    engineAnswers = () => {
      throw new ConcordError('PASSPHRASE_WEAK', { minimum: 12 });
    };
    expect(await ask('vault.create', { passphrase: 'x', person: 'A' })).toEqual({
      ok: false,
      error: { code: 'PASSPHRASE_WEAK', params: { minimum: 12 }, incident: null },
    });
  });
});

const PREVIEW = {
  columns: [],
  rows: [],
  format: 'delimited',
  encoding: 'utf-8',
  delimiter: ',',
  files: 1,
  bytes: 4,
  more: false,
};

describe('files', () => {
  it('reach the engine by ticket, never the window', async () => {
    const ticket = tickets.issue('/home/a/records.csv', 'records', 1);
    engineAnswers = () => PREVIEW;
    expect(code(await ask('import.preview', { ticket }))).toBe('ok');
    expect(reached).toEqual([
      { call: 'import.preview', input: { ticket }, files: { [ticket]: '/home/a/records.csv' } },
    ]);
  });

  it('several reach it together: those beside the first and the one that is joined', async () => {
    const [ticket, beside, joined] = ['a', 'b', 'c'].map((name) =>
      tickets.issue(`/home/a/${name}.csv`, 'records', 1),
    ) as [string, string, string];
    engineAnswers = () => PREVIEW;
    const join = { ticket: joined, plan: { key: 'id', unmatched: 'keep' } };
    expect(code(await ask('import.preview', { ticket, also: [beside], join }))).toBe('ok');
    expect(reached[0]?.files).toEqual({
      [ticket]: '/home/a/a.csv',
      [beside]: '/home/a/b.csv',
      [joined]: '/home/a/c.csv',
    });
    // One forged ticket: nothing is handed on, and the others stay good.
    const forged = { ticket, also: ['forged'] };
    expect(code(await ask('import.start', { study: 's', name: 'n', ...forged }))).toBe(
      'TICKET_INVALID',
    );
    engineAnswers = () => ({ job: 'j' });
    const input = { study: 's', name: 'n', ticket, also: [beside], join };
    expect(code(await ask('import.start', input))).toBe('ok');
    expect(code(await ask('import.start', { ...input, also: [], ticket: beside }))).toBe(
      'TICKET_INVALID',
    );
  });

  it('with a forged or used ticket are refused', async () => {
    engineAnswers = () => ({ job: 'j' });
    const ticket = tickets.issue('/home/a/records.csv', 'records', 1);
    const input = { study: 's', name: 'records.csv', ticket };
    expect(code(await ask('import.start', { ...input, ticket: 'forged' }))).toBe('TICKET_INVALID');
    expect(code(await ask('import.start', input))).toBe('ok');
    expect(code(await ask('import.start', input))).toBe('TICKET_INVALID');
    expect(reached).toHaveLength(1);
  });
});
