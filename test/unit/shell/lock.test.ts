import { describe, expect, it, vi } from 'vitest';
import { Lock } from '../../../main/shell/lock.ts';

function unlockedLock(): { lock: Lock; renewEngine: () => void; reloadWindow: () => void } {
  const renewEngine = vi.fn();
  const reloadWindow = vi.fn();
  const lock = new Lock({ renewEngine, reloadWindow });
  lock.engineStarted();
  lock.unlocked();
  return { lock, renewEngine, reloadWindow };
}

describe('locking', () => {
  it('without a job ends the engine and reloads the window', () => {
    const { lock, renewEngine, reloadWindow } = unlockedLock();
    lock.seen({ id: 'a', state: 'running' });
    lock.seen({ id: 'a', state: 'done' });
    expect(renewEngine).not.toHaveBeenCalled();
    lock.lock();
    expect(renewEngine).toHaveBeenCalledOnce();
    expect(reloadWindow).toHaveBeenCalledOnce();
  });

  it('with jobs reloads the window and ends the engine after the last of them', () => {
    const { lock, renewEngine, reloadWindow } = unlockedLock();
    lock.seen({ id: 'a', state: 'running' });
    lock.seen({ id: 'b', state: 'queued' });
    lock.lock();
    expect(reloadWindow).toHaveBeenCalledOnce();
    lock.seen({ id: 'a', state: 'failed' });
    expect(renewEngine).not.toHaveBeenCalled();
    lock.seen({ id: 'b', state: 'cancelled' });
    expect(renewEngine).toHaveBeenCalledOnce();
  });

  it('and unlocking again while a job runs keeps the engine', () => {
    const { lock, renewEngine } = unlockedLock();
    lock.seen({ id: 'a', state: 'running' });
    lock.lock();
    lock.unlocked();
    lock.seen({ id: 'a', state: 'done' });
    expect(renewEngine).not.toHaveBeenCalled();
  });

  it('news of jobs that had ended before does not end a fresh engine', () => {
    const renewEngine = vi.fn();
    const lock = new Lock({ renewEngine, reloadWindow: vi.fn() });
    lock.engineStarted();
    lock.seen({ id: 'a', state: 'interrupted' });
    expect(renewEngine).not.toHaveBeenCalled();
  });
});
