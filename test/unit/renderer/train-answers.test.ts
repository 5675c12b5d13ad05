import { describe, expect, it } from 'vitest';
import type { TrainColumn } from '../../../main/contract/train-calls.ts';
import type { TrainAnswers } from '../../../main/contract/train-draft.ts';
import { words } from '../../../main/words/index.ts';
import {
  kindsFor,
  noAnswers,
  planOf,
  offered,
  usualFeatures,
  type Whole,
} from '../../../renderer/steps/train/answers.ts';
import { problemsOf } from '../../../renderer/steps/train/check.ts';
import { guaranteeSentences } from '../../../renderer/steps/train/privacy-words.ts';
import { column, COLUMNS, fact, full, WHOLE } from './train-fixture.ts';

const w = words('en').train;

describe('the words of the slider', () => {
  const said = (language: 'en' | 'zh-CN', epsilon: number, delta = 2e-5): readonly string[] =>
    guaranteeSentences(words(language).train, { epsilon, delta }, language);

  it('say in both languages how certain an attacker can become, and how often that fails', () => {
    expect(said('en', 1)).toEqual([
      'Suppose an attacker knows everything else and thinks it 50% likely that a person is in the records. With the model in hand, that becomes at most 74%.',
      'In about 1 of 50,000 cases this limit can fail.',
    ]);
    const [figures, chance] = said('zh-CN', 1);
    expect(figures).toContain('50%');
    expect(figures).toContain('74%');
    expect(chance).toContain('50,000');
  });

  it.each([
    [0.1, '53%'],
    [4, '99%'],
    [8, '99.97%'],
  ])('at epsilon %d: at most %s, never certainty', (epsilon, percent) => {
    for (const language of ['en', 'zh-CN'] as const) {
      expect(said(language, epsilon)[0]).toContain(percent);
      expect(said(language, epsilon)[0]).not.toContain('100%');
    }
  });
});

describe('the answers', () => {
  it('make a plan in which delta is left to the ledger, dates are days and digits are digits', () => {
    expect(planOf(full(), WHOLE, COLUMNS)).toMatchObject({
      label: 'missed',
      labels: ['no', 'yes'],
      positive: 'yes',
      features: ['age', 'born'],
      bounds: { age: [18, 95], born: [-14610, 14974] },
      categories: {},
      privacy: { epsilon: 1 },
      model: { kind: 'logistic' },
    });
    const plain = planOf(full({ privacy: 'plain' }), WHOLE, COLUMNS);
    expect(plain.privacy).toBeNull();
    expect(plain).not.toHaveProperty('bounds');
  });

  it('say how steps are made only where the person chose it, and never without privacy', () => {
    const ways = { ...noAnswers().ways, clipping: 'automatic', schedule: 'cosine' };
    const plan = planOf(full({ ways }), WHOLE, COLUMNS);
    expect(plan).toMatchObject({ clipping: 'automatic', schedule: 'cosine' });
    expect([plan.optimiser, plan.averaging]).toEqual([undefined, undefined]);
    const plain = planOf(full({ ways, privacy: 'plain' }), WHOLE, COLUMNS);
    for (const way of Object.keys(ways)) expect(plain).not.toHaveProperty(way);
  });

  it('fit probabilities of two values only, and only where validation records are kept', () => {
    const ways = { ...noAnswers().ways, calibration: 'validation' };
    const kept: Whole = { ...WHOLE, split: { test: 0.2, validation: 0.2, seed: 1 } };
    for (const kind of ['logistic', 'boosting'] as const) {
      const answers = full({ ways, kind });
      expect(planOf(answers, kept, COLUMNS).calibration).toBe('validation');
      expect(planOf(answers, WHOLE, COLUMNS).calibration).toBeUndefined();
      expect(planOf(full({ kind }), kept, COLUMNS).calibration).toBeUndefined();
    }
    const severe = { column: 'diagnosis', target: 'ordered' as const, values: ['a', 'b', 'c'] };
    const ordered = planOf(full({ ways }), { ...kept, label: severe }, COLUMNS);
    expect(ordered.calibration).toBeUndefined();
  });

  it('ask of boosting nothing that it does not have, whatever was typed for another kind', () => {
    const advanced = { epochs: '3', batch: 'x', clip: '1', rate: '', delta: '1e-6' };
    const ways = { ...noAnswers().ways, optimiser: 'adam' };
    const answers = full({ kind: 'boosting', advanced, ways });
    const plan = planOf(answers, WHOLE, COLUMNS);
    expect(plan).toMatchObject({ model: { kind: 'boosting' }, privacy: { delta: 1e-6 } });
    for (const knob of ['epochs', 'batch', 'clip', 'learningRate', 'optimiser']) {
      expect(plan).not.toHaveProperty(knob);
    }
    expect(problemsOf('slider', answers, WHOLE, COLUMNS)).toEqual([]);
  });

  it('search for settings only where validation records are kept and privacy pays for it', () => {
    const answers = full({ tuning: 'search' });
    expect(planOf(full(), WHOLE, COLUMNS)).not.toHaveProperty('search');
    expect(problemsOf('slider', full(), WHOLE, COLUMNS)).toEqual([]);
    expect(problemsOf('slider', answers, WHOLE, COLUMNS).map(({ field }) => field)).toEqual([
      'tuning',
    ]);
    const kept: Whole = { ...WHOLE, split: { test: 0.2, validation: 0.2, seed: 1 } };
    expect(problemsOf('slider', answers, kept, COLUMNS)).toEqual([]);
    expect(planOf(answers, kept, COLUMNS)).toMatchObject({ search: { trials: 4 } });
    const plain = planOf({ ...answers, privacy: 'plain' }, kept, COLUMNS);
    expect(plain).not.toHaveProperty('search');
  });

  it('say what is predicted, and leave the bounds of a number open where nobody knows them', () => {
    const plan = (label: Whole['label'], privacy: TrainAnswers['privacy']) =>
      planOf(full({ kind: kindsFor(label)[0]!, privacy }), { ...WHOLE, label }, COLUMNS);
    const severe = { column: 'diagnosis', target: 'ordered' as const, values: ['a', 'b', 'c'] };
    const ordered = plan(severe, 'private');
    expect(ordered).toMatchObject({
      label: 'diagnosis',
      target: 'ordered',
      labels: ['a', 'b', 'c'],
    });
    expect(ordered).toMatchObject({ model: { kind: 'logistic' } });
    expect(ordered).not.toHaveProperty('positive');
    expect(plan({ ...severe, positive: 'c' }, 'private').positive).toBe('c');
    expect(kindsFor(severe)).toEqual(['logistic', 'boosting', 'network']);
    const visits = { column: 'visits', target: 'number' as const };
    const open = plan(visits, 'private');
    expect(open).toMatchObject({ target: 'number', model: { kind: 'linear' } });
    expect(open).not.toHaveProperty('labels');
    expect(open.bounds).not.toHaveProperty('visits');
    const known = { ...visits, bounds: [0, 40] as [number, number] };
    for (const privacy of ['private', 'plain'] as const) {
      expect(plan(known, privacy).bounds).toMatchObject({ visits: [0, 40] });
    }
    const marked = full({ otherMarks: 'b' });
    expect(problemsOf('missing', marked, { ...WHOLE, label: severe }, COLUMNS)).toHaveLength(1);
    expect(problemsOf('missing', marked, { ...WHOLE, label: visits }, COLUMNS)).toEqual([]);
  });

  it('never offer who a person is, and tick nothing sensitive unasked', () => {
    expect(usualFeatures(COLUMNS, WHOLE)).toEqual(['age', 'visits', 'born']);
    const parts = { ...COLUMNS[2]!, name: 'part' };
    const names = (of: TrainColumn['parts']): string[] =>
      offered([...COLUMNS, { ...parts, parts: of }], WHOLE).map(({ name }) => name);
    expect(names('some')).toContain('part');
    // All it says is which records are for the test.
    expect(names('all')).not.toContain('part');
  });

  it('ask for a list where a range was given and the records now hold groups', () => {
    const grouped = COLUMNS.map((one) =>
      one.name === 'age' ? column('age', { type: 'category', distinct: '3-20' }) : one,
    );
    expect(planOf(full(), WHOLE, grouped).bounds).not.toHaveProperty('age');
    const found = problemsOf('facts', full(), WHOLE, grouped);
    expect(found.map(({ say }) => say(words('en')))).toEqual([w.listMissing('age')]);
  });

  it('leave to the engine what nobody knows, and say whether it is a range or a list', () => {
    const unknown = { ...fact('', ''), buy: true };
    const kinds = { form: 'list' as const, low: '', high: '', list: '', buy: true };
    const answers = full({
      features: ['age', 'visits', 'born'],
      facts: { ...full().facts, age: unknown, visits: kinds },
    });
    expect(problemsOf('facts', answers, WHOLE, COLUMNS)).toEqual([]);
    expect(planOf(answers, WHOLE, COLUMNS)).toMatchObject({
      bounds: { born: [-14610, 14974] },
      categories: {},
      statistics: { bounds: ['age'], categories: ['visits'] },
    });
    expect(planOf(answers, WHOLE, COLUMNS).bounds).not.toHaveProperty('age');
    expect(planOf(full(), WHOLE, COLUMNS)).not.toHaveProperty('statistics');
    const plain = planOf({ ...answers, privacy: 'plain' }, WHOLE, COLUMNS);
    expect(plain).not.toHaveProperty('statistics');
  });

  it('are found wanting field by field', () => {
    const facts = { age: fact('95', '18'), born: fact('1930-02-30', '') };
    const found = problemsOf('facts', full({ facts }), WHOLE, COLUMNS);
    expect(found.map(({ field, say }) => [field, say(words('en'))])).toEqual([
      ['fact-0-high', w.boundOrder('age')],
      ['fact-1-high', w.boundMissing('born')],
    ]);
    const advanced = { ...noAnswers().advanced, batch: '2.5', delta: '1', rate: '0.1' };
    const knobs = problemsOf('slider', full({ advanced }), WHOLE, COLUMNS);
    expect(knobs.map(({ field }) => field)).toEqual(['batch', 'delta']);
  });
});
