import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { explain } from '../../../main/contract/explain-calls.ts';
import { writeCsv } from '../../../main/records/csv-writer.ts';
import { verifyReport } from '../../../main/report/seal.ts';
import { anonymiseWork } from '../../../main/study/anonymise.ts';
import { tellsDay, tellsOldAge, tellsOldBirth } from '../../../main/study/checklists.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { explainAnswers } from '../../../main/study/explain-answers.ts';
import { explainWork } from '../../../main/study/explanation.ts';
import { importWork } from '../../../main/study/import.ts';
import { exportProtected } from '../../../main/study/release.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { words } from '../../../main/words/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { CHEAP } from '../vault/fixture.ts';

const scratch = scratchFolder();
const ROWS = 400;
let vault: Vault;
let study: string;
let records: string;
let first: { study: string; artefact: string };

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

const context = (path = ''): Context => ({
  vault,
  person: vault.person,
  file: () => path,
  start: () => 'job',
});

async function protect(suppressionLimit: number): Promise<string> {
  const { protection, hierarchies } = demoOf('en');
  const given = {
    plan: { ...protection, suppressionLimit },
    hierarchies,
    remove: ['patient_id', 'name', 'id_card', 'phone', 'note'],
  };
  return run(anonymiseWork(vault, { study, artefact: records }, given), 'protected-records');
}

beforeAll(async () => {
  const file = scratch.path('study.vault');
  const passphrase = 'four quiet herons wade';
  vault = await createVault({ file, passphrase, person: 'Ada', cost: CHEAP });
  study = vault.studies.create('Who misses follow-up?').id;
  const csv = scratch.path('sample.csv');
  writeFileSync(csv, [...writeCsv(demoRecords(ROWS))].join(''));
  const opened = importWork(vault, { study, path: csv, name: 'sample.csv', options: {} });
  records = await run(opened, 'source-records');
  first = { study, artefact: await protect(0.05) };
  return () => {
    vault.close();
    scratch.remove();
  };
});

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof ConcordError ? error.code : error;
  }
};

describe('the checklists of protected records', () => {
  it('go by what is released', () => {
    const answer = explainAnswers.checklists(first, context());
    const { checklists, smallest } = explain.checklists.output.parse(answer);
    expect(smallest).toBeGreaterThanOrEqual(2);
    const harbor = checklists.find(({ name }) => name === 'safe-harbor')?.items ?? [];
    const verdictOf = (item: string) => harbor.find((one) => one.item === item)?.verdict;
    for (const item of ['A', 'D', 'F', 'G']) expect(verdictOf(item)).toBe('met');
    expect(verdictOf('knowledge')).toBe('human');
  });

  it('are of protected records only', () => {
    const ask = () => explainAnswers.checklists({ study, artefact: records }, context());
    expect(codeOf(ask)).toBe('ARTEFACT_UNKNOWN');
    const elsewhere = vault.studies.create('Another').id;
    const other = () => explainAnswers.checklists({ ...first, study: elsewhere }, context());
    expect(codeOf(other)).toBe('ARTEFACT_UNKNOWN');
  });

  it.each(['2020-03-01', '2020-03', '2020年3月', '2020-Q1', '2020 第一季度'])(
    'take %s for more than a year',
    (text) => expect(tellsDay(text)).toBe(true),
  );
  it.each(['2020', '2020-2029', '2020年', '2020s', '*', 'missing'])(
    'take %s for no more than a year',
    (text) => expect(tellsDay(text)).toBe(false),
  );
  it.each(['90', '97', '90-94', '95+', '100-119'])('take %s for an old age', (text) =>
    expect(tellsOldAge(text)).toBe(true),
  );
  it.each(['89', '85-89', '80-99', '90+', '90岁以上', '*'])('take %s for none', (text) =>
    expect(tellsOldAge(text)).toBe(false),
  );
  it('take a year of birth for an old age where all born then are above 89', () => {
    expect(
      ['1936', '1930-1935', '1937', '1930-1939', '2026'].map((text) => tellsOldBirth(text, 2026)),
    ).toEqual([true, true, false, false, false]);
  });
});

describe('the certificate', () => {
  it.each(['en', 'zh-CN'] as const)(
    'is a sealed page of what was done, in %s',
    async (language) => {
      const w = words(language).report;
      const csv = scratch.path(`protected-${language}.csv`);
      await exportProtected(vault, first, csv);
      const path = scratch.path(`certificate-${language}.html`);
      const input = { ...first, language, ticket: 't' };
      const saved = await explainAnswers.saveCertificate(input, context(path));
      const page = readFileSync(path, 'utf8');
      const told = verifyReport(page);
      expect(told.ok).toBe(true);
      expect(page).toContain(saved.hash);
      expect(verifyReport(page.replace('Ada', 'Eve')).ok).toBe(false);
      const fileHash = createHash('sha256').update(readFileSync(csv)).digest('hex');
      for (const part of ['Ada', 'sample.csv', w.certificate.caution, fileHash]) {
        expect(page).toContain(part);
      }
      for (const name of [
        w.certificate.inputHash,
        w.certificate.outputHash,
        w.certificate.search,
      ]) {
        expect(page).toContain(name);
      }
      const line = vault.journal.list().findLast(({ action }) => action === 'certificate.saved');
      expect(line?.params).toMatchObject({ form: 'html', hash: saved.hash });
      expect(line?.params).toMatchObject({ records: first.artefact });
      // No cell of a record: nobody's number of the sample, which a hash may happen to hold.
      const said = page.replace(/\b[0-9a-f]{64}\b/g, '');
      expect(said).not.toBe(page);
      expect(said).not.toMatch(/1[3-9]\d{9}/);
    },
  );

  it('is the same page for printing, and the journal has its hash', () => {
    const answer = explainAnswers.certificatePage({ ...first, language: 'en' }, context());
    const { html, hash } = explain.certificatePage.output.parse(answer);
    expect(verifyReport(html).ok).toBe(true);
    expect(html).toContain(hash);
    const line = vault.journal.list().findLast(({ action }) => action === 'certificate.saved');
    expect(line?.params).toMatchObject({ form: 'pdf', hash, records: first.artefact });
  });

  it('is shown before it is saved, with its hash still to come', () => {
    const paper = explainAnswers.certificate({ ...first, language: 'en' }, context());
    const parsed = explain.certificate.output.parse(paper);
    expect(JSON.stringify(parsed)).toContain(words('en').report.facts.hashLater);
  });
});

describe('the explanation', () => {
  it('is not there before it was worked out', () => {
    expect(explainAnswers.explanation(first, context()).explanation).toBeNull();
  });

  it('ends with what it has where other work waits, and goes on when it is asked again', async () => {
    const waiting = vault.jobs.create('review', study);
    const slow = performance.now.bind(performance);
    let ahead = 0;
    performance.now = () => slow() + (ahead += 600);
    await run(explainWork(vault, first), 'explanation');
    performance.now = slow;
    const some = explainAnswers.explanation(first, context()).explanation;
    expect(some?.price.some(({ state }) => state === 'open')).toBe(true);
    vault.jobs.end(waiting.id, 'cancelled');

    await run(explainWork(vault, first), 'explanation');
    const { explanation } = explain.explanation.output.parse(
      explainAnswers.explanation(first, context()),
    );
    if (explanation === null) throw new Error('nothing was kept');
    expect(explanation.price.filter(({ state }) => state === 'open')).toEqual([]);
    expect(explanation.why).toEqual(some?.why);
    const { chosen, allowed, price } = explanation;
    const own = price.find(({ k, limit }) => k === chosen.k && limit === chosen.limit);
    expect(own?.suppressed).toBe(explanation.why?.leftOut.rows);
    expect(own?.suppressed).toBeLessThanOrEqual(allowed);
    for (const { limit, suppressed } of price) {
      expect(suppressed ?? 0).toBeLessThanOrEqual(Math.floor(limit * ROWS));
    }
    // At the same limit a higher k never leaves more detail.
    const atNone = price.filter(({ limit, state }) => limit === 0 && state === 'done');
    expect(atNone.length).toBeGreaterThan(2);
  });

  it('keeps nothing when it is cancelled', async () => {
    const before = vault.artefacts.list(study, 'explanation').length;
    const other = { study, artefact: await protect(0.1) };
    const abort = new AbortController();
    abort.abort();
    const { id } = vault.jobs.create('explain', study);
    vault.jobs.start(id);
    const control = { job: id, signal: abort.signal, progress: () => undefined };
    await expect(explainWork(vault, other).run(control)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    vault.jobs.end(id, 'cancelled');
    expect(vault.artefacts.list(study, 'explanation')).toHaveLength(before);
  });
});

describe('going back to the protection before', () => {
  it('makes the same records the newest, one further back each time, and deletes nothing', async () => {
    const all = vault.artefacts.list(study, 'protected-records').map(({ id }) => id);
    const last = { study, artefact: await protect(0) };
    const { artefact } = explainAnswers.restore(last, context());
    const back = { study, artefact };
    expect(vault.artefacts.info(artefact).hash).toBe(vault.artefacts.info(all.at(-1) ?? '').hash);
    const newest = vault.artefacts.list(study, 'protected-records').at(-1);
    expect(newest?.id).toBe(artefact);
    expect(explainAnswers.before(back, context()).artefact).toBe(all.at(-2));
    const again = { study, artefact: explainAnswers.restore(back, context()).artefact };
    expect(explainAnswers.before(again, context()).artefact).toBeNull();
    expect(codeOf(() => explainAnswers.restore(again, context()))).toBe('ARTEFACT_UNKNOWN');
    // What was explained of the first ones holds for their copy.
    expect(explainAnswers.explanation(again, context()).explanation).not.toBeNull();
    const kept = vault.artefacts.list(study, 'protected-records').map(({ id }) => id);
    expect(kept).toEqual(expect.arrayContaining([...all, last.artefact]));
    const line = vault.journal.list().findLast(({ action }) => action === 'protection.restored');
    expect(line?.params).toMatchObject({ artefact: again.artefact, from: all[0] });
  });
});
