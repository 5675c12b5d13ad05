import { describe, expect, it, vi } from 'vitest';
import { IDLE_MS, IdleLock } from '../../../main/shell/idle.ts';

function idle(unlocked = true): { idle: IdleLock; lock: () => void; at: (now: number) => void } {
  let now = 1_000_000;
  let isUnlocked = unlocked;
  const lock = vi.fn(() => void (isUnlocked = false));
  const made = new IdleLock({ isUnlocked: () => isUnlocked, lock, now: () => now });
  return { idle: made, lock, at: (time) => void (now = 1_000_000 + time) };
}

describe('an unused window', () => {
  it('locks after ten minutes without input, once', () => {
    const { idle: made, lock, at } = idle();
    expect(IDLE_MS).toBe(600_000);
    at(IDLE_MS - 1);
    made.look();
    expect(lock).not.toHaveBeenCalled();
    at(IDLE_MS);
    made.look();
    at(3 * IDLE_MS);
    made.look();
    expect(lock).toHaveBeenCalledOnce();
  });

  it('starts counting anew with each sign of a person, and when the clock is set back', () => {
    const { idle: made, lock, at } = idle();
    at(IDLE_MS - 1);
    made.active();
    at(IDLE_MS + 5);
    made.look();
    at(-50_000);
    made.look();
    at(IDLE_MS - 60_000);
    made.look();
    expect(lock).not.toHaveBeenCalled();
    at(IDLE_MS);
    made.look();
    expect(lock).toHaveBeenCalledOnce();
  });

  it('locks at once with the screen, and has nothing to do while it is locked', () => {
    const { idle: made, lock } = idle();
    made.lockNow();
    made.lockNow();
    expect(lock).toHaveBeenCalledOnce();
    const locked = idle(false);
    locked.at(IDLE_MS);
    locked.idle.look();
    expect(locked.lock).not.toHaveBeenCalled();
  });
});
