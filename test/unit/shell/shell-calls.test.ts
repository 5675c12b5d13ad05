import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CALLS } from '../../../main/contract/index.ts';
import { ConcordError } from '../../../main/contract/errors.ts';
import { Settings } from '../../../main/shell/settings.ts';
import { shellCalls } from '../../../main/shell/shell-calls.ts';
import { Tickets } from '../../../main/shell/tickets.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-calls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const tickets = new Tickets();
const saveDialogs: unknown[] = [];
let actives = 0;

function calls(filePaths: string[], electron = '45.4.1'): ReturnType<typeof shellCalls> {
  return shellCalls({
    version: '0.1.0',
    electron,
    settings: new Settings(join(folder, 'settings.json'), 'en'),
    tickets,
    engineState: () => 'ready',
    windowId: () => 1,
    showOpenDialog: () => Promise.resolve({ canceled: filePaths.length === 0, filePaths }),
    showSaveDialog: (options) => {
      saveDialogs.push(options);
      const [filePath = ''] = filePaths;
      return Promise.resolve({ canceled: filePath === '', filePath });
    },
    askEngine: () => Promise.reject(new Error('not asked here')),
    print: () => Promise.reject(new Error('not printed here')),
    development: false,
    active: () => void (actives += 1),
  });
}

it('answers every call that the contract gives to the shell', () => {
  const declared = [...CALLS].filter(([, { at }]) => at === 'shell').map(([name]) => name);
  expect(Object.keys(calls([])).sort()).toEqual(declared.sort());
});

it('passes on that somebody is there', () => {
  expect(calls([])['app.active']?.({})).toEqual({});
  expect(actives).toBe(1);
});

it('says how the program stands, and what runtime is out of support', () => {
  const status = calls([], '25.1.1')['app.status']?.({});
  expect(status).toEqual({
    version: '0.1.0',
    language: 'en',
    idleMinutes: 10,
    engine: 'ready',
    runtime: { electron: '25.1.1', supported: false },
    development: false,
  });
  expect(calls([])['app.status']?.({})).toMatchObject({ runtime: { supported: true } });
});

it('keeps after how many minutes an unused window locks', () => {
  expect(calls([])['app.setIdle']?.({ minutes: 5 })).toEqual({});
  expect(calls([])['app.status']?.({})).toMatchObject({ idleMinutes: 5 });
});

it('gives a ticket, a name and a size for the chosen file, and never its path', async () => {
  const path = join(folder, '病历.csv');
  writeFileSync(path, 'a,b\n');
  const chosen = await calls([path])['app.chooseFile']?.({ purpose: 'records' });
  expect(chosen).toEqual({ ticket: expect.any(String) as string, name: '病历.csv', bytes: 4 });
  expect(JSON.stringify(chosen)).not.toContain(folder);
  const { ticket } = chosen as { ticket: string };
  expect(tickets.use(ticket, 'import.preview', 1).path).toBe(path);
});

it('gives each of several files its own ticket, and a folder one', async () => {
  const paths = ['a.csv', 'b.csv'].map((name) => join(folder, name));
  for (const path of paths) writeFileSync(path, 'a\n1\n');
  const request = { purpose: 'records', what: 'files' };
  const chosen = await calls(paths)['app.chooseFile']?.(request);
  const { ticket, also } = chosen as { ticket: string; also: { ticket: string; name: string }[] };
  expect(also).toEqual([{ ticket: expect.any(String) as string, name: 'b.csv', bytes: 4 }]);
  expect(tickets.use(ticket, 'import.preview', 1).path).toBe(paths[0]);
  expect(tickets.use(also[0]?.ticket ?? '', 'import.preview', 1).path).toBe(paths[1]);
  const whole = await calls([folder])['app.chooseFile']?.({ purpose: 'records', what: 'folder' });
  expect(whole).toMatchObject({ name: basename(folder), bytes: 0 });
});

it('gives nothing when the person cancelled, and says when it is no file', async () => {
  expect(await calls([])['app.chooseFile']?.({ purpose: 'records' })).toBeNull();
  await expect(calls([folder])['app.chooseFile']?.({ purpose: 'records' })).rejects.toThrow(
    new ConcordError('FILE_UNREADABLE', { file: basename(folder) }),
  );
});

const SAVE = { purpose: 'report-html', suggestedName: 'report.html' };

it('gives a ticket and a name for a new file, bound to its purpose, and never its path', async () => {
  const path = join(folder, '报告.html');
  const chosen = await calls([path])['app.chooseSave']?.(SAVE);
  expect(chosen).toEqual({ ticket: expect.any(String) as string, name: '报告.html' });
  expect(saveDialogs.at(-1)).toMatchObject({
    defaultPath: 'report.html',
    filters: [{ name: 'HTML', extensions: ['html'] }],
  });
  const { ticket } = chosen as { ticket: string };
  expect(() => tickets.use(ticket, 'import.start', 1)).toThrow(new ConcordError('TICKET_INVALID'));
  expect(tickets.use(ticket, 'report.save', 1).path).toBe(path);
  expect(await calls([])['app.chooseSave']?.(SAVE)).toBeNull();
});

it('adds the ending a person left out, but never writes over a file nobody asked about', async () => {
  const bare = join(folder, 'new');
  expect(await calls([bare])['app.chooseSave']?.(SAVE)).toMatchObject({ name: 'new.html' });
  writeFileSync(`${bare}.html`, '');
  await expect(calls([bare])['app.chooseSave']?.(SAVE)).rejects.toThrow(
    new ConcordError('OUTPUT_UNWRITABLE', { file: 'new.html' }),
  );
});

it.each(['', '../x', 'a/b.html', 'a\\b.html', 'C:x', 'a\u0000b', 'x'.repeat(121)])(
  'takes no folder in a suggested name: %j',
  (suggestedName) => {
    const { input } = CALLS.get('app.chooseSave') ?? {};
    expect(input?.safeParse({ ...SAVE, suggestedName }).success).toBe(false);
  },
);
