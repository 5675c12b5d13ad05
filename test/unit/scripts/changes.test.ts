import { mkdirSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface FingerprintModule {
  contentHash(files: string[]): string;
  sourceFingerprint(root: string, entries: string[], skip?: (file: string) => boolean): string;
}
interface StateModule {
  readNote(file: string): unknown;
  writeNote(file: string, value: unknown): void;
  sizesOf(files: string[], root: string): Record<string, number>;
  sizesMatch(recorded: Record<string, number> | undefined, root: string): boolean;
}
interface DependenciesModule {
  installDifference(
    lock: unknown,
    installed: unknown,
    versionAt: (key: string) => string | undefined,
    machine?: { os: string; cpu: string; libc: string },
  ): string | undefined;
}
const scripts = '../../../scripts';
const { contentHash, sourceFingerprint } = (await import(
  `${scripts}/fingerprint.mjs`
)) as FingerprintModule;
const { readNote, writeNote, sizesOf, sizesMatch } = (await import(
  `${scripts}/state.mjs`
)) as StateModule;
const { installDifference } = (await import(
  `${scripts}/setup/dependencies.mjs`
)) as DependenciesModule;

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'changes-'));
  mkdirSync(path.join(root, 'main', 'shell'), { recursive: true });
  writeFileSync(path.join(root, 'main', 'a.ts'), 'a');
  writeFileSync(path.join(root, 'main', 'shell', 'b.ts'), 'b');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('sourceFingerprint', () => {
  const entries = ['main', 'absent.config.ts'];
  const take = () => sourceFingerprint(root, entries, (file) => file === 'main/shell');

  it('stays the same while nothing changes', () => expect(take()).toBe(take()));
  it.each<[string, () => void]>([
    ['a changed size', () => writeFileSync(path.join(root, 'main', 'a.ts'), 'aa')],
    ['a new time', () => utimesSync(path.join(root, 'main', 'a.ts'), 1, 1)],
    ['a new file', () => writeFileSync(path.join(root, 'main', 'c.ts'), '')],
    ['a lost file', () => rmSync(path.join(root, 'main', 'a.ts'))],
    ['a file that was absent', () => writeFileSync(path.join(root, 'absent.config.ts'), '')],
  ])('notices %s', (_what, change) => {
    const before = take();
    change();
    expect(take()).not.toBe(before);
  });
  it('passes over what is skipped', () => {
    const before = take();
    writeFileSync(path.join(root, 'main', 'shell', 'b.ts'), 'other');
    expect(take()).toBe(before);
  });
});

it('contentHash tells where one file ends and the next begins', () => {
  const [a, b] = [path.join(root, 'a'), path.join(root, 'b')];
  writeFileSync(a, 'xy');
  writeFileSync(b, 'z');
  const before = contentHash([a, b]);
  writeFileSync(a, 'x');
  writeFileSync(b, 'yz');
  expect(contentHash([a, b])).not.toBe(before);
});

describe('notes and sizes', () => {
  it('reads back what was written, and nothing from a broken note', () => {
    const note = path.join(root, 'deep', 'note.json');
    writeNote(note, { ok: true });
    expect(readNote(note)).toEqual({ ok: true });
    truncateSync(note, 4);
    expect(readNote(note)).toBeUndefined();
  });
  it('notices files cut short or lost, and survives a move of the folder', () => {
    const file = path.join(root, 'main', 'a.ts');
    const sizes = sizesOf([file], root);
    expect(sizes).toEqual({ [path.join('main', 'a.ts')]: 1 });
    expect(sizesMatch(sizes, root)).toBe(true);
    expect(sizesMatch(sizesOf([path.join(root, 'absent')], root), root)).toBe(false);
    truncateSync(file, 0);
    expect(sizesMatch(sizes, root)).toBe(false);
    expect(sizesMatch(undefined, root)).toBe(false);
  });
});

describe('installDifference', () => {
  const machine = { os: 'linux', cpu: 'x64', libc: 'glibc' };
  const entry = { version: '1.0.0', integrity: 'sha512-x' };
  const lock = (extra: object = {}) => ({
    packages: { '': {}, 'node_modules/a': entry, ...extra },
  });
  const installed = { packages: { 'node_modules/a': entry } };
  const compare = (wanted: unknown, found: unknown = installed, version?: string) =>
    installDifference(wanted, found, () => version ?? '1.0.0', machine);
  const forOther = { ...entry, optional: true, os: ['win32'], cpu: ['x64'] };

  it('accepts what the lockfile wants', () => expect(compare(lock())).toBeUndefined());
  it('accepts the absence of what is for another machine', () => {
    expect(compare(lock({ 'node_modules/w': forOther }))).toBeUndefined();
    const musl = { ...entry, optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] };
    expect(compare(lock({ 'node_modules/m': musl }))).toBeUndefined();
  });
  it('wants the optional package made for this machine', () => {
    const ours = { ...entry, optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] };
    expect(compare(lock({ 'node_modules/n': ours }))).toBe('node_modules/n is missing');
  });
  it.each<[string, unknown, unknown, string?]>([
    ['an unfinished install', lock(), undefined],
    ['a missing package', lock({ 'node_modules/b': entry }), installed],
    ['another version', lock(), { packages: { 'node_modules/a': { ...entry, version: '2.0.0' } } }],
    ['other contents', lock(), { packages: { 'node_modules/a': { ...entry, integrity: 'y' } } }],
    ['a half-written folder', lock(), installed, '0.9.0'],
  ])('notices %s', (_what, wanted, found, version) => {
    expect(installDifference(wanted, found, () => version ?? '1.0.0', machine)).toBeDefined();
  });
});
