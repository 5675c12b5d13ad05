import { describe, expect, it, vi } from 'vitest';
import { IdleLock } from '../../../main/shell/idle.ts';

const IDLE_MS = 600_000;

interface Idle {
  readonly idle: IdleLock;
  readonly lock: () => void;
  readonly at: (now: number) => void;
  readonly choose: (minutes: number) => void;
}

function idle(unlocked = true): Idle {
  let minutes = 10;
  let now = 1_000_000;
  let isUnlocked = unlocked;
  const lock = vi.fn(() => void (isUnlocked = false));
  const made = new IdleLock({
    isUnlocked: () => isUnlocked,
    lock,
    minutes: () => minutes,
    now: () => now,
  });
  return {
    idle: made,
    lock,
    at: (time) => void (now = 1_000_000 + time),
    choose: (chosen) => void (minutes = chosen),
  };
}

describe('an unused window', () => {
  it('locks after ten minutes without input, once', () => {
    const { idle: made, lock, at } = idle();
    at(IDLE_MS - 1);
    made.look();
    expect(lock).not.toHaveBeenCalled();
    at(IDLE_MS);
    made.look();
    at(3 * IDLE_MS);
    made.look();
    expect(lock).toHaveBeenCalledOnce();
  });

  it('locks after the time that was chosen last, counted from the last sign of a person', () => {
    const { idle: made, lock, at, choose } = idle();
    at(3 * 60_000);
    made.look();
    choose(30);
    at(IDLE_MS);
    made.look();
    expect(lock).not.toHaveBeenCalled();
    choose(1);
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
