import { spawn } from 'node:child_process';
import type { UtilityProcess } from 'electron';

/** A running engine, whichever way it was started. */
export interface EngineProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called exactly once, also when the process could not be started. */
  onExit(listener: (code: number | null) => void): void;
  /** Asks it to end, insists after a grace period; resolves when it has ended. */
  end(): Promise<void>;
}

export interface EnginePlace {
  /** The built engine, an ES module. */
  readonly entry: string;
  readonly vault: string;
  /** The pinned Node for runtimes whose own cannot load the native modules. */
  readonly node: string;
}

type Fork = (
  entry: string,
  args: string[],
  options: { env: NodeJS.ProcessEnv; stdio: 'pipe'; serviceName: string },
) => UtilityProcess;

/** The lowest Node-API version that the native modules of the engine can be loaded with. */
const NEEDED_NAPI = 10;

/** Decided by version: a native module does not throw in an older runtime, it aborts the process. */
export function usesUtilityProcess(napi: string | undefined): boolean {
  return Number(napi ?? 0) >= NEEDED_NAPI;
}

/** What the engine may know of its surroundings: no tokens, no paths of the desktop session. */
export function engineEnvironment(full: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { TF_CPP_MIN_LOG_LEVEL: '2' };
  for (const name of ['LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'windir']) {
    if (full[name] !== undefined) env[name] = full[name];
  }
  return env;
}

export function startInUtilityProcess(fork: Fork, { entry, vault }: EnginePlace): EngineProcess {
  const child = fork(entry, ['--vault', vault], {
    env: engineEnvironment(process.env),
    stdio: 'pipe',
    serviceName: 'Concord engine',
  });
  drain(child.stdout);
  drain(child.stderr);
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    end: () =>
      ended(
        child,
        () => child.kill(),
        () => child.kill(),
      ),
  };
}

export function startInNode({ entry, vault, node }: EnginePlace): EngineProcess {
  const child = spawn(node, [entry, '--vault', vault], {
    env: engineEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    windowsHide: true,
  });
  drain(child.stdout);
  drain(child.stderr);
  return {
    send: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      let told = false;
      const tell = (code: number | null): void => {
        if (told) return;
        told = true;
        listener(code);
      };
      child.once('exit', tell);
      child.once('error', () => tell(null));
    },
    // Without its channel the engine closes the vault and ends by itself.
    end: () =>
      ended(
        child,
        () => {
          if (child.connected) child.disconnect();
        },
        () => child.kill('SIGKILL'),
      ),
  };
}

const GRACE_MS = 3_000;

async function ended(
  child: Pick<NodeJS.EventEmitter, 'once'> & { readonly pid?: number | undefined },
  ask: () => void,
  insist: () => void,
): Promise<void> {
  if (child.pid === undefined) {
    // Not there yet, or there no more.
    child.once('spawn', insist);
    return;
  }
  await new Promise<void>((resolve) => {
    const timer = setTimeout(insist, GRACE_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    ask();
  });
}

/** What a process prints is read, so that it never blocks, and dropped: it could hold values. */
function drain(stream: NodeJS.ReadableStream | null): void {
  stream?.on('data', () => undefined);
}
