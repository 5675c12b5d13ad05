import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { anonymisePlan } from '../../../main/contract/anonymise.ts';
import { anonymiseWork } from '../../../main/study/anonymise.ts';
import { arrange } from '../../../main/study/arrangement.ts';
import type { Work } from '../../../main/study/context.ts';
import { importWork } from '../../../main/study/import.ts';
import { parseJson } from '../../../main/study/json.ts';
import { loadTable } from '../../../main/study/load.ts';
import { exportProtected } from '../../../main/study/release.ts';
import { findTextWork } from '../../../main/study/text-findings.ts';
import { keptRedaction } from '../../../main/study/text-redaction.ts';
import { createVault, type Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { CHEAP } from '../vault/fixture.ts';

const scratch = scratchFolder();
const PEOPLE = 30;
const DAY = 86_400_000;
/** Visits of one person: days after the first, in three ways of writing. */
const AFTER = [0, 11, 40];
let vault: Vault;
let records: { study: string; artefact: string };

async function run(work: Work, kind: string): Promise<string> {
  const { id } = vault.jobs.create(work.kind, work.study);
  vault.jobs.start(id);
  const signal = new AbortController().signal;
  await work.run({ job: id, signal, progress: () => undefined });
  vault.jobs.end(id, 'done');
  return vault.artefacts.ofJob(id).find((made) => made.kind === kind)?.id ?? '';
}

const dayOf = (person: number, visit: number): Date =>
  new Date(Date.UTC(2019, 0, 20 + person * 7 + (AFTER[visit] ?? 0)));

function note(person: number, visit: number): string {
  const [year = '', month = '', day = ''] = dayOf(person, visit)
    .toISOString()
    .slice(0, 10)
    .split('-');
  const written = [
    `${year}-${month}-${day}`,
    `${Number(month)}/${Number(day)}/${year}`,
    `${year}年${Number(month)}月${Number(day)}日`,
  ];
  return `Talked about the knee, seen on ${written[visit] ?? ''}.`;
}

beforeAll(async () => {
  const file = scratch.path('study.vault');
  vault = await createVault({
    file,
    passphrase: 'four quiet herons wade',
    person: 'Ada',
    cost: CHEAP,
  });
  const study = vault.studies.create('Visits').id;
  const csv = scratch.path('visits.csv');
  const lines = Array.from({ length: PEOPLE * AFTER.length }, (_, row) => {
    const [person, visit] = [row % PEOPLE, Math.floor(row / PEOPLE)];
    return `p${person},${20 + (person % 3)},"${note(person, visit)}"`;
  });
  writeFileSync(csv, ['who,age,note', ...lines, ''].join('\n'));
  const work = importWork(vault, { study, path: csv, name: 'visits.csv', options: {} });
  records = { study, artefact: await run(work, 'source-records') };
  await run(findTextWork(vault, records), 'text-findings');
  return () => {
    vault.close();
    scratch.remove();
  };
});

/** By how many days each date moved, by person and visit; the file is checked as it is written. */
async function moved(name: string): Promise<number[][]> {
  const plan = anonymisePlan.parse({
    quasiIdentifiers: { age: { hierarchy: 'age' } },
    insensitive: ['note'],
    models: [{ type: 'k-anonymity', k: 2 }],
  });
  const work = anonymiseWork(vault, records, {
    plan,
    hierarchies: new Map([['age', '20;*\n21;*\n22;*\n']]),
    remove: ['who'],
    redact: { columns: { note: 'pseudonym' }, language: 'en' },
  });
  const artefact = await run(work, 'protected-records');
  const path = scratch.path(name);
  await exportProtected(vault, { study: records.study, artefact }, path);
  const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1);
  expect(lines).toHaveLength(PEOPLE * AFTER.length);
  return Array.from({ length: PEOPLE }, (_, person) =>
    AFTER.map((_, visit) => {
      const line = lines[visit * PEOPLE + person] ?? '';
      return (readDay(line, visit) - dayOf(person, visit).getTime()) / DAY;
    }),
  );
}

function readDay(line: string, visit: number): number {
  const form = [
    /on (\d{4})-(\d+)-(\d+)\./,
    /on (\d+)\/(\d+)\/(\d{4})\./,
    /on (\d{4})年(\d+)月(\d+)日\./,
  ];
  const [, a, b, c] = (form[visit]?.exec(line) ?? []).map(Number);
  const [year, month, day] = visit === 1 ? [c, a, b] : [a, b, c];
  return Date.UTC(year ?? NaN, (month ?? NaN) - 1, day);
}

const keptPlan = (): unknown => {
  const plan = vault.artefacts.list(records.study, 'protection-plan').at(-1);
  return parseJson(vault.artefacts.get(plan?.id ?? ''));
};

it('move row by row while nobody has said who is one person', async () => {
  const shifts = await moved('rows.csv');
  expect(shifts.flat().every((days) => days !== 0 && Math.abs(days) <= 182)).toBe(true);
  const together = shifts.filter((days) => new Set(days).size === 1);
  expect(together.length).toBeLessThan(3);
});

it('move together for one person, by the unit of the study, and by another for another', async () => {
  const choice = { choose: 'unit', unit: { of: 'person', column: 'who', maxRows: 3 } } as const;
  arrange(vault, { ...records, choice });
  const shifts = await moved('people.csv');
  for (const days of shifts) {
    expect(new Set(days).size).toBe(1);
    expect(days[0]).not.toBe(0);
  }
  expect(new Set(shifts.map(([days]) => days)).size).toBeGreaterThan(PEOPLE / 2);
  const { redaction } = keptPlan() as { redaction: unknown };
  expect(keptRedaction.parse(redaction)).toMatchObject({ person: 'who', order: 'month-first' });
  // Made once more under the key of the study, they are the same.
  expect(await moved('again.csv')).toEqual(shifts);
});

it('move otherwise under the key of another study', async () => {
  const before = await moved('one.csv');
  const study = vault.studies.create('Other').id;
  const work = importWork(vault, {
    study,
    path: scratch.path('visits.csv'),
    name: 'visits.csv',
    options: {},
  });
  records = { study, artefact: await run(work, 'source-records') };
  await run(findTextWork(vault, records), 'text-findings');
  const choice = { choose: 'unit', unit: { of: 'person', column: 'who', maxRows: 3 } } as const;
  arrange(vault, { ...records, choice });
  const after = await moved('other.csv');
  const same = after.filter(([days], person) => days === before[person]?.[0]);
  // Each by chance once in 364: six or more of thirty never.
  expect(same.length).toBeLessThan(6);
});

it('keeps nothing of the people beside the protected records', () => {
  const made = vault.artefacts.list(records.study, 'protected-records').at(-1)?.id ?? '';
  expect(loadTable(vault, made).columns.map(({ name }) => name)).not.toContain('who');
});
