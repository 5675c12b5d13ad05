import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

export const SCHEME = 'app';
export const ORIGIN = 'app://concord';
export const START_PAGE = `${ORIGIN}/index.html`;

/** What the scheme may do; `bypassCSP`, `corsEnabled` and service workers stay absent. */
export const PRIVILEGES = [{ scheme: SCHEME, privileges: { standard: true, secure: true } }];

/** The rules the pages live under; sent with every reply. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Sent with every reply. */
export const PAGE_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

interface Page {
  readonly file: string;
  readonly type: string;
}
export type Manifest = ReadonlyMap<string, Page>;

/**
 * Whole addresses of the built files, listed once at the start. A request is answered only if its
 * address is a key of this map, letter for letter, so no part of an address ever becomes a path.
 */
export function listPages(folder: string): Manifest {
  const pages = new Map<string, Page>();
  collect(folder, ORIGIN, pages);
  return pages;
}

function collect(folder: string, address: string, pages: Map<string, Page>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name);
    const own = `${address}/${entry.name}`;
    const type = TYPES[extname(entry.name)];
    if (entry.isDirectory()) collect(file, own, pages);
    else if (entry.isFile() && type !== undefined) pages.set(own, { file, type });
  }
}

/** Answers requests to app://concord/: 200 for a built file, 404 for anything else. */
export function pageHandler(pages: Manifest): (request: Request) => Promise<Response> {
  return async ({ url, method }) => {
    const page = method === 'GET' ? pages.get(url) : undefined;
    if (page === undefined) return new Response(null, { status: 404, headers: PAGE_HEADERS });
    try {
      const body = await readFile(page.file);
      return new Response(body, {
        status: 200,
        headers: { ...PAGE_HEADERS, 'Content-Type': page.type },
      });
    } catch {
      return new Response(null, { status: 404, headers: PAGE_HEADERS });
    }
  };
}
