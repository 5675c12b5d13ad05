import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readArguments } from '../../../main/cli/arguments.ts';
import type { Command } from '../../../main/cli/command.ts';
import { reportCommand } from '../../../main/cli/report.ts';
import { signCommand } from '../../../main/cli/sign.ts';
import { vaultCommand } from '../../../main/cli/vault.ts';
import type { PersonDetails } from '../../../main/contract/people-calls.ts';
import type { ReportVerification } from '../../../main/contract/report.ts';
import type { ModelApproval } from '../../../main/contract/sign-off.ts';
import { scratchFolder } from '../../command-line.ts';
import {
  openAs,
  putLeakTest,
  REVIEWER,
  reviewedStudy,
  STEWARD,
  type Reviewed,
} from '../study/signed-study.ts';
import { codeOf } from '../vault/fixture.ts';

const folder = scratchFolder();
let reviewed: Reviewed;

beforeAll(async () => {
  reviewed = await reviewedStudy(folder.path('v.vault'), folder.path('sample.csv'));
  const ada = await openAs(reviewed.file, STEWARD);
  putLeakTest(ada, reviewed, false);
  ada.close();
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(() => folder.remove());

async function run<T>(command: Command, args: string[], ...lines: string[]): Promise<T> {
  vi.stubEnv('CONCORD_PASSPHRASE_FILE', folder.write('words', `${lines.join('\n')}\n`));
  const around = { language: 'en', say: () => undefined, progress: () => undefined } as const;
  const { signal } = new AbortController();
  const given = readArguments('test', command.form, args);
  return (await command.run(given, { ...around, signal })).json as T;
}

const inVault = (): string[] => ['--vault', reviewed.file];
const sign = (action: string, ...args: string[]): Promise<ModelApproval> =>
  run(
    signCommand,
    [action, ...inVault(), '--study', 'Who misses follow-up?', '--person', 'Bo', ...args],
    REVIEWER.passphrase,
  );
const person = (args: string[], ...lines: string[]) =>
  run<{ people: PersonDetails[] }>(vaultCommand, ['person', ...args, ...inVault()], ...lines);

describe('people on the command line', () => {
  it('are added by a steward, choose their own passphrase, and do what their role may', async () => {
    const cy = ['--name', 'Cy', '--role', 'auditor'];
    const added = await person(
      ['add', '--person', 'Ada', ...cy],
      STEWARD.passphrase,
      'first of cy y',
    );
    expect(added.people.find(({ name }) => name === 'Cy')).toMatchObject({
      ...{ role: 'auditor', firstPassphrase: true, fingerprint: null },
    });
    const asCy = (...args: string[]) =>
      run(vaultCommand, [...args, ...inVault(), '--person', 'Cy'], 'first of cy y');
    expect(await codeOf(() => asCy('status'))).toBe('PASSPHRASE_NOT_OWN');
    await person(['passphrase', '--person', 'Cy'], 'first of cy y', 'six odd herons sing');
    const list = await person(['list', '--person', 'Cy'], 'six odd herons sing');
    expect(list.people.find(({ name }) => name === 'Cy')?.firstPassphrase).toBe(false);
    const more = ['add', '--person', 'Cy', '--name', 'Di', '--role', 'steward'];
    expect(await codeOf(() => person(more, 'six odd herons sing', 'first of di d'))).toBe(
      'ROLE_REFUSED',
    );
    const study = ['--study', 'Who misses follow-up?', '--person', 'Cy'];
    const groups = ['review', ...inVault(), ...study];
    expect(await codeOf(() => run(signCommand, groups, 'six odd herons sing'))).toBe(
      'ROLE_REFUSED',
    );
    await person(['remove', '--person', 'Ada', '--name', 'Cy'], STEWARD.passphrase);
    expect(await codeOf(() => asCy('status'))).toBe('VAULT_WRONG_PASSPHRASE');
  });
});

describe('a model on the command line', () => {
  it('is signed off, and its report is verified offline against the key', async () => {
    expect((await sign('status')).state).toBe('unsigned');
    expect(await codeOf(() => sign('approve', '--until', 'tomorrow'))).toBe('OPTION_INVALID');
    expect(await codeOf(() => sign('approve', '--until', '2020-01-01'))).toBe('EXPIRY_INVALID');
    expect(await codeOf(() => sign('return'))).toBe('REASONS_MISSING');
    const until = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    const signed = await sign('approve', '--until', until, '--condition', 'One clinic only.');
    expect(signed).toMatchObject({ state: 'signed', newest: { expires: until, signer: 'Bo' } });
    const files = await sign('report', '--out', folder.path('out'));
    const { report } = files as unknown as { report: string };
    const key = signed.newest?.fingerprint ?? '';
    const check = (file: string, ...args: string[]) =>
      run<ReportVerification>(reportCommand, ['--verify', file, ...args]);
    expect(await check(report)).toMatchObject({ ok: true, signer: 'Bo', key, pinned: false });
    const spaced = key.toUpperCase().replaceAll(/(.{8})/g, '$1 ');
    expect(await check(report, '--key', spaced)).toMatchObject({ ok: true, pinned: true });
    const kept = folder.write('bo.key', `${key}\n`);
    expect((await check(report, '--key', kept)).ok).toBe(true);
    expect((await check(report, '--key', 'ab'.repeat(32))).ok).toBe(false);
    const changed = readFileSync(report, 'utf8').replace('One clinic only.', 'Every clinic.');
    expect((await check(folder.write('changed.html', changed))).ok).toBe(false);
    const pdf = folder.write('report.pdf', '%PDF-1.7');
    expect(await codeOf(() => check(pdf))).toBe('OPTION_INVALID');
  });
});
