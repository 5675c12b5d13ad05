import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { TrainEstimate } from '../../../main/contract/train-calls.ts';
import type { TrainAnswers } from '../../../main/contract/train-draft.ts';
import { words } from '../../../main/words/index.ts';
import type { Place } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import Train from '../../../renderer/steps/train/Train.svelte';
import { clientDouble, type ClientDouble } from './client-double.ts';
import { COLUMNS, estimate, fact, full, RECORDS, STUDY, WHOLE } from './train-fixture.ts';

afterEach(cleanup);

const w = words('en').train;

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
