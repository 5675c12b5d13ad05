import { beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import { repairList, type RepairInput } from '../../../main/contract/repair.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { loadModel } from '../../../main/learning/model.ts';
import { splitRows } from '../../../main/learning/split.ts';
import { tableHash } from '../../../main/records/table-hash.ts';
import { studyAnswers } from '../../../main/study/answers.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { estimateTraining } from '../../../main/study/estimate.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { loadTable, sourceHash, sourcesOf } from '../../../main/study/load.ts';
import { studyOverview } from '../../../main/study/overview.ts';
import { trainWork } from '../../../main/study/train.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { readText } from '../records/reading.ts';
import { codeOf, newVault } from '../vault/fixture.ts';

const { proposals, tryRepairs, repairs } = contract.import;
const ROWS = 400;
const SEX = ['男', '女', '男性', '男', '女', '男', '女', '男', '女', '女'];
const text = [
  'patient,sex,weight,age,seen,outcome,discharge',
  ...Array.from({ length: ROWS }, (_, row) => {
    const weight = row % 20 === 3 ? '' : `"${50 + (row % 40)},5"`;
    const age = row % 50 === 7 ? '999' : row % 11 === 0 ? '' : String(20 + (row % 60));
    const yes = ((row * 7919) % 1009) % 5 < 2;
    const day = `${String((row % 28) + 1).padStart(2, '0')}/03/2024`;
    return `p${row},${SEX[row % 10]},${weight},${age},${day},${yes ? 'yes' : 'no'},${yes ? 'died' : 'home'}`;
  }),
].join('\n');

let vault: Vault;
let source: { study: string; artefact: string };
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

async function run(work: Work | null, kind: string): Promise<{ study: string; artefact: string }> {
  if (work === null) throw new Error('nothing was started');
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  await work.run({ job: id, signal: new AbortController().signal, progress: () => undefined });
  vault.jobs.end(id, 'done');
  const made = vault.artefacts.ofJob(id).find((one) => one.kind === kind);
  if (made === undefined) throw new Error('nothing was made');
  return { study: work.study, artefact: made.id };
}

async function repaired(
  reference: { study: string; artefact: string },
  ...list: RepairInput[]
): Promise<{ study: string; artefact: string }> {
  studyAnswers.import.repair({ ...reference, repairs: repairList.parse(list) }, context());
  return run(started, 'repaired-records');
}

const MERGE: RepairInput = {
  ...{ kind: 'merge', column: 'sex', groups: [{ into: '男', from: ['男性'] }] },
};
const WEIGHT: RepairInput = {
  ...{ kind: 'parse-number', column: 'weight', others: 'refuse' },
  form: { decimal: 'comma', thousands: 'none', unit: null },
};
const MARKS: RepairInput = { kind: 'mark-missing', column: 'age', marks: ['999'] };

beforeEach(async () => {
  vault = await newVault();
  const study = vault.studies.create('Wards').id;
  const { table, facts } = await readText(text);
  source = { study, artefact: saveRecords(vault, { study, name: 'w.csv' }, table, facts).id };
});

const propose = (reference: typeof source) =>
  proposals.output.parse(studyAnswers.import.proposals(reference, context()));

function saveRoles(): void {
  const { columns } = studyAnswers.identify.propose(source, context());
  const roles = columns.map(({ name }) => ({
    name,
    role: name === 'outcome' ? ('label' as const) : ('other' as const),
  }));
  studyAnswers.identify.save({ ...source, roles }, context());
}

describe('what is proposed for records', () => {
  it('has a code, the rows it touches and a repair that fits', async () => {
    const { problems, applied, label } = propose(source);
    expect(applied).toEqual([]);
    expect(label).toBeNull();
    expect(problems.map(({ code, column, rows }) => [code, column, rows])).toEqual([
      ['SAME_MEANING', 'sex', 40],
      ['NUMBERS_AS_TEXT', 'weight', 380],
      ['MISSING_MARKS', 'age', 8],
      ['DATES_AS_TEXT', 'seen', 400],
      ['MISSING_CELLS', 'weight', 20],
      ['MISSING_CELLS', 'age', expect.any(Number)],
    ]);
    for (const { repairs: list = [] } of problems) {
      for (const repair of list)
        await studyAnswers.import.tryRepairs({ ...source, repairs: [repair] }, context());
    }
  });

  it('names the column that gives the label away once the roles name the label', () => {
    saveRoles();
    const { problems, label } = propose(source);
    expect(label).toBe('outcome');
    const found = problems.filter(({ code }) => code === 'LABEL_GIVEN_AWAY');
    expect(found).toMatchObject([{ column: 'discharge', rows: ROWS }]);
  });
});

describe('repairs of records', () => {
  it('are shown before they are done, with examples, and nothing is kept', async () => {
    const kept = vault.artefacts.list(source.study).length;
    const input = { ...source, repairs: repairList.parse([MERGE, WEIGHT]) };
    const shown = tryRepairs.output.parse(await studyAnswers.import.tryRepairs(input, context()));
    expect(shown.rows).toEqual({ before: ROWS, after: ROWS });
    expect(shown.effects.map(({ rows }) => rows)).toEqual([40, 380]);
    expect(shown.effects[0]?.examples).toEqual([{ row: 3, before: '男性', after: '男' }]);
    expect(vault.artefacts.list(source.study)).toHaveLength(kept);
  });

  it('make records of their own, with list, profile and a line in the journal without values', async () => {
    const first = await repaired(source, MERGE);
    const second = await repaired(first, WEIGHT);
    const info = vault.artefacts.info(second.artefact);
    expect(info).toMatchObject({ kind: 'repaired-records', name: 'w.csv' });
    expect(info.parents[0]).toBe(source.artefact);
    const behind = repairs.output.parse(studyAnswers.import.repairs(second, context()));
    expect(behind.repairs.map(({ repair }) => repair)).toEqual(repairList.parse([MERGE, WEIGHT]));
    expect(behind.repairs.map(({ effect }) => effect.rows)).toEqual([40, 380]);
    const told = studyAnswers.import.profile(second, context());
    expect(told.columns.find(({ name }) => name === 'weight')).toMatchObject({
      ...{ type: 'real', recognised: { is: 'number', form: { decimal: 'comma' } } },
    });
    expect(propose(second).problems.some(({ code }) => code === 'SAME_MEANING')).toBe(false);
    const lines = vault.journal.list().filter(({ action }) => action === 'records.repaired');
    expect(lines.at(-1)?.params).toMatchObject({ rows: ROWS, repairs: ['merge', 'parse-number'] });
    expect(JSON.stringify(lines)).not.toMatch(/男|50,5/);
  });

  it('belong to the budget of the records as they came', async () => {
    const mended = await repaired(source, MERGE, { kind: 'drop-column', column: 'discharge' });
    const [only, ...others] = sourcesOf(vault, mended.artefact);
    expect(others).toEqual([]);
    expect(only?.id).toBe(source.artefact);
    if (only === undefined) return;
    expect(sourceHash(vault, only)).toBe(tableHash(loadTable(vault, source.artefact)));
  });

  it('are undone one after the other, to the very same records', async () => {
    const two = await repaired(source, MERGE, WEIGHT);
    studyAnswers.import.undoRepair(two, context());
    const one = await run(started, 'repaired-records');
    const direct = await repaired(source, MERGE);
    expect(tableHash(loadTable(vault, one.artefact))).toBe(
      tableHash(loadTable(vault, direct.artefact)),
    );
    studyAnswers.import.undoRepair(one, context());
    const none = await run(started, 'repaired-records');
    expect(tableHash(loadTable(vault, none.artefact))).toBe(
      tableHash(loadTable(vault, source.artefact)),
    );
    expect(await codeOf(() => studyAnswers.import.undoRepair(none, context()))).toBe(
      'ARTEFACT_UNKNOWN',
    );
    expect(await codeOf(() => studyAnswers.import.undoRepair(source, context()))).toBe(
      'ARTEFACT_UNKNOWN',
    );
  });

  it('keep nothing when one of them does not fit, or when cancelled', async () => {
    const kept = vault.artefacts.list(source.study).length;
    await expect(
      repaired(source, MERGE, { kind: 'clip', column: 'sex', lower: 0, upper: 1 }),
    ).rejects.toMatchObject({ code: 'REPAIR_UNFIT', params: { place: 2, column: 'sex' } });
    studyAnswers.import.repair({ ...source, repairs: repairList.parse([MERGE]) }, context());
    const stopped = started?.run({
      job: 'x',
      signal: AbortSignal.abort(),
      progress: () => undefined,
    });
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(vault.artefacts.list(source.study)).toHaveLength(kept);
  });

  it('are of records of the study only', async () => {
    const other = { ...source, study: 'another' };
    for (const ask of [
      () => propose(other),
      () => studyAnswers.import.repair({ ...other, repairs: repairList.parse([MERGE]) }, context()),
    ])
      expect(await codeOf(ask)).toBe('ARTEFACT_UNKNOWN');
  });

  it('keep the roles, and make what was made of the values before them old', async () => {
    saveRoles();
    const before = studyAnswers.identify.propose(source, context()).decided;
    vault.artefacts.put({
      ...{ study: source.study, kind: 'model', name: 'm', bytes: Buffer.from('x') },
      parents: [source.artefact],
    });
    const mended = await repaired(source, MERGE);
    expect(studyAnswers.identify.propose(mended, context()).decided).toEqual(before);
    const states = studyOverview(vault, source.study).steps.map(({ step, state }) => [step, state]);
    expect(states).toContainEqual(['identify', 'done']);
    expect(states).toContainEqual(['train', 'attention']);
  });
});

describe('a fill that is learned', () => {
  const plan = (change: object = {}) =>
    trainPlan.parse({
      ...{ label: 'outcome', labels: ['no', 'yes'], features: ['age', 'sex'] },
      ...{ model: { kind: 'logistic' }, privacy: null, epochs: 1 },
      ...change,
    });

  it('takes the median of the training part only, and the model keeps it', async () => {
    const mended = await repaired(
      source,
      MARKS,
      { kind: 'fill', column: 'age', with: 'median' },
      { kind: 'fill', column: 'sex', with: 'mode' },
    );
    const made = await run(trainWork(vault, { ...mended, plan: plan() }), 'model');
    const model = loadModel(String(vault.artefacts.get(made.artefact)), 'm');
    const table = loadTable(vault, mended.artefact);
    const [age] = table.columns.filter(({ name }) => name === 'age');
    if (age === undefined || 'codes' in age) throw new Error('no ages');
    const trained = [...splitRows(table, plan()).train]
      .map((row) => age.values[row] as number)
      .filter((value) => !Number.isNaN(value))
      .sort((a, b) => a - b);
    const middle = trained.slice((trained.length - 1) >> 1, (trained.length >> 1) + 1);
    const median = middle.reduce((sum, value) => sum + value, 0) / middle.length;
    expect(model.encoder.features).toMatchObject([
      { column: 'age', fill: median },
      { column: 'sex', fill: '女' },
    ]);
  });

  it('is bought where the model is to be private, and the ledger and the phases hold it', async () => {
    const mended = await repaired(source, MARKS, { kind: 'fill', column: 'age', with: 'median' });
    const asked = plan({
      ...{ bounds: { age: [18, 90] }, categories: { sex: ['男', '女', '男性'] } },
      privacy: { epsilon: 1, delta: 1e-4 },
    });
    const wanted = [{ column: 'age', kind: 'median' }];
    expect((await estimateTraining(vault, { ...mended, plan: asked }))?.bought).toEqual(wanted);
    const before = vault.ledger.ofStudy(source.study).available.epsilon;
    const made = await run(trainWork(vault, { ...mended, plan: asked }), 'model');
    const model = loadModel(String(vault.artefacts.get(made.artefact)), 'm');
    const { privacy } = model;
    if (privacy === null) throw new Error('a private model says what it promises');
    expect(privacy.statistics?.wanted).toEqual(wanted);
    expect(privacy.phases[0]).toMatchObject({ mechanism: 'exponential', steps: 1 });
    expect(epsilonOf(privacy).epsilon).toBe(privacy.epsilon);
    expect(privacy.epsilon).toBeLessThanOrEqual(1);
    const ledger = vault.ledger.ofStudy(source.study);
    expect(before - ledger.available.epsilon).toBeCloseTo(privacy.epsilon, 9);
    const steps = privacy.phases.reduce((sum, phase) => sum + phase.steps, 0);
    expect(ledger.entries.at(-1)).toMatchObject({ steps_charged: steps, steps_reserved: steps });
    const [age] = model.encoder.features;
    expect(age).toMatchObject({ column: 'age', fill: expect.any(Number) as number });
    // A constant is a fact from outside the records.
    const constant = await repaired(source, MARKS, {
      ...{ kind: 'fill', column: 'age', with: { constant: '50' } },
    });
    expect((await estimateTraining(vault, { ...constant, plan: asked }))?.fits).toBeDefined();
  });
});
