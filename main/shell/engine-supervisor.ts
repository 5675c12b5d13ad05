import { ConcordError, type ErrorCode, type ErrorParams } from '../contract/errors.ts';
import { engineEvent, engineReply, type EngineEvent } from '../contract/message.ts';
import type { EngineProcess } from './engine-host.ts';
import type { Note } from './policy.ts';

/** Waits before the next start after 1, 2, 3... failures in a row. */
export const BACK_OFF_MS = [200, 1_000, 5_000, 15_000, 60_000] as const;
/** An engine that ran this long has recovered: the next failure counts as the first. */
const STEADY_MS = 60_000;
/** How long a call waits for an engine that is being started. */
const READY_PATIENCE_MS = 30_000;

interface Pending {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: ConcordError) => void;
}

interface Running {
  readonly process: EngineProcess;
  readonly started: number;
  ready: boolean;
}

/**
 * Keeps one engine alive. Calls are numbered and matched with their replies; when the process
 * ends, every call under way fails with ENGINE_STOPPED and a new process is started, the later
 * the more often that happened. A new engine is locked.
 */
export class EngineSupervisor {
  readonly #start: () => EngineProcess;
  readonly #tell: (event: EngineEvent) => void;
  readonly #note: Note;
  readonly #pending = new Map<number, Pending>();
  readonly #waiting = new Set<() => void>();
  #running: Running | null = null;
  #restart: NodeJS.Timeout | null = null;
  #failures = 0;
  #next = 0;
  #closed = false;

  constructor(start: () => EngineProcess, tell: (event: EngineEvent) => void, note: Note) {
    this.#start = start;
    this.#tell = tell;
    this.#note = note;
  }

  get state(): 'starting' | 'ready' {
    return this.#running?.ready === true ? 'ready' : 'starting';
  }

  start(): void {
    if (this.#closed || this.#running !== null) return;
    const running: Running = { process: this.#start(), started: Date.now(), ready: false };
    this.#running = running;
    running.process.onMessage((message) => {
      if (this.#running === running) this.#receive(running, message);
    });
    running.process.onExit((code) => {
      if (this.#running === running) this.#ended(running, code);
    });
  }

  /** Ends this engine and, when it has let go of the vault, starts a fresh, locked one. */
  async renew(): Promise<void> {
    await this.#abandon();
    this.#failures = 0;
    this.start();
  }

  /** Ends the engine for good. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#abandon();
  }

  /**
   * Sends a call and waits for its reply.
   * @throws the engine's own ConcordError, or ENGINE_STOPPED
   */
  async call(call: string, input: unknown, files?: Record<string, string>): Promise<unknown> {
    await this.#ready();
    const running = this.#running;
    if (running === null || !running.ready) throw new ConcordError('ENGINE_STOPPED');
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      const request = { kind: 'request', id, call, input };
      running.process.send(files === undefined ? request : { ...request, files });
    });
  }

  async #ready(): Promise<void> {
    if (this.state === 'ready' || this.#closed) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, READY_PATIENCE_MS);
      this.#waiting.add(done);
    });
  }

  #receive(running: Running, message: unknown): void {
    const reply = engineReply.safeParse(message);
    if (reply.success) {
      const pending = this.#pending.get(reply.data.id);
      this.#pending.delete(reply.data.id);
      if (reply.data.kind === 'reply') pending?.resolve(reply.data.output);
      else pending?.reject(new EngineError(reply.data.error));
      return;
    }
    const event = engineEvent.safeParse(message);
    if (!event.success) {
      this.#note('engine-message-refused');
      return;
    }
    if (event.data.kind === 'ready') {
      running.ready = true;
      this.#note('engine-ready');
      this.#wake();
    }
    this.#tell(event.data);
  }

  #ended(running: Running, code: number | null): void {
    this.#note('engine-stopped', { exit: code ?? -1 });
    this.#running = null;
    this.#failPending();
    if (Date.now() - running.started > STEADY_MS) this.#failures = 0;
    const wait = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)];
    this.#failures += 1;
    this.#restart = setTimeout(() => {
      this.#restart = null;
      this.start();
    }, wait);
  }

  async #abandon(): Promise<void> {
    if (this.#restart !== null) clearTimeout(this.#restart);
    this.#restart = null;
    const running = this.#running;
    this.#running = null;
    this.#failPending();
    await running?.process.end();
  }

  #failPending(): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(new ConcordError('ENGINE_STOPPED'));
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}

/** An error the engine answered with; it keeps the incident number the engine gave it. */
export class EngineError extends ConcordError {
  readonly incident: string | null;

  constructor(reply: { code: ErrorCode; params: ErrorParams; incident: string | null }) {
    super(reply.code, reply.params);
    this.incident = reply.incident;
  }
}
