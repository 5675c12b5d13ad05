import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { StudyField, TemplateProposal } from '../../../main/contract/template.ts';
import type { TrainedModelView, TrainEstimate } from '../../../main/contract/train-calls.ts';
import { words } from '../../../main/words/index.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import Expected from '../../../renderer/steps/train/Expected.svelte';
import FieldEpsilon from '../../../renderer/steps/train/FieldEpsilon.svelte';
import Field from '../../../renderer/study/Field.svelte';
import { firstLines, harmLines } from '../../../renderer/study/field-words.ts';
import { clientDouble } from './client-double.ts';

afterEach(cleanup);

const w = words('en').templates;
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const HEALTH: TemplateProposal = {
  ...{ name: 'health', epsilon: 1, harm: 'missed', figures: ['tpr', 'ppv'] },
  margin: { figure: 'tpr', of: 'difference', value: 0.05 },
};
const FINANCE: TemplateProposal = {
  ...{ name: 'finance', epsilon: 0.5, harm: 'false-alarm', figures: ['fpr'] },
  margin: { figure: 'selection_rate', of: 'ratio', value: 0.8 },
};

function open(field: StudyField = { proposal: null, harm: null }) {
  const double = clientDouble({
    'study.field': () => field,
    'study.fields': () => ({ fields: [HEALTH, FINANCE] }),
    'study.setField': () => ({}),
  });
  const session = new Session(double.client, double.listen);
  render(Field, { session, place: { at: 'field', study: STUDY } });
  const set = (): unknown => double.asked.find(([name]) => name === 'study.setField')?.[1];
  return { session, set };
}
const onward = async (): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name: words('en').screens.app.continue }));
const choose = async (label: string): Promise<unknown> =>
  fireEvent.click(await screen.findByLabelText(label));

describe('the field of a study', () => {
  it('is none unless one is chosen, and then nothing more is asked', async () => {
    const { session, set } = open();
    await onward();
    await waitFor(() => expect(session.place.at).toBe('study'));
    expect(set()).toEqual({ study: 's', template: null, harm: null });
  });

  it('proposes which error harms more, told as a proposal, and a person decides', async () => {
    const { set } = open();
    await choose(w.fields.finance.name);
    await onward();
    await screen.findByRole('heading', { level: 1, name: w.harmTitle });
    const alarm = screen.getByLabelText<HTMLInputElement>(w.harms['false-alarm']);
    expect(alarm.checked).toBe(true);
    screen.getByText(`${w.fields.finance.falseAlarm} ${w.harmProposed(w.fields.finance.name)}`);
    expect(set()).toBeUndefined();
    await choose(w.harms.missed);
    await onward();
    await waitFor(() => expect(set()).toEqual({ study: 's', template: 'finance', harm: 'missed' }));
  });

  it('comes back as it was left: what a person said outweighs what is proposed', async () => {
    const { set } = open({ proposal: HEALTH, harm: 'both' });
    const chosen = await screen.findByLabelText<HTMLInputElement>(w.fields.health.name);
    expect(chosen.checked).toBe(true);
    await onward();
    const both = await screen.findByLabelText<HTMLInputElement>(w.harms.both);
    expect(both.checked).toBe(true);
    await onward();
    await waitFor(() => expect(set()).toEqual({ study: 's', template: 'health', harm: 'both' }));
  });
});

describe('what a field says', () => {
  it('is the figures to look at first and the gap to ask about, as proposals', () => {
    const [figures, why, gap] = firstLines(HEALTH, w, 'en');
    expect(figures).toBe(w.firstFigures(`${w.figures['tpr']!} and ${w.figures['ppv']!}`));
    expect(why).toBe(w.fields.health.first);
    expect(gap).toBe(w.difference(w.figures['tpr']!, '5'));
    expect(firstLines(FINANCE, w, 'en')[2]).toBe(w.ratio(w.figures['selection_rate']!, '80'));
  });

  it('is the harm that a person said, the worse error first', () => {
    const { missed, falseAlarm } = w.fields.health;
    expect(harmLines({ proposal: HEALTH, harm: 'false-alarm' }, w)).toEqual([
      w.moreHarm(w.harms['false-alarm']),
      falseAlarm,
      missed,
    ]);
    expect(harmLines({ proposal: HEALTH, harm: null }, w)[0]).toBe(w.moreHarm(w.harmUnsaid));
    expect(harmLines({ proposal: null, harm: null }, w)).toEqual([]);
  });

  it('is an epsilon that moves the slider only when it is pressed', async () => {
    const double = clientDouble({});
    const session = new Session(double.client, double.listen);
    const used: number[] = [];
    const use = (epsilon: number): void => void used.push(epsilon);
    render(FieldEpsilon, { session, proposal: FINANCE, chosen: 2, use });
    expect(used).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: w.epsilonUse('0.5') }));
    expect(used).toEqual([0.5]);
    cleanup();
    render(FieldEpsilon, { session, proposal: FINANCE, chosen: 0.5, use });
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('how good a model will be', () => {
  const e = words('en').expected;
  const run = (change: Partial<TrainedModelView>): TrainedModelView => ({
    ...{
      artefact: 'm',
      created: STUDY.created,
      label: 'missed',
      kind: 'logistic',
      target: 'binary',
    },
    ...{ privacy: { epsilon: 2, delta: 1e-5 }, accuracy: 0.78, accuracy_interval: [0.72, 0.83] },
    ...change,
  });
  async function show(rule: TrainEstimate['rule_of_thumb'], models: TrainedModelView[] = []) {
    const double = clientDouble({ 'train.models': () => ({ models }) });
    const session = new Session(double.client, double.listen);
    const estimate = { rule_of_thumb: rule } as TrainEstimate;
    render(Expected, { session, study: STUDY, label: 'missed', estimate });
    await screen.findByRole('heading', { name: e.rule });
  }

  it('is told from earlier models of the same question, with their range', async () => {
    await show(null, [
      run({}),
      run({ artefact: 'p', privacy: null }),
      run({ artefact: 'x', label: 'other', accuracy: 0.99 }),
      run({ artefact: 'n', accuracy: null, accuracy_interval: null }),
    ]);
    const name = words('en').train.kindNames['logistic']!;
    await screen.findByText(e.run('2', name, '78', '72', '83'));
    screen.getByText(e.runPlain(name, '78', '72', '83'));
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    screen.getByText(e.unknown);
    expect(screen.queryByText(e.source)).toBeNull();
  });

  it('is else a rule of thumb, always a range, rounded outwards and said not to be of these records', async () => {
    await show({ least: 1.4, most: 3.2 });
    screen.getByText(e.loss('1', '4'));
    screen.getByText(e.source);
    expect(screen.queryByText(e.runs)).toBeNull();
    cleanup();
    await show({ least: 0.4, most: 1.2 });
    screen.getByText(e.lossNone('2'));
  });
});
