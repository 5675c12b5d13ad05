/** Child processes: with a time limit and caught output, or in the foreground with signals passed on. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const KEPT_OUTPUT = 2_000_000;

/**
 * Runs a command to its end and never longer than `timeout`.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeout: number, show?: boolean}} options
 *   `show` lets the child write to our stderr; otherwise its last output is returned.
 * @returns {Promise<{ok: boolean, code: number|null, output: string, timedOut: boolean}>}
 */
export function run(command, args, { cwd, env = process.env, timeout, show = false }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: show ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a time-out ends the grandchildren too.
      detached: process.platform !== 'win32',
      shell: needsShell(command),
    });
    let output = '';
    let timedOut = false;
    const keep = (chunk) => {
      output = (output + chunk).slice(-KEPT_OUTPUT);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child);
    }, timeout);
    const onSignal = (signal) => {
      endGroup(child);
      process.exit(128 + constants.signals[signal]);
    };
    for (const signal of ENDING) process.once(signal, onSignal);
    const finish = (code, problem) => {
      clearTimeout(timer);
      for (const signal of ENDING) process.off(signal, onSignal);
      resolve({ ok: code === 0 && !timedOut, code, output: output + problem, timedOut });
    };
    child.on('error', (error) => finish(null, String(error.message)));
    child.on('close', (code, signal) => finish(code, signal ? `ended by ${signal}` : ''));
  });
}

/** npm and its kind are command files on Windows, which only a shell can start. */
const needsShell = (command) => process.platform === 'win32' && /(^npm$|\.cmd$)/.test(command);

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function endGroup(child) {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/**
 * Runs a command as if it had been started in our place: same terminal, same signals, same end.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number, onTimeout?: () => void}} options
 * @returns {Promise<number>} the exit code (128 + n after signal n, 124 after a time-out)
 */
export function foreground(command, args, { cwd, env = process.env, timeout, onTimeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit', detached: Boolean(timeout) });
    // Ctrl-C reaches the whole terminal group: the child decides, we wait for it.
    const onInterrupt = () => timeout && child.kill('SIGINT');
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', onInterrupt);
    process.on('SIGTERM', forward);
    process.on('SIGHUP', forward);
    let timedOut = false;
    const timer =
      timeout &&
      setTimeout(() => {
        timedOut = true;
        onTimeout?.();
        endGroup(child);
      }, timeout);
    const finish = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', forward);
      process.off('SIGHUP', forward);
      resolve(timedOut ? 124 : code);
    };
    child.on('error', (error) => {
      process.stderr.write(`concord: ${command} could not be started: ${error.message}\n`);
      finish(127);
    });
    child.on('close', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
