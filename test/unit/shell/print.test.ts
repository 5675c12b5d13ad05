import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { buildReport } from '../../../main/report/build.ts';
import { PDF_OPTIONS, PRINT_WINDOW, printer, type PrintParts } from '../../../main/shell/print.ts';
import { listPages } from '../../../main/shell/protocol.ts';
import { Settings } from '../../../main/shell/settings.ts';
import { shellCalls } from '../../../main/shell/shell-calls.ts';
import { Tickets } from '../../../main/shell/tickets.ts';
import { bareInput } from '../report/sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-print-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const FACE = '@font-face{font-family:Noto Sans SC Variable;font-display:swap;src:url(./n.woff2)}';
writeFileSync(join(folder, 'index.css'), `${FACE} body{color:red}`);
writeFileSync(join(folder, 'n.woff2'), 'font');
writeFileSync(join(folder, 'index.html'), 'the window');
const HTML = buildReport(bareInput()).reportHtml;

type Handler = (request: Request) => Promise<Response>;

/** What Electron was asked, in order; and what the scheme answers while a page is printed. */
let told: string[];
let handler: Handler | null;
let made: unknown[];
let load: (url: string) => Promise<void>;
let bytes: () => Promise<Buffer>;

class PrintWindow {
  webContents = {
    printToPDF: async (options: unknown) => {
      told.push('print');
      expect(options).toBe(PDF_OPTIONS);
      return bytes();
    },
  };
  constructor(options: unknown) {
    made.push(options);
    told.push('window');
  }
  loadURL = (url: string): Promise<void> => {
    told.push(`load ${url}`);
    return load(url);
  };
  destroy = (): void => void told.push('destroyed');
}

const session = {
  protocol: {
    handle: (_scheme: string, given: Handler) => (handler = given),
    unhandle: () => {
      told.push('closed');
      handler = null;
    },
  },
  clearCache: () => Promise.resolve(),
};
const print = () =>
  printer({
    Window: PrintWindow as unknown as PrintParts['Window'],
    session: session as unknown as PrintParts['session'],
    pages: listPages(folder),
  });
const ask = async (url: string): Promise<Response> => {
  const answer = await handler?.({ url: `app://concord/${url}`, method: 'GET' } as Request);
  if (answer === undefined) throw new Error('nothing answers');
  return answer;
};

beforeEach(() => {
  told = [];
  made = [];
  handler = null;
  load = () => Promise.resolve();
  bytes = () => Promise.resolve(Buffer.from('%PDF-'));
});

describe('printing', () => {
  it('happens in a hidden window that runs nothing, and leaves neither window nor answers', async () => {
    expect(Buffer.from(await print()(HTML)).toString()).toBe('%PDF-');
    expect(made).toEqual([PRINT_WINDOW]);
    expect(PRINT_WINDOW).toStrictEqual({
      width: 794,
      height: 1123,
      show: false,
      skipTaskbar: true,
      webPreferences: {
        partition: 'print',
        javascript: false,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        contextIsolation: true,
        sandbox: true,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        navigateOnDragDrop: false,
        backgroundThrottling: false,
        devTools: false,
      },
    });
    const load = 'load app://concord/print.html';
    expect(told).toEqual(['window', load, 'print', 'print', 'destroyed', 'closed']);
    expect(PDF_OPTIONS).toMatchObject({ pageSize: 'A4', generateTaggedPDF: true });
  });

  it('shows the page under a policy of its own style and the bundled fonts only', async () => {
    load = async () => {
      const sheet = await ask('print.html');
      const style = /style-src '(sha256-[^']+)'/.exec(HTML)?.[1] ?? '?';
      expect(sheet.headers.get('content-security-policy')).toBe(
        `default-src 'none'; style-src 'self' '${style}'; font-src 'self'; base-uri 'none'; ` +
          "form-action 'none'; frame-ancestors 'none'",
      );
      const body = await sheet.text();
      expect(body).toContain('<h1>');
      expect(body).not.toMatch(/<script|http-equiv/);
      const fonts = await (await ask('assets/print-fonts.css')).text();
      expect(fonts).toContain('src:url(./n.woff2)');
      expect(fonts).not.toContain('color:red');
      expect(await (await ask('n.woff2')).text()).toBe('font');
      for (const other of ['index.html', 'index.css', '../n.woff2', 'x.woff2']) {
        expect((await ask(other)).status, other).toBe(404);
      }
    };
    await print()(HTML);
    expect(told).toContain('print');
  });

  it('of a page that is none of ours is refused before there is a window', async () => {
    const failed = new ConcordError('PRINT_FAILED');
    await expect(print()('<p>hello</p>')).rejects.toThrow(failed);
    await expect(print()(HTML.replace("default-src 'none'", 'default-src *'))).rejects.toThrow(
      failed,
    );
    expect(told).toEqual([]);
  });

  it('that fails says so in a word, leaves nothing, and does not stop the next', async () => {
    const run = print();
    bytes = () => Promise.reject(new Error('patient Li Wei'));
    await expect(run(HTML)).rejects.toThrow(/^PRINT_FAILED$/);
    expect(told.slice(-2)).toEqual(['destroyed', 'closed']);
    bytes = () => Promise.resolve(Buffer.from('%PDF-'));
    expect((await run(HTML)).length).toBe(5);
  });

  it('is one at a time', async () => {
    const run = print();
    await Promise.all([run(HTML), run(HTML)]);
    expect(told.indexOf('closed')).toBeLessThan(told.lastIndexOf('window'));
  });
});

describe('a PDF asked for by the window', () => {
  const REQUEST = { study: 's', artefact: 'a', language: 'en', what: 'report' } as const;
  const HASH = 'a'.repeat(64);
  const asked: unknown[] = [];
  const tickets = new Tickets();
  const calls = (
    print: (html: string) => Promise<Uint8Array>,
    call: 'app.savePdf' | 'app.saveCertificatePdf' = 'app.savePdf',
  ) =>
    shellCalls({
      version: '0.1.0',
      electron: '45.4.1',
      settings: new Settings(join(folder, 'settings.json'), 'en'),
      tickets,
      engineState: () => 'ready',
      windowId: () => 1,
      showOpenDialog: vi.fn(),
      showSaveDialog: vi.fn(),
      askEngine: (call, input) => {
        asked.push([call, input]);
        return Promise.resolve({ html: HTML, hash: HASH });
      },
      print,
      development: false,
      active: () => undefined,
    })[call];

  it('is written for its owner only, and its ticket is over', async () => {
    const path = join(folder, '报告.pdf');
    const ticket = tickets.issue(path, 'report-pdf', 1);
    const save = calls(async (html) => Buffer.from(`%PDF-${html.length}`));
    expect(await save?.({ ...REQUEST, ticket })).toEqual({ name: '报告.pdf', hash: HASH });
    expect(asked).toEqual([['report.page', REQUEST]]);
    expect(readFileSync(path, 'utf8')).toBe(`%PDF-${HTML.length}`);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect(save?.({ ...REQUEST, ticket })).rejects.toThrow('TICKET_INVALID');
  });

  it('of a certificate is made of the certificate', async () => {
    asked.length = 0;
    const path = join(folder, 'certificate.pdf');
    const ticket = tickets.issue(path, 'report-pdf', 1);
    const request = { study: 's', artefact: 'a', language: 'en' } as const;
    const save = calls((html) => Promise.resolve(Buffer.from(html)), 'app.saveCertificatePdf');
    expect(await save?.({ ...request, ticket })).toEqual({ name: 'certificate.pdf', hash: HASH });
    expect(asked).toEqual([['anonymise.certificatePage', request]]);
    expect(readFileSync(path, 'utf8')).toBe(HTML);
  });

  it('takes no ticket for another purpose, and asks the engine nothing then', async () => {
    asked.length = 0;
    const ticket = tickets.issue(join(folder, 'x.html'), 'report-html', 1);
    const save = calls(() => Promise.resolve(new Uint8Array()));
    await expect(save?.({ ...REQUEST, ticket })).rejects.toThrow('TICKET_INVALID');
    expect(asked).toEqual([]);
  });

  it('that cannot be written says so, and the same ticket serves another time', async () => {
    const ticket = tickets.issue(join(folder, 'none', 'x.pdf'), 'report-pdf', 1);
    const save = calls(() => Promise.resolve(new Uint8Array(4)));
    for (let time = 0; time < 2; time += 1) {
      await expect(save?.({ ...REQUEST, ticket })).rejects.toThrow('OUTPUT_UNWRITABLE');
    }
  });
});
