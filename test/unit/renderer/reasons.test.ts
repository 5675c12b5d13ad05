import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { THRESHOLDS } from '../../../main/contract/review-names.ts';
import type { Language } from '../../../main/contract/language.ts';
import type { RowReasons } from '../../../main/contract/reasons.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import type { ReviewPage } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import { gapsAt, placeOf, ratesAt } from '../../../renderer/steps/review/threshold.ts';
import { choose } from './choose.ts';
import { clientDouble } from './client-double.ts';
import { papers } from './papers.ts';

afterEach(cleanup);

const { reasons: w, screens, job } = words('en');
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const REFERENCE = { study: 's', artefact: 'm' };
const ANSWER: RowReasons = {
  answer: { value: 'yes', score: 0.82 },
  ...{ scale: 'odds', method: 'sampled', output: 1.516, background: -0.7 },
  background_from: 'stated',
  fields: [
    { columns: ['age'], cell: '71', effect: 1.4, error: 0.1 },
    { columns: ['follow-up 2023'], cell: null, effect: 0.9, error: 0.1 },
    { columns: ['sex'], cell: 'Female', effect: -0.4, error: 0.1 },
    { columns: ['ward'], cell: 'north', effect: 0.316, error: 0.3 },
  ],
  sampling: { pairs: 64, seed: 1 },
  text: null,
};
const FIELDS = [
  { kind: 'number', column: 'age', lower: 17, upper: 90 },
  { kind: 'date', column: 'seen', lower: '2020-01-01', upper: '2024-12-31' },
  { kind: 'value', column: 'sex', values: ['Female', 'Male'] },
];

async function open(page: ReviewPage, answers: Parameters<typeof clientDouble>[0] = {}) {
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [] }),
    'reasons.result': () => ({ found: null }),
    'reasons.start': () => ({ job: 'j' }),
    'reasons.fields': () => ({ fields: FIELDS, tested: 40 }),
    'reasons.explain': () => ANSWER,
    'report.preview': (input) => papers((input as { language: Language }).language),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await screen.findByRole('heading', { level: 1, name: screens.studies.title });
  session.go({ at: 'review', study: STUDY, model: 'm', page });
  return { ...double, session };
}
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
const heading = (name: string, level = 1): Promise<HTMLElement> =>
  screen.findByRole('heading', { level, name });

const cellsOf = (row: HTMLElement): string =>
  Array.from(row.children, ({ textContent }) => textContent?.trim()).join(' ');

describe('reasons of a model', () => {
  it('are found by work of their own, and lead to those of one record', async () => {
    const { asked, session } = await open({ show: 'reasons' });
    await heading(w.page.title);
    await press(w.page.find);
    expect(asked).toContainEqual(['reasons.start', REFERENCE]);
    await heading(job.titles.reasons);
    session.go({ at: 'review', study: STUDY, model: 'm', page: { show: 'reasons' } });
    await press(w.page.one);
    await heading(w.page.oneTitle);
  });
});

describe('reasons of one record', () => {
  it('are told in words first, the sure ones alone, and then in figures', async () => {
    const { asked } = await open({ show: 'reason' });
    await press(w.page.explain);
    await screen.findByText('The model says: yes (82.0%).');
    screen.getByText('Mostly because of: age 71, no follow-up 2023.');
    screen.getByText('Against it: sex Female.');
    expect(asked.at(-1)).toEqual(['reasons.explain', { ...REFERENCE, given: { tested: 1 } }]);
    const table = screen.getByRole('table', { name: w.row.table });
    const rows = within(table).getAllByRole('row');
    expect(rows.map(cellsOf)).toEqual([
      'Column Cell Odds multiplied by May be off by',
      'age 71 × 4.06 ± 22%',
      'follow-up 2023 missing × 2.46 ± 22%',
      'sex Female × 0.67 ± 22%',
      'ward north × 1.37 ± 82%',
    ]);
    screen.getByText(w.row.sampled('64'));
    expect(document.activeElement?.textContent).toBe(w.page.answer);
  });

  it('are of a record that exists, or of one that is typed in by its fields', async () => {
    const { asked } = await open({ show: 'reason' });
    await fireEvent.input(await screen.findByLabelText(w.page.number('40')), {
      target: { value: '41' },
    });
    await press(w.page.explain);
    expect((await screen.findByRole('alert')).textContent).toContain(w.page.numberWrong('40'));
    await fireEvent.click(screen.getByRole('radio', { name: w.page.typed }));
    await press(w.page.explain);
    expect((await screen.findByRole('alert')).textContent).toContain(w.page.empty);
    const field = (name: string): HTMLElement => screen.getByLabelText(name);
    await fireEvent.input(field('age'), { target: { value: 'old' } });
    await fireEvent.input(field('seen'), { target: { value: '2023-02-30' } });
    await press(w.page.explain);
    const alert = (await screen.findByRole('alert')).textContent;
    expect(alert).toContain(w.page.wrongNumber('age'));
    expect(alert).toContain(w.page.wrongDate('seen'));
    expect(asked.map(([name]) => name)).not.toContain('reasons.explain');
    await fireEvent.input(field('age'), { target: { value: '７1' } });
    await fireEvent.input(field('seen'), { target: { value: '' } });
    await choose(screen.getByLabelText<HTMLSelectElement>('sex'), 'Male');
    await press(w.page.explain);
    await heading(w.page.answer, 2);
    const cells = [
      { column: 'age', text: '71' },
      { column: 'seen', text: '' },
      { column: 'sex', text: 'Male' },
    ];
    expect(asked.at(-1)).toEqual(['reasons.explain', { ...REFERENCE, given: { cells } }]);
  });
});

/** Rates that fall in a line from one value to 0; null from a threshold on. */
function falling(from: number, until = THRESHOLDS): (number | null)[] {
  return Array.from({ length: THRESHOLDS }, (_, at) =>
    at < until ? from * (1 - at / (THRESHOLDS - 1)) : null,
  );
}
const rates = (from: number, until?: number) => ({
  ...{ selection_rate: falling(from), tpr: falling(1), fpr: falling(from / 2) },
  ppv: falling(0.5, until),
});
const THRESHOLD_RATES = {
  overall: rates(0.8),
  groups: { sex: { Female: rates(1), Male: rates(0.6) }, ward: { north: rates(0.8, 30) } },
};

describe('thresholds', () => {
  const review = { asked: { threshold: 0.5 }, curves: { thresholds: THRESHOLD_RATES } };

  it('show what would change for whom, by keyboard as well', async () => {
    await open({ show: 'threshold' }, { 'review.result': () => review });
    const slider = await screen.findByRole('slider', { name: w.threshold.slider });
    expect(slider.getAttribute('aria-valuetext')).toBe(w.threshold.at('0.5', '0.5'));
    screen.getByText(w.threshold.overall('40%', '50%', '20%'));
    await fireEvent.input(slider, { target: { value: '0.75' } });
    expect(slider.getAttribute('aria-valuetext')).toBe(w.threshold.at('0.75', '0.5'));
    screen.getByText(w.threshold.overall('20%', '25%', '10%'));
    // Selected 25% of one group and 15% of the other: ten points apart; found: no difference.
    for (const points of ['10', '5', '0']) screen.getAllByText(w.threshold.points(points));
    const table = screen.getByRole('table', { name: w.threshold.table('0.75') });
    expect(cellsOf(within(table).getAllByRole('row').at(-1)!)).toBe('Male 15% 25% 7.5% 12.5%');
    await choose(screen.getByLabelText<HTMLSelectElement>(w.threshold.by), 'ward');
    expect(screen.getAllByText(w.threshold.unknown)).toHaveLength(4);
    expect(screen.getAllByText(w.threshold.none).length).toBeGreaterThan(0);
  });

  it('say that an older review has none', async () => {
    await open({ show: 'threshold' }, { 'review.result': () => ({ ...review, curves: {} }) });
    await screen.findByText(w.threshold.missing);
  });

  it('are found at their place, and a gap needs two groups that are known', () => {
    for (let at = 0; at < THRESHOLDS; at++) expect(placeOf(at / 100)).toBe(at);
    const known = ratesAt('a', rates(1), 0.2);
    const unknown = ratesAt('b', rates(0.5, 10), 0.2);
    expect(known.rates.selection_rate).toBeCloseTo(0.8, 12);
    const gaps = gapsAt([known, unknown]);
    expect(gaps.demographic_parity_difference).toBeCloseTo(0.4, 12);
    expect(gaps.predictive_parity_difference).toBeNull();
    expect(gaps.equalized_odds_difference).toBeCloseTo(0.2, 12);
  });
});
