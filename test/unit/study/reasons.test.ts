import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { reasonsFound, type ReasonsFound } from '../../../main/contract/reasons.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { columnNamed } from '../../../main/learning/columns.ts';
import { cellTexts } from '../../../main/records/cell-text.ts';
import { writeCsv } from '../../../main/records/csv-writer.ts';
import type { Table } from '../../../main/records/table.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { importWork } from '../../../main/study/import.ts';
import { reasonAnswers } from '../../../main/study/reason-answers.ts';
import { reasonsWork } from '../../../main/study/reasons.ts';
import { reportAnswers } from '../../../main/study/report-answers.ts';
import { reviewWork } from '../../../main/study/review.ts';
import { sureShapes } from '../../../main/study/sure-shapes.ts';
import { trainWork } from '../../../main/study/train.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { words } from '../../../main/words/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { codedColumn, numberColumn, tableOf } from '../learning/fixtures.ts';
import { train } from '../learning/target-records.ts';
import { CHEAP } from '../vault/fixture.ts';

const scratch = scratchFolder();
const records = demoRecords(400);
let vault: Vault;
let reference: { readonly study: string; readonly artefact: string };
let found: ReasonsFound;

async function run(work: Work, kind: string): Promise<string> {
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  const { signal } = new AbortController();
  await work.run({ job: id, signal, progress: () => undefined });
  vault.jobs.end(id, 'done');
  return vault.artefacts.ofJob(id).find((artefact) => artefact.kind === kind)!.id;
}

const context = (): Context => ({
  ...{ vault, person: vault.person },
  file: () => '',
  start: () => 'job',
});

beforeAll(async () => {
  const file = scratch.path('study.vault');
  vault = await createVault({
    file,
    passphrase: 'four quiet herons wade',
    person: 'Ada',
    cost: CHEAP,
  });
  const study = vault.studies.create('Who misses follow-up?').id;
  const csv = scratch.path('sample.csv');
  writeFileSync(csv, [...writeCsv(records)].join(''));
  const made = await run(
    importWork(vault, { study, path: csv, name: 'sample.csv', options: {} }),
    'source-records',
  );
  const model = { kind: 'boosting', pairs: 1 } as const;
  const plan = trainPlan.parse({ ...demoOf('en').training, model, privacy: null });
  const artefact = await run(trainWork(vault, { study, artefact: made, plan }), 'model');
  reference = { study, artefact };
  await run(reviewWork(vault, { ...reference, groups: ['sex', 'district'] }), 'review');
  expect(reasonAnswers.result(reference, context())).toEqual({ found: null });
  const kept = await run(reasonsWork(vault, reference), 'reasons');
  expect(vault.artefacts.info(kept).parents).toEqual([artefact]);
  found = reasonAnswers.result(reference, context()).found!;
  return () => {
    vault.close();
    scratch.remove();
  };
});

describe('reasons of a model of the vault', () => {
  it('are of the held-out records, by the groups of the review, and stand in the journal', () => {
    expect(found.groups.map(({ attribute }) => attribute)).toEqual(['sex', 'district']);
    const { fields, tested } = reasonAnswers.fields(reference, context());
    expect(found.overall.n).toBeLessThanOrEqual(tested);
    expect(found.columns.map(({ columns }) => columns[0]).sort()).toEqual(
      fields.map(({ column }) => column).sort(),
    );
    const told = vault.journal.list().filter(({ action }) => action === 'model.explained');
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told[0])).toContain(reference.artefact);
  });

  it('hold no cell of a direct identifier or a free text', () => {
    const text = JSON.stringify(found);
    for (const name of ['name', 'patient_id', 'phone', 'note']) {
      const cellOf = cellTexts(columnNamed(records, name));
      for (let row = 0; row < records.rows; row++) {
        if (cellOf(row) !== '') expect(text).not.toContain(JSON.stringify(cellOf(row)));
      }
    }
  });

  it('stand in the report, in both languages, with few groups withheld', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const { report } = reportAnswers.preview({ ...reference, language }, context());
      const section = report.sections.find(({ id }) => id === 'reasons')!;
      expect(section.title).toBe(words(language).reasons.section);
      const kinds = section.blocks.map((block) => block.kind);
      expect(kinds).toContain('chart');
      expect(JSON.stringify(section)).not.toMatch(/NaN|null\b.*"text"|undefined/);
    }
  });
});

describe('reasons of one record', () => {
  const explain = (given: Parameters<typeof reasonAnswers.explain>[0]['given']) =>
    reasonAnswers.explain({ ...reference, given }, context());

  it('are the same whether it is held out or typed in', async () => {
    const { fields } = reasonAnswers.fields(reference, context());
    const held = await explain({ tested: 3 });
    const cells = held.fields.map(({ columns, cell }) => ({
      column: columns[0]!,
      text: cell ?? '',
    }));
    const typed = await explain({ cells });
    expect(held.fields).toHaveLength(fields.length);
    expect(typed.answer).toEqual(held.answer);
    for (const [at, { columns, effect }] of held.fields.entries()) {
      expect(typed.fields[at]).toMatchObject({ columns, effect });
    }
    const sum = held.fields.reduce((all, one) => all + one.effect, 0);
    expect(Math.abs(sum - (held.output! - held.background!))).toBeLessThan(1e-9);
  });

  it('are refused for one that is not there, and none are given where nothing is known', async () => {
    await expect(explain({ tested: 100_000 })).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' });
    await expect(explain({ cells: [] })).resolves.toMatchObject({ answer: null, fields: [] });
    const other = vault.studies.create('Other').id;
    expect(() => reasonAnswers.fields({ ...reference, study: other }, context())).toThrow(
      'ARTEFACT_UNKNOWN',
    );
  });
});

describe('shapes that leave', () => {
  const rows = 300;
  const site = Array.from({ length: rows }, (_, r) => (r < 4 ? 'rare' : r % 2 === 0 ? 'a' : 'b'));
  const age = Array.from({ length: rows }, (_, r) => (r < 3 ? 99 : (r * 7) % 60));
  const y = site.map((one, r) => (one === 'a' || r < 4 ? 'yes' : 'no'));
  const table: Table = tableOf(
    codedColumn('site', site),
    numberColumn('age', age),
    codedColumn('y', y),
  );
  const plan: TrainPlanInput = {
    ...{ label: 'y', labels: ['no', 'yes'], positive: 'yes', features: ['site', 'age'] },
    ...{ model: { kind: 'boosting' }, privacy: null },
  };
  const every = Int32Array.from({ length: rows }, (_, row) => row);

  it('of a model without guarantee leave out what 1 to 10 records stand in', async () => {
    const { model } = await train(plan, table);
    expect(JSON.stringify(model)).toContain('rare');
    const { shapes, withheld_parts: withheld } = sureShapes(model, table, every);
    expect(withheld).toBeGreaterThan(1);
    expect(JSON.stringify(shapes)).not.toContain('rare');
    const of = (column: string) => shapes!.views[0]!.shapes.find((one) => one.column === column)!;
    expect(of('site').parts.map(({ cells }) => cells.of === 'value' && cells.value)).toEqual(
      expect.arrayContaining(['a', 'b']),
    );
    for (const { cells } of of('age').parts) {
      if (cells.of !== 'range') continue;
      const inside = age.filter(
        (one) =>
          one >= ((cells.from as number | null) ?? -Infinity) &&
          one < ((cells.to as number | null) ?? Infinity),
      );
      expect(inside.length === 0 || inside.length > 10).toBe(true);
    }
    // Without its training rows nothing may be said.
    expect(sureShapes(model, table, null).shapes).toBeNull();
  });

  it('of a private model were released already, all of them', async () => {
    const { model } = await train(
      {
        ...{ ...plan, privacy: { epsilon: 1, delta: 1e-4 } },
        ...{ bounds: { age: [0, 100] }, categories: { site: ['a', 'b', 'rare'] } },
      },
      table,
    );
    const { shapes, withheld_parts: withheld } = sureShapes(model, table, null);
    expect(withheld).toBe(0);
    expect(JSON.stringify(shapes)).toContain('rare');
  });
});

it('what is kept fits its contract', () => {
  expect(reasonsFound.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
});
