import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import type { Problem } from '../../../main/contract/import.ts';
import type { Repair, RepairEffect } from '../../../main/contract/repair.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import type { Place } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import { newestRecords } from '../../../renderer/steps/newest-records.ts';
import {
  chosenRepairs,
  sayEffect,
  sayForm,
  sayRepair,
} from '../../../renderer/steps/import/repair-words.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const { repairs: w, screens, job } = words('en');
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const COMMA = { decimal: 'comma', thousands: 'none', unit: null } as const;
const MERGE: Repair = {
  ...{ kind: 'merge', column: 'sex', groups: [{ into: '男', from: ['男性', 'M'] }] },
};
const NUMBERS: Repair = { kind: 'parse-number', column: 'weight', form: COMMA, others: 'refuse' };
const day = (form: 'day-first' | 'month-first'): Repair => ({
  ...{ kind: 'parse-date', column: 'seen', form, others: 'refuse' },
});
const FINDINGS: Problem[] = [
  {
    code: 'DATE_ORDER_UNCLEAR',
    column: 'seen',
    rows: 40,
    proposal: 'choose',
    repairs: [day('day-first'), day('month-first')],
  },
  {
    code: 'NUMBERS_AS_TEXT',
    column: 'weight',
    rows: 38,
    proposal: 'parse_number',
    repairs: [NUMBERS],
  },
  { code: 'SAME_MEANING', column: 'sex', rows: 4, proposal: 'merge_categories', repairs: [MERGE] },
  { code: 'BLANK_LINES_SKIPPED', column: null, rows: 2, proposal: 'none' },
];
const effect = (repair: Repair, rows: number, more: Partial<RepairEffect> = {}): RepairEffect => ({
  kind: repair.kind,
  column: 'column' in repair ? repair.column : null,
  rows,
  missing: 0,
  later: false,
  ...more,
});
const PROFILE = {
  rows: 40,
  columns: [
    {
      ...{ name: 'weight', type: 'category', missing: 2, distinct: 30, min: null, max: null },
      ...{ examples: ['70,5'], recognised: { is: 'number', form: COMMA } },
    },
  ],
  encoding: 'utf-8',
  delimiter: ';',
  problems: FINDINGS,
};
const profile: Place = {
  ...{ at: 'profile', study: STUDY, name: 'w.csv', artefact: 'a', fresh: false },
};

async function open(
  place: Place,
  answers: Parameters<typeof clientDouble>[0] = {},
): Promise<ClientDouble & { session: Session }> {
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [STUDY] }),
    'study.removed': () => ({ studies: [] }),
    'import.profile': () => PROFILE,
    'import.proposals': () => ({ problems: FINDINGS, label: null, applied: [] }),
    'draft.load': () => null,
    'draft.save': () => ({ saved: STUDY.created }),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await heading(screens.studies.title);
  session.go(place);
  return { ...double, session };
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
const say = (repair: Repair): string => sayRepair(repair, w, 'en');

describe('the points of a profile', () => {
  it('are switches with their effect in words, tried in the order that serves them', async () => {
    const effects = [
      { ...effect(MERGE, 4), examples: [{ row: 3, before: 'M', after: '男' }] },
      { ...effect(day('month-first'), 40), examples: [] },
    ];
    const { asked } = await open(profile, {
      'import.tryRepairs': () => ({
        ...{ rows: { before: 40, after: 40 }, columns: { before: 3, after: 3 }, effects },
      }),
      'import.repair': () => ({ job: 'j' }),
      'job.get': () => ({
        ...{ id: 'j', kind: 'repair', study: 's', state: 'running', progress: null, error: null },
        ...{ artefacts: [], created: '', started: null, seconds_left: null, ended: null },
      }),
    });
    await screen.findByText(w.looksLike(w.numbers('comma', 'none', null)));
    await fireEvent.click(await screen.findByLabelText(w.ofColumn('sex', say(MERGE))));
    await fireEvent.click(screen.getByLabelText(say(day('month-first'))));
    await press(w.see);
    await heading(w.tryTitle(false));
    await screen.findByText(w.effect('4', 4));
    screen.getByRole('cell', { name: '男' });
    await press(w.apply(false));
    await heading(job.titles.repair);
    const inputs = asked.filter(([name]) => name === 'import.repair').map(([, input]) => input);
    expect(inputs.map((input) => contract.import.repair.input.parse(input).repairs)).toEqual([
      [MERGE, day('month-first')],
    ]);
  });

  it('come back as they were ticked, and say so when none is', async () => {
    const answers = JSON.stringify({ artefact: 'a', chosen: { 'NUMBERS_AS_TEXT weight': '0' } });
    await open(profile, { 'draft.load': () => ({ answers, saved: STUDY.created }) });
    const box = await screen.findByLabelText<HTMLInputElement>(w.ofColumn('weight', say(NUMBERS)));
    expect(box.checked).toBe(true);
    await fireEvent.click(box);
    await press(w.see);
    expect((await screen.findByRole('alert')).textContent).toContain(w.nothingChosen);
  });

  it('of other records are not taken over', async () => {
    const answers = JSON.stringify({ artefact: 'b', chosen: { 'NUMBERS_AS_TEXT weight': '0' } });
    await open(profile, { 'draft.load': () => ({ answers, saved: STUDY.created }) });
    const box = await screen.findByLabelText<HTMLInputElement>(w.ofColumn('weight', say(NUMBERS)));
    expect(box.checked).toBe(false);
  });
});

describe('repairs that were made', () => {
  const made: Place = {
    ...{ at: 'repaired', study: STUDY, name: 'w.csv', artefact: 'r', fresh: true },
  };
  it('are listed with what they did, and the last can be undone', async () => {
    const { asked } = await open(made, {
      'import.repairs': () => ({ repairs: [{ repair: MERGE, effect: effect(MERGE, 4) }] }),
      'import.undoRepair': () => ({ job: 'j' }),
      'job.get': () => Promise.reject(new Error('later')),
    });
    await screen.findByRole('rowheader', { name: w.ofColumn('sex', say(MERGE)) });
    screen.getByText(w.done);
    await press(w.undo);
    expect(asked).toContainEqual(['import.undoRepair', { study: 's', artefact: 'r' }]);
  });
  it('offer no undo where none is left', async () => {
    await open({ ...made, fresh: false }, { 'import.repairs': () => ({ repairs: [] }) });
    await screen.findByText(w.madeNone);
    expect(screen.queryByRole('button', { name: w.undo })).toBeNull();
  });
});

describe('words of repairs', () => {
  it('name the values and stop after a few', () => {
    expect(say({ kind: 'mark-missing', column: 'a', marks: ['1', '2', '3', '4', '5', '6'] })).toBe(
      w.say.marks('1, 2, 3, 4, and 2 more'),
    );
    expect(say(MERGE)).toBe(w.say.merge(w.say.group('男性, M', '男')));
    expect(say({ kind: 'clip', column: 'a', lower: null, upper: 1000 })).toBe(
      w.say.clipAbove('1,000'),
    );
    expect(say({ kind: 'to-category', column: 'a' })).toBe(w.say.toCategory);
    expect(say({ kind: 'fill', column: 'a', with: 'median' })).toBe(w.say.median);
  });
  it('tell what a form is and what a repair does, in both languages', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const spoken = words(language).repairs;
      const form = { decimal: 'point', thousands: 'comma', unit: 'kg' } as const;
      expect(sayForm({ is: 'number', form }, spoken)).toContain('kg');
      const later = effect({ kind: 'fill', column: 'a', with: 'mode' }, 3, { later: true });
      expect(sayEffect(later, spoken, language)).toContain(spoken.learned);
      const codes: Repair = { kind: 'to-category', column: 'a' };
      expect(sayEffect(effect(codes, 7, {}), spoken, language)).toBe(spoken.effectCodes('7', 7));
      expect(sayEffect(effect(codes, 0, {}), spoken, language)).toBe(spoken.effectNone);
      expect(sayEffect(effect(NUMBERS, 5, { missing: 2 }), spoken, language)).toMatch(/5.*2/);
    }
  });
  it('are put in order whatever order the findings have', () => {
    const chosen = {
      'NUMBERS_AS_TEXT weight': '0',
      'SAME_MEANING sex': '0',
      'DATE_ORDER_UNCLEAR seen': 'leave',
    };
    expect(chosenRepairs(FINDINGS, chosen)).toEqual([MERGE, NUMBERS]);
  });
});

describe('the newest records', () => {
  it('are the repaired ones where they came last', async () => {
    const artefacts = ['source-records', 'repaired-records', 'protected-records'].map((kind) => ({
      ...{ id: kind, kind, name: 'w', hash: '', bytes: 1, parents: [], madeBy: '', created: '' },
    }));
    const { session } = await open(profile, { 'study.artefacts': () => ({ artefacts }) });
    expect((await newestRecords(session, STUDY))?.id).toBe('repaired-records');
  });
});
