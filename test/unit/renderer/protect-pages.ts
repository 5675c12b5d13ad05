import { fireEvent, render, screen } from '@testing-library/svelte';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import type { Place } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import type { ProposedColumn } from '../../../renderer/steps/identify/evidence.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';

/** A study with records whose columns have roles, for the pages that protect them. */

export const english = words('en');
export const { protect: w, screens } = english;
export const OPEN = { exists: true, unlocked: true, person: null };
export const PROGRESS = { done: 3, steps: 5, attention: true };
export const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
export const RECORDS = {
  id: 'a',
  kind: 'source-records',
  name: 'visits.csv',
  hash: '',
  bytes: 1,
  parents: [],
  madeBy: 'p',
  created: STUDY.created,
};

export function column(name: string, more: Partial<ProposedColumn> = {}): ProposedColumn {
  return {
    name,
    role: 'other',
    entities: [],
    confidence: 0.5,
    evidence: [],
    distinct: 0.1,
    type: 'category',
    examples: [],
    ...more,
  };
}

export const COLUMNS = [
  column('phone', {
    role: 'direct-identifier',
    confidence: 0.93,
    entities: [{ type: 'PHONE', share: 0.98, confidence: 0.95 }],
    evidence: ['pattern'],
  }),
  column('age', {
    role: 'quasi-identifier',
    confidence: 0.9,
    entities: [{ type: 'AGE', share: 1, confidence: 0.9 }],
    evidence: ['name'],
    type: 'integer',
  }),
  column('diagnosis', { role: 'sensitive', confidence: 0.9, evidence: ['name'] }),
  column('note', { role: 'sensitive', type: 'text', evidence: ['text'] }),
  column('clinic'),
];
export const SETS = [
  { columns: ['age'], unique: 0.001, below5: 0.02 },
  { columns: ['age', 'clinic'], unique: 0.12, below5: 0.3 },
  { columns: ['age', 'clinic', 'postcode'], unique: 0.31, below5: 0.6 },
];
export const DECIDED = Object.fromEntries(COLUMNS.map(({ name, role }) => [name, role]));
export const NONE = { values: 0, rows: 0 };
export const ONE = (label: string) => ({ labels: [{ label, rows: 7 }], count: 1 });
export const AGES = {
  recipe: { kind: 'ages' as const, widths: [5], origin: 0, bottom: null, top: 90 },
  text: '41;40-44;*\n',
  levels: [ONE('41'), ONE('40-44'), ONE('*')],
  fit: null,
  unplaced: NONE,
};
export const HIDE = {
  recipe: { kind: 'hide' as const },
  text: '41;*\n',
  levels: [ONE('41'), ONE('*')],
  fit: null,
  unplaced: NONE,
};
export const SUGGESTED = [{ name: 'age', choices: [AGES, HIDE], refused: [] }];

export type Given = Parameters<typeof clientDouble>[0];

export async function open(place: Place, answers: Given = {}): Promise<ClientDouble> {
  const double = clientDouble({
    'vault.status': () => OPEN,
    'study.list': () => ({ studies: [{ ...STUDY, progress: PROGRESS }] }),
    'study.removed': () => ({ studies: [] }),
    'study.overview': () => ({ study: STUDY, sample: false, template: null, steps: [] }),
    'study.artefacts': () => ({ artefacts: [RECORDS] }),
    'identify.propose': () => ({ columns: COLUMNS, uniqueness: SETS, decided: DECIDED }),
    'anonymise.suggest': () => ({ columns: SUGGESTED }),
    'identify.texts': () => ({ findings: null }),
    'draft.load': () => null,
    'draft.save': () => ({ saved: STUDY.created }),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await heading(screens.studies.title);
  session.go(place);
  return double;
}
export const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
export const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
export const onward = (): Promise<unknown> => press(screens.app.continue);
