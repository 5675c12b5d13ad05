import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Seen {
  alive: (pid: number) => boolean;
  start: (pid: number) => string | undefined;
}
interface LockModule {
  isStale(owner: { pid: number; start?: string } | undefined, seen?: Seen): boolean;
  startOf(pid: number): string | undefined;
  withLock<T>(folder: string, what: string, work: () => Promise<T>): Promise<T>;
}
// Plain JavaScript without declarations, so that it runs before anything is installed.
const { isStale, startOf, withLock } = (await import(
  '../../../scripts/lock.mjs' as string
)) as LockModule;

const living = (start: string | undefined): Seen => ({ alive: () => true, start: () => start });
const dead: Seen = { alive: () => false, start: () => undefined };

describe('isStale', () => {
  it.each([undefined, { pid: 0 }, { pid: -1 }, { pid: 1.5 }])('has no owner in %o', (owner) => {
    expect(isStale(owner, living('1'))).toBe(true);
  });
  it('is stale once its owner has gone', () => {
    expect(isStale({ pid: 7, start: '1' }, dead)).toBe(true);
  });
  it('is stale when another process got the same number', () => {
    expect(isStale({ pid: 7, start: '1' }, living('2'))).toBe(true);
  });
  it('is held by a living owner, also where no start time is known', () => {
    expect(isStale({ pid: 7, start: '1' }, living('1'))).toBe(false);
    expect(isStale({ pid: 7, start: '1' }, living(undefined))).toBe(false);
    expect(isStale({ pid: 7 }, living('2'))).toBe(false);
  });
  it('is held by this very process', () => {
    const start = startOf(process.pid);
    expect(isStale({ pid: process.pid, ...(start === undefined ? {} : { start }) })).toBe(false);
  });
});

describe('withLock', () => {
  let home: string;
  let lock: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'lock-'));
    lock = path.join(home, 'lock');
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const leave = (owner: string) => {
    mkdirSync(lock);
    writeFileSync(path.join(lock, 'owner.json'), owner);
  };

  it('is there during the work and gone after it', async () => {
    expect(await withLock(lock, 'a test', async () => existsSync(lock))).toBe(true);
    expect(existsSync(lock)).toBe(false);
  });
  it('is given back when the work fails', async () => {
    const work = withLock(lock, 'a test', async () => Promise.reject(new Error('no')));
    await expect(work).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });
  it.each(['{"pid":2147483646}', '{"pid":', ''])('is taken over from %o', async (owner) => {
    leave(owner);
    expect(await withLock(lock, 'a test', async () => 'done')).toBe('done');
  });
  it('lets one work at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(lock, 'a test', work)));
    expect(most).toBe(1);
  });
});
