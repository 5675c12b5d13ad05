import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { TrainColumn, TrainEstimate } from '../../../main/contract/train-calls.ts';
import type { TrainAnswers } from '../../../main/contract/train-draft.ts';
import { words } from '../../../main/words/index.ts';
import type { Place } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import {
  kindsFor,
  noAnswers,
  planOf,
  offered,
  usualFeatures,
  type Whole,
} from '../../../renderer/steps/train/answers.ts';
import { problemsOf } from '../../../renderer/steps/train/check.ts';
import { guaranteeSentences } from '../../../renderer/steps/train/privacy-words.ts';
import Train from '../../../renderer/steps/train/Train.svelte';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const w = words('en').train;
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const RECORDS = { id: 'a', kind: 'source-records', name: 'r.csv', created: STUDY.created };

const column = (name: string, change: Partial<TrainColumn> = {}): TrainColumn => ({
  name,
  type: 'integer',
  role: 'other',
  distinct: 'more',
  people: 'no',
  parts: 'no',
  ...change,
});
const COLUMNS = [
  column('patient', { role: 'direct-identifier', type: 'identifier', people: 'repeats' }),
  column('age', { role: 'quasi-identifier' }),
  column('visits', { distinct: '3-20' }),
  column('diagnosis', { role: 'sensitive', type: 'category', distinct: '3-20' }),
  column('born', { type: 'date' }),
  column('missed', { type: 'category', distinct: '2' }),
];

const WHOLE: Whole = {
  label: { column: 'missed', yes: 'yes', no: 'no' },
  unit: { of: 'row' },
  split: { test: 0.2, seed: 1, key: 'study' },
};

const fact = (low: string, high: string) => ({ form: 'number' as const, low, high, list: '' });
const full = (change: Partial<TrainAnswers> = {}): TrainAnswers => ({
  ...noAnswers(),
  artefact: 'a',
  features: ['age', 'born'],
  facts: { age: fact('18', '９５'), born: fact('1930-01-01', '2010-12-31') },
  ...change,
});

function estimate(change: Partial<TrainEstimate> = {}): TrainEstimate {
  const budget = { epsilon: 4, delta: 1e-4 };
  return {
    epsilon: 0.9999998,
    accountant: 'pld',
    delta: 2e-5,
    certainty: 0.731,
    noise_multiplier: 1.2,
    steps: 640,
    search: null,
    public_count: 4800,
    rule_of_thumb: null,
    bought: [],
    statistics_epsilon: 0,
    ledger: {
      budget,
      reserved: { epsilon: 0, delta: 0 },
      spent: { epsilon: 0, delta: 0 },
      available: budget,
      after: {
        available: { epsilon: 3, delta: 8e-5 },
        plain: { epsilon: 1, delta: 1e-5 },
        filter: { epsilon: 2.5, delta: 5e-5, order: 7 },
      },
    },
    fits: true,
    largest_that_fits: 4,
    ...change,
  };
}

describe('the words of the slider', () => {
  const said = (language: 'en' | 'zh-CN', epsilon: number, delta = 2e-5): readonly string[] =>
    guaranteeSentences(words(language).train, { epsilon, delta }, language);

  it('say in both languages how certain an attacker can become, and how often that fails', () => {
    expect(said('en', 1)).toEqual([
      'Suppose an attacker knows everything else and thinks it 50% likely that a person is in the records. With the model in hand, that becomes at most 73%.',
      'In about 1 of 50,000 cases this limit can fail.',
    ]);
    const [figures, chance] = said('zh-CN', 1);
    expect(figures).toContain('50%');
    expect(figures).toContain('73%');
    expect(chance).toContain('50,000');
  });

  it.each([
    [0.1, '52%'],
    [4, '98%'],
    [8, '99.97%'],
  ])('at epsilon %d: at most %s, never certainty', (epsilon, percent) => {
    for (const language of ['en', 'zh-CN'] as const) {
      expect(said(language, epsilon)[0]).toContain(percent);
      expect(said(language, epsilon)[0]).not.toContain('100%');
    }
  });
});

describe('the answers', () => {
  it('make a plan in which delta is left to the ledger, dates are days and digits are digits', () => {
    expect(planOf(full(), WHOLE, COLUMNS)).toMatchObject({
      label: 'missed',
      labels: ['no', 'yes'],
      positive: 'yes',
      features: ['age', 'born'],
      bounds: { age: [18, 95], born: [-14610, 14974] },
      categories: {},
      privacy: { epsilon: 1 },
      model: { kind: 'logistic' },
    });
    const plain = planOf(full({ privacy: 'plain' }), WHOLE, COLUMNS);
    expect(plain.privacy).toBeNull();
    expect(plain).not.toHaveProperty('bounds');
  });

  it('say how steps are made only where the person chose it, and never without privacy', () => {
    const ways = { ...noAnswers().ways, clipping: 'automatic', schedule: 'cosine' };
    const plan = planOf(full({ ways }), WHOLE, COLUMNS);
    expect(plan).toMatchObject({ clipping: 'automatic', schedule: 'cosine' });
    expect([plan.optimiser, plan.averaging]).toEqual([undefined, undefined]);
    const plain = planOf(full({ ways, privacy: 'plain' }), WHOLE, COLUMNS);
    for (const way of Object.keys(ways)) expect(plain).not.toHaveProperty(way);
  });

  it('ask of boosting nothing that it does not have, whatever was typed for another kind', () => {
    const advanced = { epochs: '3', batch: 'x', clip: '1', rate: '', delta: '1e-6' };
    const ways = { ...noAnswers().ways, optimiser: 'adam' };
    const answers = full({ kind: 'boosting', advanced, ways });
    const plan = planOf(answers, WHOLE, COLUMNS);
    expect(plan).toMatchObject({ model: { kind: 'boosting' }, privacy: { delta: 1e-6 } });
    for (const knob of ['epochs', 'batch', 'clip', 'learningRate', 'optimiser']) {
      expect(plan).not.toHaveProperty(knob);
    }
    expect(problemsOf('slider', answers, WHOLE, COLUMNS)).toEqual([]);
  });

  it('search for settings only where validation records are kept and privacy pays for it', () => {
    const answers = full({ tuning: 'search' });
    expect(planOf(full(), WHOLE, COLUMNS)).not.toHaveProperty('search');
    expect(problemsOf('slider', full(), WHOLE, COLUMNS)).toEqual([]);
    expect(problemsOf('slider', answers, WHOLE, COLUMNS).map(({ field }) => field)).toEqual([
      'tuning',
    ]);
    const kept: Whole = { ...WHOLE, split: { test: 0.2, validation: 0.2, seed: 1 } };
    expect(problemsOf('slider', answers, kept, COLUMNS)).toEqual([]);
    expect(planOf(answers, kept, COLUMNS)).toMatchObject({ search: { trials: 4 } });
    const plain = planOf({ ...answers, privacy: 'plain' }, kept, COLUMNS);
    expect(plain).not.toHaveProperty('search');
  });

  it('say what is predicted, and leave the bounds of a number open where nobody knows them', () => {
    const plan = (label: Whole['label'], privacy: TrainAnswers['privacy']) =>
      planOf(full({ kind: kindsFor(label)[0]!, privacy }), { ...WHOLE, label }, COLUMNS);
    const severe = { column: 'diagnosis', target: 'ordered' as const, values: ['a', 'b', 'c'] };
    const ordered = plan(severe, 'private');
    expect(ordered).toMatchObject({
      label: 'diagnosis',
      target: 'ordered',
      labels: ['a', 'b', 'c'],
    });
    expect(ordered).toMatchObject({ model: { kind: 'logistic' } });
    expect(ordered).not.toHaveProperty('positive');
    expect(plan({ ...severe, positive: 'c' }, 'private').positive).toBe('c');
    expect(kindsFor(severe)).toEqual(['logistic', 'boosting', 'network']);
    const visits = { column: 'visits', target: 'number' as const };
    const open = plan(visits, 'private');
    expect(open).toMatchObject({ target: 'number', model: { kind: 'linear' } });
    expect(open).not.toHaveProperty('labels');
    expect(open.bounds).not.toHaveProperty('visits');
    const known = { ...visits, bounds: [0, 40] as [number, number] };
    for (const privacy of ['private', 'plain'] as const) {
      expect(plan(known, privacy).bounds).toMatchObject({ visits: [0, 40] });
    }
    const marked = full({ otherMarks: 'b' });
    expect(problemsOf('missing', marked, { ...WHOLE, label: severe }, COLUMNS)).toHaveLength(1);
    expect(problemsOf('missing', marked, { ...WHOLE, label: visits }, COLUMNS)).toEqual([]);
  });

  it('never offer who a person is, and tick nothing sensitive unasked', () => {
    expect(usualFeatures(COLUMNS, WHOLE)).toEqual(['age', 'visits', 'born']);
    const parts = { ...COLUMNS[2]!, name: 'part' };
    const names = (of: TrainColumn['parts']): string[] =>
      offered([...COLUMNS, { ...parts, parts: of }], WHOLE).map(({ name }) => name);
    expect(names('some')).toContain('part');
    // All it says is which records are for the test.
    expect(names('all')).not.toContain('part');
  });

  it('ask for a list where a range was given and the records now hold groups', () => {
    const grouped = COLUMNS.map((one) =>
      one.name === 'age' ? column('age', { type: 'category', distinct: '3-20' }) : one,
    );
    expect(planOf(full(), WHOLE, grouped).bounds).not.toHaveProperty('age');
    const found = problemsOf('facts', full(), WHOLE, grouped);
    expect(found.map(({ say }) => say(words('en')))).toEqual([w.listMissing('age')]);
  });

  it('leave to the engine what nobody knows, and say whether it is a range or a list', () => {
    const unknown = { ...fact('', ''), buy: true };
    const kinds = { form: 'list' as const, low: '', high: '', list: '', buy: true };
    const answers = full({
      features: ['age', 'visits', 'born'],
      facts: { ...full().facts, age: unknown, visits: kinds },
    });
    expect(problemsOf('facts', answers, WHOLE, COLUMNS)).toEqual([]);
    expect(planOf(answers, WHOLE, COLUMNS)).toMatchObject({
      bounds: { born: [-14610, 14974] },
      categories: {},
      statistics: { bounds: ['age'], categories: ['visits'] },
    });
    expect(planOf(answers, WHOLE, COLUMNS).bounds).not.toHaveProperty('age');
    expect(planOf(full(), WHOLE, COLUMNS)).not.toHaveProperty('statistics');
    const plain = planOf({ ...answers, privacy: 'plain' }, WHOLE, COLUMNS);
    expect(plain).not.toHaveProperty('statistics');
  });

  it('are found wanting field by field', () => {
    const facts = { age: fact('95', '18'), born: fact('1930-02-30', '') };
    const found = problemsOf('facts', full({ facts }), WHOLE, COLUMNS);
    expect(found.map(({ field, say }) => [field, say(words('en'))])).toEqual([
      ['fact-0-high', w.boundOrder('age')],
      ['fact-1-high', w.boundMissing('born')],
    ]);
    const advanced = { ...noAnswers().advanced, batch: '2.5', delta: '1', rate: '0.1' };
    const knobs = problemsOf('slider', full({ advanced }), WHOLE, COLUMNS);
    expect(knobs.map(({ field }) => field)).toEqual(['batch', 'delta']);
  });
});

function open(
  page: Extract<Place, { at: 'train' }>['page'],
  answers: TrainAnswers,
  found: TrainEstimate,
  more: Parameters<typeof clientDouble>[0] = {},
): ClientDouble & { session: Session } {
  const double = clientDouble({
    'study.artefacts': () => ({ artefacts: [RECORDS] }),
    'draft.load': () => ({ answers: JSON.stringify(answers), saved: STUDY.created }),
    'draft.save': () => ({ saved: STUDY.created }),
    'import.arrangement': () => ({ arrangement: WHOLE, sizes: null, columns: COLUMNS }),
    'train.estimate': () => ({ privacy: found }),
    'train.start': () => ({ job: 'j' }),
    ...more,
  });
  const session = new Session(double.client, double.listen);
  render(Train, { session, place: { at: 'train', study: STUDY, ...(page ? { page } : {}) } });
  return { ...double, session };
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));

describe('the pages before a training', () => {
  it('open where they were left, with what was ticked', async () => {
    open(undefined, full({ page: 'columns' }), estimate());
    await heading(w.columnsTitle);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'age' }).checked).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'diagnosis' }).checked).toBe(
      false,
    );
    expect(screen.queryByRole('checkbox', { name: 'patient' })).toBeNull();
  });

  it('let a model that was trained before be opened from the first of them', async () => {
    const model = { artefact: 'm', created: STUDY.created, label: 'missed', kind: 'logistic' };
    const models = (): object => ({ models: [{ ...model, privacy: null }] });
    const { session } = open('arranged', full(), estimate(), { 'train.models': models });
    await fireEvent.click(await screen.findByText(w.modelsTitle, { selector: 'summary' }));
    await fireEvent.click(screen.getByRole('button', { name: /^Open the model trained/ }));
    expect(session.place).toMatchObject({ at: 'train-result', artefact: 'm' });
    cleanup();
    open('columns', full(), estimate(), { 'train.models': models });
    await heading(w.columnsTitle);
    expect(screen.queryByText(w.modelsTitle)).toBeNull();
  });

  it('refuse in words what the ledger cannot pay, and offer what fits', async () => {
    const available = { epsilon: 0.7, delta: 1e-5 };
    const over = estimate({
      fits: false,
      largest_that_fits: 0.7,
      ledger: { ...estimate().ledger, available },
    });
    const { asked } = open('slider', full(), over);
    await heading(w.sliderTitle);
    await screen.findAllByText(w.refused('1', '0.7'));
    await press(words('en').screens.app.continue);
    expect((await screen.findByRole('alert')).textContent).toContain(w.refused('1', '0.7'));
    await press(w.fitButton('0.5'));
    const slider = screen.getByRole<HTMLInputElement>('slider');
    await waitFor(() => expect(slider.getAttribute('aria-valuetext')).toBe(w.epsilonValue('0.5')));
    await waitFor(() => {
      const last = asked.findLast(([name]) => name === 'train.estimate');
      expect(last?.[1]).toMatchObject({ plan: { privacy: { epsilon: 0.5 } } });
    });
  });

  it('say that nothing fits any more where less is left than the slider reaches', async () => {
    const available = { epsilon: 1e-7, delta: 1e-5 };
    const ledger = { ...estimate().ledger, available };
    open('slider', full(), estimate({ fits: false, largest_that_fits: 1e-7, ledger }));
    await screen.findByText(w.refusedAll);
    expect(screen.queryByText(w.refused('1', '0'))).toBeNull();
  });

  it('show no cost while a setting cannot be read, and forget what was mended', async () => {
    open('slider', full(), estimate());
    await screen.findByText(w.ledgerTitle);
    const batch = screen.getByLabelText(w.batch);
    await fireEvent.input(batch, { target: { value: 'many' } });
    await waitFor(() => expect(screen.queryByText(w.ledgerTitle)).toBeNull());
    await press(words('en').screens.app.continue);
    expect((await screen.findAllByText(w.whole(w.batch))).length).toBeGreaterThan(0);
    await fireEvent.input(batch, { target: { value: '64' } });
    await waitFor(() => expect(screen.queryByText(w.whole(w.batch))).toBeNull());
    await screen.findByText(w.ledgerTitle);
  });

  it('leave a field whose problem is mended alone, and keep the problem of another', async () => {
    const facts = { ...full().facts, age: fact('', ''), visits: fact('', '') };
    open('facts', full({ facts, features: ['age', 'visits'] }), estimate());
    await heading(w.factsTitle);
    await press(words('en').screens.app.continue);
    const summary = await screen.findByRole('alert');
    await waitFor(() => expect(document.activeElement).toBe(summary));
    expect(summary.textContent).toContain(w.boundMissing('visits'));
    const low = within(screen.getByRole('group', { name: w.asNumber('age') })).getByLabelText(
      w.lowest,
    );
    low.focus();
    await fireEvent.input(low, { target: { value: '1' } });
    await waitFor(() => expect(summary.textContent).not.toContain(w.boundMissing('age')));
    expect(summary.textContent).toContain(w.boundMissing('visits'));
    expect(document.activeElement).toBe(low);
    // Found with noise: the field goes, and what was said of it.
    await fireEvent.click(screen.getAllByRole('checkbox', { name: w.buy })[1]!);
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    await press(words('en').screens.app.continue);
    const again = await screen.findByRole('alert');
    await waitFor(() => expect(document.activeElement).toBe(again));
  });

  it('tell before the start what is left, or that it is too little', async () => {
    open('check', full(), estimate());
    await screen.findByText(w.checkLeft(w.amount('3', '0.00008')));
    cleanup();
    const available = { epsilon: 0.7, delta: 1e-5 };
    const ledger = { ...estimate().ledger, available };
    const { asked } = open(
      'check',
      full(),
      estimate({ fits: false, largest_that_fits: 0.7, ledger }),
    );
    expect((await screen.findByRole('alert')).textContent).toContain(w.refused('1', '0.7'));
    await press(w.start);
    expect(asked.map(([name]) => name)).not.toContain('train.start');
  });

  it('let what is not known be found, and tell what that costs by itself', async () => {
    const facts = { ...full().facts, age: fact('', '') };
    const { asked } = open('facts', full({ facts }), estimate());
    await heading(w.factsTitle);
    await press(words('en').screens.app.continue);
    expect((await screen.findByRole('alert')).textContent).toContain(w.boundMissing('age'));
    const tick = screen.getAllByRole('checkbox', { name: w.buy })[0]!;
    await fireEvent.click(tick);
    expect(screen.queryByRole('group', { name: w.asNumber('age') })).toBeNull();
    expect(screen.getByText(w.buyHint)).toBeDefined();
    await press(words('en').screens.app.continue);
    await heading(w.kindTitle);
    const saved = asked.findLast(([name]) => name === 'draft.save')?.[1] as { answers: string };
    expect((JSON.parse(saved.answers) as TrainAnswers).facts['age']?.buy).toBe(true);
    cleanup();
    const bought = [{ column: 'age', kind: 'bounds' as const }];
    const found = estimate({ bought, statistics_epsilon: 0.2999 });
    const known = full({ facts: { ...facts, age: { ...fact('', ''), buy: true } } });
    for (const page of ['slider', 'check'] as const) {
      open(page, known, found);
      const name = w.statistics.bounds('age');
      await screen.findByText(page === 'check' ? w.checkBought(name) : name);
      screen.getByText(w.boughtCost('0.3'));
      cleanup();
    }
  });

  it('say what a search costs, before and beside the cost of one of its models', async () => {
    const counts = { expected_trials: 4, settings: 6 };
    const search = { distribution: 'geometric' as const, ...counts, trial_epsilon: 0.717 };
    const kept = { ...WHOLE, split: { test: 0.2, validation: 0.2, seed: 1 } };
    for (const page of ['slider', 'check'] as const) {
      open(page, full({ tuning: 'search' }), estimate({ search }), {
        'import.arrangement': () => ({ arrangement: kept, sizes: null, columns: COLUMNS }),
      });
      await screen.findByText(words('en').search.tried('4', '6'));
      screen.getByText(words('en').search.cost('1', '0.717'));
      cleanup();
    }
  });

  it('train with the very delta that was shown', async () => {
    const { asked, session } = open('check', full(), estimate());
    await heading(w.checkTitle);
    await screen.findByText(w.amount('1', '0.00002'));
    await press(w.start);
    await waitFor(() => expect(session.place).toMatchObject({ at: 'job', job: 'j' }));
    expect(asked.find(([name]) => name === 'train.start')?.[1]).toMatchObject({
      artefact: 'a',
      plan: { privacy: { epsilon: 1, delta: 2e-5 } },
    });
  });
});
