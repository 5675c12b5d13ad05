import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import { CallError } from '../../../renderer/client.ts';
import { showBytes } from '../../../renderer/formats.ts';
import type { Place, Preview } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import { choose } from './choose.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const { screens, job } = words('en');
const w = screens.import;
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const FILE = { ticket: 't', name: 'visits.csv', bytes: 2048 };
const OTHER = { ticket: 'o', name: 'people.csv', bytes: 2048 };
const preview = (...names: string[]): Preview => ({
  columns: names.map((name) => ({ name, type: 'integer' })),
  rows: [names.map(() => '47')],
  ...{ format: 'delimited', encoding: 'utf-8', delimiter: ',', files: 1, bytes: 2048, more: true },
});
const JOIN: Place = {
  ...{ at: 'join', study: STUDY, file: FILE, preview: preview('id', 'age'), way: {} },
  other: OTHER,
};

async function open(
  place: Place,
  look: (input: unknown) => unknown,
  answers: Parameters<typeof clientDouble>[0] = {},
): Promise<ClientDouble> {
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [STUDY] }),
    'import.preview': look,
    'import.lookProgress': () => ({ progress: { done: 500, total: 2000, unit: 'bytes' } }),
    'import.stopLook': () => ({}),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await heading(screens.studies.title);
  session.go(place);
  return double;
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
const looks = ({ asked }: ClientDouble) =>
  asked
    .filter(([name]) => name === 'import.preview')
    .map(([, input]) => contract.import.preview.input.parse(input));
const refused = (): Promise<never> =>
  Promise.reject(new CallError('CSV_QUOTE_STRAY', { row: 2, file: OTHER.name }));

describe('a second file', () => {
  it('shows how far it is read once that takes a moment, and lets go of it', async () => {
    const double = await open(JOIN, () => new Promise(() => undefined));
    await heading(w.joinTitle(OTHER.name));
    await screen.findByText(job.done.bytes(showBytes(500, 'en'), showBytes(2000, 'en')));
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.25');
    await press(w.stopReading);
    await screen.findByText(w.stopped);
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(double.asked).toContainEqual(['import.stopLook', { look: looks(double)[0]?.look }]);
    screen.getByRole('button', { name: w.joinAnother });
  });

  it('is let go of when the page is left', async () => {
    const double = await open(JOIN, () => new Promise(() => undefined));
    await heading(w.joinTitle(OTHER.name));
    await press(screens.app.back);
    await heading(w.previewTitle(FILE.name));
    expect(double.asked.filter(([name]) => name === 'import.stopLook')).toHaveLength(1);
  });

  it('whose quotes do not pair up is read in another way, and joined so', async () => {
    let tries = 0;
    const double = await open(JOIN, () =>
      ++tries === 1 ? refused() : preview(...(tries < 4 ? ['person', 'smokes'] : ['id', 'smokes'])),
    );
    await screen.findByRole('heading', { level: 2, name: w.quoteFails });
    await press(w.readUnquoted);
    await screen.findAllByText(w.joinPreview(OTHER.name));
    await choose(screen.getByLabelText<HTMLSelectElement>(w.encoding), 'gb18030');
    await choose(screen.getByLabelText<HTMLSelectElement>(w.joinOtherKey(OTHER.name)), 'person');
    await press(w.joinGo);
    await heading(w.previewTitle(FILE.name));
    const [first, unquoted, decoded, joined] = looks(double);
    expect([first?.reading, unquoted?.reading]).toEqual([{}, { quote: 'none' }]);
    expect(decoded).toMatchObject({ ticket: 'o', reading: { quote: 'none', encoding: 'gb18030' } });
    expect(joined).toMatchObject({
      ticket: 't',
      join: {
        ...{ ticket: 'o', plan: { key: 'id', otherKey: 'person', unmatched: 'keep' } },
        reading: { quote: 'none', encoding: 'gb18030' },
      },
    });
  });

  it('that cannot be read at all can be changed for another', async () => {
    let tries = 0;
    await open(
      JOIN,
      () => (++tries === 1 ? Promise.reject(new Error('no')) : preview('id', 'smokes')),
      { 'app.chooseFile': () => ({ ticket: 'b', name: 'better.csv', bytes: 9 }) },
    );
    await screen.findByRole('alert');
    expect(screen.queryByText(w.orAnother)).toBeNull();
    await press(w.joinAnother);
    await heading(w.joinTitle('better.csv'));
    await screen.findAllByText(w.joinPreview('better.csv'));
  });
});

describe('a first file', () => {
  it('shows how far it is read, and lets go of it', async () => {
    const place: Place = { at: 'choose-file', study: STUDY };
    const double = await open(place, () => new Promise(() => undefined), {
      'app.chooseFile': () => FILE,
    });
    await press(w.chooseButton);
    await screen.findByRole('progressbar');
    await press(w.stopReading);
    await screen.findByText(w.stopped);
    expect(double.asked.map(([name]) => name)).toContain('import.stopLook');
    await screen.findByRole('button', { name: w.chooseButton });
  });
});
