import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import { words } from '../../../main/words/index.ts';
import { CallError } from '../../../renderer/client.ts';
import type { Place } from '../../../renderer/place.ts';
import { noAnswers, type Answers } from '../../../renderer/steps/anonymise/answers.ts';
import { estimateText } from '../../../renderer/steps/anonymise/estimate-words.ts';
import {
  noneOfColumn,
  noneOfWhole,
  type OfColumn,
  type OfWhole,
} from '../../../renderer/steps/anonymise/further/settings.ts';
import { choose } from './choose.ts';
import {
  AGES,
  english,
  heading,
  HIDE,
  onward,
  open,
  press,
  RECORDS,
  screens,
  STUDY,
  SUGGESTED,
  w,
  type Given,
} from './protect-pages.ts';

afterEach(cleanup);

const { further: f, errors } = english;
const questions: Place = { at: 'protect', study: STUDY, page: { show: 'questions' } };
const CHECK = 5;
const SENSITIVE = 4;
const SECONDS = { latticeNodes: 100, seconds: { from: 2.4, to: 4.2 }, box: null };
const PEOPLE = { ...RECORDS, id: 'everyone', name: 'people.csv' };
const DIAGNOSES = { ...HIDE, text: 'flu;*\n' };

interface Settings {
  readonly whole?: Partial<OfWhole>;
  readonly column?: Partial<OfColumn>;
  readonly page?: number;
}

/** The pages of protection with these settings kept in the draft. */
function openWith({ whole, column, page = CHECK }: Settings, more: Given = {}) {
  const answers: Answers = {
    ...noAnswers(),
    purpose: 'inside',
    page,
    whole: { ...noneOfWhole(), ...whole },
    further: column === undefined ? {} : { diagnosis: { ...noneOfColumn(), ...column } },
  };
  return open(questions, {
    'draft.load': () => ({ answers: JSON.stringify(answers), saved: STUDY.created }),
    'study.artefacts': () => ({ artefacts: [PEOPLE, RECORDS] }),
    'anonymise.suggest': (input: unknown) => ({
      columns: (input as { columns: { name: string }[] }).columns.map(({ name }) =>
        name === 'age' ? SUGGESTED[0] : { name, choices: [DIAGNOSES], refused: [] },
      ),
    }),
    'anonymise.estimate': () => SECONDS,
    'anonymise.start': () => ({ job: 'j' }),
    ...more,
  });
}

type Asked = Awaited<ReturnType<typeof openWith>>['asked'];

/** The plans that were asked about and begun, as the engine reads them. */
function plansOf(asked: Asked) {
  const of = (call: 'start' | 'estimate') =>
    asked
      .filter(([name]) => name === `anonymise.${call}`)
      .map(([, input]) => contract.anonymise[call].input.parse(input));
  return { started: of('start'), estimated: of('estimate') };
}

async function type(label: string, text: string): Promise<void> {
  await fireEvent.input(screen.getByLabelText(label), { target: { value: text } });
}
const tick = async (label: string): Promise<unknown> =>
  fireEvent.click(await screen.findByLabelText(label));
const alertText = async (): Promise<string> => (await screen.findByRole('alert')).textContent ?? '';

describe('conditions for all records', () => {
  it('are set on a page behind the numbers, shown before the start, and applied', async () => {
    const { asked } = await openWith({ page: 0 });
    await heading(w.purpose.title);
    await press(f.openWhole);
    await heading(f.whole.title);
    await tick(f.whole.populations.size);
    await type(f.whole.people, '４０００');
    await tick(f.whole.models.kMap.name);
    await tick(f.whole.models.risk.name);
    await type(f.whole.risk, '4.5');
    await tick(f.whole.models.unique.name);
    await tick(f.measures.precision.name);
    await tick(f.whole.suppresseds.blank.name);
    await onward();
    await heading(w.purpose.title);
    for (let page = 0; page < CHECK; page++) await onward();
    await heading(w.check.title);
    for (const line of [
      f.check.people('5'),
      f.check.limit('5%'),
      f.check.size('4,000'),
      f.check.risk('4.5%'),
      f.check.unique('1%'),
      f.check.measure(f.measures.precision.name),
      f.check.blank,
    ]) {
      screen.getByText(line);
    }
    await screen.findByText('About 2 to 5 seconds.');
    await press(w.check.start);
    const { started, estimated } = plansOf(asked);
    expect(started[0]?.plan).toMatchObject({
      models: [
        { type: 'k-map', k: 5 },
        { type: 'average-risk', threshold: 0.045 },
        { type: 'population-uniqueness', fraction: 0.01 },
      ],
      population: { size: 4000 },
      metric: 'precision',
      suppressed: 'blank',
    });
    expect(started[0]?.plan.localRecoding).toBeUndefined();
    // The plan whose time was estimated is the one that begins.
    expect(estimated.at(-1)?.plan).toEqual(started[0]?.plan);
  });

  it('can count the records of everyone, whose values the hierarchies then hold', async () => {
    const whole = {
      asked: ['presence' as const],
      population: 'table' as const,
      table: 'everyone',
      least: '0',
      most: '12.5',
    };
    const { asked } = await openWith({ whole });
    await heading(w.check.title);
    await screen.findByText(f.check.table('people.csv'));
    screen.getByText(f.check.presence('0%', '12.5%'));
    await press(screens.parts.changeLabel(f.check.name));
    await heading(f.whole.title);
    const table = await screen.findByLabelText<HTMLSelectElement>(f.whole.table);
    expect(within(table).getAllByRole('option')).toHaveLength(2);
    await press(screens.app.back);
    await heading(w.check.title);
    await press(w.check.start);
    expect(plansOf(asked).started[0]?.plan).toMatchObject({
      population: { table: 'everyone' },
      models: [
        { type: 'k-anonymity', k: 5 },
        { type: 'delta-presence', minimum: 0, maximum: 0.125 },
      ],
    });
    const suggests = asked.filter(([name]) => name === 'anonymise.suggest');
    expect(suggests.at(-1)?.[1]).toMatchObject({ population: 'everyone' });
  });

  it('do not take the records themselves for those of everyone', async () => {
    const whole = { population: 'table' as const, table: RECORDS.id };
    await openWith({ whole });
    await heading(w.check.title);
    screen.getByText(f.wrong.table);
  });

  it('say what is wrong with each number, by the field', async () => {
    await openWith({ page: 0 });
    await press(f.openWhole);
    await tick(f.whole.models.kMap.name);
    await onward();
    expect(await alertText()).toContain(f.wrong.population);
    await tick(f.whole.populations.fraction);
    await type(f.whole.fraction, '0');
    await tick(f.whole.models.risk.name);
    await type(f.whole.risk, 'a few');
    await tick(f.whole.models.unique.name);
    await type(f.whole.unique, '101');
    await tick(f.whole.models.presence.name);
    await type(f.whole.least, '60');
    await type(f.whole.most, '50');
    await onward();
    const all = await alertText();
    for (const wrong of [
      ...[f.wrong.fraction, f.wrong.presenceTable, f.wrong.risk, f.wrong.unique, f.wrong.most],
    ]) {
      expect(all).toContain(wrong);
    }
    const risk = screen.getByLabelText(f.whole.risk);
    expect(risk.getAttribute('aria-invalid')).toBe('true');
    await fireEvent.click(within(screen.getByRole('alert')).getByText(f.wrong.risk));
    expect(document.activeElement).toBe(risk);
    await heading(f.whole.title);
  });

  it('go together with local recoding', async () => {
    const whole = {
      asked: ['kMap' as const, 'unique' as const],
      population: 'size' as const,
      people: '4000',
      recoding: 'on' as const,
    };
    const { asked } = await openWith({ whole });
    await heading(w.check.title);
    screen.getByText(f.check.local);
    await press(w.check.start);
    expect(plansOf(asked).started[0]?.plan).toMatchObject({
      models: [{ type: 'k-map', k: 5 }, { type: 'population-uniqueness' }],
      localRecoding: { recordsFraction: 0.01 },
    });
  });
});

describe('conditions for a sensitive column', () => {
  it('are set on a page of its own, shown before the start, and applied', async () => {
    const { asked } = await openWith({ page: SENSITIVE });
    await heading(w.sensitive.title);
    await press(f.openColumn('diagnosis'));
    await heading(f.column.title('diagnosis'));
    await tick(f.column.models.entropy.name);
    await type(f.column.entropyL, '2.5');
    await tick(f.column.models.recursive.name);
    await type(f.column.recursiveC, '4');
    await type(f.column.recursiveL, '3');
    await tick(f.column.models.closeness.name);
    await type(f.column.t, '0.125');
    await tick(f.column.models.likeness.name);
    await tick(f.column.likenesses.basic);
    await onward();
    await heading(w.sensitive.title);
    const different = screens.parts.optional(w.sensitive.field('diagnosis'));
    await choose(screen.getByLabelText<HTMLSelectElement>(different), '3');
    await onward();
    await heading(w.check.title);
    for (const line of [
      w.sensitive.least('3'),
      f.check.entropy('2.5'),
      f.check.recursive('4', '3'),
      english.explained.adjust.close('12.5%'),
      f.check.basic('1'),
    ]) {
      screen.getByText(line);
    }
    await press(w.check.start);
    const attribute = 'diagnosis';
    expect(plansOf(asked).started[0]?.plan.models).toEqual([
      { type: 'k-anonymity', k: 5 },
      { type: 'distinct-l-diversity', attribute, l: 3 },
      { type: 'entropy-l-diversity', attribute, l: 2.5 },
      { type: 'recursive-c-l-diversity', attribute, c: 4, l: 3 },
      { type: 't-closeness-equal', attribute, t: 0.125 },
      { type: 'beta-likeness', attribute, beta: 1 },
    ]);
  });

  it('say what is wrong, also before the start', async () => {
    const column = {
      asked: ['entropy', 'recursive', 'closeness', 'likeness'] as OfColumn['asked'],
      ...{ entropyL: '1', recursiveC: '0', recursiveL: '1.5', t: '1.1', beta: '' },
      distance: 'ordered' as const,
    };
    const { asked } = await openWith({ column });
    await heading(w.check.title);
    screen.getByText(f.wrong.beta);
    await press(w.check.start);
    await heading(f.column.title('diagnosis'));
    const all = await alertText();
    const { wrong } = f;
    for (const one of [
      ...[wrong.entropyL, wrong.recursiveC, wrong.recursiveL, wrong.t, wrong.order, wrong.beta],
    ]) {
      expect(all).toContain(one);
    }
    expect(plansOf(asked)).toEqual({ started: [], estimated: [] });
  });

  it('go by an order that is put right by keyboard', async () => {
    const { asked } = await openWith(
      { page: SENSITIVE },
      {
        'anonymise.byHand': () => ({
          values: [
            { value: 'severe', rows: 2 },
            { value: 'mild', rows: 5 },
          ],
          tree: { groups: [], members: [] },
        }),
      },
    );
    await press(f.openColumn('diagnosis'));
    await tick(f.column.models.closeness.name);
    await tick(f.column.distances.ordered);
    await press(f.column.order);
    await heading(f.order.title('diagnosis'));
    const { order } = english.hierarchies;
    // Runs are made for steps, and there are none here.
    expect(screen.queryByLabelText(order.runs)).toBeNull();
    await press(order.down('severe'));
    await press(order.done);
    await heading(f.column.title('diagnosis'));
    screen.getByText(f.column.ordered('mild, severe'));
    await onward();
    await onward();
    await press(w.check.start);
    expect(plansOf(asked).started[0]?.plan).toMatchObject({
      sensitive: { diagnosis: { order: ['mild', 'severe', ''] } },
      models: [{}, { type: 't-closeness-ordered', attribute: 'diagnosis', t: 0.2 }],
    });
  });

  it('go by groups, whose text is the one that was shown', async () => {
    const { asked } = await openWith({ page: SENSITIVE });
    await press(f.openColumn('diagnosis'));
    await tick(f.column.models.closeness.name);
    await tick(f.column.distances.hierarchical);
    await screen.findByText(f.column.grouped(w.coarser.kinds.hide));
    await press(f.column.groups);
    await heading(f.groups.title('diagnosis'));
    screen.getByText(f.groups.text);
    expect(screen.queryByText(english.hierarchies.limits)).toBeNull();
    await onward();
    await heading(f.column.title('diagnosis'));
    await onward();
    await onward();
    await press(w.check.start);
    expect(plansOf(asked).started[0]).toMatchObject({
      hierarchies: { age: AGES.text, diagnosis: DIAGNOSES.text },
      plan: {
        sensitive: { diagnosis: { hierarchy: 'diagnosis' } },
        models: [{}, { type: 't-closeness-hierarchical', attribute: 'diagnosis', t: 0.2 }],
      },
    });
  });
});

describe('the time that it will take', () => {
  it.each([
    [{ seconds: { from: 0.001, to: 0.4 }, box: null }, 'Less than a second.', '不到一秒。'],
    [{ seconds: { from: 0.4, to: 19.2 }, box: null }, 'Up to 20 seconds.', '最多20秒钟。'],
    [{ seconds: { from: 3.2, to: 3.9 }, box: 10 }, 'About 3 to 4 seconds.', '大约 3 到 4秒钟。'],
    [{ seconds: { from: 70, to: 620 }, box: null }, 'About 1 to 11 minutes.', '大约 1 到 11分钟。'],
    [{ seconds: { from: 9e3, to: 18e3 }, box: null }, 'About 2 to 5 hours.', '大约 2 到 5小时。'],
    [{ seconds: { from: 3e5, to: 3.2e5 }, box: null }, 'About 3 to 4 days.', '大约 3 到 4天。'],
  ])('is a range in words: %j', (estimate, en, zh) => {
    const all = { latticeNodes: 1, ...estimate };
    expect(estimateText(all, english, 'en')).toBe(en);
    expect(estimateText(all, words('zh-CN'), 'zh-Hans')).toBe(zh);
  });

  it('ends with the best so far where there are too many combinations', () => {
    const never = { latticeNodes: 1e9, seconds: { from: 1e4, to: 1e6 }, box: 120 };
    expect(estimateText(never, english, 'en')).toBe(f.estimate.boxed('2 minutes'));
    const perhaps = { ...never, seconds: { from: 3, to: 150 } };
    expect(estimateText(perhaps, english, 'en')).toBe(
      f.estimate.maybeBoxed('Up to 3 minutes.', '2 minutes'),
    );
  });

  it('is not waited for, and a plan that would be refused is not begun', async () => {
    const refuse = (): never => {
      const params = { model: 'k-anonymity', reason: 'k-above-rows' };
      throw new CallError('PRIVACY_MODEL_INVALID', params);
    };
    const { asked } = await openWith({}, { 'anonymise.estimate': refuse });
    const told = errors.PRIVACY_MODEL_INVALID({ model: 'k-anonymity', reason: 'k-above-rows' });
    await screen.findByText(`${f.estimate.refused} ${told}`);
    await press(w.check.start);
    expect(await alertText()).toContain(told);
    expect(plansOf(asked).started).toEqual([]);
    cleanup();

    const never = await openWith({}, { 'anonymise.estimate': () => new Promise(() => undefined) });
    await screen.findByText(f.estimate.working);
    await press(w.check.start);
    await waitFor(() => expect(plansOf(never.asked).started).toHaveLength(1));
    cleanup();

    const broken = await openWith(
      {},
      { 'anonymise.estimate': () => Promise.reject(new Error('gone')) },
    );
    await screen.findByText(f.estimate.unknown);
    await press(w.check.start);
    await waitFor(() => expect(plansOf(broken.asked).started).toHaveLength(1));
  });
});
