import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, listPages, pageHandler } from '../../../main/shell/protocol.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-pages-'));
let ask: (url: string, method?: string) => Promise<Response>;

beforeAll(() => {
  mkdirSync(join(folder, 'pages', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.html'), 'outside');
  writeFileSync(join(folder, 'pages', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'pages', 'assets', 'page.js'), 'export {};');
  writeFileSync(join(folder, 'pages', 'assets', 'page.js.map'), '{}');
  const handler = pageHandler(listPages(join(folder, 'pages')));
  // Requests are made by hand: the Request class would tidy the address up.
  ask = (url, method = 'GET') => handler({ url, method } as Request);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('sends the agreed policy', () => {
  expect(CONTENT_SECURITY_POLICY).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
      "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
  );
});

it('answers its files with their type and the policy', async () => {
  const reply = await ask('app://concord/assets/page.js');
  expect(reply.status).toBe(200);
  expect(await reply.text()).toBe('export {};');
  expect(reply.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(reply.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
});

describe('answers 404, with the policy, to', () => {
  const STRANGE = [
    'app://concord',
    'app://concord/',
    'app://concord/assets',
    'app://concord/assets/',
    'app://concord/assets/page.js.map',
    'app://concord/index.html?x=1',
    'app://concord/index.html#main',
    'app://concord/index.html\0',
    'app://concord/index.html%00.js',
    'app://concord/INDEX.HTML',
    'app://concord//index.html',
    'app://concord/./index.html',
    'app://concord/assets/../index.html',
    'app://concord/../secret.html',
    'app://concord/%2e%2e/secret.html',
    'app://concord/..%2fsecret.html',
    'app://concord/..%5csecret.html',
    'app://concord/..\\secret.html',
    'app://concord/\\\\server\\share\\secret.html',
    'app://concord//server/share/secret.html',
    'app://concord/C:/Windows/win.ini',
    'app://concord/etc/passwd',
    'app://concord:80/index.html',
    'app://user@concord/index.html',
    'app://concord.evil/index.html',
    'app://evil/index.html',
    'file:///etc/passwd',
    'https://concord/index.html',
    '',
  ];
  it.each(STRANGE)('%j', async (url) => {
    const reply = await ask(url);
    expect(reply.status).toBe(404);
    expect(await reply.text()).toBe('');
    expect(reply.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  });

  it('any other method', async () => {
    for (const method of ['POST', 'PUT', 'HEAD', 'OPTIONS', 'get']) {
      expect((await ask('app://concord/index.html', method)).status).toBe(404);
    }
  });

  it('anything that is not the whole address of a page', async () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '%2e%2e', '%2E.', '\\', '\0', 'index.html', 'assets', 'page.js'),
      fc.string(),
    );
    const known = new Set(['app://concord/index.html', 'app://concord/assets/page.js']);
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        const url = `app://concord/${parts.join('/')}`;
        expect((await ask(url)).status).toBe(known.has(url) ? 200 : 404);
      }),
      { numRuns: 500 },
    );
  });
});
