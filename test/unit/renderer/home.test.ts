import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { StudyOverview } from '../../../main/contract/home.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import { Session } from '../../../renderer/session.svelte.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const { screens, demo, train } = words('en');
const OPEN = { exists: true, unlocked: true, person: null };
const PROGRESS = { done: 3, steps: 5, attention: true };
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const HOLDS = { records: 2, models: 1, reviews: 0, bytes: 4_200_000 };
const REMOVED = { ...STUDY, removed: STUDY.created, holds: HOLDS };
const MODEL = {
  created: STUDY.created,
  label: 'missed',
  kind: 'logistic',
  privacy: { epsilon: 1, delta: 2e-5 },
};
const OVERVIEW: StudyOverview = {
  study: STUDY,
  sample: false,
  template: null,
  steps: [
    { step: 'import', state: 'done', reason: null, artefact: 'a', job: null, work: null },
    {
      step: 'identify',
      state: 'cannot-start',
      reason: 'needs-records',
      artefact: null,
      job: null,
      work: null,
    },
    {
      step: 'anonymise',
      state: 'cannot-start',
      reason: 'needs-roles',
      artefact: null,
      job: null,
      work: null,
    },
    {
      step: 'train',
      state: 'cannot-start',
      reason: 'needs-records',
      artefact: null,
      job: null,
      work: null,
    },
    {
      step: 'review',
      state: 'cannot-start',
      reason: 'needs-model',
      artefact: null,
      job: null,
      work: null,
    },
  ],
};

function open(answers: Parameters<typeof clientDouble>[0]): ClientDouble & { session: Session } {
  const double = clientDouble({
    'vault.status': () => OPEN,
    'study.list': () => ({ studies: [{ ...STUDY, progress: PROGRESS }] }),
    'study.overview': () => OVERVIEW,
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  return { ...double, session };
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));

async function openStudy(
  answers: Parameters<typeof clientDouble>[0] = {},
): Promise<ClientDouble & { session: Session }> {
  const opened = open(answers);
  await press('Follow-up');
  await heading('Follow-up');
  return opened;
}

describe('the page of a study', () => {
  it('lists the steps with their states; what cannot start is no link', async () => {
    await openStudy();
    const first = await screen.findByRole('button', { name: screens.steps.import });
    const state = document.getElementById(first.getAttribute('aria-describedby') ?? '');
    expect(state?.textContent.trim()).toBe(screens.parts.states.done);
    for (const step of OVERVIEW.steps.filter(({ state: named }) => named === 'cannot-start')) {
      expect(screen.queryByRole('button', { name: screens.steps[step.step] })).toBeNull();
    }
  });

  it('asks again when work of the study has ended', async () => {
    const { say, asked } = await openStudy();
    await screen.findByRole('button', { name: screens.steps.import });
    const count = (): number => asked.filter(([name]) => name === 'study.overview').length;
    const before = count();
    const job = {
      id: 'j',
      kind: 'train',
      study: 's',
      state: 'done',
      progress: null,
      error: null,
      artefacts: [],
      created: STUDY.created,
      started: null,
      seconds_left: null,
      ended: STUDY.created,
    } as const;
    say({ kind: 'job', job: { ...job, artefacts: [] } });
    await waitFor(() => expect(count()).toBe(before + 1));
  });

  it('stands in the list with its state in words', async () => {
    open({});
    const row = (await screen.findByRole('button', { name: 'Follow-up' })).closest('tr');
    expect(row?.textContent).toContain(screens.studies.progress('3', '5'));
    expect(row?.textContent).toContain(screens.parts.states.attention);
    cleanup();
    const progress = { done: 0, steps: 5, attention: false };
    open({ 'study.list': () => ({ studies: [{ ...STUDY, progress }] }) });
    await screen.findByText(screens.studies.progress('0', '5'));
    expect(screen.queryByText(screens.parts.states.attention)).toBeNull();
  });

  it('lists the models trained so far, and opens one while another is prepared', async () => {
    const { session } = await openStudy({
      'train.models': () => ({
        models: [
          { ...MODEL, artefact: 'm2', privacy: null, kind: 'network' },
          { ...MODEL, artefact: 'm1' },
        ],
      }),
    });
    await screen.findByRole('heading', { level: 2, name: train.modelsTitle });
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining(train.checkPlain),
      expect.stringContaining(train.amount('1', '0.00002')),
    ]);
    expect(rows[0]?.textContent).toContain(train.kindNames['network']);
    const links = screen.getAllByRole('button', { name: /^Open the model trained/ });
    const second = links[1];
    if (second === undefined) throw new Error('no second model');
    await fireEvent.click(second);
    expect(session.place).toMatchObject({ at: 'train-result', artefact: 'm1' });
  });

  it('has no list of models where there is none', async () => {
    await openStudy();
    await screen.findByRole('button', { name: screens.steps.import });
    expect(screen.queryByText(train.modelsTitle)).toBeNull();
  });

  it('removes at once, and undoes it', async () => {
    let isRemoved = false;
    const { asked } = await openStudy({
      'study.remove': () => ((isRemoved = true), {}),
      'study.restore': () => ((isRemoved = false), STUDY),
      'study.list': () => ({ studies: isRemoved ? [] : [{ ...STUDY, progress: PROGRESS }] }),
      'study.removed': () => ({
        studies: isRemoved ? [REMOVED] : [],
      }),
    });
    await press(screens.home.remove);
    const banner = (await screen.findByText(screens.home.removed('Follow-up'))).parentElement;
    await waitFor(() => expect(document.activeElement).toBe(banner));
    await press(screens.parts.undo);
    await screen.findByText(screens.home.restored('Follow-up'));
    await screen.findByRole('button', { name: 'Follow-up' });
    expect(asked).toContainEqual(['study.restore', { study: 's' }]);
  });
});

describe('deleting for good', () => {
  const other = { ...REMOVED, id: 't', name: 'Trial' };

  it('says what is lost and what stays, and does it for that study alone', async () => {
    let isErased = false;
    const { asked, session } = open({
      'study.removed': () => ({ studies: isErased ? [other] : [REMOVED, other] }),
      'study.erase': () => ((isErased = true), {}),
    });
    await press(screens.bin.eraseLabel('Follow-up'));
    await heading(screens.bin.title('Follow-up'));
    await screen.findByText(/2 tables of records, 1 model, 0 reviews/);
    screen.getByText(screens.bin.staysBudget);
    expect(asked.some(([name]) => name === 'study.erase')).toBe(false);
    await press(screens.bin.keep);
    expect(session.place).toEqual({ at: 'studies' });
    await press(screens.bin.eraseLabel('Follow-up'));
    await press(screens.bin.button);
    await screen.findByText(screens.bin.erased('Follow-up'));
    expect(asked).toContainEqual(['study.erase', { studies: ['s'] }]);
  });

  it('takes all that was shown, by their ids', async () => {
    const { asked } = open({
      'study.removed': () => ({ studies: [REMOVED, other] }),
      'study.erase': () => ({}),
    });
    await press(screens.bin.eraseAll('2'));
    await heading(screens.bin.titleAll('2'));
    await press(screens.bin.button);
    await screen.findByText(screens.bin.erasedAll('2'));
    expect(asked).toContainEqual(['study.erase', { studies: ['s', 't'] }]);
  });
});

describe('the time until the idle lock', () => {
  it('stands below the studies, and is chosen on a page of its own', async () => {
    const { asked } = open({ 'app.setIdle': () => ({}) });
    await screen.findByText(screens.idle.now('10', 10), { exact: false });
    await press(screens.idle.change);
    await heading(screens.idle.title);
    const chosen = screen.getByLabelText<HTMLInputElement>(screens.idle.minutes('10', 10));
    expect(chosen.checked).toBe(true);
    await fireEvent.click(screen.getByLabelText(screens.idle.minutes('1', 1)));
    await press(screens.idle.button);
    await screen.findByText(screens.idle.now('1', 1), { exact: false });
    expect(asked).toContainEqual(['app.setIdle', { minutes: 1 }]);
  });
});

describe('the sample', () => {
  it('leads by its import to a study with a tour that can be left for good', async () => {
    const sample = { ...STUDY, id: 'd', name: demo.study };
    const { asked } = open({
      'study.sample': () => ({ study: sample, job: 'j' }),
      'job.get': () => ({ id: 'j', study: 'd', state: 'done', artefacts: ['a'] }),
      'study.artefacts': () => ({ artefacts: [] }),
      'study.overview': () => ({ ...OVERVIEW, study: sample, sample: true }),
    });
    await press(screens.home.sample);
    await heading(demo.study);
    expect(asked).toContainEqual(['study.sample', { language: 'en' }]);
    await screen.findByText(screens.home.tour.notes[0] ?? '?');
    await press(screens.home.tour.next);
    await screen.findByText(screens.home.tour.notes[1] ?? '?');
    await press(screens.home.tour.leave);
    expect(screen.queryByText(screens.home.tour.leave)).toBeNull();
    const answers = JSON.stringify({ place: 1, dismissed: true });
    await waitFor(() =>
      expect(asked).toContainEqual(['draft.save', { study: 'd', step: 'tour', answers }]),
    );
  });
});

describe('a draft', () => {
  it('fills what it lacks, saves what changed, one after the other, and says when', async () => {
    const saved: unknown[] = [];
    const double = clientDouble({
      'draft.load': () => ({ answers: '{"a":2}', saved: '2026-11-23T14:02:00Z' }),
      'draft.save': (input) => (
        saved.push((input as { answers: string }).answers),
        { saved: '2026-11-23T15:00:00Z' }
      ),
    });
    const session = new Session(double.client, double.listen);
    const draft = await session
      .draft<{ a: number; b: string }>('s', 'train')
      .load({ a: 1, b: 'x' });
    expect(draft.answers).toEqual({ a: 2, b: 'x' });
    expect(draft.savedText).toMatch(/^Saved \d{1,2}:02/);
    await draft.save();
    expect(saved).toEqual([]);
    draft.answers.a = 3;
    void draft.save();
    draft.answers.b = 'y';
    await draft.save();
    expect(saved.at(-1)).toBe('{"a":3,"b":"y"}');
  });
});
