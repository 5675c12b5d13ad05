import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { judgeArguments, type Verdict } from './arguments.ts';
import { prepare } from './start.ts';

// Everything written from here on is for the person's own account only.
process.umask(0o077);

const verdict = judgeArguments(process.argv.slice(1), app.isPackaged);

if (verdict.refused.length > 0) {
  process.stderr.write(`concord: not accepted: ${verdict.refused.join(' ')}\n`);
  app.exit(2);
} else {
  app.setPath('userData', userDataFolder(verdict));
  prepare(verdict);
}

/**
 * A smoke run has a folder of its own; what Chromium still writes there while it ends holds
 * nothing of anybody. Development may name another folder.
 */
function userDataFolder({ smoke, userData }: Verdict): string {
  if (userData !== null) return userData;
  const named = process.env['CONCORD_USER_DATA'];
  if (!app.isPackaged && named !== undefined && named !== '') return named;
  if (!smoke) return join(app.getPath('appData'), 'concord');
  const folder = mkdtempSync(join(tmpdir(), 'concord-smoke-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
