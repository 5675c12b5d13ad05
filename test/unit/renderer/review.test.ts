import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { StepView } from '../../../main/contract/home.ts';
import type { Language } from '../../../main/contract/language.ts';
import type { PrivateChoices } from '../../../main/contract/review-calls.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import { CallError } from '../../../renderer/client.ts';
import type { ReviewPage } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import { fileNameFor } from '../../../renderer/steps/review/documents.ts';
import { openReview } from '../../../renderer/steps/review/open.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';
import { papers } from './papers.ts';

afterEach(cleanup);

const { review: w, purpose, report, errors } = words('en');
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const REFERENCE = { study: 's', artefact: 'm' };
const HASH = 'a'.repeat(64);
const COLUMNS = [
  { name: 'diagnosis', role: 'sensitive', values: 6 },
  { name: 'sex', role: 'quasi-identifier', values: 2 },
  { name: 'clinic', role: 'other', values: 3 },
];

type Answers = Parameters<typeof clientDouble>[0];

const CHOICES: PrivateChoices = {
  ...{ groups: [{ column: 'sex', values: ['f', 'm'] }], unit: 'row', available: 3, made: null },
};

async function open(page: ReviewPage, answers: Answers = {}): Promise<ClientDouble> {
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [] }),
    'review.columns': () => ({ columns: COLUMNS }),
    'review.start': () => ({ job: 'j' }),
    'draft.load': () => null,
    'draft.save': () => ({ saved: STUDY.created }),
    'review.privateChoices': () => CHOICES,
    'report.preview': (input) => papers((input as { language: Language }).language),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await screen.findByRole('heading', { level: 1, name: words('en').screens.studies.title });
  session.go({ at: 'review', study: STUDY, model: 'm', page });
  return double;
}
const heading = (name: string, level = 1): Promise<HTMLElement> =>
  screen.findByRole('heading', { level, name });
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));

describe('groups', () => {
  it('are ticked where people could be recognised by them, and go to the review as chosen', async () => {
    const { asked } = await open({ show: 'groups' });
    await heading(w.groupsTitle);
    const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name });
    expect((await box('sex')).checked).toBe(true);
    expect((await box('clinic')).checked).toBe(false);
    await fireEvent.click(await box('diagnosis'));
    await press(w.start);
    await heading(words('en').job.titles.review);
    const margins = { difference: 0.05, ratio: 0.8 };
    const groups = ['diagnosis', 'sex'];
    expect(asked).toContainEqual(['review.start', { ...REFERENCE, groups, margins }]);
  });

  it('come with margins, which need a reason when they are not the usual ones', async () => {
    const { asked } = await open({ show: 'groups' });
    const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
    expect((await field(w.margin)).value).toBe('5');
    await fireEvent.input(await field(w.margin), { target: { value: '10' } });
    await fireEvent.input(await field(w.ratio), { target: { value: '2' } });
    await press(w.start);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(w.ratioWrong);
    expect(alert.textContent).toContain(w.reasonMissing);
    expect(asked.map(([name]) => name)).not.toContain('review.start');
    await fireEvent.input(await field(w.ratio), { target: { value: '０.7' } });
    const reason = words('en').screens.parts.optional(w.reason);
    await fireEvent.input(await field(reason), { target: { value: ' agreed ' } });
    await press(w.start);
    await heading(words('en').job.titles.review);
    const margins = { difference: 0.1, ratio: 0.7, reason: 'agreed' };
    expect(asked).toContainEqual(['review.start', { ...REFERENCE, groups: ['sex'], margins }]);
  });

  it('ask which answer is harmful to miss where the model does not know, and no margins of numbers', async () => {
    const values = ['green', 'red'];
    const { asked } = await open(
      { show: 'groups' },
      { 'review.columns': () => ({ columns: COLUMNS, values }) },
    );
    await screen.findByRole('group', { name: w.positiveLegend });
    await press(w.start);
    expect((await screen.findByRole('alert')).textContent).toContain(w.positiveMissing);
    await fireEvent.click(screen.getByRole('radio', { name: 'red' }));
    await press(w.start);
    await heading(words('en').job.titles.review);
    expect(asked.findLast(([name]) => name === 'review.start')?.[1]).toMatchObject({
      positive: 'red',
    });
    cleanup();
    const number = await open(
      { show: 'groups' },
      { 'review.columns': () => ({ columns: COLUMNS, number: true }) },
    );
    await screen.findByRole('checkbox', { name: 'sex' });
    expect(screen.queryByText(w.marginsTitle)).toBeNull();
    await press(w.start);
    await heading(words('en').job.titles.review);
    expect(number.asked).toContainEqual(['review.start', { ...REFERENCE, groups: ['sex'] }]);
  });

  it('are kept as a draft, and ticked as they were left', async () => {
    const answers = JSON.stringify({ groups: ['clinic', 'gone'] });
    const kept = { answers, saved: STUDY.created };
    const { asked } = await open({ show: 'groups' }, { 'draft.load': () => kept });
    const box = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'clinic' });
    expect(box.checked).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'sex' }).checked).toBe(false);
    await fireEvent.click(screen.getByRole('checkbox', { name: 'sex' }));
    await fireEvent.focusOut(box);
    const usual = { positive: null, margin: '5', ratio: '0.8', reason: '' };
    const saved = JSON.stringify({ groups: ['sex', 'clinic'], ...usual });
    await waitFor(() =>
      expect(asked).toContainEqual(['draft.save', { study: 's', step: 'review', answers: saved }]),
    );
  });

  it('may be none: the button says what is then not looked at', async () => {
    const { asked } = await open({ show: 'groups' }, { 'review.columns': () => ({ columns: [] }) });
    await screen.findByText(w.groupsNone);
    await press(w.startAll);
    await heading(words('en').job.titles.review);
    expect(asked).toContainEqual(['review.start', { ...REFERENCE, groups: [] }]);
  });
});

describe('the result', () => {
  it('is sentences first, then charts and tables, then what was withheld and not checked', async () => {
    await open({ show: 'result' });
    await heading(report.sections.summary, 2);
    const titles = screen.getAllByRole('heading', { level: 2 }).map((h) => h.textContent);
    const { summary, performance, groups, gaps, withheld, unchecked } = report.sections;
    expect(titles).toEqual([summary, performance, groups, gaps, withheld, unchecked, w.next]);
    screen.getByText(/^Of 100 decisions, .+ were right/);
    expect(screen.getAllByRole('img').length).toBeGreaterThan(0);
    const gapTable = screen.getByRole('region', { name: report.gapsSection.caption });
    within(gapTable).getByText(report.gaps.demographic_parity_difference);
    within(gapTable).getByText(report.gaps.equalized_odds_difference);
    screen.getByRole('region', { name: report.withheldSection.caption });
  });

  it('follows the language of the screen', async () => {
    await open({ show: 'result' });
    await heading(report.sections.summary, 2);
    await press('中文');
    await heading(words('zh-CN').report.sections.summary, 2);
  });

  it('that is not there says so', async () => {
    await open(
      { show: 'result' },
      {
        'report.preview': () => {
          throw new CallError('ARTEFACT_UNKNOWN', {});
        },
      },
    );
    expect((await screen.findByRole('alert')).textContent).toContain(errors.ARTEFACT_UNKNOWN({}));
  });
});

describe('purpose and limits', () => {
  const kept = { answers: JSON.stringify({ users: 'Nurses' }), saved: STUDY.created };
  const field = (name: 'users' | 'limits'): Promise<HTMLTextAreaElement> =>
    screen.findByLabelText(words('en').screens.parts.optional(purpose.labels[name]));

  it('are asked for on the way to the report, as they were left, and kept', async () => {
    const { asked } = await open({ show: 'result' }, { 'draft.load': () => kept });
    await screen.findByRole('button', { name: w.toReport });
    await press(w.toReport);
    await heading(purpose.title);
    expect((await field('users')).value).toBe('Nurses');
    await fireEvent.input(await field('limits'), { target: { value: 'One clinic' } });
    await press(words('en').screens.app.continue);
    await heading(w.reportTitle);
    const saved = asked.findLast(([name]) => name === 'draft.save')?.[1];
    expect(saved).toMatchObject({ study: 's', step: 'purpose' });
    expect(JSON.parse((saved as { answers: string }).answers)).toMatchObject({
      ...{ users: 'Nurses', limits: 'One clinic', purpose: '' },
    });
  });

  it('that are too long stay on the page, with the length at the field', async () => {
    await open({ show: 'purpose' });
    await heading(purpose.title);
    const long = 'x'.repeat(2001);
    await fireEvent.input(await field('limits'), { target: { value: long } });
    await press(words('en').screens.app.continue);
    const said = purpose.long(purpose.labels.limits, '2,000', '2,001');
    expect(await screen.findAllByText(said, { exact: false })).toHaveLength(2);
    expect((await field('limits')).value).toBe(long);
  });
});

describe('the report', () => {
  const choose = (name: string): Promise<unknown> =>
    fireEvent.click(screen.getByRole('radio', { name }));
  const SAVES: Answers = {
    'app.chooseSave': () => ({ ticket: 't', name: 'x.pdf' }),
    'app.savePdf': () => ({ name: 'x.pdf', hash: HASH }),
    'report.save': () => ({ name: 'x.html', hash: HASH }),
  };

  it('shows the figures with noise where they were paid for, and pays for them once asked', async () => {
    const { asked } = await open(
      { show: 'report' },
      { ...SAVES, 'review.privateChoices': () => ({ ...CHOICES, made: 0.3 }) },
    );
    const n = words('en').noisy;
    await heading(w.reportTitle);
    await screen.findByRole('radio', { name: n.private('0.3') });
    await choose(n.private('0.3'));
    await waitFor(() =>
      expect(asked).toContainEqual([
        'report.preview',
        { ...REFERENCE, language: 'en', figures: 'private' },
      ]),
    );
    cleanup();
    const made = await open({ show: 'noise' }, { 'review.release': () => ({ job: 'j' }) });
    await heading(n.title);
    const field = await screen.findByLabelText(n.values('sex'));
    expect(field).toHaveProperty('value', 'f\nm');
    await press(n.start);
    await screen.findByRole('link', { name: n.noPrice });
    await fireEvent.input(field, { target: { value: ' \n' } });
    await press(n.start);
    await screen.findByRole('link', { name: n.noValues });
    await fireEvent.input(field, { target: { value: 'f\n m \n\n' } });
    await choose(n.prices[1] ?? '');
    await press(n.start);
    await waitFor(() =>
      expect(made.asked).toContainEqual([
        'review.release',
        { ...REFERENCE, epsilon: 0.3, values: { sex: ['f', 'm'] } },
      ]),
    );
  });

  it('is saved as what is seen: document and language are chosen apart from the screen', async () => {
    const { asked } = await open({ show: 'report' }, SAVES);
    await heading(w.reportTitle);
    await heading(report.sections.summary, 2);
    await choose('中文');
    await heading(words('zh-CN').report.sections.summary, 2);
    await choose(w.documents['model-card']);
    await heading(words('zh-CN').report.cardSections.details, 2);
    expect(document.querySelector('.paper-view')?.getAttribute('lang')).toBe('zh-Hans');
    await press(w.saveHtml);
    await screen.findByText(w.savedAs('x.html'));
    const request = {
      ...{ ...REFERENCE, language: 'zh-CN', what: 'model-card', ticket: 't' },
      figures: 'withheld',
    };
    expect(asked).toContainEqual(['report.save', request]);
    expect(asked.find(([name]) => name === 'app.chooseSave')?.[1]).toEqual({
      purpose: 'report-html',
      suggestedName: fileNameFor('Follow-up', 'model-card', 'zh-CN', 'html'),
    });
  });

  it('as PDF: the confirmation names the file and says that a reviewer signs by hand', async () => {
    const { asked } = await open({ show: 'report' }, SAVES);
    await heading(report.sections.summary, 2);
    await press(w.savePdf);
    await heading(w.savedTitle);
    screen.getByText(w.savedAs('x.pdf'));
    for (const sentence of w.savedNext) screen.getByText(sentence);
    expect(asked.at(-1)?.[0]).toBe('app.savePdf');
    await press(w.backToReport);
    await heading(w.reportTitle);
  });

  it('stays when the dialog was cancelled, and says what went wrong', async () => {
    let file: unknown = null;
    await open(
      { show: 'report' },
      {
        ...SAVES,
        'app.chooseSave': () => file,
        'app.savePdf': () => {
          throw new CallError('PRINT_FAILED', {});
        },
      },
    );
    await heading(report.sections.summary, 2);
    await press(w.savePdf);
    await waitFor(() => expect(screen.queryByText(w.printing)).toBeNull());
    expect(screen.queryByRole('alert')).toBeNull();
    file = { ticket: 't', name: 'x.pdf' };
    await press(w.savePdf);
    expect((await screen.findByRole('alert')).textContent).toContain(errors.PRINT_FAILED({}));
  });
});

it('opens at the review, at the work under way, else at the groups, else not at all', () => {
  const opened = (train: string | null, review: Partial<StepView>) => {
    const double = clientDouble({});
    const session = new Session(double.client, double.listen);
    const plain = {
      state: 'not-started',
      reason: null,
      artefact: null,
      job: null,
      work: null,
    } as const;
    const steps: StepView[] = [
      { ...plain, step: 'train', artefact: train },
      { ...plain, step: 'review', ...review },
    ];
    openReview(session, STUDY, { study: STUDY, sample: false, template: null, steps });
    return session.place;
  };
  expect(opened('m', { state: 'done', artefact: 'v' })).toEqual({
    at: 'review',
    study: STUDY,
    model: 'm',
    page: { show: 'result' },
  });
  const newer = { state: 'attention', reason: 'newer-model', artefact: 'v' } as const;
  expect(opened('m', newer)).toMatchObject({ page: { show: 'groups' } });
  const working = { state: 'in-progress', job: 'j' } as const;
  expect(opened('m', working)).toEqual({
    at: 'job',
    study: STUDY,
    job: 'j',
    work: { kind: 'review', model: 'm' },
  });
  expect(opened(null, {})).toEqual({ at: 'starting' });
});

it('names files so that every system takes the name', () => {
  const day = new Date(2026, 2, 5);
  expect(fileNameFor('谁会错过复诊 / who?', 'report', 'en', 'pdf', day)).toBe(
    '谁会错过复诊 who - report 2026-03-05.pdf',
  );
  expect(fileNameFor('x'.repeat(120), 'model-card', 'zh-CN', 'html', day).length).toBeLessThan(120);
});
