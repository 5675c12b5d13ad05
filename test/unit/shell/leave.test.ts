import { describe, expect, it, vi } from 'vitest';
import { Leave, type Choice } from '../../../main/shell/leave.ts';

function leaving(choice: Choice | Error, busy = true) {
  const state = { busy };
  const ask = vi.fn(() =>
    choice instanceof Error ? Promise.reject(choice) : Promise.resolve(choice),
  );
  const hide = vi.fn();
  const quit = vi.fn();
  const leave = new Leave({ isBusy: () => state.busy, ask, hide, quit });
  return { leave, state, ask, hide, quit };
}
const answered = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('closing the window', () => {
  it('asks nothing while no work runs', () => {
    const { leave, ask } = leaving('stay', false);
    expect(leave.mayGo()).toBe(true);
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks once, and stays where the answer is to stay or there is none', async () => {
    for (const choice of ['stay', new Error('no dialog')] as const) {
      const { leave, ask, hide, quit } = leaving(choice);
      expect(leave.mayGo()).toBe(false);
      expect(leave.mayGo()).toBe(false);
      expect(ask).toHaveBeenCalledOnce();
      await answered();
      expect(hide).not.toHaveBeenCalled();
      expect(quit).not.toHaveBeenCalled();
      expect(leave.mayGo()).toBe(false);
      expect(ask).toHaveBeenCalledTimes(2);
    }
  });

  it('ends when told to stop', async () => {
    const { leave, quit } = leaving('stop');
    leave.mayGo();
    await answered();
    expect(quit).toHaveBeenCalledOnce();
    expect(leave.mayGo()).toBe(true);
  });

  it('goes on hidden until no work is left', async () => {
    const { leave, state, hide, quit } = leaving('background');
    leave.rested();
    leave.mayGo();
    await answered();
    expect(hide).toHaveBeenCalledOnce();
    expect(quit).not.toHaveBeenCalled();
    state.busy = false;
    leave.rested();
    expect(quit).toHaveBeenCalledOnce();
  });

  it('stays after the work when the window was called back', async () => {
    const { leave, state, quit } = leaving('background');
    leave.mayGo();
    await answered();
    leave.back();
    state.busy = false;
    leave.rested();
    expect(quit).not.toHaveBeenCalled();
    expect(leave.mayGo()).toBe(true);
  });

  it('ends at once when the work ended while the question stood there', async () => {
    const { leave, state, hide, quit } = leaving('background');
    leave.mayGo();
    state.busy = false;
    await answered();
    expect(hide).not.toHaveBeenCalled();
    expect(quit).toHaveBeenCalledOnce();
  });
});
