import { readFile } from 'node:fs/promises';
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  PrintToPDFOptions,
  Session,
} from 'electron';
import { ConcordError } from '../contract/errors.ts';
import { ORIGIN, PAGE_HEADERS, pageHandler, SCHEME, type Manifest } from './protocol.ts';

/** A session of its own, in memory only, that answers nothing while nothing is printed. */
export const PRINT_PARTITION = 'print';

const SHEET = `${ORIGIN}/print.html`;
/** Beside the fonts it names, because their addresses are relative. */
const FONTS = `${ORIGIN}/assets/print-fonts.css`;
const PATIENCE_MS = 60_000;
const QUIET_MS = 150;

/** Every setting of the window behind a PDF: never shown, runs no script, reaches nothing. */
export const PRINT_WINDOW: BrowserWindowConstructorOptions = {
  width: 794,
  height: 1123,
  show: false,
  skipTaskbar: true,
  webPreferences: {
    partition: PRINT_PARTITION,
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
};

/** Signed papers are told apart by their pages. Chromium fills in the numbers. */
const FOOTER = `<div style="width: 100%; padding: 0 16mm; font: 8pt sans-serif; text-align: right">
<span class="pageNumber"></span> / <span class="totalPages"></span></div>`;

export const PDF_OPTIONS: PrintToPDFOptions = {
  pageSize: 'A4',
  preferCSSPageSize: true,
  printBackground: true,
  displayHeaderFooter: true,
  // An empty one is replaced by Chromium's own, with the title and the date.
  headerTemplate: '<span></span>',
  footerTemplate: FOOTER,
  generateTaggedPDF: true,
  generateDocumentOutline: true,
};

export interface PrintParts {
  readonly Window: new (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly session: Pick<Session, 'protocol' | 'clearCache'>;
  /** The built files: the fonts are among them. */
  readonly pages: Manifest;
}

/** The bytes of an A4 PDF from a self-contained page of main/report. */
export type Print = (html: string) => Promise<Uint8Array>;

/**
 * Prints one page at a time. The page comes from memory through the program's own scheme, under a
 * policy that allows its one style sheet and the bundled fonts; nothing of it touches the disk.
 * @throws PRINT_FAILED when the page is none of ours, cannot be laid out, or takes too long.
 */
export function printer(parts: PrintParts): Print {
  let last: Promise<unknown> = Promise.resolve();
  return (html) => {
    const printed = last.then(() => print(parts, html));
    last = printed.catch(() => undefined);
    return printed;
  };
}

async function print({ Window, session, pages }: PrintParts, html: string): Promise<Uint8Array> {
  const sheet = sheetOf(html);
  const fonts = await fontsOf(pages);
  const loading = { running: 0, last: Date.now() };
  session.protocol.handle(SCHEME, async (request) => {
    loading.running += 1;
    try {
      return await answer(request);
    } finally {
      loading.running -= 1;
      loading.last = Date.now();
    }
  });
  const fontFile = pageHandler(pages);
  const answer = async (request: Request): Promise<Response> => {
    if (request.url === SHEET) return reply(sheet.html, 'text/html', sheet.policy);
    if (request.url === FONTS) return reply(fonts, 'text/css', sheet.policy);
    if (request.url.endsWith('.woff2')) return fontFile(request);
    return new Response(null, { status: 404, headers: PAGE_HEADERS });
  };
  const window = new Window(PRINT_WINDOW);
  try {
    return await withinPatience(async () => {
      await window.loadURL(SHEET);
      // Laying it out for paper is what asks for the fonts; the second time they are there.
      await window.webContents.printToPDF(PDF_OPTIONS);
      await settled(loading);
      return window.webContents.printToPDF(PDF_OPTIONS);
    });
  } catch {
    throw new ConcordError('PRINT_FAILED');
  } finally {
    window.destroy();
    session.protocol.unhandle(SCHEME);
    await session.clearCache().catch(() => undefined);
  }
}

const OWN_POLICY =
  /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '(sha256-[A-Za-z0-9+/]+=*)'; base-uri 'none'; form-action 'none'">/;

/**
 * The page as it is printed: the policy it carries would refuse the bundled fonts, so that it is
 * sent as a header instead, with the fonts and still without anything that runs.
 */
function sheetOf(html: string): { html: string; policy: string } {
  const style = OWN_POLICY.exec(html)?.[1];
  if (style === undefined) throw new ConcordError('PRINT_FAILED');
  return {
    html: html.replace(OWN_POLICY, `<link rel="stylesheet" href="${FONTS}">`),
    policy: [
      "default-src 'none'",
      `style-src 'self' '${style}'`,
      "font-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}

function reply(body: string, type: string, policy: string): Response {
  return new Response(body, {
    status: 200,
    headers: {
      ...PAGE_HEADERS,
      'Content-Security-Policy': policy,
      'Content-Type': `${type}; charset=utf-8`,
    },
  });
}

/**
 * Only the bundled font, so that a report looks the same from every computer. Its quotation marks
 * are as wide as Chinese characters unless asked to be proportional.
 */
const FONT_RULES = [
  "html body { font-family: 'Noto Sans SC Variable', sans-serif; }",
  "html:lang(en) body { font-feature-settings: 'palt', 'pwid'; }",
];

/** The font faces of the window's own style sheet. */
async function fontsOf(pages: Manifest): Promise<string> {
  const sheets = [...pages.values()].filter(({ type }) => type.startsWith('text/css'));
  const texts = await Promise.all(sheets.map(({ file }) => readFile(file, 'utf8')));
  const faces = texts.flatMap((text) => text.match(/@font-face\s*\{[^}]*\}/g) ?? []);
  return [...faces, ...FONT_RULES].join('\n').replaceAll('font-display:swap', 'font-display:block');
}

/** Resolves when no request has been under way for a moment. */
async function settled(loading: { running: number; last: number }): Promise<void> {
  while (loading.running > 0 || Date.now() - loading.last < QUIET_MS) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 3));
  }
}

async function withinPatience<T>(work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('printing takes too long')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
