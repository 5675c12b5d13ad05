import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import type { JobView } from '../../../main/contract/job.ts';
import type { Incident } from '../../../main/engine/incident.ts';
import { Jobs } from '../../../main/engine/jobs.ts';
import type { Work } from '../../../main/study/context.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-jobs-'));
let vault: Vault;
let study: string;

beforeAll(async () => {
  vault = await createVault({
    file: join(folder, 'a.vault'),
    passphrase: 'words for a job test',
    person: 'Ada',
    cost: { algorithm: 'argon2id', memoryKiB: 1024, passes: 1, lanes: 1 },
  });
  study = vault.studies.create('S').id;
});
afterAll(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

function queue(): { jobs: Jobs; told: JobView[]; logged: Incident[] } {
  const told: JobView[] = [];
  const logged: Incident[] = [];
  const jobs = new Jobs({
    vault,
    tell: (job) => void told.push(job),
    log: (incident) => void logged.push(incident),
  });
  return { jobs, told, logged };
}

const work = (run: Work['run']): Work => ({ kind: 'train', study, run });

/** Work that ends when it is told to, or when it is cancelled. */
function gate(): { work: Work; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const gated = work(
    ({ signal }) =>
      new Promise((resolve, reject) => {
        void opened.then(resolve);
        signal.addEventListener('abort', () => reject(new ConcordError('CANCELLED')));
      }),
  );
  return { work: gated, open };
}

/** Work that can pause; `steps` tells each start from the last. */
function pausable(steps: string[]): Work {
  return {
    ...work(async ({ job, pause, signal }) => {
      steps.push(`begins ${vault.checkpoints.request(job)?.toString('utf8') ?? ''}`);
      while (pause?.aborted !== true && steps.length < 2) {
        if (signal.aborted) throw new ConcordError('CANCELLED');
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      if (pause?.aborted === true) throw new ConcordError('PAUSED');
    }),
    request: { asked: 1 },
  };
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('jobs that can pause', () => {
  it('stop where they can go on, hold up nobody, and go on under their own id', async () => {
    const { jobs, told } = queue();
    const steps: string[] = [];
    const a = jobs.start(pausable(steps));
    const b = jobs.start(work(async () => void steps.push('b')));
    await soon();
    jobs.pause(a);
    await jobs.idle();
    expect([jobs.get(a).state, jobs.get(b).state]).toEqual(['paused', 'done']);
    expect(jobs.get(a)).toMatchObject({ ended: null, error: null, seconds_left: null });
    expect(jobs.pause(a).state).toBe('paused');
    expect(jobs.resume(a, pausable(steps)).state).toBe('queued');
    expect(() => jobs.resume(a, pausable(steps))).toThrow('JOB_UNKNOWN');
    await jobs.idle();
    expect(jobs.get(a).state).toBe('done');
    expect(steps).toEqual(['begins {"asked":1}', 'b', 'begins {"asked":1}']);
    expect(told.filter(({ id }) => id === a).map(({ state }) => state)).toEqual([
      'queued',
      'running',
      'paused',
      'queued',
      'running',
      'done',
    ]);
    expect(() => jobs.resume(a, pausable(steps))).toThrow('JOB_UNKNOWN');
    expect(vault.checkpoints.request(a)).toBeNull();
  });

  it('pause at once while they wait, and can be given up', async () => {
    const { jobs } = queue();
    const first = gate();
    const a = jobs.start(first.work);
    const b = jobs.start(pausable([]));
    await soon();
    expect(jobs.pause(b).state).toBe('paused');
    first.open();
    await jobs.idle();
    expect(jobs.get(a).state).toBe('done');
    expect(jobs.cancel(b).state).toBe('cancelled');
    expect(vault.checkpoints.request(b)).toBeNull();
    await jobs.stop();
  });

  it('are told from those that cannot', async () => {
    const { jobs } = queue();
    const first = gate();
    const a = jobs.start(first.work);
    await soon();
    expect(() => jobs.pause(a)).toThrow('JOB_NOT_RESUMABLE');
    expect(() => jobs.pause('none')).toThrow('JOB_UNKNOWN');
    first.open();
    await jobs.idle();
    expect(jobs.pause(a).state).toBe('done');
  });

  it('keep how they have gone over a pause, the resting time left out, and no longer', async () => {
    let now = 0;
    const jobs = new Jobs({ vault, tell: () => {}, log: () => {}, now: () => now });
    const steps = (from: number, last: number): Work => ({
      ...work(async ({ progress }) => {
        for (let done = from; done <= last; done++) {
          progress({ done, total: 40, unit: 'steps', epsilon: done / 40 });
          now += 1000;
        }
        if (last < 40) throw new ConcordError('PAUSED');
      }),
      request: { asked: 2 },
    });
    const a = jobs.start(steps(0, 19));
    await jobs.idle();
    expect(jobs.get(a).state).toBe('paused');
    expect(jobs.trace(a)).toHaveLength(20);
    now += 1e9;
    // As after another opening of the vault: nothing is left but what it holds.
    const later = new Jobs({ vault, tell: () => {}, log: () => {}, now: () => now });
    expect(later.trace(a)).toEqual(jobs.trace(a));
    let during = 0;
    later.resume(a, {
      ...steps(20, 40),
      run: async (control) => {
        await steps(20, 40).run(control);
        during = later.trace(a).length;
        expect(later.trace(a).at(-1)).toEqual({ seconds: 39, done: 40, epsilon: 1 });
      },
    });
    await later.idle();
    expect(during).toBe(40);
    expect(later.get(a).state).toBe('done');
    expect(later.trace(a)).toEqual([]);
    expect(() => later.trace('none')).toThrow('JOB_UNKNOWN');
  });

  it('say when they began and how long they will take', async () => {
    let now = 0;
    const told: JobView[] = [];
    const jobs = new Jobs({
      vault,
      tell: (job) => void told.push(job),
      log: () => {},
      now: () => now,
    });
    const a = jobs.start(
      work(async ({ progress }) => {
        for (let done = 0; done <= 40; done++) {
          progress({ done, total: 100, unit: 'steps' });
          now += 1000;
        }
      }),
    );
    await jobs.idle();
    const ranges = told.filter(({ id, state }) => id === a && state === 'running');
    expect(ranges[1]).toMatchObject({ seconds_left: null });
    expect(ranges.at(-1)?.seconds_left).toEqual({ from: 54, to: 67 });
    expect(jobs.get(a).started).not.toBeNull();
    expect(jobs.get(a).seconds_left).toBeNull();
  });
});

describe('jobs', () => {
  it('run one at a time, in order, and say so', async () => {
    const { jobs, told } = queue();
    const first = gate();
    const order: string[] = [];
    const a = jobs.start(first.work);
    const b = jobs.start(work(async () => void order.push('b')));
    const c = jobs.start(work(async () => void order.push('c')));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([a, b, c].map((id) => jobs.get(id).state)).toEqual(['running', 'queued', 'queued']);
    expect(order).toEqual([]);
    first.open();
    await jobs.idle();
    expect(order).toEqual(['b', 'c']);
    expect(told.filter(({ id }) => id === b).map(({ state }) => state)).toEqual([
      'queued',
      'running',
      'done',
    ]);
  });

  it('are cancelled while they run and while they wait', async () => {
    const { jobs } = queue();
    const first = gate();
    const a = jobs.start(first.work);
    const b = jobs.start(work(async () => {}));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(jobs.cancel(b).state).toBe('cancelled');
    jobs.cancel(a);
    await jobs.idle();
    expect(jobs.get(a).state).toBe('cancelled');
    expect(jobs.cancel(a).state).toBe('cancelled');
    expect(() => jobs.cancel('none')).toThrow('JOB_UNKNOWN');
  });

  it('keep an error of ours whole and drop the words of any other', async () => {
    const { jobs, logged } = queue();
    const ours = jobs.start(
      work(() => Promise.reject(new ConcordError('COLUMN_UNKNOWN', { column: 'a', nearest: 'b' }))),
    );
    const foreign = jobs.start(work(() => Promise.reject(new Error('patient Li Wei'))));
    await jobs.idle();
    expect(jobs.get(ours).error).toEqual({
      code: 'COLUMN_UNKNOWN',
      params: { column: 'a', nearest: 'b' },
      incident: null,
    });
    expect(jobs.get(foreign).error).toMatchObject({ code: 'INTERNAL' });
    expect(jobs.get(foreign).error?.incident).toBe(logged[0]?.incident);
    expect(JSON.stringify([jobs.list(), logged, vault.journal.list(1)])).not.toContain('Li Wei');
  });

  it('stop all at once when the vault is locked', async () => {
    const { jobs } = queue();
    const a = jobs.start(gate().work);
    const b = jobs.start(gate().work);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await jobs.stop();
    expect([jobs.get(a).state, jobs.get(b).state]).toEqual(['cancelled', 'cancelled']);
  });
});

describe('work that searches', () => {
  it('ends with its best when it is asked to, and is done', async () => {
    const { jobs } = queue();
    const search: Work = {
      ...work(
        ({ keepBest }) =>
          new Promise((resolve) => keepBest?.addEventListener('abort', () => resolve())),
      ),
      searches: true,
    };
    const a = jobs.start(search);
    const b = jobs.start(search);
    await soon();
    expect(jobs.keepBest(b).state).toBe('queued');
    expect(jobs.keepBest(a).state).toBe('running');
    await soon();
    expect(jobs.get(a).state).toBe('done');
    jobs.keepBest(b);
    await jobs.idle();
    expect(jobs.get(b).state).toBe('done');
    expect(jobs.keepBest(b).state).toBe('done');
  });

  it('is the only work that can', async () => {
    const { jobs } = queue();
    const { work: gated, open } = gate();
    const id = jobs.start(gated);
    await soon();
    expect(() => jobs.keepBest(id)).toThrow(expect.objectContaining({ code: 'JOB_HAS_NO_BEST' }));
    expect(() => jobs.keepBest('nothing')).toThrow(
      expect.objectContaining({ code: 'JOB_UNKNOWN' }),
    );
    open();
    await jobs.idle();
  });
});
