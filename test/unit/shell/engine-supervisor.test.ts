import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineEvent } from '../../../main/contract/message.ts';
import type { EngineProcess } from '../../../main/shell/engine-host.ts';
import { BACK_OFF_MS, EngineSupervisor } from '../../../main/shell/engine-supervisor.ts';

class FakeEngine implements EngineProcess {
  readonly sent: { id: number; call: string }[] = [];
  say: (message: unknown) => void = () => undefined;
  exit: (code: number | null) => void = () => undefined;
  ended = 0;
  send(message: unknown): void {
    this.sent.push(message as { id: number; call: string });
  }
  onMessage(listener: (message: unknown) => void): void {
    this.say = listener;
  }
  onExit(listener: (code: number | null) => void): void {
    this.exit = listener;
  }
  end(): Promise<void> {
    this.ended += 1;
    return Promise.resolve();
  }
}

let engines: FakeEngine[];
let events: EngineEvent[];
let supervisor: EngineSupervisor;
const newest = (): FakeEngine => {
  const engine = engines.at(-1);
  if (engine === undefined) throw new Error('no engine');
  return engine;
};

beforeEach(() => {
  vi.useFakeTimers();
  engines = [];
  events = [];
  supervisor = new EngineSupervisor(
    () => {
      const engine = new FakeEngine();
      engines.push(engine);
      return engine;
    },
    (event) => events.push(event),
    () => undefined,
  );
  supervisor.start();
});
afterEach(() => vi.useRealTimers());

const flush = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('calls', () => {
  it('wait until the engine is ready and are matched with their replies', async () => {
    const first = supervisor.call('study.list', {});
    const second = supervisor.call('job.list', {}, { t: '/f' });
    await flush();
    expect(newest().sent).toEqual([]);
    newest().say({ kind: 'ready' });
    await flush();
    expect(supervisor.state).toBe('ready');
    expect(newest().sent).toEqual([
      { kind: 'request', id: 0, call: 'study.list', input: {} },
      { kind: 'request', id: 1, call: 'job.list', input: {}, files: { t: '/f' } },
    ]);
    newest().say({ kind: 'reply', id: 1, output: 'second' });
    newest().say({ kind: 'reply', id: 0, output: 'first' });
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  });

  it('fail with the error of the engine, its incident kept', async () => {
    newest().say({ kind: 'ready' });
    const call = supervisor.call('vault.unlock', {});
    await flush();
    const error = { code: 'INTERNAL', params: { incident: 'i' }, incident: 'i' };
    newest().say({ kind: 'error', id: 0, error });
    await expect(call).rejects.toMatchObject(error);
  });

  it('give up when no engine gets ready in time', async () => {
    const call = expect(supervisor.call('study.list', {})).rejects.toMatchObject({
      code: 'ENGINE_STOPPED',
    });
    await vi.advanceTimersByTimeAsync(30_000);
    await call;
  });

  it('ignore messages of no agreed form and replies to nothing', () => {
    for (const message of [null, 7, {}, { kind: 'reply' }, { kind: 'reply', id: 99, output: 1 }])
      newest().say(message);
    newest().say({ kind: 'job', job: { id: 'x' } });
    expect(events).toEqual([]);
  });
});

describe('a crash', () => {
  it('fails every call under way with ENGINE_STOPPED and starts another engine', async () => {
    newest().say({ kind: 'ready' });
    const calls = [supervisor.call('study.list', {}), supervisor.call('job.list', {})];
    const outcome = Promise.allSettled(calls);
    await flush();
    newest().exit(139);
    expect((await outcome).map((one) => (one as PromiseRejectedResult).reason.code)).toEqual([
      'ENGINE_STOPPED',
      'ENGINE_STOPPED',
    ]);
    expect(supervisor.state).toBe('starting');
    await vi.advanceTimersByTimeAsync(BACK_OFF_MS[0]);
    expect(engines).toHaveLength(2);
    newest().say({ kind: 'ready' });
    expect(events.map(({ kind }) => kind)).toEqual(['ready', 'ready']);
  });

  it('after crash waits longer, up to a limit, and forgets after a steady run', async () => {
    for (const wait of [...BACK_OFF_MS, BACK_OFF_MS.at(-1) ?? 0]) {
      const before = engines.length;
      newest().exit(1);
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(engines).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(engines).toHaveLength(before + 1);
    }
    await vi.advanceTimersByTimeAsync(61_000);
    const before = engines.length;
    newest().exit(1);
    await vi.advanceTimersByTimeAsync(BACK_OFF_MS[0]);
    expect(engines).toHaveLength(before + 1);
  });

  it('of an engine that was let go changes nothing', async () => {
    const old = newest();
    await supervisor.renew();
    expect(old.ended).toBe(1);
    expect(engines).toHaveLength(2);
    old.exit(0);
    old.say({ kind: 'ready' });
    await vi.advanceTimersByTimeAsync(100_000);
    expect(engines).toHaveLength(2);
    expect(supervisor.state).toBe('starting');
  });

  it('after closing starts nothing', async () => {
    await supervisor.close();
    newest().exit(0);
    supervisor.start();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(engines).toHaveLength(1);
    await expect(supervisor.call('study.list', {})).rejects.toMatchObject({
      code: 'ENGINE_STOPPED',
    });
  });
});
