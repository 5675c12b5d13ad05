import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { protect } from '../../../main/contract/protect-calls.ts';
import { identifyText, type TextDecision } from '../../../main/contract/text-calls.ts';
import { anonymisePlan } from '../../../main/contract/anonymise.ts';
import type { ConcordError as Failure } from '../../../main/contract/errors.ts';
import { studyAnswers } from '../../../main/study/answers.ts';
import type { Context, Work } from '../../../main/study/context.ts';
import { importWork } from '../../../main/study/import.ts';
import { repairWork } from '../../../main/study/repair.ts';
import { loadTable } from '../../../main/study/load.ts';
import { exportProtected } from '../../../main/study/release.ts';
import { findInTexts, textColumns } from '../../../main/study/text-findings.ts';
import { checkRedacted, keptRedaction } from '../../../main/study/text-redaction.ts';
import { parseJson } from '../../../main/study/json.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { CHEAP } from '../vault/fixture.ts';

const scratch = scratchFolder();
const ROWS = 120;
const MAIL = (row: number): string => `patient${row % 40}@example.org`;
const PHONE = (row: number): string => `07700 900${100 + row}`;
const NOTE = (row: number): string =>
  `Visit ${row}: talked about the knee. Writes from ${MAIL(row)}, calls from ${PHONE(row)}. Came with a blue heron.`;
let vault: Vault;
let started: Work | null = null;
let records: { study: string; artefact: string };
let findings: string;

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
  start: (work) => {
    started = work;
    return 'job';
  },
});
const startedWork = (): Work => {
  if (started === null) throw new Error('nothing was started');
  return started;
};
const answers = studyAnswers.identify;
const overview = () => identifyText.texts.output.parse(answers.texts(records, context()));
const open = (
  from: number,
  step: 'here' | 'next' | 'previous' = 'here',
  type: null | 'URL' = null,
) =>
  identifyText.text.output.parse(
    answers.text(
      { ...ofFindings(), column: 'note', from, step, filter: { type, show: 'found' } },
      context(),
    ),
  );
const ofFindings = () => ({ study: records.study, findings });
const decide = (decision: TextDecision) =>
  identifyText.decide.output.parse(answers.decide({ ...ofFindings(), decision }, context()));
const undo = () => identifyText.undo.output.parse(answers.undo(ofFindings(), context()));
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof ConcordError ? error.code : error;
  }
};

beforeAll(async () => {
  const file = scratch.path('study.vault');
  vault = await createVault({
    file,
    passphrase: 'four quiet herons wade',
    person: 'Ada',
    cost: CHEAP,
  });
  const study = vault.studies.create('Notes').id;
  const csv = scratch.path('notes.csv');
  const lines = Array.from(
    { length: ROWS },
    (_, row) => `${20 + (row % 4)},${row % 2 === 0 ? 'yes' : 'no'},"${NOTE(row)}"`,
  );
  writeFileSync(csv, ['age,kept,note', ...lines, ''].join('\n'));
  const work = importWork(vault, { study, path: csv, name: 'notes.csv', options: {} });
  records = { study, artefact: await run(work, 'source-records') };
  return () => {
    vault.close();
    scratch.remove();
  };
});

/** The whole path in order: each part goes on from the one before. */
describe('findings in free text', () => {
  it('are none before the text was looked through', () => {
    const { findings: none, columns } = overview();
    expect(none).toBeNull();
    expect(columns).toMatchObject([{ name: 'note', texts: ROWS, found: 0 }]);
    const plan = planOf();
    const redact = { columns: { note: 'tag' as const }, language: 'en' as const };
    answers.find(records, context());
    const searching = startedWork();
    studyAnswers.anonymise.start({ ...records, ...plan, redact }, context());
    const protecting = startedWork();
    started = searching;
    return expect(run(protecting, 'protected-records')).rejects.toMatchObject({
      code: 'TEXT_UNSEARCHED',
      params: { column: 'note' },
    });
  });

  it('are found by a job and kept, with counts in the journal', async () => {
    findings = await run(startedWork(), 'text-findings');
    const seen = overview();
    expect(seen).toMatchObject({ findings, unsaved: false, saved: false, undoable: 0 });
    const [column] = seen.columns;
    expect(column).toMatchObject({ name: 'note', texts: ROWS, found: ROWS, looked: 0 });
    expect(column?.types).toEqual(
      expect.arrayContaining([{ type: 'EMAIL', accepted: ROWS, rejected: 0 }]),
    );
    const line = vault.journal.list().find(({ action }) => action === 'text.searched');
    expect(line?.params).toMatchObject({ records: records.artefact, columns: 1, texts: ROWS });
  });

  it('stop when they are cancelled, and nothing is kept', async () => {
    const abort = new AbortController();
    const columns = textColumns(loadTable(vault, records.artefact)).map((column) => ({
      ...column,
      dictionary: Array.from({ length: 20_000 }, (_, row) => NOTE(row)),
    }));
    const search = findInTexts(columns, {
      signal: abort.signal,
      progress: () => abort.abort(),
    });
    await expect(search).rejects.toMatchObject({ code: 'CANCELLED' } satisfies Partial<Failure>);
  });

  it('are shown text by text, and what was shown counts as looked at', () => {
    const first = open(0, 'next');
    expect(first).toMatchObject({ text: 0, row: 1, rows: 1, looked: 1, found: ROWS });
    const mail = first?.spans.find(({ type }) => type === 'EMAIL');
    expect(first?.content.slice(mail?.start, mail?.end)).toBe(MAIL(0));
    expect(open(1, 'next')).toMatchObject({ text: 1, looked: 2 });
    expect(open(0, 'previous')).toMatchObject({ text: 0, looked: 2 });
    expect(open(0, 'next', 'URL')).toBeNull();
    expect(open(ROWS, 'next')).toBeNull();
  });

  it('are rejected one or all alike, changed, added, and each of it undone', () => {
    const at = spotOf(0, MAIL(0));
    expect(decide({ do: 'reject', ...at, alike: false })).toEqual({ changed: 1, undoable: 1 });
    expect(mailOf(0)?.accepted).toBe(false);
    expect(mailOf(40)?.accepted).toBe(true);
    expect(decide({ do: 'reject', ...at, alike: true })).toEqual({ changed: 3, undoable: 2 });
    expect(mailOf(40)?.accepted).toBe(false);
    expect(undo()).toEqual({ changed: 3, undoable: 1 });
    expect(mailOf(40)?.accepted).toBe(true);
    decide({ do: 'retype', ...at, alike: false, type: 'URL' });
    expect(open(0, 'next', 'URL')).toMatchObject({ text: 0 });
    const added = decide({ do: 'add', ...spotOf(3, 'blue heron'), alike: true, type: 'PERSON' });
    expect(added.changed).toBe(ROWS);
    expect(overview().columns[0]?.types).toEqual(
      expect.arrayContaining([
        { type: 'PERSON', accepted: ROWS, rejected: 0 },
        { type: 'URL', accepted: 0, rejected: 1 },
        { type: 'EMAIL', accepted: ROWS - 1, rejected: 0 },
      ]),
    );
    const nowhere = { ...at, start: 0, end: 3 };
    expect(codeOf(() => decide({ do: 'reject', ...nowhere, alike: false }))).toBe(
      'FINDING_UNKNOWN',
    );
    const outside = { ...at, start: 5000, end: 5003, type: 'PERSON' } as const;
    expect(codeOf(() => decide({ do: 'add', ...outside, alike: false }))).toBe('FINDING_UNKNOWN');
  });

  it('keep their decisions with a line in the journal that holds no letter of them', () => {
    expect(overview()).toMatchObject({ unsaved: true, saved: false });
    const { artefact } = answers.saveTexts(ofFindings(), context());
    expect(vault.artefacts.info(artefact)).toMatchObject({
      kind: 'text-decisions',
      parents: [findings],
    });
    expect(overview()).toMatchObject({ unsaved: false, saved: true, undoable: 3 });
    const journal = JSON.stringify(vault.journal.list());
    expect(journal).toContain('"added":1');
    expect(journal).not.toContain('blue heron');
    expect(journal).not.toContain('example.org');
  });

  it.each(['tag', 'mask', 'pseudonym'] as const)(
    'leave no trace in a file released with %s',
    async (mode) => {
      const redact = { columns: { note: mode }, language: 'en' as const };
      studyAnswers.anonymise.start({ ...records, ...planOf(), redact }, context());
      const artefact = await run(startedWork(), 'protected-records');
      const path = scratch.path(`${mode}.csv`);
      const { rows } = await exportProtected(vault, { study: records.study, artefact }, path);
      expect(rows).toBe(ROWS);
      const text = readFileSync(path, 'utf8');
      expect(text).not.toContain('blue heron');
      // Whole numbers: a stand-in may begin as some number did, by chance.
      for (let row = 0; row < ROWS; row++) expect(text).not.toContain(PHONE(row));
      // The one that was left in stays, the same letters elsewhere do not.
      expect(text.split(MAIL(0))).toHaveLength(2);
      expect(text).toContain('talked about the knee');
      if (mode === 'tag') expect(text).toContain('Came with a [NAME].');
      const seen = protect.compare.output.parse(
        studyAnswers.anonymise.compare({ study: records.study, artefact }, context()),
      );
      const note = seen.columns.find(({ name }) => name === 'note');
      expect(note).toMatchObject({ role: 'redacted', redacted: { mode, replaced: ROWS * 3 - 1 } });
    },
  );

  it('are held against what was written', () => {
    const plan = vault.artefacts.list(records.study, 'protection-plan').at(0);
    const { redaction } = parseJson(vault.artefacts.get(plan?.id ?? '')) as { redaction: unknown };
    const kept = keptRedaction.parse(redaction);
    const original = loadTable(vault, records.artefact);
    const made = vault.artefacts.list(records.study, 'protected-records').at(0)?.id ?? '';
    const released = loadTable(vault, made);
    const check =
      (table: typeof released, rowOf = (row: number): number => row) =>
      () =>
        checkRedacted(vault, records.study, kept, { original, released: table }, rowOf);
    expect(codeOf(check(released))).toBeNull();
    expect(codeOf(check(original))).toBe('INTERNAL');
    expect(codeOf(check(released, (row) => (row + 1) % ROWS))).toBe('INTERNAL');
  });

  it('hold for the records that were looked through, and not for repaired ones', async () => {
    expect(overview().older).toBeNull();
    const trim = { kind: 'trim', column: 'note' } as const;
    const repaired = await run(
      repairWork(vault, { ...records, repairs: [trim] }),
      'repaired-records',
    );
    const newer = { ...records, artefact: repaired };
    const seen = identifyText.texts.output.parse(answers.texts(newer, context()));
    const { created } = vault.artefacts.info(findings);
    expect(seen).toMatchObject({ findings: null, older: created });
    answers.find(newer, context());
    const again = await run(startedWork(), 'text-findings');
    const anew = identifyText.texts.output.parse(answers.texts(newer, context()));
    expect(anew).toMatchObject({ findings: again, older: null });
  });
});

const planOf = () => ({
  plan: anonymisePlan.parse({
    quasiIdentifiers: { age: { hierarchy: 'age' } },
    insensitive: ['kept', 'note'],
    models: [{ type: 'k-anonymity', k: 2 }],
  }),
  hierarchies: { age: '20;*\n21;*\n22;*\n23;*\n' },
  remove: [],
});

function spotOf(text: number, letters: string) {
  const start = open(text)?.content.indexOf(letters) ?? -1;
  return { column: 'note', text, start, end: start + letters.length };
}

function mailOf(text: number) {
  const shown = open(text);
  const start = shown?.content.indexOf(MAIL(text)) ?? -1;
  return shown?.spans.find((span) => span.start === start);
}
