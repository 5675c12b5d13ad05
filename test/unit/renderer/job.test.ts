import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { JobTrace, JobView } from '../../../main/contract/job.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import type { LongWork, Place } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import { openStep } from '../../../renderer/steps/open.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const { screens, errors, job: w, charts, protect, train } = words('en');
const { unmet } = words('en').further;
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
type JobKind = LongWork['kind'];
const WORK: { readonly [K in JobKind]: Extract<LongWork, { kind: K }> } = {
  import: { kind: 'import', name: 'a.csv', sample: false },
  repair: { kind: 'repair', before: { name: 'a.csv', artefact: 'r' } },
  label: { kind: 'label', before: { name: 'a.csv', artefact: 'r' } },
  ...({ identify: { kind: 'identify' }, anonymise: { kind: 'anonymise' } } as const),
  train: { kind: 'train' },
  review: { kind: 'review', model: 'm' },
  reasons: { kind: 'reasons', model: 'm' },
  mitigation: { kind: 'mitigation', model: 'm' },
  'leak-test': { kind: 'leak-test', model: 'm' },
  'review-private': { kind: 'review-private', model: 'm' },
};
const KINDS = Object.keys(WORK) as JobKind[];
const MADE = {
  ...{ r: 'source-records', f: 'repaired-records', l: 'labelled-records', x: 'protection-plan' },
  ...{ p: 'protected-records', m: 'model', v: 'review' },
};
const NAMED = { name: 'a.csv', created: STUDY.created };
const ARTEFACTS = Object.entries(MADE).map(([id, kind]) => ({ id, kind, ...NAMED }));
const NO_TRACE: JobTrace = { points: [], paid: null };
function jobOf(kind: JobKind, change: Partial<JobView> = {}): JobView {
  return {
    id: 'j',
    kind,
    study: 's',
    state: 'running',
    progress: { done: 160, total: 640, unit: 'steps' },
    error: null,
    artefacts: [],
    created: STUDY.created,
    started: STUDY.created,
    seconds_left: { from: 100, to: 200 },
    ended: null,
    ...change,
  };
}

type Opened = ClientDouble & { readonly session: Session; news(change: Partial<JobView>): void };

/** The page of a job in this state; what it leads to is not looked at here. */
async function open(work: LongWork, change: Partial<JobView> = {}, more = {}): Promise<Opened> {
  const job = jobOf(work.kind, change);
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [] }),
    'study.artefacts': () => ({ artefacts: ARTEFACTS }),
    'job.get': () => job,
    'job.cancel': () => job,
    'job.trace': () => NO_TRACE,
    ...more,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await heading(screens.studies.title);
  session.go({ at: 'job', study: STUDY, job: 'j', work });
  const news = (changed: Partial<JobView>): void =>
    double.say({ kind: 'job', job: { ...job, ...changed } });
  return { ...double, session, news };
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
const title = ({ kind }: LongWork): string =>
  kind === 'import' ? w.addingFile('a.csv') : w.titles[kind];

describe.each(KINDS)('the page of work of the kind %s', (kind) => {
  const work = WORK[kind];
  const pauses = kind === 'train';

  it('says what it does, how far it is, how long it takes, and what leaving means', async () => {
    await open(work);
    await heading(title(work));
    await screen.findByText(w.done.steps('160', '640'));
    screen.getByText(w.about[kind]);
    screen.getByText(pauses ? w.leaveTrain : w.leave);
    screen.getByText(screens.parts.leftMinutes('1', '4', 4));
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.25');
    const spoken = screen.getByText(screens.parts.announce('25%'));
    expect(spoken.getAttribute('role')).toBe('status');
    expect(screen.queryByRole('button', { name: w.pause }) !== null).toBe(pauses);
  });

  it('waits in words, and gets ready in words', async () => {
    const { news } = await open(work, { state: 'queued', progress: null, seconds_left: null });
    await screen.findByText(w.queued);
    news({ state: 'running', progress: null });
    await screen.findByText(w.starting);
  });

  it('is cancelled at any time; then says so, and leads back to the questions', async () => {
    const { asked, news, session } = await open(work);
    await press(w.cancel);
    expect(asked).toContainEqual(['job.cancel', { job: 'j' }]);
    await screen.findByText(w.cancelling);
    news({ state: 'cancelled' });
    await screen.findByText(w.cancelled[kind]);
    expect(screen.queryByRole('progressbar')).toBeNull();
    await press(w.again[kind]);
    expect(session.place).toMatchObject(AGAIN[kind]);
  });

  it('is cancelled for good, also where the answer comes after the news of it', async () => {
    let answer = (_job: JobView): void => {};
    const { news } = await open(
      work,
      {},
      { 'job.cancel': () => new Promise<JobView>((resolve) => (answer = resolve)) },
    );
    await press(w.cancel);
    news({ state: 'cancelled' });
    answer(jobOf(kind));
    await screen.findByText(w.cancelled[kind]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    screen.getByText(w.cancelled[kind]);
  });

  it('that was interrupted says so, and goes on or begins anew', async () => {
    const { asked, session } = await open(
      work,
      { state: 'interrupted' },
      { 'job.resume': () => jobOf(kind) },
    );
    await screen.findByText(w.interrupted[kind]);
    await press(pauses ? w.resume : w.again[kind]);
    if (pauses) expect(asked).toContainEqual(['job.resume', { job: 'j' }]);
    else expect(session.place).toMatchObject(AGAIN[kind]);
  });

  it('that failed says why, and leads back to the questions', async () => {
    const error = { code: 'VAULT_DAMAGED', params: {}, incident: null } as const;
    const { session } = await open(work, { state: 'failed', error });
    expect((await screen.findByRole('alert')).textContent).toContain(errors.VAULT_DAMAGED({}));
    screen.getByText(w.failed);
    await press(w.again[kind]);
    expect(session.place).toMatchObject(AGAIN[kind]);
  });

  it('that ended well leads to what it has made, also when nobody was there to hear it', async () => {
    const done = { state: 'done' as const, artefacts: ARTEFACTS.map(({ id }) => id) };
    const { news, session } = await open(work);
    await heading(title(work));
    news(done);
    await waitFor(() => expect(session.place).toMatchObject(DONE[kind]));
    cleanup();
    const later = await open(work, done);
    await waitFor(() => expect(later.session.place).toMatchObject(DONE[kind]));
  });
});
const AGAIN: { readonly [K in JobKind]: Partial<Place> } = {
  import: { at: 'choose-file' },
  repair: { at: 'profile', name: 'a.csv', artefact: 'r', fresh: false },
  label: { at: 'label', name: 'a.csv', artefact: 'r', page: { show: 'start' } },
  identify: { at: 'texts', page: { show: 'columns' } },
  anonymise: { at: 'protect', page: { show: 'questions', check: true } },
  train: { at: 'train', page: 'check' },
  review: { at: 'review', model: 'm', page: { show: 'groups' } },
  reasons: { at: 'review', model: 'm', page: { show: 'reasons' } },
  mitigation: { at: 'review', model: 'm', page: { show: 'mitigate' } },
  'leak-test': { at: 'review', model: 'm', page: { show: 'leak' } },
  'review-private': { at: 'review', model: 'm', page: { show: 'noise' } },
};
const DONE: { readonly [K in JobKind]: Partial<Place> } = {
  import: { at: 'profile', name: 'a.csv', artefact: 'r', fresh: true },
  repair: { at: 'repaired', name: 'a.csv', artefact: 'f', fresh: true },
  label: { at: 'label', name: 'a.csv', artefact: 'l', page: { show: 'made', fresh: true } },
  identify: { at: 'texts', page: { show: 'columns' } },
  anonymise: { at: 'protect', page: { show: 'result', artefact: 'p' } },
  train: { at: 'train-result', artefact: 'm' },
  review: { at: 'review', model: 'm', page: { show: 'result' } },
  mitigation: { at: 'review', model: 'm', page: { show: 'mitigated' } },
  ...{ reasons: AGAIN.reasons, 'leak-test': AGAIN['leak-test'] },
  'review-private': { at: 'review', model: 'm', page: { show: 'report' } },
};

describe('taking a label back', () => {
  it('leads to the records without it', async () => {
    const { session } = await open(
      { kind: 'repair', before: { name: 'a.csv', artefact: 'l' }, label: true },
      { state: 'done', artefacts: ['f'] },
    );
    const before = { at: 'profile', artefact: 'f', fresh: false };
    await waitFor(() => expect(session.place).toMatchObject(before));
  });
});

describe('bringing in records', () => {
  const done = { state: 'done' as const, artefacts: ['r'] };

  it('leads to the study where they are the sample, and to the records where it was left', async () => {
    const sample = await open({ kind: 'import', name: null, sample: true }, done);
    await waitFor(() => expect(sample.session.place).toMatchObject({ at: 'study' }));
    cleanup();
    const left = await open({ kind: 'import', name: null, sample: false }, done);
    await waitFor(() => expect(left.session.place).toMatchObject({ at: 'records' }));
  });

  it('shows bytes, and offers the list of studies where the sample was cancelled', async () => {
    const sample = { kind: 'import', name: null, sample: true } as const;
    const progress = { done: 1e6, total: 4e6, unit: 'bytes' } as const;
    const { news, session } = await open(sample, { progress });
    await screen.findByText(w.done.bytes('1 MB', '4 MB'));
    news({ state: 'cancelled' });
    await press(w.againSample);
    expect(session.place).toMatchObject({ at: 'studies' });
  });

  it('that failed names the row and what to do', async () => {
    const params = { row: 7, found: 2, expected: 3 };
    await open(WORK.import, {
      state: 'failed',
      error: { code: 'CSV_RAGGED', params, incident: null },
    });
    const summary = await screen.findByRole('alert');
    expect(summary.textContent).toContain(errors.CSV_RAGGED(params));
  });
});

it('protecting that cannot keep the demands says by how much, and leads back', async () => {
  const possible = ['k-anonymity: k = 3'];
  const coarser = { coarser: ['age'], coarserTogether: ['age', 'town'] };
  const params = { needed: 120, rows: 1000, allowed: 50, limit: 0.12, possible, ...coarser };
  const error = { code: 'PRIVACY_MODEL_UNMET', params, incident: null } as const;
  const { session } = await open(WORK.anonymise, { state: 'failed', error });
  await heading(protect.unmet.title);
  screen.getByText(protect.unmet.text('120', '1,000', '50'));
  screen.getByText(protect.unmet.over('70'));
  screen.getByText(unmet.limit('12%'));
  screen.getByText(unmet.demand('k-anonymity', 'k = 3'));
  screen.getByText(unmet.coarser('age'));
  screen.getByText(unmet.coarserTogether('age and town'));
  await press(protect.unmet.button);
  expect(session.place).toMatchObject(AGAIN.anonymise);
});
describe('a training', () => {
  const paid = { epsilon: 1, delta: 2e-5, steps_charged: 192, steps_reserved: 640 };
  const points = [
    { seconds: 1, done: 0, epsilon: 0.1 },
    { seconds: 65, done: 160, epsilon: 0.25 },
  ];

  it('that searches for settings tells no number and cannot pause', async () => {
    const progress = { done: 0, total: 1, unit: 'search' as const };
    await open(WORK.train, { progress });
    await screen.findByText(w.done.search());
    expect(screen.queryByRole('button', { name: w.pause })).toBeNull();
    cleanup();
    await open(WORK.train, { state: 'interrupted', progress });
    await screen.findByRole('button', { name: w.again.train });
  });

  it('pauses at a checkpoint, says so, and goes on', async () => {
    const { asked, news } = await open(
      WORK.train,
      {},
      {
        'job.pause': () => jobOf('train'),
        'job.resume': () => jobOf('train', { state: 'queued' }),
      },
    );
    await press(w.pause);
    await screen.findByText(w.pausing);
    news({ state: 'paused', seconds_left: null });
    await screen.findByText(w.paused);
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.25');
    screen.getByRole('button', { name: w.giveUp });
    await press(w.resume);
    expect(asked).toContainEqual(['job.resume', { job: 'j' }]);
  });

  it('draws steps and their price, with a table, and says what the ledger took', async () => {
    await open(WORK.train, {}, { 'job.trace': () => ({ points, paid }) });
    await screen.findByText(train.amount('1', '0.00002'));
    screen.getByText(w.chargedValue('192', '640'));
    screen.getByText(w.curvePrivate);
    const figure = screen.getByRole('figure');
    within(figure).getByRole('img', { name: w.curve });
    within(figure).getByText(charts.training.steps('160', '640', '1 min 5 s'));
    within(figure).getByText(charts.training.epsilon('0.25', '1'));
    const rows = within(figure).getAllByRole('row').slice(1);
    const cells = rows.map((row) => [...row.children].map(({ textContent }) => textContent));
    expect(cells).toEqual([
      ['1 s', '0', '0.1'],
      ['1 min 5 s', '160', '0.25'],
    ]);
  });

  it('without privacy draws steps alone and names no price', async () => {
    const plain = points.map((point) => ({ ...point, epsilon: null }));
    await open(WORK.train, {}, { 'job.trace': () => ({ points: plain, paid: null }) });
    await screen.findByText(charts.training.noPrivacy);
    expect(screen.queryByText(w.spent)).toBeNull();
    expect(screen.queryByText(w.curvePrivate)).toBeNull();
  });

  it('is read again and again while it runs, and the opened table stays open', async () => {
    let read = 0;
    const grow = (): JobTrace => {
      read += 1;
      const more = { seconds: 65 + read, done: 160 + read, epsilon: 0.25 };
      return { points: [...points, more], paid };
    };
    const { news } = await open(WORK.train, {}, { 'job.trace': grow });
    const table = await screen.findByText(charts.table);
    const details = table.closest('details');
    if (details === null) throw new Error('no table');
    details.open = true;
    const before = read;
    await waitFor(() => expect(read).toBeGreaterThan(before), { timeout: 3000 });
    expect(screen.getByText(charts.table).closest('details')).toBe(details);
    expect(details.open).toBe(true);
    news({ state: 'paused' });
    await screen.findByText(w.paused);
    const rested = read;
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(read).toBeLessThanOrEqual(rested + 1);
  });

  it('that was paid for asks before it is cancelled, and can be let go on', async () => {
    const { asked } = await open(WORK.train, {}, { 'job.trace': () => ({ points, paid }) });
    const cancels = (): number => asked.filter(([name]) => name === 'job.cancel').length;
    await press(w.cancel);
    const dialog = await screen.findByRole('dialog', { name: w.losing.title });
    within(dialog).getByText(w.losing.learned);
    within(dialog).getByText(w.losing.price(train.amount('1', '0.00002')));
    within(dialog).getByText(w.losing.pause);
    expect(cancels()).toBe(0);
    await press(w.losing.goOn);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(cancels()).toBe(0);
    await press(w.cancel);
    await press(w.losing.cancel);
    await screen.findByText(w.cancelling);
    expect(cancels()).toBe(1);
  });

  it('that rests is asked about as giving it up; the question goes when it is over', async () => {
    const { asked, news } = await open(
      WORK.train,
      { state: 'paused' },
      { 'job.trace': () => ({ points, paid }) },
    );
    await press(w.giveUp);
    await screen.findByRole('dialog', { name: w.losing.giveUpTitle });
    expect(screen.queryByText(w.losing.pause)).toBeNull();
    screen.getByRole('button', { name: w.losing.keep });
    news({ state: 'cancelled' });
    await screen.findByText(w.cancelled.train);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked.some(([name]) => name === 'job.cancel')).toBe(false);
  });

  it.each(['cancelled', 'failed'] as const)('that is %s gives nothing back', async (state) => {
    await open(WORK.train, { state }, { 'job.trace': () => ({ points: [], paid }) });
    await screen.findByText(w.staysTaken);
  });
});

it('is opened from the step whose work it is', () => {
  const opened = (
    step: 'import' | 'anonymise' | 'train',
    sample = false,
    work: JobKind = step,
  ): Place => {
    const double = clientDouble({});
    const session = new Session(double.client, double.listen);
    const job = { state: 'in-progress', reason: null, artefact: null, job: 'j', work } as const;
    const whole = { study: STUDY, sample, template: null };
    openStep[step]?.(session, STUDY, { ...whole, steps: [{ ...job, step }] });
    return session.place;
  };
  const at = { at: 'job', study: STUDY, job: 'j' } as const;
  const read = { kind: 'import', name: null } as const;
  expect(opened('import')).toEqual({ ...at, work: { ...read, sample: false } });
  expect(opened('import', true)).toEqual({ ...at, work: { ...read, sample: true } });
  for (const kind of ['repair', 'label'] as const) {
    expect(opened('import', false, kind)).toEqual({ ...at, work: { kind, before: null } });
  }
  expect(opened('anonymise')).toEqual({ ...at, work: { kind: 'anonymise' } });
  expect(opened('train')).toEqual({ ...at, work: { kind: 'train' } });
});
