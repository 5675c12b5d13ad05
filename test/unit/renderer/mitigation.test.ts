import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../../main/contract/language.ts';
import type { MitigationResult, TriedModel } from '../../../main/contract/mitigation.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import type { ReviewPage } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';
import { papers } from './papers.ts';

afterEach(cleanup);

const { mitigation: w, job } = words('en');
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const REFERENCE = { study: 's', artefact: 'm' };
const CHOICES = {
  columns: [
    { name: 'sex', role: 'quasi-identifier', values: 2 },
    { name: 'clinic', role: 'other', values: 3 },
  ],
  methods: [
    { method: 'reweighing', refused: null },
    { method: 'constrained', refused: null },
    { method: 'thresholds', refused: 'MITIGATION_NEEDS_VALIDATION' },
    { method: 'calibration', refused: 'MITIGATION_NEEDS_VALIDATION' },
  ],
  price: { epsilon: 1, delta: 1e-5 },
  available: { epsilon: 4, delta: 1e-4 },
};
const none = { value: null, interval: null };
const tried = (method: TriedModel['method'], refused: string | null = null): TriedModel => ({
  ...{ method, model: refused === null ? `tried-${method}` : null, refused, paid: null, fit: null },
  accuracy: { value: 0.8, interval: [0.78, 0.82] },
  gaps: { 'demographic-parity': none, 'equalised-odds': none, 'equal-opportunity': none },
  groups: [],
});
const RESULT: MitigationResult = {
  ...{ groups: 'sex', criterion: 'equalised-odds', bound: 0.05, tested: 900, level: 0.95 },
  uses_groups: true,
  tries: [
    { ...tried('none'), model: 'm' },
    tried('reweighing'),
    tried('constrained', 'BUDGET_EXCEEDED'),
  ],
};

type Answers = Parameters<typeof clientDouble>[0];

async function open(page: ReviewPage, answers: Answers = {}): Promise<ClientDouble> {
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [] }),
    'mitigation.choices': () => CHOICES,
    'mitigation.start': () => ({ job: 'j' }),
    'mitigation.result': () => RESULT,
    'mitigation.use': () => ({ artefact: 'new' }),
    'review.columns': () => ({ columns: CHOICES.columns }),
    'draft.load': () => null,
    'draft.save': () => ({ saved: STUDY.created }),
    'report.preview': (input) => papers((input as { language: Language }).language),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await screen.findByRole('heading', { level: 1, name: words('en').screens.studies.title });
  session.go({ at: 'review', study: STUDY, model: 'm', page });
  return double;
}
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));

describe('ways against gaps', () => {
  it('are chosen with what they cost, and tried as chosen', async () => {
    const { asked } = await open({ show: 'mitigate' });
    const box = await screen.findByRole<HTMLInputElement>('checkbox', {
      name: w.methods.reweighing,
    });
    expect(box.checked).toBe(true);
    expect(screen.queryByRole('checkbox', { name: w.methods.thresholds })).toBeNull();
    const why = w.unavailable(w.refusals['MITIGATION_NEEDS_VALIDATION']!);
    expect(document.body.textContent).toContain(why);
    expect(document.body.textContent).toContain(w.costPrivate('2', '1', '4'));
    await fireEvent.click(box);
    expect(document.body.textContent).toContain(w.costPrivate('1', '1', '4'));
    await press(w.start);
    const alert = await screen.findByRole('alert');
    for (const missing of [w.groupsMissing, w.criterionMissing]) {
      expect(alert.textContent).toContain(missing);
    }
    expect(asked.map(([name]) => name)).not.toContain('mitigation.start');
    await fireEvent.click(screen.getByRole('radio', { name: 'sex' }));
    // Said where the column is chosen: to leave it out would change nothing.
    expect(document.body.textContent).toContain(w.notDropping('sex'));
    await fireEvent.click(screen.getByRole('radio', { name: w.criteria['equalised-odds'] }));
    await fireEvent.input(screen.getByLabelText(w.bound), { target: { value: '７.5' } });
    await press(w.start);
    await screen.findByRole('heading', { level: 1, name: job.titles.mitigation });
    expect(asked).toContainEqual([
      'mitigation.start',
      {
        ...REFERENCE,
        ...{ groups: 'sex', methods: ['constrained'], criterion: 'equalised-odds', bound: 0.075 },
      },
    ]);
  });

  it('are none for records without groups', async () => {
    await open({ show: 'mitigate' }, { 'mitigation.choices': () => ({ ...CHOICES, columns: [] }) });
    await screen.findByText(w.noColumns);
  });
});

describe('the comparison', () => {
  it('leads on with a model that could be made, and with no other', async () => {
    const { asked } = await open({ show: 'mitigated' });
    await screen.findByRole('button', { name: w.use(w.methods.reweighing) });
    expect(screen.queryByRole('button', { name: w.use(w.methods.constrained) })).toBeNull();
    expect(screen.queryByRole('button', { name: w.use(w.none) })).toBeNull();
    await press(w.use(w.methods.reweighing));
    await screen.findByRole('heading', { level: 1, name: words('en').review.groupsTitle });
    expect(asked).toContainEqual(['mitigation.use', { ...REFERENCE, method: 'reweighing' }]);
    await waitFor(() =>
      expect(asked).toContainEqual(['review.columns', { study: 's', artefact: 'new' }]),
    );
  });
});
