import type { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { fileProfile, type FileProfile } from '../contract/import.ts';
import type { Labeller, LabelPlan, LabelPreview, LabelsMade } from '../contract/label.ts';
import type { HandGiven } from '../records/labels/apply.ts';
import type { HandLabels } from '../records/labels/hand.ts';
import type { EarlyBytes, Vault } from '../vault/index.ts';
import type { JobControl, Work } from './context.ts';
import { withEarly } from './early.ts';
import { jsonBeside, putJson } from './json.ts';
import { handLabelsOf } from './labelling.ts';
import { isLabelled, type keptLabels } from './labels-made.ts';
import { recordsOf } from './load.ts';
import { againWork } from './repair.ts';
import { labelInThread, lookInThread } from './repair-thread.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

interface Given {
  readonly hand: HandGiven;
  readonly people: readonly Labeller[];
}

/** What a plan would do to records; nothing is kept. @throws what previewLabels throws */
export function tryLabels(
  vault: Vault,
  { plan, ...reference }: Reference & { readonly plan: LabelPlan },
): Promise<LabelPreview> {
  const records = vault.artefacts.get(recordsOf(vault, reference));
  const { hand } = givenTo(vault, reference, plan);
  return lookInThread(vault, records, { ask: 'try-labels', plan, hand });
}

/**
 * Labelled records as a job, with the plan and the labels by hand as they are when it begins.
 * @throws ARTEFACT_UNKNOWN; the job: COLUMN_EXISTS, COLUMN_UNKNOWN, LABEL_RULE_UNFIT, LABELS_NONE
 */
export function labelWork(
  vault: Vault,
  { plan, ...reference }: Reference & { readonly plan: LabelPlan },
): Work {
  const { study } = reference;
  const before = recordsOf(vault, reference);
  const given = givenTo(vault, reference, plan);
  return {
    kind: 'label',
    study,
    async run(control) {
      const { encoding, delimiter } = jsonBeside(vault, reference, 'profile', fileProfile);
      const records = vault.artefacts.get(before);
      const labelling = { plan, hand: given.hand };
      const about = { encoding, delimiter };
      const done = await labelInThread(records, labelling, about, control);
      const made: LabelsMade = { plan, effect: done.effect, people: [...given.people] };
      await withEarly(vault, study, control.signal, async (write) => {
        const bytes = await write(done.bytes);
        const kept = { ...made, hand: packed(given.hand) };
        keep(vault, { study, artefact: before }, { kept, bytes, summary: done.summary }, control);
      });
    },
  };
}

interface Kept {
  readonly kept: LabelsMade & Pick<z.input<typeof keptLabels>, 'hand'>;
  readonly bytes: EarlyBytes;
  readonly summary: FileProfile;
}

/** Records, plan and profile in one transaction. */
function keep(
  vault: Vault,
  { study, artefact: before }: Reference,
  { kept, bytes, summary }: Kept,
  { job }: JobControl,
): void {
  const { name } = vault.artefacts.info(before);
  vault.transaction(() => {
    const plan = putJson(vault, { study, kind: 'label-plan', name, parents: [before], job }, kept);
    const records = vault.artefacts.put({
      ...{ study, kind: 'labelled-records', name, bytes, job },
      parents: [before, plan.id],
    });
    putJson(vault, { study, kind: 'profile', name, parents: [records.id], job }, summary);
    const { id: artefact, hash } = records;
    vault.journal.append('records.labelled', { artefact, hash, ...countsOf(kept) }, study);
  });
}

/** How many records got their label in which way, and how many people gave labels by hand. */
export function countsOf({ effect, people }: Pick<LabelsMade, 'effect' | 'people'>): {
  readonly rows: number;
  readonly hand: number;
  readonly rules: number;
  readonly otherwise: number;
  readonly unlabelled: number;
  readonly people: number;
} {
  const sum = (way: 'hand' | 'rules' | 'otherwise'): number =>
    effect.values.reduce((total, value) => total + value[way], 0);
  return {
    rows: effect.rows.after,
    hand: sum('hand'),
    rules: sum('rules'),
    otherwise: sum('otherwise'),
    unlabelled: effect.unlabelled,
    people: people.length,
  };
}

/** The records before their label, made anew so that they are the newest. @throws ARTEFACT_UNKNOWN */
export function takeBackWork(vault: Vault, reference: Reference): Work {
  const [before] = vault.artefacts.info(recordsOf(vault, reference)).parents;
  if (before === undefined || !isLabelled(vault, reference)) {
    throw new ConcordError('ARTEFACT_UNKNOWN');
  }
  return againWork(vault, { study: reference.study, artefact: before });
}

function givenTo(vault: Vault, reference: Reference, plan: LabelPlan): Given {
  if (!plan.hand) return { hand: { values: [], rows: new Map() }, people: [] };
  const { settings, labels } = handLabelsOf(vault, reference);
  return {
    hand: { values: settings?.values ?? [], rows: labels.labels() },
    people: peopleOf(labels),
  };
}

function peopleOf(labels: HandLabels): Labeller[] {
  const people = new Map<string, Labeller>();
  for (const { value, by: name, at } of labels.current()) {
    if (value === null) continue;
    const { labels: before = 0, from = at, to = at } = people.get(name) ?? {};
    people.set(name, {
      ...{ name, labels: before + 1 },
      from: at < from ? at : from,
      to: at > to ? at : to,
    });
  }
  return [...people.values()].sort((a, b) => b.labels - a.labels);
}

function packed({ values, rows }: HandGiven): z.input<typeof keptLabels>['hand'] {
  const labels = [...rows]
    .sort(([a], [b]) => a - b)
    .map(([row, value]): [number, number] => [row, values.indexOf(value)]);
  return { values: [...values], labels };
}
