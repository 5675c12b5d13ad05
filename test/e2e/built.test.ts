import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { expect, test } from '@playwright/test';
import { CONTENT_SECURITY_POLICY, listPages, pageHandler } from '../../main/shell/protocol.ts';
import { ROOT } from './application.ts';

const OUT = join(ROOT, 'out');
const read = (...parts: string[]): string => readFileSync(join(OUT, ...parts), 'utf8');
const required = (code: string): string[] =>
  [...code.matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(([, name]) => name ?? '');

test('the built preload is one file that asks for electron and nothing else', () => {
  expect(readdirSync(join(OUT, 'preload'))).toEqual(['index.cjs']);
  const code = read('preload', 'index.cjs');
  expect(required(code)).toEqual(['electron']);
  expect(code).not.toMatch(/\bimport\s*\(|\bimport\s+\w|\beval\b|new Function/);
  // The page gets functions made here, never the messenger itself.
  expect(code.match(/exposeInMainWorld\(/g)).toHaveLength(1);
});

test('the built main file asks for electron and a few modules of Node, none of them a network', () => {
  const names = new Set(
    required(read('main', 'index.cjs')).map((name) => name.replace('node:', '')),
  );
  expect([...names].sort()).toEqual([
    'child_process',
    'crypto',
    'electron',
    'fs',
    'fs/promises',
    'os',
    'path',
  ]);
});

test('every built page file is answered with its type and the policy', async () => {
  const folder = join(OUT, 'renderer');
  const handler = pageHandler(listPages(folder));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  expect(files.length).toBeGreaterThan(100);
  for (const name of files) {
    const address = `app://concord/${relative('.', name).split(sep).join('/')}`;
    const reply = await handler({ url: address, method: 'GET' } as Request);
    expect(reply.status, address).toBe(200);
    expect(reply.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(reply.headers.get('content-type')).toMatch(/^(text\/(html|css|javascript)|font\/woff2)/);
    await reply.body?.cancel();
  }
});

test('the built page carries no inline code and no schema library', () => {
  const page = read('renderer', 'index.html');
  expect(page).not.toMatch(/<style|\son\w+=|\sstyle=|https?:/);
  expect(page.match(/<script\b[^>]*>/g)).toHaveLength(1);
  expect(page).toMatch(/<script type="module" crossorigin src="\.\/assets\/[\w-]+\.js"><\/script>/);
  const scripts = readdirSync(join(OUT, 'renderer', 'assets')).filter((name) =>
    name.endsWith('.js'),
  );
  for (const name of scripts) {
    expect(read('renderer', 'assets', name)).not.toMatch(/new Function\(|\beval\(|ZodError/);
  }
});
