import { beforeEach, describe, expect, it } from 'vitest';
import type { ArrangementChoice } from '../../../main/contract/arrangement.ts';
import { contract } from '../../../main/contract/index.ts';
import { repairList, type RepairInput } from '../../../main/contract/repair.ts';
import { reviewResult } from '../../../main/contract/review.ts';
import { trainPlan, trainResult } from '../../../main/contract/train.ts';
import { encodeTable } from '../../../main/records/codec.ts';
import { columnOf, dropColumns } from '../../../main/records/shape.ts';
import { studyAnswers } from '../../../main/study/answers.ts';
import { chosenLabel } from '../../../main/study/arrangement.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { jsonBeside } from '../../../main/study/json.ts';
import { loadTable } from '../../../main/study/load.ts';
import { splitKeyFor } from '../../../main/study/split-key.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { z } from 'zod';
import { readText } from '../records/reading.ts';
import { codeOf, newVault } from '../vault/fixture.ts';

const ROWS = 600;
const PEOPLE = 200;
/** Three visits of each of 200 people; `discharge` tells the outcome, `by_visit` divides people. */
const text = [
  'patient,seen,days,ward,part,by_visit,outcome,discharge',
  ...Array.from({ length: ROWS }, (_, row) => {
    const person = row % PEOPLE;
    const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(row / 5))).toISOString().slice(0, 10);
    const yes = ((row * 7919) % 1009) % 5 < 2;
    const part = person < 40 ? 'test' : person < 60 ? 'validation' : 'train';
    return [
      ...[`p${person}`, day, String(row % 14), ['north', 'south'][row % 2], part],
      ...[row < 200 ? 'test' : 'train', yes ? 'yes' : 'no', yes ? 'died' : 'home'],
    ].join(',');
  }),
].join('\n');

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

let vault: Vault;
let source: Reference;
let started: Work | null = null;

const context = (): Context => ({
  vault,
  person: vault.person,
  file: () => '',
  start: (work) => {
    started = work;
    return 'job';
  },
});

async function run(work: Work | null, kind: string): Promise<Reference> {
  if (work === null) throw new Error('nothing was started');
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  await work.run({ job: id, signal: new AbortController().signal, progress: () => undefined });
  vault.jobs.end(id, 'done');
  const made = vault.artefacts.ofJob(id).find((one) => one.kind === kind);
  if (made === undefined) throw new Error('nothing was made');
  return { study: work.study, artefact: made.id };
}

beforeEach(async () => {
  vault = await newVault();
  const study = vault.studies.create('Wards').id;
  const { table, facts } = await readText(text);
  source = { study, artefact: saveRecords(vault, { study, name: 'w.csv' }, table, facts).id };
});

const { arrange, arrangement } = contract.import;
const choose = (choice: ArrangementChoice, of: Reference = source) =>
  arrange.output.parse(
    studyAnswers.import.arrange(arrange.input.parse({ ...of, choice }), context()),
  );
const kept = (of: Reference = source) =>
  arrangement.output.parse(studyAnswers.import.arrangement(of, context()));

const LABEL = {
  choose: 'label',
  label: { column: 'outcome', yes: 'yes', no: 'no' },
} as const satisfies ArrangementChoice;
const PERSON = {
  choose: 'unit',
  unit: { of: 'person', column: 'patient', maxRows: 2 },
} as const satisfies ArrangementChoice;
const DRAW = {
  choose: 'split',
  split: { test: 0.2, validation: 0.1, seed: 1, key: 'study' },
} as const satisfies ArrangementChoice;

describe('how records are organised', () => {
  it('is nothing before anybody chose, and then what was chosen, one after the other', () => {
    expect(kept()).toMatchObject({
      arrangement: { label: null, unit: null, split: null },
      sizes: null,
    });
    expect(kept().columns.map(({ name }) => name)).toContain('patient');
    choose(LABEL);
    choose(PERSON);
    const { sizes } = choose(DRAW);
    expect(kept().arrangement).toEqual({
      label: LABEL.label,
      unit: PERSON.unit,
      split: DRAW.split,
    });
    expect(kept().sizes).toEqual(sizes);
    const { people, rows } = sizes ?? { people: null, rows: null };
    expect(rows?.train).toBeGreaterThan(300);
    expect(rows?.neither).toBe(0);
    // Two figures at most: 137 people are told as 130.
    for (const count of [...Object.values(rows ?? {}), ...Object.values(people ?? {})]) {
      expect(Number(String(count).replace(/0+$/, ''))).toBeLessThan(100);
    }
  });

  it('stands in the lineage of the records and in the journal, without what cells say', () => {
    choose(LABEL);
    choose(DRAW);
    const made = vault.artefacts.list(source.study, 'arrangement');
    expect(made.map(({ parents }) => parents)).toEqual([[source.artefact], [source.artefact]]);
    const lines = vault.journal.list().filter(({ action }) => action === 'records.arranged');
    expect(lines.map(({ params }) => params)).toEqual([
      { artefact: made[0]?.id, records: source.artefact, chosen: 'label' },
      { artefact: made[1]?.id, records: source.artefact, chosen: 'split' },
    ]);
  });

  it('lets the chosen label be known: what gives it away is found, and its role is settled', () => {
    const leaks = () =>
      studyAnswers.import
        .proposals(source, context())
        .problems.filter(({ code }) => code === 'LABEL_GIVEN_AWAY')
        .map(({ column }) => column);
    expect(leaks()).toEqual([]);
    choose(LABEL);
    expect(leaks()).toEqual(['discharge']);
    const { columns } = studyAnswers.identify.propose(source, context());
    expect(columns.find(({ name }) => name === 'outcome')).toMatchObject({
      role: 'label',
      evidence: ['chosen'],
    });
  });

  it.each<[string, ArrangementChoice, string]>([
    ['no such column', { ...LABEL, label: { ...LABEL.label, column: 'out' } }, 'COLUMN_UNKNOWN'],
    [
      'an answer nobody gave',
      { ...LABEL, label: { ...LABEL.label, no: 'x' } },
      'LABEL_VALUE_ABSENT',
    ],
    [
      'the label as the split',
      { choose: 'split', split: { column: 'outcome' } },
      'COLUMN_TWO_USES',
    ],
    [
      'a person in two parts',
      { choose: 'split', split: { column: 'by_visit' } },
      'PERSON_IN_BOTH_PARTS',
    ],
    [
      'a date of nothing',
      { choose: 'split', split: { date: 'seen', test_from: '2030-01-01' } },
      'SPLIT_EMPTY',
    ],
    [
      'words as dates',
      { choose: 'split', split: { date: 'ward', test_from: '2024-02-01' } },
      'SPLIT_DATES_UNREADABLE',
    ],
  ])('refuses by name, and loses nothing: %s', async (_, choice, code) => {
    choose(LABEL);
    choose(PERSON);
    const before = kept();
    expect(await codeOf(() => choose(choice))).toBe(code);
    expect(kept()).toEqual(before);
  });

  it('lets a split go that another unit does not fit, and nothing else', () => {
    choose(LABEL);
    choose({ choose: 'split', split: { column: 'by_visit' } });
    const { arrangement: next, sizes } = choose(PERSON);
    expect(next).toEqual({ label: LABEL.label, unit: PERSON.unit, split: null });
    expect(sizes).toBeNull();
    const whole = choose({ choose: 'split', split: { column: 'part' } }).sizes;
    expect(whole).toEqual({
      rows: { train: 420, validation: 60, test: 120, neither: 0 },
      people: { train: 140, validation: 20, test: 40, neither: 0 },
    });
  });

  it('gives later visits of people who are trained on to nobody', () => {
    choose(PERSON);
    // Day 40 is row 200: everybody's first visit is before it.
    const split = { date: 'seen', test_from: '2024-02-10' };
    expect(() => choose({ choose: 'split', split })).toThrow(
      expect.objectContaining({ code: 'SPLIT_EMPTY' }),
    );
    const earlier = { date: 'seen', test_from: '2024-01-21' };
    expect(choose({ choose: 'split', split: earlier }).sizes).toEqual({
      rows: { train: 100, validation: 0, test: 300, neither: 200 },
      people: { train: 100, validation: 0, test: 100, neither: 0 },
    });
  });
});

describe('records made from others', () => {
  const repaired = (...list: RepairInput[]): Promise<Reference> => {
    studyAnswers.import.repair({ ...source, repairs: repairList.parse(list) }, context());
    return run(started, 'repaired-records');
  };

  it('take up what was chosen, as far as it fits them', async () => {
    for (const choice of [LABEL, PERSON, DRAW]) choose(choice);
    const mended = await repaired({ kind: 'trim', column: 'ward' });
    expect(kept(mended).arrangement).toEqual(kept().arrangement);
    // The rows may differ, so their counts are not taken over.
    expect(kept(mended).sizes).toBeNull();
    const without = await repaired({ kind: 'drop-column', column: 'patient' });
    expect(kept(without).arrangement).toEqual({ ...kept().arrangement, unit: null });
    choose({ choose: 'unit', unit: { of: 'row' } }, without);
    expect(kept(without).arrangement.unit).toEqual({ of: 'row' });
  });

  it('protected ones are chosen for by themselves once that was done', () => {
    for (const choice of [LABEL, PERSON, DRAW]) choose(choice);
    const { study, artefact } = source;
    const table = dropColumns(loadTable(vault, artefact), ['patient']);
    const { id } = vault.artefacts.put({
      ...{ study, kind: 'protected-records', name: 'w.csv', parents: [artefact] },
      bytes: encodeTable(table),
    });
    const copy = { study, artefact: id };
    expect(kept(copy).arrangement).toMatchObject({ label: LABEL.label, unit: null });
    choose({ choose: 'unit', unit: { of: 'row' } }, copy);
    choose({ ...PERSON, unit: { ...PERSON.unit, maxRows: 3 } });
    expect(kept(copy).arrangement.unit).toEqual({ of: 'row' });
    expect(chosenLabel(vault, copy)).toBe('outcome');
    expect(columnOf(loadTable(vault, artefact), 'patient').name).toBe('patient');
  });
});

describe('a training under the key of the study', () => {
  it('tests and is reviewed on the same people, whom the seed alone does not name', async () => {
    const plan = trainPlan.parse({
      ...{ label: 'outcome', labels: ['no', 'yes'], positive: 'yes', features: ['days', 'ward'] },
      ...{ unit: { column: 'patient', maxRows: 2 }, split: DRAW.split, privacy: null },
      ...{ model: { kind: 'logistic' }, epochs: 2 },
    });
    studyAnswers.train.start({ ...source, plan }, context());
    const model = await run(started, 'model');
    const { result } = jsonBeside(vault, model, 'training', z.object({ result: trainResult }));
    expect(result.split).toMatchObject({
      ...{ form: 'drawn', key: 'study', shares: { test: 0.2, validation: 0.1 } },
      ...{ unit: 'person', unit_column: 'patient', max_rows: 2 },
    });
    const { train, validation, test } = result.split?.rows ?? { train: 0, validation: 0, test: 0 };
    expect((train ?? 0) + validation + test).toBe(ROWS);
    expect(result.metrics.validation?.accuracy).toEqual(expect.any(Number));
    studyAnswers.review.start({ ...model, groups: ['ward'] }, context());
    await run(started, 'review');
    const review = jsonBeside(vault, model, 'review', reviewResult);
    expect(review.rows.read).toBe(test);
    const other = vault.studies.create('Other').id;
    expect(splitKeyFor(vault, other, DRAW.split)).not.toBe(
      splitKeyFor(vault, source.study, DRAW.split),
    );
  });
});
