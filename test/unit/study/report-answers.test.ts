import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import type { Language } from '../../../main/contract/language.ts';
import { PURPOSE_CHARACTERS } from '../../../main/contract/purpose.ts';
import { HASH_MARK, paper, type Fact } from '../../../main/contract/report.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { writeCsv } from '../../../main/records/csv-writer.ts';
import { verifyReport } from '../../../main/report/seal.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { saveDraft } from '../../../main/study/drafts.ts';
import { groupColumns, groupColumnsOf } from '../../../main/study/group-columns.ts';
import { importWork } from '../../../main/study/import.ts';
import { reportAnswers } from '../../../main/study/report-answers.ts';
import { reviewWork } from '../../../main/study/review.ts';
import { trainWork } from '../../../main/study/train.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { words } from '../../../main/words/index.ts';
import { scratchFolder } from '../../command-line.ts';
import type { Table } from '../../../main/records/table.ts';
import { category, tableOf } from '../anonymise/tables.ts';
import { CHEAP } from '../vault/fixture.ts';

const scratch = scratchFolder();
const person = 'Ada';
let vault: Vault;
let reference: { readonly study: string; readonly artefact: string };

async function run(work: Work, kind: string): Promise<string> {
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  const signal = new AbortController().signal;
  await work.run({ job: id, signal, progress: () => undefined });
  vault.jobs.end(id, 'done');
  const made = vault.artefacts.ofJob(id).find((artefact) => artefact.kind === kind);
  if (made === undefined) throw new Error('nothing was made');
  return made.id;
}

beforeAll(async () => {
  const file = scratch.path('study.vault');
  vault = await createVault({ file, passphrase: 'four quiet herons wade', person, cost: CHEAP });
  const study = vault.studies.create('Who misses follow-up?').id;
  const csv = scratch.path('sample.csv');
  writeFileSync(csv, [...writeCsv(demoRecords(600))].join(''));
  const records = await run(
    importWork(vault, { study, path: csv, name: 'sample.csv', options: {} }),
    'source-records',
  );
  const plan = trainPlan.parse({ ...demoOf('en').training, privacy: null, epochs: 3 });
  const artefact = await run(trainWork(vault, { study, artefact: records, plan }), 'model');
  reference = { study, artefact };
  return () => {
    vault.close();
    scratch.remove();
  };
});

const context = (path = ''): Context => ({
  vault,
  person: vault.person,
  file: () => path,
  start: () => 'job',
});
const saved = () => vault.journal.list().filter(({ action }) => action === 'report.saved');

describe('columns that may serve as groups', () => {
  it('put what people are told apart by first, and leave out whom they name and the truth', () => {
    const { columns } = groupColumns(vault, reference);
    const names = columns.map(({ name }) => name);
    expect(names[0]).toBe('diagnosis');
    expect(names.slice(1, 4).sort()).toEqual(['district', 'language', 'sex']);
    expect(names).toContain('missed_before');
    for (const name of ['patient_id', 'name', 'id_card', 'phone', 'age', 'note', 'distance_km']) {
      expect(names).not.toContain(name);
    }
    expect(names).not.toContain('missed_follow_up');
    expect(columns.find(({ name }) => name === 'sex')).toEqual({
      name: 'sex',
      role: 'quasi-identifier',
      values: 2,
    });
  });

  it('leave out a column that only parts the records', () => {
    const cells = (other: string): string[] =>
      [...'012012012'].map((c) => ['train', 'test', other][Number(c)] ?? '');
    const part = (other: string): Table => tableOf(category('part', cells(other)));
    const names = (table: Table): string[] => groupColumnsOf(table, 'y').map(({ name }) => name);
    expect(names(part('validation'))).toEqual([]);
    expect(names(part('tram'))).toEqual(['part']);
  });

  it('are of a model of that study only', () => {
    const other = vault.studies.create('Other').id;
    expect(() => groupColumns(vault, { ...reference, study: other })).toThrow(
      new ConcordError('ARTEFACT_UNKNOWN'),
    );
  });
});

describe('the report of a model', () => {
  it('is refused before a review', () => {
    expect(() => reportAnswers.preview({ ...reference, language: 'en' }, context())).toThrow(
      new ConcordError('ARTEFACT_UNKNOWN'),
    );
  });

  it('holds the field of the study as it was said, and nothing of one where there is none', async () => {
    await run(reviewWork(vault, { ...reference, groups: [] }), 'review');
    const said = (language: Language): string[] => {
      const { report, modelCard } = reportAnswers.preview({ ...reference, language }, context());
      return [report, modelCard].map((one) => JSON.stringify(one));
    };
    const marked = (): string[] =>
      groupColumns(vault, reference).columns.flatMap(({ name, field }) =>
        field === true ? [name] : [],
      );
    expect(marked()).toEqual([]);
    for (const one of said('en')) expect(one).not.toContain(words('en').templates.factHarm);
    vault.studies.setField(reference.study, { template: 'health', harm: 'false-alarm' });
    expect(marked().toSorted()).toEqual(['district', 'insurance', 'language', 'sex']);
    for (const language of ['en', 'zh-CN'] as const) {
      const w = words(language).templates;
      const { name, missed, falseAlarm, cautions } = w.fields.health;
      const all = [name, w.moreHarm(w.harms['false-alarm']), missed, falseAlarm, ...cautions];
      for (const one of said(language)) for (const part of all) expect(one).toContain(part);
    }
    vault.studies.setField(reference.study, { template: null, harm: null });
  });

  it('is shown as data in the language asked for', async () => {
    await run(reviewWork(vault, { ...reference, groups: ['district', 'sex'] }), 'review');
    for (const language of ['en', 'zh-CN'] as const) {
      const shown = reportAnswers.preview({ ...reference, language }, context());
      expect(paper.parse(shown.report).language).toBe(language);
      expect(paper.parse(shown.modelCard).language).toBe(language);
      const later = words(language).report.facts.hashLater;
      for (const said of [shown.report, shown.modelCard].map((one) => JSON.stringify(one))) {
        expect(said).toContain(later);
        expect(said).not.toContain(HASH_MARK);
        const { split } = words(language);
        expect(said).toContain(split.key.seed);
        expect(said).toContain(split.eachRow);
      }
    }
    expect(saved()).toEqual([]);
  });

  it('says what was kept of purpose and limits, and names the rest as not stated', () => {
    const say = words('zh-CN').report;
    const facts = (): Record<string, Fact> => {
      const shown = reportAnswers.preview({ ...reference, language: 'zh-CN' }, context());
      const [report, card] = [shown.report, shown.modelCard].map(({ sections }) => {
        const section = sections.find(({ id }) => id === 'purpose' || id === 'use');
        const block = section?.blocks[0];
        return block?.kind === 'facts' ? block.facts : [];
      });
      expect(card).toEqual(report);
      return Object.fromEntries((report ?? []).map((fact) => [fact.name, fact]));
    };
    expect(facts()[say.facts.purpose]?.value).toBe(say.notStated);
    const keep = (answers: Record<string, unknown>): unknown =>
      saveDraft(vault, { ...reference, step: 'purpose', answers: JSON.stringify(answers) });
    keep({
      ...{ question: ' \t', purpose: '  Whom to call first\u0007 ', users: 'Nurses\r\n\nClerks' },
      ...{ notFor: 'x'.repeat(PURPOSE_CHARACTERS + 1), limits: '\nOne clinic\n  One winter\n' },
    });
    const said = facts();
    expect(said[say.facts.question]?.value).toBe(say.notStated);
    expect(said[say.facts.purpose]).toEqual({
      name: say.facts.purpose,
      value: 'Whom to call first',
    });
    expect(said[say.facts.users]?.items).toEqual(['Nurses', 'Clerks']);
    // Too long to be shown: as if it had not been said, rather than half of it.
    expect(said[say.facts.notFor]?.value).toBe(say.notStated);
    expect(said[say.facts.limits]?.items).toEqual(['One clinic', 'One winter']);
    keep({ purpose: 7, limits: null, other: [] });
    expect(facts()[say.facts.purpose]?.value).toBe(say.notStated);
    expect(facts()[say.facts.limits]?.value).toBe(say.notStated);
  });

  it('is saved for its owner only, and the journal keeps the hash that stands in it', async () => {
    const path = scratch.path('report.html');
    const request = { ...reference, language: 'zh-CN', what: 'report', ticket: 't' } as const;
    const answer = await reportAnswers.save(request, context(path));
    const html = readFileSync(path, 'utf8');
    expect(answer).toEqual({ name: 'report.html', hash: expect.any(String) as string });
    expect(verifyReport(html).ok).toBe(true);
    expect(html).toContain(answer.hash);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(saved().at(-1)?.params).toEqual({
      model: reference.artefact,
      what: 'report',
      figures: 'withheld',
      language: 'zh-CN',
      form: 'html',
      hash: answer.hash,
    });
  });

  it('that could not be written leaves no line in the journal', async () => {
    const before = saved().length;
    const path = scratch.path('report.html/inside.html');
    const request = { ...reference, language: 'en', what: 'report', ticket: 't' } as const;
    await expect(reportAnswers.save(request, context(path))).rejects.toThrow('OUTPUT_UNWRITABLE');
    expect(saved()).toHaveLength(before);
  });

  it('given away for printing is in the journal first', () => {
    const request = { ...reference, language: 'en', what: 'model-card' } as const;
    const { html, hash } = reportAnswers.page(request, context());
    expect(html).toContain(`<meta name="concord-content-sha256" content="${hash}">`);
    expect(saved().at(-1)?.params).toMatchObject({ what: 'model-card', form: 'pdf', hash });
  });
});
