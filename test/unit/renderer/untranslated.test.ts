import { cleanup, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import App from '../../../renderer/App.svelte';
import type { Place, Preview } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import { clientDouble } from './client-double.ts';
import { untranslated } from './visible-text.ts';

vi.mock('../../../main/words/index.ts', async (original) => {
  const { words } = await original<typeof import('../../../main/words/index.ts')>();
  const { pseudoWords } = await import('../../pseudo.ts');
  return { words: () => pseudoWords(words('en')) };
});

afterEach(cleanup);

const PROGRESS = { done: 3, steps: 5, attention: true };
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const FILE = { ticket: 't', name: 'records.csv', bytes: 2048 };
const PREVIEW: Preview = {
  columns: [{ name: 'age', type: 'integer' }],
  rows: [['47']],
  format: 'delimited',
  encoding: 'utf-8',
  delimiter: ',',
  files: 1,
  bytes: 2048,
  more: true,
};
const BOOK: Preview = {
  ...PREVIEW,
  format: 'excel',
  encoding: null,
  delimiter: null,
  sheet: 'age',
  sheets: ['age'],
};
const JOINED: Preview = {
  ...PREVIEW,
  format: 'fhir',
  join: { relation: 'many-to-one', unmatched: 3, unused: 2, first: null, examples: [['47']] },
};
const JOIN = { ticket: 'o', name: 'records.csv', plan: { key: 'age', unmatched: 'drop' } } as const;

/** What the person or the file has named, and what Intl writes (dates, sizes). */
const KNOWN = ['Concord', 'English', '中文', STUDY.name, FILE.name, 'age', 'UTF-8', '2026', 'kB'];

const PLACES: readonly Place[] = [
  { at: 'create-name', problems: [] },
  { at: 'create-passphrase', person: 'Ada' },
  { at: 'unlock', problems: [] },
  { at: 'studies' },
  { at: 'create-study' },
  { at: 'choose-file', study: STUDY },
  { at: 'paste', study: STUDY },
  { at: 'preview', study: STUDY, file: FILE, preview: PREVIEW },
  { at: 'preview', study: STUDY, file: FILE, preview: BOOK, way: { text: 'age' } },
  { at: 'preview', study: STUDY, file: FILE, preview: JOINED, way: { join: JOIN } },
  {
    at: 'join',
    study: STUDY,
    file: FILE,
    preview: PREVIEW,
    way: {},
    other: FILE,
  },
];

describe('every text of a page comes from words/', () => {
  it.each(PLACES)('$at', async (place) => {
    const double = clientDouble({
      'app.status': () => ({
        version: '0',
        language: 'en',
        engine: 'ready',
        runtime: { electron: '45.4.1', supported: true },
      }),
      'vault.status': () => ({ exists: true, unlocked: true, person: null }),
      'study.list': () => ({ studies: [{ ...STUDY, progress: PROGRESS }] }),
    });
    const session = new Session(double.client, double.listen);
    render(App, { session });
    await screen.findByText(STUDY.name);
    session.place = place;
    await tick();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(untranslated(document.body, KNOWN)).toEqual([]);
  });
});
