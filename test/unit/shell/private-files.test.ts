import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Log } from '../../../main/shell/log.ts';
import { personalPlaces } from '../../../main/shell/places.ts';
import { Settings } from '../../../main/shell/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-private-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const rights = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const onPosix = it.skipIf(process.platform === 'win32');

onPosix('folders are open to their owner only, also where they were wider', () => {
  const wide = join(folder, 'wide');
  mkdirSync(wide, { mode: 0o755 });
  const places = personalPlaces(wide);
  expect(rights(wide)).toBe('700');
  expect(rights(join(wide, 'vault'))).toBe('700');
  expect(places.vault).toBe(join(wide, 'vault', 'concord.vault'));
});

onPosix('settings and log are readable by their owner only', () => {
  const before = process.umask(0);
  const settings = join(folder, 'settings.json');
  const log = join(folder, 'concord.log');
  new Settings(settings, 'en').setLanguage('zh-CN');
  new Log(log).write('started');
  process.umask(before);
  expect(rights(settings)).toBe('600');
  expect(rights(log)).toBe('600');
});

it('remembers the language and starts with that of the system', () => {
  const file = join(folder, 'language.json');
  expect(new Settings(file, 'zh-TW').language).toBe('zh-CN');
  expect(new Settings(file, 'zhx').language).toBe('en');
  expect(new Settings(file, 'de').language).toBe('en');
  new Settings(file, 'de').setLanguage('zh-CN');
  expect(new Settings(file, 'de').language).toBe('zh-CN');
  for (const damaged of ['', '{', '{"language":"fr"}', '{"language":"en","more":1}', '[]']) {
    writeFileSync(file, damaged);
    expect(new Settings(file, 'zh-CN').language).toBe('zh-CN');
  }
});

it('remembers the minutes until the idle lock, and reads none that is not offered', () => {
  const file = join(folder, 'idle.json');
  writeFileSync(file, '{"language":"en"}');
  expect(new Settings(file, 'en').idleMinutes).toBe(10);
  new Settings(file, 'en').setIdleMinutes(30);
  new Settings(file, 'en').setLanguage('zh-CN');
  const read = new Settings(file, 'en');
  expect([read.language, read.idleMinutes]).toEqual(['zh-CN', 30]);
  for (const minutes of ['0', '-1', '31', '1e9', 'null', '"5"']) {
    writeFileSync(file, `{"language":"zh-CN","idleMinutes":${minutes}}`);
    expect(new Settings(file, 'en').idleMinutes, minutes).toBe(10);
  }
});

it('writes no field and no form of a field that is not agreed', () => {
  const file = join(folder, 'narrow.log');
  const log = new Log(file);
  const hostile = {
    call: 'vault.unlock',
    code: 'VAULT_LOCKED',
    passphrase: 'canary-1',
    reason: 'canary 2 of Zhang San',
    incident: 'canary-3',
    option: '--proxy-server=canary-4',
  };
  log.write('call-failed', hostile);
  log.write('canary-5' as 'started');
  log.write('call-failed', { code: 'CANARY_SIX', call: 'canary 7' });
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.map((line) => ({ ...(JSON.parse(line) as object), time: '' }))).toEqual([
    { time: '', event: 'call-failed', call: 'vault.unlock', code: 'VAULT_LOCKED' },
    { time: '', event: 'call-failed' },
  ]);
});
