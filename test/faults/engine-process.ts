import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorReply, JobView } from '../../main/contract/job.ts';

const ENGINE = join(import.meta.dirname, '..', '..', 'out', 'engine', 'engine.js');

type Reply =
  | { kind: 'reply'; id: number; output: unknown }
  | { kind: 'error'; id: number; error: ErrorReply }
  | { kind: 'ready' }
  | { kind: 'job'; job: JobView };

/** The built engine as a child of this test, spoken to as the shell does. */
export class EngineProcess {
  readonly jobs: JobView[] = [];
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #listeners = new Set<(job: JobView) => void>();
  #next = 0;
  stderr = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on('data', (text: Buffer) => (this.stderr += text.toString('utf8')));
    child.on('message', (message) => this.#take(message as Reply));
  }

  static async start(vault: string, env: Record<string, string> = {}): Promise<EngineProcess> {
    if (!existsSync(ENGINE)) throw new Error('build first: npm run build');
    const child = fork(ENGINE, ['--vault', vault], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { PATH: process.env['PATH'] ?? '', ...env },
    });
    const engine = new EngineProcess(child);
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message) => {
        if ((message as Reply).kind === 'ready') resolve();
      });
      child.on('exit', () => reject(new Error(`the engine ended: ${engine.stderr}`)));
    });
    return engine;
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** The answer of a call; rejects with the error's code. */
  async call<T>(name: string, input: object, files?: Record<string, string>): Promise<T> {
    const id = this.#next++;
    const reply = await new Promise<Reply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.send({ kind: 'request', id, call: name, input, ...(files ? { files } : {}) });
    });
    if (reply.kind === 'reply') return reply.output as T;
    throw Object.assign(new Error(reply.kind === 'error' ? reply.error.code : 'unexpected'), {
      reply,
    });
  }

  /** Resolves with the first job event that fits. */
  jobEvent(fits: (job: JobView) => boolean): Promise<JobView> {
    const seen = this.jobs.find(fits);
    if (seen !== undefined) return Promise.resolve(seen);
    return new Promise((resolve) => {
      const listen = (job: JobView): void => {
        if (!fits(job)) return;
        this.#listeners.delete(listen);
        resolve(job);
      };
      this.#listeners.add(listen);
    });
  }

  /** kill -9; nothing where it has ended. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await gone;
  }

  #take(message: Reply): void {
    if (message.kind === 'reply' || message.kind === 'error') {
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    }
    if (message.kind === 'job') {
      this.jobs.push(message.job);
      for (const listen of [...this.#listeners]) listen(message.job);
    }
  }
}
