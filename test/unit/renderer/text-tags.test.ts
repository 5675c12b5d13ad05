import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Tagged } from '../../../main/contract/model-text.ts';
import type { TrainAnswers } from '../../../main/contract/train-draft.ts';
import { words } from '../../../main/words/index.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import Find from '../../../renderer/steps/train/attend/Find.svelte';
import {
  pagesOf,
  planOf,
  publicTextOf,
  type Whole,
} from '../../../renderer/steps/train/answers.ts';
import { problemsOf } from '../../../renderer/steps/train/check.ts';
import { fits, proposedFor, type TextFacts } from '../../../renderer/steps/train/text-kinds.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';
import Train from '../../../renderer/steps/train/Train.svelte';
import { column, COLUMNS, estimate, full, RECORDS, STUDY, WHOLE } from './train-fixture.ts';

afterEach(cleanup);

const w = words('en').modelText;
const view = (id: string, languages: readonly string[]): TextFacts['encoders'][number] => ({
  ...{ id, name: id, languages: [...languages], dimensions: 4, bytes: 9, licence: 'L' },
  ...{ provenance: '', bundled: id === 'use-lite-en', state: 'ready', checked: null },
});
const facts = (language: TextFacts['languages'][number]['language']): TextFacts => ({
  languages: [{ column: 'note', language }],
  encoders: [view('use-lite-en', ['en']), view('zh', ['zh'])],
});
const COLUMNS_OF_TEXT = [...COLUMNS, column('words', { type: 'text' })];
const text = (change: Partial<TrainAnswers> = {}): TrainAnswers =>
  full({ texts: ['note'], features: [], kind: 'encoder-head', ...change });
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));

function pick(list: HTMLElement, value: string): Promise<unknown> {
  // The light DOM does not know that the chosen option of a list is ':checked'.
  const option = [...(list as HTMLSelectElement).options].find((one) => one.value === value);
  Object.assign(list, { querySelector: () => option ?? null });
  return fireEvent.change(list, { target: { value } });
}

const TAGS: Whole = {
  ...WHOLE,
  label: { column: 'tags', target: 'tags', text: 'words', values: ['PER', 'LOC'] },
};

describe('a label of tags', () => {
  it('needs its text alone, and no page about columns, facts or words', () => {
    const chosen = text({ kind: 'bag', tuning: 'search', tune: 'all', features: ['age'] });
    const columns = COLUMNS_OF_TEXT;
    expect(planOf(chosen, TAGS, columns)).toMatchObject({
      ...{ label: 'tags', target: 'tags', labels: ['PER', 'LOC'], text: ['words'] },
      model: { kind: 'bag' },
    });
    const plan = planOf(text({ tune: 'all' }), TAGS, columns);
    expect(plan.model).toEqual({ kind: 'encoder-head' });
    for (const absent of ['features', 'positive', 'search', 'calibration']) {
      expect(planOf(chosen, TAGS, columns)).not.toHaveProperty(absent);
    }
    expect(pagesOf(chosen, false, TAGS)).toEqual([
      ...(['arranged', 'privacy', 'missing', 'kind', 'slider', 'check'] as const),
    ]);
    expect(problemsOf('kind', chosen, TAGS, columns)).toEqual([]);
    expect(problemsOf('slider', chosen, TAGS, columns)).toEqual([]);
  });

  it('is learnt by the reader of the program or by how words are written', () => {
    const fit = (kind: TrainAnswers['kind'], id: string): boolean =>
      fits({ kind, encoder: id }, ['words'], { ...facts('zh'), languages: [] }, true);
    expect(fit('bag', '')).toBe(true);
    expect(fit('recurrent', '')).toBe(false);
    expect(fit('encoder-head', 'use-lite-en')).toBe(true);
    expect(fit('encoder-head', 'zh')).toBe(false);
    expect(proposedFor(['note'], facts('zh'), true).kind).toBe('bag');
  });
});

describe('words that are learnt first', () => {
  const chosen = (change: Partial<TrainAnswers>): TrainAnswers => text({ kind: 'bag', ...change });
  const columns = [...COLUMNS, column('note', { type: 'text' })];
  const publicly = { pretrain: 'public', publicRecords: 'b', publicColumn: 'said' } as const;

  it('stand in the plan of a model that is trained here, and in no other', () => {
    const model = (change: Partial<TrainAnswers>, whole = WHOLE): unknown =>
      planOf(chosen(change), whole, columns).model;
    expect(model({ pretrain: 'records' })).toMatchObject({ pretrain: { on: 'records' } });
    expect(model({})).not.toHaveProperty('pretrain');
    expect(model({ ...publicly, kind: 'encoder-head' })).not.toHaveProperty('pretrain');
    expect(model(publicly, TAGS)).not.toHaveProperty('pretrain');
    expect(model({ ...publicly, features: ['age'] })).not.toHaveProperty('pretrain');
    expect(publicTextOf(chosen(publicly), WHOLE, columns)).toEqual({
      publicText: { artefact: 'b', column: 'said' },
    });
    expect(publicTextOf(chosen({ ...publicly, pretrain: 'records' }), WHOLE, columns)).toEqual({});
  });

  it('want public texts named and said to be public, and no search beside', () => {
    const wrong = (change: Partial<TrainAnswers>): (string | null)[] =>
      problemsOf('kind', chosen({ ...publicly, ...change }), WHOLE, columns).map(
        (one) => one.field,
      );
    expect(wrong({ publicSure: true })).toEqual([]);
    expect(wrong({})).toEqual(['publicSure']);
    expect(wrong({ publicColumn: '' })).toEqual(['publicColumn', 'publicSure']);
    expect(wrong({ publicRecords: '' })).toEqual(['publicRecords']);
    expect(wrong({ publicRecords: 'a', publicSure: true })).toEqual(['publicRecords']);
    const search = chosen({ pretrain: 'records', tuning: 'search' });
    const [refused] = problemsOf('slider', search, WHOLE, columns);
    expect(refused?.say(words('en'))).toBe(words('en').search.noPretraining);
  });

  it('are asked for where other records of the study are at hand', async () => {
    const other = { ...RECORDS, id: 'b', name: 'leaflets.csv', parents: [] };
    const double = clientDouble({
      'study.artefacts': () => ({ artefacts: [{ ...RECORDS, parents: [] }, other] }),
      'draft.load': () => ({
        answers: JSON.stringify(chosen({ pretrain: 'public' })),
        saved: STUDY.created,
      }),
      'import.arrangement': () => ({ arrangement: WHOLE, sizes: null, columns }),
      'train.languages': () => ({ texts: facts('en').languages }),
      'encoders.list': () => ({ encoders: [] }),
      'train.columns': () => ({ columns: [column('said', { type: 'text' }), column('nr')] }),
      'train.estimate': () => ({ privacy: estimate() }),
      'train.start': () => ({ job: 'j' }),
    });
    const session = new Session(double.client, double.listen);
    render(Train, { session, place: { at: 'train', study: STUDY, page: 'kind' } });
    await heading(words('en').train.kindTitle);
    await pick(screen.getByLabelText(w.publicRecords), 'b');
    const list = await screen.findByLabelText(w.publicColumn);
    await screen.findByRole('option', { name: 'said' });
    expect(screen.queryByRole('option', { name: 'nr' })).toBeNull();
    await pick(list, 'said');
    await press(words('en').screens.app.continue);
    await screen.findAllByText(w.publicSureMissing);
    await fireEvent.click(screen.getByRole('checkbox', { name: w.publicSure }));
    await press(words('en').screens.app.continue);
    await heading(w.wordsTitle);
  });
});

describe('what a model of tags finds', () => {
  const reads = { columns: ['words'], encoder: null, vocabulary: 'public' as const };
  function openFind(found: Tagged): ClientDouble {
    const double = clientDouble({
      'train.text': () => ({ text: reads, tested: 3 }),
      'train.tag': () => found,
    });
    const session = new Session(double.client, double.listen);
    render(Find, { session, place: { at: 'find', study: STUDY, artefact: 'm' } });
    return double;
  }
  async function ask(typed: string): Promise<void> {
    await heading(w.tagTitle);
    const field = await screen.findByLabelText(w.attendField('words'));
    await fireEvent.input(field, { target: { value: typed } });
    await press(w.tagButton);
  }

  it('is framed in the text with its kind and how sure it is, and then listed', async () => {
    const { asked } = openFind({
      ...{ column: 'words', words: 3, shortened: false },
      pieces: [
        { text: 'Anna', kind: 'PER', confidence: 0.914 },
        { text: ' sleeps', kind: null, confidence: null },
      ],
    });
    await ask('Anna sleeps');
    await screen.findByText(w.tagFound('1'));
    expect(document.querySelector('mark')?.textContent).toBe('AnnaPER 91%');
    expect(screen.getAllByRole('row').at(-1)?.textContent.replaceAll(/\s+/g, '')).toBe(
      'AnnaPER91%',
    );
    expect(asked.findLast(([name]) => name === 'train.tag')?.[1]).toMatchObject({
      given: { texts: [{ column: 'words', text: 'Anna sleeps' }] },
    });
  });

  it.each([
    [0, w.tagNoWords],
    [2, w.tagNothing],
  ])('may be nothing, of %d words', async (count, said) => {
    openFind({ column: 'words', pieces: [], words: count, shortened: false });
    await ask('?');
    await screen.findByText(said);
  });
});
