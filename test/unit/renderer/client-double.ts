import type { Client } from '../../../main/contract/index.ts';
import type { EngineEvent } from '../../../main/contract/message.ts';
import type { Listen } from '../../../renderer/client.ts';

type Answers = { [name: string]: (input: unknown) => unknown };

export interface ClientDouble {
  readonly client: Client;
  readonly listen: Listen;
  readonly asked: [name: string, input: unknown][];
  say(event: EngineEvent): void;
}

const STATUS = {
  version: '0.1.0',
  language: 'en',
  idleMinutes: 10,
  engine: 'ready',
  runtime: { electron: '45.4.1', supported: true },
  development: true,
};

const USUAL: Answers = {
  'app.status': () => STATUS,
  'app.setLanguage': () => ({}),
  'app.active': () => ({}),
  'vault.names': () => ({ names: [] }),
  'signOff.state': () => ({
    ...{ state: 'unsigned', newest: null, current: false, trainer: 'Ada', review: 'r' },
    ...{ leakTest: null, hinders: { signing: ['LEAK_TEST_MISSING'], returning: [] } },
  }),
  'study.removed': () => ({ studies: [] }),
  'study.field': () => ({ proposal: null, harm: null }),
  'train.models': () => ({ models: [] }),
  'import.arrangement': () => ({
    arrangement: { label: null, unit: null, split: null },
    sizes: null,
    columns: [],
  }),
  'draft.load': () => null,
  'draft.save': () => ({ saved: '2026-11-23T14:02:00Z' }),
};

/** A client that answers what a test says, and remembers what it was asked. */
export function clientDouble(answers: Answers): ClientDouble {
  const all: Answers = { ...USUAL, ...answers };
  const asked: [string, unknown][] = [];
  const listeners = new Set<(event: EngineEvent) => void>();
  const ask = async (name: string, input: unknown): Promise<unknown> => {
    asked.push([name, input]);
    const answer = all[name];
    if (answer === undefined) throw new Error(`no answer for ${name}`);
    return Promise.resolve(answer(input));
  };
  const group = (name: string): unknown =>
    new Proxy({}, { get: (_, call) => (input: unknown) => ask(`${name}.${String(call)}`, input) });
  return {
    client: new Proxy({}, { get: (_, name) => group(String(name)) }) as Client,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    asked,
    say: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
}
