import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { anonymisePlan } from '../../../main/contract/anonymise.ts';
import { contract } from '../../../main/contract/index.ts';
import { words } from '../../../main/words/index.ts';
import type { Place } from '../../../renderer/place.ts';
import {
  columnsOf,
  noAnswers,
  questionsOf,
  requestOf,
} from '../../../renderer/steps/anonymise/answers.ts';
import { choose } from './choose.ts';

import {
  english,
  w,
  screens,
  STUDY,
  column,
  COLUMNS,
  SETS,
  DECIDED,
  AGES,
  HIDE,
  SUGGESTED,
  type Given,
  open,
  heading,
  press,
  onward,
} from './protect-pages.ts';

afterEach(cleanup);

const questions: Place = { at: 'protect', study: STUDY, page: { show: 'questions' } };

describe('the roles of columns', () => {
  it('are shown with the reason in words, can be changed, and are saved for every column', async () => {
    const { asked } = await open(
      { at: 'identify', study: STUDY },
      {
        'identify.propose': () => ({ columns: COLUMNS, uniqueness: SETS, decided: null }),
        'identify.save': () => ({ artefact: 'f' }),
      },
    );
    await screen.findByText(w.identify.byPattern(w.identify.entities.PHONE, '98%'));
    const clinic = screen.getByLabelText<HTMLSelectElement>(w.identify.roleOf('clinic'));
    expect(clinic.value).toBe('other');
    await choose(clinic, 'quasi-identifier');
    screen.getByText(w.identify.proposed(w.identify.roles.other));
    await press(w.identify.save);
    await heading(STUDY.name);
    const [, saved] = asked.find(([name]) => name === 'identify.save') ?? [];
    expect(contract.identify.save.input.parse(saved).roles).toEqual(
      COLUMNS.map(({ name, role }) => ({
        name,
        role: name === 'clinic' ? 'quasi-identifier' : role,
      })),
    );
  });

  it('warn where a column that names people would stay as it is', async () => {
    await open({ at: 'identify', study: STUDY });
    const phone = await screen.findByLabelText<HTMLSelectElement>(w.identify.roleOf('phone'));
    const summary = w.identify.staySummary('phone', 1);
    expect(screen.queryByText(summary)).toBeNull();
    await choose(phone, 'other');
    screen.getByText(summary);
    const hint = screen.getByText(w.identify.stays);
    expect(phone.getAttribute('aria-describedby')).toBe(hint.id);
    await choose(phone, 'quasi-identifier');
    expect(screen.queryByText(summary)).toBeNull();
  });

  it('are followed by what the columns single out together', async () => {
    await open({ at: 'identify', study: STUDY });
    await screen.findByRole('heading', { level: 2, name: w.identify.together });
    screen.getByText('age, clinic, and postcode together single out 31 of 100 records.');
    screen.getByText('age and clinic together single out 12 of 100 records.');
    // One of a thousand is not worth a sentence of its own.
    expect(screen.queryByText(/^age alone/)).toBeNull();
  });
});

describe('protecting records', () => {
  it('asks one thing per page, and applies the hierarchy whose levels it showed', async () => {
    const { asked } = await open(questions, { 'anonymise.start': () => ({ job: 'j' }) });
    await heading(w.purpose.title);
    await onward();
    expect((await screen.findByRole('alert')).textContent).toContain(w.purpose.missing);
    await fireEvent.click(screen.getByLabelText(w.purpose.names.partner));
    await onward();

    await heading(english.texts.release.title);
    screen.getByText(english.texts.release.unsearched);
    await onward();

    await heading(w.removed.title);
    screen.getByRole('rowheader', { name: 'phone' });
    screen.getByText(w.removed.freeText);
    await onward();

    await heading(w.coarser.title('age'));
    screen.getByText('40-44 (7)');
    await onward();

    await heading(w.sensitive.title);
    const demand = screen.getByLabelText<HTMLSelectElement>(
      screens.parts.optional(w.sensitive.field('diagnosis')),
    );
    await choose(demand, '3');
    await onward();

    await heading(w.check.title);
    screen.getByText(w.sensitive.least('3'));
    await press(w.check.start);
    const [, input] = asked.find(([name]) => name === 'anonymise.start') ?? [];
    expect(contract.anonymise.start.input.parse(input)).toMatchObject({
      study: 's',
      artefact: 'a',
      hierarchies: { age: AGES.text },
      remove: ['phone', 'note'],
      plan: {
        models: [
          { type: 'k-anonymity', k: 10 },
          { type: 'distinct-l-diversity', attribute: 'diagnosis', l: 3 },
        ],
        suppressionLimit: 0.02,
        insensitive: ['clinic'],
      },
    });
  });

  it('opens at the answers that were left, and returns to the summary after a change', async () => {
    const answers = JSON.stringify({ purpose: 'inside', kinds: { age: 'hide' }, page: 5 });
    await open(questions, {
      'draft.load': () => ({ answers, saved: STUDY.created }),
    });
    await heading(w.check.title);
    screen.getByText(w.coarser.kinds.hide);
    await press(screens.parts.changeLabel(w.check.coarser('age')));
    await heading(w.coarser.title('age'));
    await fireEvent.click(screen.getByLabelText(w.coarser.kinds.ages));
    await onward();
    await heading(w.check.title);
    screen.getByText(w.coarser.kinds.ages);
  });

  it('sends to the roles where there are none, or none that can be made coarser', async () => {
    await open(questions, {
      'identify.propose': () => ({ columns: COLUMNS, uniqueness: SETS, decided: null }),
    });
    await heading(w.first.title);
    cleanup();
    await open(questions, {
      'identify.propose': () => ({
        columns: COLUMNS,
        uniqueness: SETS,
        decided: { ...DECIDED, age: 'other' },
      }),
    });
    await heading(w.nothing.title);
    await press(w.nothing.button);
    await heading(w.identify.title);
  });

  it('does not go past a column that cannot be made coarser', async () => {
    const answers = JSON.stringify({ purpose: 'inside', page: 3 });
    await open(questions, {
      'anonymise.suggest': () => ({ columns: [{ name: 'age', choices: [], refused: [] }] }),
      'draft.load': () => ({ answers, saved: STUDY.created }),
    });
    await heading(w.coarser.title('age'));
    await onward();
    expect((await screen.findByRole('alert')).textContent).toContain(w.coarser.impossible('age'));
  });

  it('takes the proposals for the columns ahead, but stops at one that has none', async () => {
    const more = ['sex', 'ward', 'town'].map((name) => column(name, { role: 'quasi-identifier' }));
    const roles = Object.fromEntries(more.map(({ name, role }) => [name, role]));
    const suggested = (lacking: string | null) => ({
      columns: ['age', 'sex', 'ward', 'town'].map((name) => ({
        ...{ name, refused: [], choices: name === lacking ? [] : [AGES, HIDE] },
      })),
    });
    const given = (lacking: string | null): Given => ({
      'identify.propose': () => ({
        ...{ columns: [...COLUMNS, ...more], uniqueness: SETS, decided: { ...DECIDED, ...roles } },
      }),
      'anonymise.suggest': () => suggested(lacking),
      'draft.load': () => ({
        ...{ answers: JSON.stringify({ purpose: 'inside', page: 3 }), saved: STUDY.created },
      }),
    });
    await open(questions, given('ward'));
    await heading(w.coarser.title('age'));
    await press(w.coarser.takeRest('3', 3));
    await heading(w.coarser.title('ward'));
    expect((await screen.findByRole('alert')).textContent).toContain(w.coarser.impossible('ward'));
    cleanup();
    await open(questions, given(null));
    await heading(w.coarser.title('age'));
    await press(w.coarser.takeRest('3', 3));
    await heading(w.sensitive.title);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('protects nothing while the steps are still those of the other language', async () => {
    const answers = JSON.stringify({ purpose: 'inside', page: 5 });
    let answer = (): void => {};
    const { asked } = await open(questions, {
      'app.setLanguage': () => ({}),
      'draft.load': () => ({ answers, saved: STUDY.created }),
      'anonymise.suggest': (input: unknown) =>
        (input as { language: string }).language === 'en'
          ? { columns: SUGGESTED }
          : new Promise((done) => (answer = () => done({ columns: SUGGESTED }))),
      'anonymise.start': () => ({ job: 'j' }),
    });
    await heading(w.check.title);
    await press('中文');
    const { start } = words('zh-CN').protect.check;
    await press(start);
    const starts = (): boolean => asked.some(([name]) => name === 'anonymise.start');
    expect(starts()).toBe(false);
    answer();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: start }).getAttribute('aria-disabled')).toBe(
        'false',
      ),
    );
    await press(start);
    await waitFor(() => expect(starts()).toBe(true));
  });

  it('says so when the hierarchies are too much for one message', async () => {
    const answers = JSON.stringify({ purpose: 'inside', page: 5 });
    const text = '41;*\n'.repeat(200_000);
    const choices = [{ ...AGES, text }];
    const { asked } = await open(questions, {
      'anonymise.suggest': () => ({ columns: [{ name: 'age', choices, refused: [] }] }),
      'draft.load': () => ({ answers, saved: STUDY.created }),
    });
    await press(w.check.start);
    expect((await screen.findByRole('alert')).textContent).toContain(w.check.tooMany);
    expect(asked.some(([name]) => name === 'anonymise.start')).toBe(false);
  });

  it('asks about each column that is made less exact', () => {
    const columns = { removed: [], coarser: ['age', 'sex', 'id'], sensitive: [], unchanged: [] };
    const pages = questionsOf(columns).map((page) => ('column' in page ? page.column : page.ask));
    expect(pages).toEqual(['purpose', 'removed', 'age', 'sex', 'id', 'check']);
  });

  it('asks for nothing without a purpose', () => {
    const texts = { searched: false, language: 'en' } as const;
    const columns = columnsOf(COLUMNS, DECIDED);
    expect(requestOf(noAnswers(), columns, SUGGESTED, texts)).toBeNull();
    const purpose = { ...noAnswers(), purpose: 'publish' as const };
    const request = requestOf(purpose, columns, SUGGESTED, texts);
    expect(anonymisePlan.parse(request?.plan).models).toEqual([{ type: 'k-anonymity', k: 20 }]);
  });
});
