import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../../main/contract/language.ts';
import type { LeakTestResult } from '../../../main/contract/leak-test.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import { Session } from '../../../renderer/session.svelte.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';
import { papers } from './papers.ts';

afterEach(cleanup);

const { leak: w, job, review } = words('en');
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const REFERENCE = { study: 's', artefact: 'm' };
const COLUMNS = [
  { name: 'diagnosis', role: 'sensitive', values: 6 },
  { name: 'sex', role: 'quasi-identifier', values: 2 },
];
const FOUND: LeakTestResult = {
  ...{ auc: 0.5, tpr_at_fpr_0_01: 0.01, tpr_at_fpr_0_001: null },
  ...{ blocks: false, reasons: {} },
};
const SENTENCE = 'The attacker found nobody.';

async function open(
  found: LeakTestResult | null,
  running: string | null = null,
): Promise<ClientDouble & { session: Session }> {
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [] }),
    'review.columns': () => ({ columns: COLUMNS }),
    'review.leakFound': () => ({ found, job: running }),
    'review.leakTest': () => ({ job: 'j' }),
    'report.preview': (input) => {
      const { report, modelCard } = papers((input as { language: Language }).language);
      const blocks = [{ kind: 'sentences', sentences: [SENTENCE] } as const];
      const leak = { id: 'leak', title: w.section, blocks: [...blocks] };
      return { report: { ...report, sections: [...report.sections, leak] }, modelCard };
    },
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await screen.findByRole('heading', { level: 1, name: words('en').screens.studies.title });
  session.go({ at: 'review', study: STUDY, model: 'm', page: { show: 'leak' } });
  await screen.findByRole('heading', { level: 1, name: w.title });
  return { ...double, session };
}
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));

describe('a leak test', () => {
  it('begins with the groups of the study and its sensitive column', async () => {
    const { asked } = await open(null);
    const sex = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'sex' });
    expect(sex.checked).toBe(true);
    expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('diagnosis');
    await press(w.start);
    await screen.findByRole('heading', { level: 1, name: job.titles['leak-test'] });
    const wanted = { ...REFERENCE, groups: ['sex'], sensitive: 'diagnosis' };
    expect(asked).toContainEqual(['review.leakTest', wanted]);
  });

  it('asks for no column where none is chosen', async () => {
    const { asked } = await open(null);
    await fireEvent.change(await screen.findByRole('combobox'), { target: { value: '' } });
    await press(w.start);
    await screen.findByRole('heading', { level: 1, name: job.titles['leak-test'] });
    expect(asked).toContainEqual(['review.leakTest', { ...REFERENCE, groups: ['sex'] }]);
  });

  it('shows what it found and nothing else of the report, and can be run again', async () => {
    await open(FOUND);
    await screen.findByText(SENTENCE);
    const titles = screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent);
    expect(titles).toEqual([w.section]);
    await press(w.again);
    await screen.findByRole('button', { name: w.start });
  });

  it('that is under way leads to its page', async () => {
    const { session } = await open(null, 'j');
    await press(w.toRunning);
    expect(session.place).toMatchObject({ at: 'job', job: 'j', work: { kind: 'leak-test' } });
  });

  it('leads back to the review', async () => {
    const { session } = await open(FOUND);
    await press(w.back);
    expect(session.place).toMatchObject({ at: 'review', page: { show: 'result' } });
    await screen.findByRole('heading', { level: 1, name: review.resultTitle });
  });
});
