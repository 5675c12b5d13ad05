import { describe, expect, it, vi } from 'vitest';
import type { JobState, JobView } from '../../../main/contract/job.ts';
import { Working } from '../../../main/shell/working.ts';
import * as electron from './electron-double.ts';

type News = Pick<JobView, 'id' | 'state' | 'progress'>;
const news = (state: JobState, done: number | null = null, id = 'j'): News => ({
  id,
  state,
  progress: done === null ? null : { done, total: 1000, unit: 'steps' },
});

function working(platform: NodeJS.Platform = 'linux') {
  const window = new electron.BrowserWindow({});
  const { powerSaveBlocker: blocker } = electron;
  let held = 0;
  const start = vi.spyOn(blocker, 'start').mockImplementation(() => ++held);
  const stop = vi.spyOn(blocker, 'stop').mockImplementation(() => true);
  for (const spy of [start, stop]) spy.mockClear();
  const made = new Working({ window: () => window, blocker, platform });
  const bars = (): unknown[][] => window.setProgressBar.mock.calls;
  return { made, window, bars, start, stop };
}

describe('long work on the taskbar', () => {
  it('is unknown, then a part, in hundredths only, and gone at its end', () => {
    const { made, bars } = working();
    made.seen(news('queued'));
    expect(bars()).toEqual([]);
    made.seen(news('running'));
    for (const done of [100, 101, 102, 254]) made.seen(news('running', done));
    made.seen(news('done', 1000));
    expect(bars()).toEqual([
      [2, { mode: 'indeterminate' }],
      [0.1, { mode: 'normal' }],
      [0.25, { mode: 'normal' }],
      [-1, { mode: 'none' }],
    ]);
  });

  it('is shown as paused where the system can, else not at all', () => {
    const windows = working('win32');
    windows.made.seen(news('running', 400));
    windows.made.seen(news('paused', 400));
    expect(windows.bars().at(-1)).toEqual([0.4, { mode: 'paused' }]);
    windows.made.seen(news('running', 400));
    expect(windows.bars().at(-1)).toEqual([0.4, { mode: 'normal' }]);
    const linux = working('linux');
    linux.made.seen(news('running', 400));
    linux.made.seen(news('paused', 400));
    expect(linux.bars().at(-1)).toEqual([-1, { mode: 'none' }]);
  });

  it('is that of the work that runs, also beside work that waits or rests', () => {
    const { made, bars } = working('win32');
    made.seen(news('paused', 900, 'a'));
    made.seen(news('running', 300, 'b'));
    made.seen(news('queued', null, 'c'));
    expect(bars().at(-1)).toEqual([0.3, { mode: 'normal' }]);
    made.seen(news('cancelled', 300, 'b'));
    expect(bars().at(-1)).toEqual([0.9, { mode: 'paused' }]);
    made.seen(news('cancelled', 900, 'a'));
    expect(bars().at(-1)).toEqual([-1, { mode: 'none' }]);
  });
});

describe('the computer', () => {
  it('is kept awake once while work waits or runs, and not over work that rests', () => {
    const { made, start, stop } = working();
    made.seen(news('queued'));
    made.seen(news('running', 1));
    made.seen(news('queued', null, 'b'));
    expect(start.mock.calls).toEqual([['prevent-app-suspension']]);
    made.seen(news('paused', 1));
    expect(stop).not.toHaveBeenCalled();
    made.seen(news('done', null, 'b'));
    expect(stop.mock.calls).toEqual([[1]]);
    made.seen(news('running', 1));
    expect(start).toHaveBeenCalledTimes(2);
    made.engineStarted();
    expect(stop.mock.calls).toEqual([[1], [2]]);
  });

  it('that can do neither stops no work', () => {
    const { made, window, start, stop } = working();
    const fail = (): never => {
      throw new Error('not on this platform');
    };
    start.mockImplementation(fail);
    stop.mockImplementation(fail);
    window.setProgressBar.mockImplementation(fail);
    for (const state of ['running', 'paused', 'running', 'done'] as const) {
      expect(() => made.seen(news(state, 10))).not.toThrow();
    }
    expect(() => made.engineStarted()).not.toThrow();
    expect(() =>
      new Working({
        window: () => null,
        blocker: electron.powerSaveBlocker,
        platform: 'linux',
      }).seen(news('running', 10)),
    ).not.toThrow();
  });
});
