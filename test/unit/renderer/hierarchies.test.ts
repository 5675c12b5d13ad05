import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import type {
  HierarchyChoice,
  HierarchyRecipe,
  TreeGroups,
} from '../../../main/contract/hierarchy.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import { CallError } from '../../../renderer/client.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import {
  choiceOf,
  columnsOf,
  filesFit,
  limitsOf,
  noAnswers,
  requestOf,
} from '../../../renderer/steps/anonymise/answers.ts';
import { numbersOf } from '../../../renderer/steps/anonymise/hierarchy/numbers.ts';
import {
  dissolved,
  groupsIn,
  moved,
  renamed,
  valuesIn,
  withNewGroup,
} from '../../../renderer/steps/anonymise/hierarchy/tree.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const { protect: p, hierarchies: w, screens, errors } = words('en');
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const RECORDS = {
  id: 'a',
  kind: 'source-records',
  name: 'visits.csv',
  hash: '',
  bytes: 1,
  parents: [],
  madeBy: 'p',
  created: STUDY.created,
};
const AGE = {
  name: 'age',
  role: 'quasi-identifier',
  entities: [],
  confidence: 1,
  evidence: [],
  distinct: 0.1,
  type: 'integer',
  examples: [],
};

function choice(recipe: HierarchyRecipe, ...steps: string[]): HierarchyChoice {
  return {
    recipe,
    text: `41;${steps.join(';')}\n`,
    levels: ['41', ...steps].map((label) => ({ labels: [{ label, rows: 7 }], count: 1 })),
    fit: null,
    unplaced: { values: 0, rows: 0 },
  };
}

const ages = (...widths: number[]): HierarchyRecipe => ({
  kind: 'ages',
  widths,
  origin: 0,
  bottom: null,
  top: 90,
});
const TREE = {
  kind: 'tree' as const,
  groups: [],
  members: ['a', 'b', 'c'].map((value) => ({ value, group: null })),
};
const ORDER: HierarchyRecipe = { kind: 'ordered', order: ['a', 'b', 'c'], runs: [2] };
const HIDE: HierarchyRecipe = { kind: 'hide' };
const CHOICES = [
  choice(ages(5, 10), '40-44', '40-49', '*'),
  choice(TREE, '*'),
  choice(ORDER, 'a – b', '*'),
  choice(HIDE, '*'),
];
const VALUES = ['a', 'b', 'c'].map((value) => ({ value, rows: 3 }));

/** The page of the only column to be made coarser, after the purpose and what is removed. */
async function openColumn(
  answers: Parameters<typeof clientDouble>[0] = {},
  left: object = {},
): Promise<ClientDouble> {
  const kept = JSON.stringify({ purpose: 'inside', page: 2, ...left });
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [] }),
    'study.overview': () => ({ study: STUDY, sample: false, template: null, steps: [] }),
    'study.artefacts': () => ({ artefacts: [RECORDS] }),
    'identify.propose': () => ({ columns: [AGE], uniqueness: [], decided: { age: AGE.role } }),
    'anonymise.suggest': () => ({ columns: [{ name: 'age', choices: CHOICES, refused: [] }] }),
    'anonymise.byHand': () => ({ values: VALUES, tree: { groups: [], members: TREE.members } }),
    'draft.load': () => ({ answers: kept, saved: STUDY.created }),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await screen.findByRole('heading', { level: 1, name: screens.studies.title });
  session.go({ at: 'protect', study: STUDY, page: { show: 'questions' } });
  await title(p.coarser.title('age'));
  return double;
}

const title = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
const type = (label: string, value: string): Promise<unknown> =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
async function write(label: string, value: string): Promise<void> {
  await fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await type(label, value);
}
const lastOf = (double: ClientDouble, name: string): unknown =>
  double.asked.filter(([asked]) => asked === name).at(-1)?.[1];

describe('the page of a column', () => {
  it('shows the ranges that a person sets up, and applies the text of what it showed', async () => {
    const built = choice(ages(7, 14), '35-41', '28-41', '*');
    const double = await openColumn({
      'anonymise.hierarchy': () => built,
      'anonymise.start': () => ({ job: 'j' }),
    });
    screen.getByText('40-44 (7)');
    await write(w.ranges.widths, '７，14');
    await screen.findByText('35-41 (7)');
    const asked = contract.anonymise.hierarchy.input.parse(lastOf(double, 'anonymise.hierarchy'));
    expect(asked.recipe).toEqual(ages(7, 14));
    await press(screens.app.continue);
    await title(p.check.title);
    await press(p.check.start);
    const started = contract.anonymise.start.input.parse(lastOf(double, 'anonymise.start'));
    expect(started.hierarchies).toEqual({ age: built.text });
    const saved = contract.draft.save.input.parse(lastOf(double, 'draft.save'));
    expect(JSON.parse(saved.answers)).toMatchObject({ recipes: { age: [ages(7, 14)] } });
  });

  it('says what is wrong with ranges, and does not go on with them', async () => {
    const params = { column: 'age', reason: 'widths' };
    await openColumn({
      'anonymise.hierarchy': () => {
        throw new CallError('HIERARCHY_NOT_BUILT', params);
      },
    });
    await write(w.ranges.widths, 'five');
    expect((await screen.findByRole('alert')).textContent).toContain(w.ranges.widthsWrong);
    await write(w.ranges.widths, '5, 12');
    const sentence = errors.HIERARCHY_NOT_BUILT(params);
    await waitFor(() => {
      expect(screen.getByRole('alert').textContent).toContain(sentence);
    });
    await press(screens.app.continue);
    await title(p.coarser.title('age'));
    screen.getByText('40-44 (7)');
  });

  it('takes a file of the person, and asks for one before it goes on', async () => {
    const text = '41;middle;*\n';
    const double = await openColumn({
      'app.chooseFile': () => ({ ticket: 't', name: 'ages.csv', bytes: 12 }),
      'anonymise.hierarchyFile': () => choice({ kind: 'file', text }, 'middle', '*'),
    });
    await fireEvent.click(screen.getByLabelText(p.coarser.kinds.file));
    await press(screens.app.continue);
    expect((await screen.findByRole('alert')).textContent).toContain(w.file.missing);
    await press(w.file.choose);
    await screen.findByText('middle (7)');
    expect(lastOf(double, 'app.chooseFile')).toEqual({ purpose: 'hierarchy' });
    expect(lastOf(double, 'anonymise.hierarchyFile')).toMatchObject({ column: 'age', ticket: 't' });
    await press(screens.app.continue);
    await title(p.check.title);
    screen.getByText(p.coarser.kinds.file);
  });

  it('keeps to the steps that a person allows', async () => {
    const double = await openColumn(
      { 'anonymise.start': () => ({ job: 'j' }) },
      { limits: { age: { least: 1, most: 2 } } },
    );
    await press(screens.app.continue);
    await title(p.check.title);
    screen.getByText(w.limited(p.coarser.kinds.ages, p.coarser.step('1'), p.coarser.step('2')));
    await press(p.check.start);
    const started = contract.anonymise.start.input.parse(lastOf(double, 'anonymise.start'));
    expect(started.plan.quasiIdentifiers).toEqual({ age: { hierarchy: 'age', least: 1, most: 2 } });
  });

  it('tells when what was set up does not fit any more, and puts nothing in its place', async () => {
    const params = { column: 'age', missing: 2, row: 9 };
    const refused = [{ kind: 'file', code: 'HIERARCHY_LACKS_VALUE', params }];
    await openColumn(
      { 'anonymise.suggest': () => ({ columns: [{ name: 'age', choices: CHOICES, refused }] }) },
      { kinds: { age: 'file' }, recipes: { age: [{ kind: 'file', text: '1;*' }] } },
    );
    screen.getByText(new RegExp(w.refused));
    await press(screens.app.continue);
    expect((await screen.findByRole('alert')).textContent).toContain(
      errors.HIERARCHY_LACKS_VALUE(params),
    );
  });

  it('makes groups by hand, takes a change back, and shows what comes of them', async () => {
    const grouped: HierarchyRecipe = {
      kind: 'tree',
      groups: [{ name: 'first', within: null }],
      members: [
        { value: 'a', group: 0 },
        { value: 'b', group: 0 },
        { value: 'c', group: null },
      ],
    };
    const double = await openColumn({
      'anonymise.hierarchy': () => choice(grouped, 'first', '*'),
    });
    await fireEvent.click(screen.getByLabelText(p.coarser.kinds.tree));
    await press(w.editTree);
    await title(w.tree.title('age'));
    await press(w.tree.make);
    expect((await screen.findByRole('alert')).textContent).toContain(w.tree.tickFirst);
    for (const value of ['a', 'b']) {
      await fireEvent.click(await screen.findByLabelText(w.tree.value(value, '3')));
    }
    await write(w.tree.newName, 'c');
    await press(w.tree.make);
    expect((await screen.findByRole('alert')).textContent).toContain(w.tree.nameTaken);
    await write(w.tree.newName, 'first');
    await press(w.tree.make);
    const group = await screen.findByRole('group', { name: w.tree.tickGroup('first') });
    within(group).getByLabelText(w.tree.value('b', '3'));
    await press(w.tree.ungroup('first'));
    expect(screen.queryByRole('group', { name: w.tree.tickGroup('first') })).toBeNull();
    await press(w.change.undo);
    await screen.findByRole('group', { name: w.tree.tickGroup('first') });
    await press(w.tree.done);
    await title(p.coarser.title('age'));
    screen.getByText('first (7)');
    expect(lastOf(double, 'anonymise.hierarchy')).toMatchObject({ recipe: grouped });
  });

  it('puts values in order by keyboard and by dragging', async () => {
    const double = await openColumn({ 'anonymise.hierarchy': () => choice(ORDER, 'b – c', '*') });
    await fireEvent.click(screen.getByLabelText(p.coarser.kinds.ordered));
    await press(w.editOrder);
    await title(w.order.title('age'));
    await press(w.order.up('b'));
    await screen.findByText(w.order.moved('b', '1', '3'));
    expect(document.activeElement?.getAttribute('aria-label')).toBe(w.order.up('b'));
    const items = screen.getAllByRole('listitem');
    await fireEvent.dragStart(items[2]!);
    await fireEvent.drop(items[0]!);
    await screen.findByText(w.order.moved('c', '1', '3'));
    await press(w.change.undo);
    await write(w.order.runs, 'two');
    await press(w.order.done);
    expect((await screen.findByRole('alert')).textContent).toContain(w.order.runsWrong);
    await write(w.order.runs, '2, 4');
    await press(w.order.done);
    await title(p.coarser.title('age'));
    expect(lastOf(double, 'anonymise.hierarchy')).toMatchObject({
      recipe: { kind: 'ordered', order: ['b', 'a', 'c'], runs: [2, 4] },
    });
  });
});

describe('groups by hand', () => {
  const start: TreeGroups = {
    groups: [
      { name: 'x', within: null },
      { name: 'y', within: 0 },
    ],
    members: [
      { value: 'a', group: 1 },
      { value: 'b', group: 0 },
      { value: 'c', group: null },
    ],
  };
  const ticked = (values: string[], groups: number[] = []) => ({
    values: new Set(values),
    groups: new Set(groups),
  });

  it('are made where all that is ticked lies, else outside of all groups', () => {
    const inner = withNewGroup(start, 'z', ticked(['a']));
    expect(inner.groups.map(({ name, within: around }) => [name, around])).toEqual([
      ['x', null],
      ['y', 0],
      ['z', 1],
    ]);
    const outer = withNewGroup(start, 'z', ticked(['c'], [1]));
    expect(outer.groups[outer.groups.findIndex(({ name }) => name === 'z')]?.within).toBeNull();
    outer.groups.forEach(({ within: around }, at) => {
      expect(around ?? -1).toBeLessThan(at);
    });
  });

  it('never lie within themselves', () => {
    expect(moved(start, ticked([], [0]), 1)).toBeNull();
    expect(moved(start, ticked([], [0]), 0)).toBeNull();
    const out = moved(start, ticked([], [1]), null);
    expect(out?.groups).toEqual([
      { name: 'x', within: null },
      { name: 'y', within: null },
    ]);
  });

  it('leave what is in them where they were when they are dissolved', () => {
    const left = dissolved(start, 0);
    expect(left.groups).toEqual([{ name: 'y', within: null }]);
    expect(valuesIn(left, null)).toEqual(['b', 'c']);
    expect(valuesIn(left, 0)).toEqual(['a']);
    expect(groupsIn(renamed(start, 1, 'new'), 0)).toEqual([1]);
  });
});

describe('what a person set up', () => {
  it('reads numbers however they are written', () => {
    expect(numbersOf(' ５，10、 20 ')).toEqual([5, 10, 20]);
    expect(numbersOf('5; 2.5')).toEqual([5, 2.5]);
    expect(numbersOf('')).toBeNull();
    expect(numbersOf('5, x')).toBeNull();
  });

  it('has room for so many files together', () => {
    const recipe = { kind: 'file' as const, text: 'v'.repeat(90_000) };
    const answers = { ...noAnswers(), recipes: { age: [recipe] } };
    expect(filesFit(answers, 'age', recipe)).toBe(true);
    expect(filesFit(answers, 'sex', recipe)).toBe(false);
    expect(filesFit(answers, 'sex', HIDE)).toBe(true);
  });

  it('stays within the steps there are', () => {
    const suggested = [{ name: 'age', choices: CHOICES, refused: [] }];
    const answers = {
      ...noAnswers(),
      purpose: 'inside' as const,
      limits: { age: { least: 2, most: 9 } },
      kinds: { age: 'hide' as const },
    };
    const chosen = choiceOf(answers, suggested, 'age');
    expect(chosen?.recipe).toEqual(HIDE);
    expect(limitsOf(answers, 'age', CHOICES[3]!)).toEqual({ least: 1, most: 1 });
    const columns = columnsOf([AGE] as unknown as Parameters<typeof columnsOf>[0], {});
    const request = requestOf(answers, columns, suggested, { searched: false, language: 'en' });
    expect(request?.plan.quasiIdentifiers).toEqual({ age: { hierarchy: 'age', least: 1 } });
  });
});
