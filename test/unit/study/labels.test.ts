import { beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import { labelPlan, type LabelPlanInput } from '../../../main/contract/label.ts';
import { repairList, type RepairInput } from '../../../main/contract/repair.ts';
import { cellText } from '../../../main/records/cell-text.ts';
import { columnOf } from '../../../main/records/shape.ts';
import { studyAnswers } from '../../../main/study/answers.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { forgetOpened } from '../../../main/study/labelling.ts';
import { loadTable, sourceHash, sourcesOf } from '../../../main/study/load.ts';
import { studyOverview } from '../../../main/study/overview.ts';
import { repairsBehind } from '../../../main/study/repair.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { readText } from '../records/reading.ts';
import { codeOf, newVault } from '../vault/fixture.ts';

const answers = studyAnswers.label;
const { label } = contract;
const text = [
  'patient,age,note',
  ...Array.from({ length: 12 }, (_, row) => {
    const age = row === 4 ? '' : String(50 + row);
    return `p${row},${age},Note ${row} about a fall in the kitchen and what came of it`;
  }),
].join('\n');

let vault: Vault;
let source: Reference;
let started: Work | null = null;

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

const context = (): Context => ({
  vault,
  person: vault.person,
  file: () => '',
  start: (work) => {
    started = work;
    return 'job';
  },
});

async function run(kind: string): Promise<Reference> {
  const work = started;
  if (work === null) throw new Error('nothing was started');
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  await work.run({ job: id, signal: new AbortController().signal, progress: () => undefined });
  vault.jobs.end(id, 'done');
  const made = vault.artefacts.ofJob(id).find((one) => one.kind === kind);
  if (made === undefined) throw new Error('nothing was made');
  return { study: work.study, artefact: made.id };
}

const SETTINGS = { column: 'fell', values: ['yes', 'no'], order: 'file' as const };
const begin = (reference = source, settings = SETTINGS) =>
  label.begin.output.parse(answers.begin({ ...reference, ...settings }, context()));
const open = (reference = source) => label.open.output.parse(answers.open(reference, context()));
const mark = (at: number, value: number | null, reference = source) =>
  label.mark.output.parse(answers.mark({ ...reference, at, value }, context()));
const undo = () => label.undo.output.parse(answers.undo(source, context()));
const record = (at: number, find: 'here' | 'open' = 'here', reference = source) =>
  label.record.output.parse(answers.record({ ...reference, at, find }, context()));

function made(input: LabelPlanInput, reference = source): Promise<Reference> {
  answers.make({ ...reference, plan: labelPlan.parse(input) }, context());
  return run('labelled-records');
}

function repaired(reference: Reference, ...list: RepairInput[]): Promise<Reference> {
  studyAnswers.import.repair({ ...reference, repairs: repairList.parse(list) }, context());
  return run('repaired-records');
}

const labelsIn = ({ artefact }: Reference, name = 'fell'): string[] => {
  const table = loadTable(vault, artefact);
  const column = columnOf(table, name);
  return Array.from({ length: table.rows }, (_, row) => cellText(column, row));
};

beforeEach(async () => {
  vault = await newVault();
  const study = vault.studies.create('Falls').id;
  const { table, facts } = await readText(text);
  source = { study, artefact: saveRecords(vault, { study, name: 'f.csv' }, table, facts).id };
});

describe('labels by hand', () => {
  it('begin with a name and values, and show a record with all its cells', () => {
    expect(open()).toMatchObject({ rows: 12, hand: null, earlier: null, later: null });
    expect(begin().progress).toEqual({
      ...{ values: [0, 0], labelled: 0, skipped: 0, left: 12, undoable: 0 },
    });
    const { record: first } = record(0, 'open');
    expect(first).toMatchObject({ at: 0, row: 1, value: null, skipped: false, more: 0 });
    expect(first?.cells.map(({ column }) => column)).toEqual(['patient', 'age', 'note']);
    expect(first?.cells[2]?.text).toContain('Note 0');
  });

  it('are kept at every key press: an engine that stops loses none', () => {
    begin();
    expect(mark(0, 1).record?.at).toBe(1);
    expect(mark(1, null).record?.at).toBe(2);
    mark(2, 0);
    // As after kill -9: all that is left is what stands in the vault.
    forgetOpened(vault);
    expect(open().hand).toEqual({
      ...SETTINGS,
      progress: { values: [1, 1], labelled: 2, skipped: 1, left: 9, undoable: 3 },
    });
    expect(record(0, 'open').record?.at).toBe(3);
    expect(record(0).record).toMatchObject({ value: 1, skipped: false });
    expect(record(1).record).toMatchObject({ value: null, skipped: true });
  });

  it('can be taken back one by one, also after a restart', () => {
    begin();
    mark(0, 0);
    mark(0, 1);
    mark(5, 0);
    expect(undo().record).toMatchObject({ at: 5, value: null });
    forgetOpened(vault);
    expect(undo().record).toMatchObject({ at: 0, value: 0 });
    expect(undo().progress).toMatchObject({ labelled: 0, left: 12, undoable: 0 });
    expect(undo().record).toBeNull();
    expect(mark(1, 1).progress.undoable).toBe(1);
  });

  it('lead on to the open records only, and end where none is left', () => {
    begin();
    for (let at = 0; at < 11; at++) mark(at, at % 2);
    expect(mark(3, null).record?.at).toBe(11);
    expect(mark(11, 0).record).toBeNull();
    expect(record(0, 'open').record).toBeNull();
    expect(record(11).record?.row).toBe(12);
    expect(record(12).record).toBeNull();
  });

  it('may be shuffled: every record once, in an order that stays', () => {
    begin(source, { ...SETTINGS, order: 'random' as unknown as 'file' });
    const rows = (): (number | undefined)[] =>
      Array.from({ length: 12 }, (_, at) => record(at).record?.row);
    const shuffled = rows();
    expect([...shuffled].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
      Array.from({ length: 12 }, (_, row) => row + 1),
    );
    forgetOpened(vault);
    expect(rows()).toEqual(shuffled);
    mark(0, 1);
    begin(source, { ...SETTINGS, order: 'file' });
    // The label belongs to its record, not to its place.
    expect(record((shuffled[0] ?? 0) - 1).record?.value).toBe(1);
  });

  it('keep their values: what records were given cannot go, more can come in any order', async () => {
    begin();
    mark(0, 1);
    const values = ['perhaps', 'no', 'yes'];
    expect(begin(source, { ...SETTINGS, values }).progress.values).toEqual([0, 1, 0]);
    expect(await codeOf(() => begin(source, { ...SETTINGS, values: ['perhaps', 'yes'] }))).toBe(
      'LABEL_VALUE_USED',
    );
    expect(await codeOf(() => begin(source, { ...SETTINGS, column: 'age' }))).toBe('COLUMN_EXISTS');
  });

  it('are refused before they are begun, and for records or values that are not there', async () => {
    expect(await codeOf(() => record(0))).toBe('LABELLING_NOT_BEGUN');
    expect(await codeOf(() => mark(0, 0))).toBe('LABELLING_NOT_BEGUN');
    expect(await codeOf(() => undo())).toBe('LABELLING_NOT_BEGUN');
    begin();
    expect(await codeOf(() => mark(12, 0))).toBe('REQUEST_MALFORMED');
    expect(await codeOf(() => mark(0, 2))).toBe('REQUEST_MALFORMED');
    expect(open().hand?.progress.undoable).toBe(0);
  });

  it('are told in the journal by their number, never by what they say', () => {
    begin();
    mark(0, 1);
    const journal = JSON.stringify(vault.journal.list());
    expect(journal).toContain('labels.begun');
    expect(journal).not.toMatch(/fell|"yes"/);
  });
});

describe('labelled records', () => {
  const PLAN: LabelPlanInput = {
    column: 'fell',
    hand: true,
    rules: [{ value: 'no', conditions: [{ column: 'age', is: 'above', value: 58 }] }],
  };

  it('hold labels by hand and by rule; the journal and the study tell how many of each', async () => {
    begin();
    mark(0, 0);
    mark(11, 0);
    mark(1, null);
    const preview = label.preview.output.parse(
      await answers.preview({ ...source, plan: labelPlan.parse(PLAN) }, context()),
    );
    const result = await made(PLAN);
    expect(labelsIn(result)).toEqual(['yes', ...Array(8).fill(''), 'no', 'no', 'yes']);
    const told = label.made.output.parse(answers.made(result, context()));
    expect(told.effect).toEqual(preview.effect);
    expect(told.people).toMatchObject([{ name: vault.person.name, labels: 2 }]);
    const line = vault.journal.list().find(({ action }) => action === 'records.labelled');
    expect(line?.params).toMatchObject({ rows: 12, hand: 2, rules: 2, unlabelled: 8, people: 1 });
    expect(JSON.stringify(line)).not.toMatch(/yes|fell/);
  });

  it('come from the source, whose budget they spend, and are the newest records', async () => {
    const result = await made({ ...PLAN, hand: false });
    expect(sourcesOf(vault, result.artefact).map(({ id }) => id)).toEqual([source.artefact]);
    const [found] = sourcesOf(vault, result.artefact);
    expect(found && sourceHash(vault, found)).toMatch(/^[0-9a-f]{64}$/);
    const profile = studyAnswers.import.profile(result, context());
    expect(profile.columns.map(({ name }) => name)).toEqual(['patient', 'age', 'note', 'fell']);
    expect(studyOverview(vault, source.study).steps[3]).toMatchObject({ state: 'not-started' });
  });

  it('propose their column as the label, with roles decided before', async () => {
    const roles = studyAnswers.identify
      .propose(source, context())
      .columns.map(({ name }) => ({ name, role: 'other' as const }));
    studyAnswers.identify.save({ ...source, roles }, context());
    const result = await made({ ...PLAN, hand: false, otherwise: 'yes' });
    const proposed = studyAnswers.identify.propose(result, context());
    expect(proposed.columns.at(-1)).toMatchObject({ role: 'label', evidence: ['chosen'] });
    expect(proposed.decided).toMatchObject({ age: 'other' });
    const { columns } = studyAnswers.train.columns(result, context());
    expect(columns.at(-1)).toMatchObject({ name: 'fell', role: 'label' });
    expect(columns[1]).toMatchObject({ name: 'age', role: 'other' });
  });

  it('can be taken back: the records before are again the newest', async () => {
    const result = await made({ ...PLAN, hand: false });
    answers.takeBack(result, context());
    const back = await run('repaired-records');
    expect(loadTable(vault, back.artefact)).toEqual(loadTable(vault, source.artefact));
    expect(await codeOf(() => answers.takeBack(source, context()))).toBe('ARTEFACT_UNKNOWN');
    expect(await codeOf(() => answers.made(source, context()))).toBe('ARTEFACT_UNKNOWN');
  });

  it('can be repaired, taken back to what was repaired before, and labelled again', async () => {
    const mended = await repaired(source, { kind: 'fill', column: 'age', with: 'median' });
    const first = await made({ ...PLAN, hand: false }, mended);
    const second = await made({ ...PLAN, hand: false, column: 'second' }, first);
    const trimmed = await repaired(second, { kind: 'trim', column: 'note' });
    // What training has to learn is not forgotten behind a label.
    expect(repairsBehind(vault, trimmed).map(({ kind }) => kind)).toEqual(['fill', 'trim']);
    expect(answers.made(first, context()).plan.column).toBe('fell');
    expect(answers.made(second, context()).plan.column).toBe('second');
    answers.takeBack(first, context());
    const back = await run('repaired-records');
    expect(repairsBehind(vault, back).map(({ kind }) => kind)).toEqual(['fill']);
  });

  it('are not made where the plan does not fit, and nothing is kept', async () => {
    const kinds = (): string[] => vault.artefacts.list(source.study).map(({ kind }) => kind);
    const before = kinds();
    await expect(made({ ...PLAN, column: 'age' })).rejects.toMatchObject({ code: 'COLUMN_EXISTS' });
    await expect(made({ column: 'fell', hand: true })).rejects.toMatchObject({
      code: 'LABELS_NONE',
    });
    expect(kinds()).toEqual(before);
  });

  it('are not made once the work is cancelled', async () => {
    answers.make({ ...source, plan: labelPlan.parse({ ...PLAN, hand: false }) }, context());
    const work = started;
    const stop = new AbortController();
    const { id } = vault.jobs.create('label', source.study);
    vault.jobs.start(id);
    stop.abort();
    await expect(
      work?.run({ job: id, signal: stop.signal, progress: () => undefined }),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(vault.artefacts.list(source.study, 'labelled-records')).toEqual([]);
  });
});

describe('labels by hand and repairs', () => {
  it('tell of the repair, and go over to the repaired records by their rows', async () => {
    begin();
    mark(0, 0);
    mark(4, 1);
    mark(9, 1);
    mark(10, null);
    const mended = await repaired(source, { kind: 'drop-rows', column: 'age' });
    expect(open().later).toBe(mended.artefact);
    expect(open().hand?.progress.labelled).toBe(3);
    expect(open(mended)).toMatchObject({
      ...{ rows: 11, hand: null, later: null },
      earlier: { artefact: source.artefact, labelled: 3 },
    });
    const carried = answers.carry({ ...mended, from: source.artefact }, context());
    expect(carried).toEqual({ carried: 3, gone: 1 });
    const now = open(mended);
    expect(now.earlier).toBeNull();
    expect(now.hand).toMatchObject({
      column: 'fell',
      progress: { values: [1, 1], labelled: 2, skipped: 1, left: 8 },
    });
    // Row 5 (age missing) is gone: what was row 10 is row 9.
    expect(record(8, 'here', mended).record).toMatchObject({ row: 9, value: 1 });
    expect(record(9, 'here', mended).record).toMatchObject({ row: 10, skipped: true });
    // Nothing is lost where they were given.
    expect(open().hand?.progress).toMatchObject({ labelled: 3, skipped: 1 });
  });

  it('go back again when the repair is undone', async () => {
    const mended = await repaired(
      source,
      { kind: 'trim', column: 'note' },
      { kind: 'drop-rows', column: 'age' },
    );
    begin(mended);
    mark(6, 1, mended);
    studyAnswers.import.undoRepair(mended, context());
    const undone = await run('repaired-records');
    expect(open(undone).earlier).toEqual({ artefact: mended.artefact, labelled: 1 });
    expect(answers.carry({ ...undone, from: mended.artefact }, context())).toEqual({
      ...{ carried: 1, gone: 0 },
    });
    expect(record(7, 'here', undone).record).toMatchObject({ row: 8, value: 1 });
  });

  it('are not carried onto labels given already, nor from other records', async () => {
    begin();
    mark(0, 0);
    const mended = await repaired(source, { kind: 'trim', column: 'note' });
    const labelled = await made({ column: 'fell', hand: true });
    expect(
      await codeOf(() => answers.carry({ ...labelled, from: source.artefact }, context())),
    ).toBe('ARTEFACT_UNKNOWN');
    begin(mended);
    mark(3, 1, mended);
    expect(await codeOf(() => answers.carry({ ...mended, from: source.artefact }, context()))).toBe(
      'REQUEST_MALFORMED',
    );
    expect(open(mended).hand?.progress).toMatchObject({ labelled: 1 });
  });
});
