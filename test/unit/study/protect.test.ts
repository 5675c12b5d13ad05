import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { anonymisePlan } from '../../../main/contract/anonymise.ts';
import { ConcordError } from '../../../main/contract/errors.ts';
import { identify, protect } from '../../../main/contract/protect-calls.ts';
import { writeCsv } from '../../../main/records/csv-writer.ts';
import { selectColumns } from '../../../main/records/shape.ts';
import { studyAnswers } from '../../../main/study/answers.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { importWork } from '../../../main/study/import.ts';
import { protectionOf } from '../../../main/study/protection.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { CHEAP } from '../vault/fixture.ts';

const scratch = scratchFolder();
const QUASI = Object.keys(demoOf('en').protection.quasiIdentifiers);
const ROWS = 600;
let vault: Vault;
let started: Work | null = null;
let records: { study: string; artefact: string };
let done: { study: string; artefact: string };
let request: Parameters<typeof studyAnswers.anonymise.start>[0];

async function run(work: Work, kind: string, keepBest?: AbortSignal): Promise<string> {
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  const signal = new AbortController().signal;
  await work.run({
    job: id,
    signal,
    progress: () => undefined,
    ...(keepBest === undefined ? {} : { keepBest }),
  });
  vault.jobs.end(id, 'done');
  const made = vault.artefacts.ofJob(id).find((artefact) => artefact.kind === kind);
  if (made === undefined) throw new Error('nothing was made');
  return made.id;
}

const context = (path = ''): Context => ({
  vault,
  person: vault.person,
  file: () => path,
  start: (work) => {
    started = work;
    return 'job';
  },
});

beforeAll(async () => {
  const file = scratch.path('study.vault');
  const passphrase = 'four quiet herons wade';
  vault = await createVault({ file, passphrase, person: 'Ada', cost: CHEAP });
  const study = vault.studies.create('Who misses follow-up?').id;
  const csv = scratch.path('sample.csv');
  writeFileSync(csv, [...writeCsv(demoRecords(ROWS))].join(''));
  const work = importWork(vault, { study, path: csv, name: 'sample.csv', options: {} });
  records = { study, artefact: await run(work, 'source-records') };
  const { columns } = suggest(QUASI);
  const { insensitive = [] } = demoOf('en').protection;
  const named = [...QUASI, 'diagnosis', ...insensitive];
  request = {
    ...records,
    plan: anonymisePlan.parse(demoOf('en').protection),
    hierarchies: Object.fromEntries(
      columns.map(({ name, choices }) => [name, choices[0]?.text ?? '']),
    ),
    remove: proposal()
      .columns.map(({ name }) => name)
      .filter((name) => !named.includes(name)),
  };
  studyAnswers.anonymise.start(request, context());
  if (started === null) throw new Error('nothing was started');
  done = { study, artefact: await run(started, 'protected-records') };
  return () => {
    vault.close();
    scratch.remove();
  };
});

const proposal = () =>
  identify.propose.output.parse(studyAnswers.identify.propose(records, context()));
const suggest = (columns: string[]) =>
  protect.suggest.output.parse(
    studyAnswers.anonymise.suggest(
      {
        ...records,
        columns: columns.map((name) => ({ name, recipes: [] })),
        language: 'en',
      },
      context(),
    ),
  );
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof ConcordError ? error.code : error;
  }
};

describe('roles of columns', () => {
  it('are proposed with their evidence and with examples that name nobody', () => {
    const { columns, decided } = proposal();
    expect(decided).toBeNull();
    const roles = Object.fromEntries(columns.map(({ name, role }) => [name, role]));
    expect(roles).toMatchObject({
      name: 'direct-identifier',
      phone: 'direct-identifier',
      age: 'quasi-identifier',
      postcode: 'quasi-identifier',
      diagnosis: 'sensitive',
    });
    const phone = columns.find(({ name }) => name === 'phone');
    for (const example of phone?.examples ?? ['1']) expect(example).toMatch(/^[0Aa +-]+$/);
  });

  it('come with the sets of columns that single records out, counted over all rows', () => {
    const { uniqueness } = proposal();
    expect(uniqueness.length).toBeGreaterThan(0);
    const sizes = uniqueness.map(({ columns }) => columns.length);
    expect(sizes).toEqual([...sizes].sort());
    for (const { columns, unique, below5 } of uniqueness) {
      for (const name of columns) expect(QUASI).toContain(name);
      expect(unique).toBeLessThanOrEqual(below5);
    }
    // Of 600 people nearly each has an own age, postcode and language.
    expect(Math.max(...uniqueness.map(({ unique }) => unique))).toBeGreaterThan(0.5);
  });

  it('are kept as decided, with a line in the journal', () => {
    const roles = proposal().columns.map(({ name, role }) => ({
      name,
      role: name === 'distance_km' ? ('quasi-identifier' as const) : role,
    }));
    const { artefact } = studyAnswers.identify.save({ ...records, roles }, context());
    expect(vault.artefacts.info(artefact)).toMatchObject({
      kind: 'findings',
      parents: [records.artefact],
    });
    const { decided, uniqueness } = proposal();
    expect(decided).toMatchObject({ distance_km: 'quasi-identifier', age: 'quasi-identifier' });
    expect(uniqueness.some(({ columns }) => columns.includes('distance_km'))).toBe(true);
    const line = vault.journal.list().find(({ action }) => action === 'columns.identified');
    expect(line?.params).toMatchObject({ columns: roles.length, changed: 1 });
  });

  it('are refused where a column has none, two, or is not there', () => {
    const roles = proposal().columns.map(({ name, role }) => ({ name, role }));
    const [first] = roles;
    if (first === undefined) throw new Error('no columns');
    const save = (given: typeof roles) => () =>
      studyAnswers.identify.save({ ...records, roles: given }, context());
    expect(codeOf(save(roles.slice(1)))).toBe('ROLE_MISSING');
    expect(codeOf(save([...roles, first]))).toBe('ROLE_CONFLICT');
    expect(codeOf(save([...roles, { name: 'agee', role: 'other' }]))).toBe('COLUMN_UNKNOWN');
  });
});

describe('the search for the protection', () => {
  it('is estimated before it starts', () => {
    const { latticeNodes, seconds, box } = protect.estimate.output.parse(
      studyAnswers.anonymise.estimate(request, context()),
    );
    expect(latticeNodes).toBeGreaterThan(1);
    expect(seconds.to).toBeGreaterThanOrEqual(seconds.from);
    expect(box).toBeNull();
  });

  it('ends with the best so far when that is to be kept, and says so', async () => {
    studyAnswers.anonymise.start(request, context());
    if (started === null) throw new Error('nothing was started');
    const artefact = await run(started, 'protected-records', AbortSignal.abort());
    const { study } = records;
    const { search, checked } = studyAnswers.anonymise.result({ study, artefact }, context());
    expect(checked).toBe(true);
    expect(search?.ended).toBe('stopped');

    // It goes on from there, and ends where a search ends that was left alone.
    const before = vault.artefacts.list(study, 'protected-records').length;
    studyAnswers.anonymise.prove({ study, artefact }, context());
    const proved = await run(started, 'protected-records');
    const result = (of: string) =>
      studyAnswers.anonymise.result({ study, artefact: of }, context());
    expect(result(proved).search?.ended).toBe('proved');
    expect(result(proved).levels).toEqual(result(done.artefact).levels);
    expect(result(proved).quality).toEqual(result(done.artefact).quality);
    // What was found before stays, and one can go back to it.
    expect(vault.artefacts.list(study, 'protected-records')).toHaveLength(before + 1);
    expect(studyAnswers.anonymise.before({ study, artefact: proved }, context()).artefact).toBe(
      artefact,
    );
  });
});

describe('the records of everyone', () => {
  const columns = ['age', 'sex', 'postcode'];
  let population: string;

  beforeAll(async () => {
    const [head = '', ...lines] = [...writeCsv(selectColumns(demoRecords(ROWS), columns))]
      .join('')
      .trimEnd()
      .split('\r\n');
    // Each of the records stands for two people, and one is of an age that no record has.
    const oldest = (lines[0] ?? '').replace(/^[^,]*/, '107');
    const csv = scratch.path('people.csv');
    writeFileSync(csv, [head, ...lines, ...lines, oldest].join('\r\n'));
    const { study } = records;
    const work = importWork(vault, { study, path: csv, name: 'people.csv', options: {} });
    population = await run(work, 'source-records');
  });

  const asked = (more: object) => ({
    ...records,
    ...more,
    columns: columns.map((name) => ({ name, recipes: [] })),
    language: 'en' as const,
  });
  const textsOf = (more: object): Record<string, string> =>
    Object.fromEntries(
      studyAnswers.anonymise
        .suggest(asked(more), context())
        .columns.map(({ name, choices }) => [name, choices[0]?.text ?? '']),
    );
  const requestFor = (hierarchies: Record<string, string>) => {
    const names = demoRecords(1).columns.map(({ name }) => name);
    return {
      ...records,
      hierarchies,
      remove: names.filter((name) => ![...columns, 'diagnosis'].includes(name)),
      plan: anonymisePlan.parse({
        quasiIdentifiers: Object.fromEntries(columns.map((name) => [name, { hierarchy: name }])),
        sensitive: { diagnosis: {} },
        models: [
          { type: 'k-map', k: 10 },
          { type: 'delta-presence', minimum: 0, maximum: 0.6 },
        ],
        population: { table: population },
        suppressionLimit: 0.1,
      }),
    };
  };

  it('have a line in each hierarchy, though no record stands under it', () => {
    expect(textsOf({}).age).not.toMatch(/^107;/m);
    expect(textsOf({ population }).age).toMatch(/^107;/m);
    const { columns: ways } = studyAnswers.anonymise.suggest(asked({ population }), context());
    const labels = ways[0]?.choices[0]?.levels.at(-1)?.labels;
    expect(labels).toEqual([{ label: '*', rows: ROWS }]);
  });

  it('are counted by the search, by its estimate and by the check of the file', async () => {
    const whole = requestFor(textsOf({ population }));
    expect(studyAnswers.anonymise.estimate(whole, context()).latticeNodes).toBeGreaterThan(1);
    studyAnswers.anonymise.start(whole, context());
    if (started === null) throw new Error('nothing was started');
    const { study } = records;
    const artefact = await run(started, 'protected-records');
    const { classes, risk } = studyAnswers.anonymise.result({ study, artefact }, context());
    // Ten people are five records.
    expect(classes.smallest).toBeGreaterThanOrEqual(5);
    expect(classes.smallest).toBeLessThan(10);
    expect(risk.journalist).toMatchObject({ basis: 'table' });
    const path = scratch.path('counted.csv');
    const input = { study, artefact, ticket: 't' };
    await expect(studyAnswers.anonymise.export(input, context(path))).resolves.toMatchObject({
      name: 'counted.csv',
    });
  });

  it('are refused before the search where the hierarchies lack them, or they are of elsewhere', () => {
    const lacking = requestFor(textsOf({}));
    expect(codeOf(() => studyAnswers.anonymise.estimate(lacking, context()))).toBe(
      'POPULATION_UNFIT',
    );
    const { plan } = lacking;
    const elsewhere = { ...lacking, plan: { ...plan, population: { table: done.artefact + 'x' } } };
    expect(codeOf(() => studyAnswers.anonymise.estimate(elsewhere, context()))).toBe(
      'ARTEFACT_UNKNOWN',
    );
  });
});

describe('protected records', () => {
  it('are kept with the plan that was asked for', () => {
    expect(protectionOf(vault, done).kept).toMatchObject({
      plan: request.plan,
      hierarchies: request.hierarchies,
      remove: request.remove,
    });
  });

  it('are shown beside the records they came from', () => {
    const seen = protect.compare.output.parse(studyAnswers.anonymise.compare(done, context()));
    expect(seen.kept + seen.suppressed).toBe(ROWS);
    expect(seen.rows).toHaveLength(10);
    const of = (name: string) => seen.columns.find((column) => column.name === name);
    expect(of('name')).toMatchObject({ role: 'removed', after: 0 });
    expect(of('diagnosis')).toMatchObject({ role: 'sensitive', before: 6 });
    const age = of('age');
    expect(age).toMatchObject({ role: 'quasi-identifier', top: 5 });
    const place = seen.columns.findIndex(({ name }) => name === 'age');
    for (const { before, after } of seen.rows) {
      const label = after?.[place];
      if (label === undefined || label === null || label === '*') continue;
      const [low = NaN, high = Infinity] = label.split(/[-+]/).map(Number);
      expect(Number(before[place])).toBeGreaterThanOrEqual(low);
      expect(Number(before[place])).toBeLessThanOrEqual(high || Infinity);
    }
  });

  it('leave by the chosen file, with the rows that were kept', async () => {
    const path = scratch.path('protected.csv');
    const input = { ...done, ticket: 't' };
    const answer = await studyAnswers.anonymise.export(input, context(path));
    const { kept } = studyAnswers.anonymise.compare(done, context());
    expect(protect.export.output.parse(answer)).toEqual({ name: 'protected.csv', rows: kept });
    const text = readFileSync(path, 'utf8');
    expect(text.trim().split('\r\n')).toHaveLength(kept + 1);
    expect(text.split('\r\n')[0]).not.toMatch(/phone|id_card|patient_id|note/);
  });

  it('are of that study, and records as they came are none', async () => {
    const path = scratch.path('source.csv');
    const leave = studyAnswers.anonymise.export({ ...records, ticket: 't' }, context(path));
    await expect(leave).rejects.toMatchObject({ code: 'ARTEFACT_UNKNOWN' });
    for (const reference of [records, { ...done, study: 'another' }]) {
      const look = (): unknown => studyAnswers.anonymise.compare(reference, context());
      expect(codeOf(look)).toMatch(/^(ARTEFACT|STUDY)_UNKNOWN$/);
    }
  });
});
