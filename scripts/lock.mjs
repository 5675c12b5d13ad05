/**
 * One set-up or build at a time per folder. The lock is a directory that appears complete, with
 * its owner inside (a rename is atomic), so that a lock without an owner cannot be seen.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { say, SetupError } from './say.mjs';

const POLL_MS = 200;
const LONGEST_WAIT_MS = 45 * 60_000;
const TAKEOVER_TRIES = 50;

/**
 * When a process began, as the kernel counts it: tells a live owner from a reused pid.
 * @param {number} pid
 * @returns {string|undefined} undefined when there is no such process or the system does not tell
 */
export function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; field 22 is the 20th after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Has the owner of a lock gone?
 * @param {{pid: number, start?: string}|undefined} owner
 * @param {{alive: (pid: number) => boolean, start: (pid: number) => string|undefined}} [seen]
 */
export function isStale(owner, seen = { alive: isAlive, start: startOf }) {
  if (!owner || !Number.isInteger(owner.pid) || owner.pid <= 0) return true;
  if (!seen.alive(owner.pid)) return true;
  const start = seen.start(owner.pid);
  return owner.start !== undefined && start !== undefined && owner.start !== start;
}

function readOwner(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'owner.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

function tryTake(folder) {
  const fresh = `${folder}.new-${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const owner = { pid: process.pid, start: startOf(process.pid) };
  writeFileSync(path.join(fresh, 'owner.json'), JSON.stringify(owner));
  try {
    renameSync(fresh, folder);
    return true;
  } catch {
    rmSync(fresh, { recursive: true, force: true });
    return false;
  }
}

/** Moves a stale lock aside; if another process was quicker, gives its lock back. */
function removeStale(folder, judged) {
  const aside = `${folder}.stale-${process.pid}`;
  try {
    renameSync(folder, aside);
  } catch {
    return;
  }
  const moved = readOwner(aside);
  if (JSON.stringify(moved) !== JSON.stringify(judged)) {
    try {
      renameSync(aside, folder);
      return;
    } catch {
      // Taken again meanwhile: nothing to give back to.
    }
  }
  rmSync(aside, { recursive: true, force: true });
}

/**
 * Runs `work` while holding the lock; waits for a living owner, takes over from a dead one.
 * @template T
 * @param {string} folder the lock directory
 * @param {string} what named to a person who has to wait
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, what, work) {
  mkdirSync(path.dirname(folder), { recursive: true });
  const began = Date.now();
  let told = false;
  let takeovers = 0;
  while (!tryTake(folder)) {
    const owner = readOwner(folder);
    if (isStale(owner)) {
      if (++takeovers > TAKEOVER_TRIES) throw new SetupError(`the lock ${folder} cannot be made`);
      removeStale(folder, owner);
      continue;
    }
    if (Date.now() - began > LONGEST_WAIT_MS) {
      throw new SetupError(
        `${what} is held by process ${owner.pid} for too long; end it and retry`,
      );
    }
    if (!told) say(`waiting for process ${owner.pid}, which is busy with ${what}`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}
