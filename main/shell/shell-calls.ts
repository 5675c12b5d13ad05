import { basename, extname } from 'node:path';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type {
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import type { z } from 'zod';
import type { app as appCalls, SavePurpose } from '../contract/app.ts';
import type { Call } from '../contract/call.ts';
import { ConcordError } from '../contract/errors.ts';
import { explain } from '../contract/explain-calls.ts';
import { report } from '../contract/review-calls.ts';
import type { ShellHandler } from './bridge.ts';
import type { Print } from './print.ts';
import { writePrivately } from './private-files.ts';
import type { Settings } from './settings.ts';
import type { Tickets } from './tickets.ts';

export interface ShellFacts {
  readonly version: string;
  readonly electron: string;
  readonly settings: Settings;
  readonly tickets: Tickets;
  readonly engineState: () => 'starting' | 'ready';
  readonly windowId: () => number;
  /** The system's dialog, always by way of the module so that it is looked up at each call. */
  readonly showOpenDialog: (options: OpenDialogOptions) => Promise<OpenDialogReturnValue>;
  readonly showSaveDialog: (options: SaveDialogOptions) => Promise<SaveDialogReturnValue>;
  readonly askEngine: (call: string, input: unknown) => Promise<unknown>;
  readonly print: Print;
  readonly development: boolean;
  /** Told that somebody uses the window. */
  readonly active: () => void;
}

/** Majors of the runtime that no longer get security fixes are named as such on the screen. */
const OLDEST_SUPPORTED_MAJOR = 43;

const READABLE = [
  {
    name: 'CSV, TSV, Excel, Parquet, JSON, FHIR, CoNLL',
    extensions: [
      ...['csv', 'tsv', 'tab', 'txt', 'dat', 'xlsx', 'xlsm'],
      ...['parquet', 'pq', 'json', 'jsonl', 'ndjson', 'conll'],
    ],
  },
  { name: '*', extensions: ['*'] },
];

const HIERARCHY_FILES = [
  { name: 'CSV', extensions: ['csv', 'txt'] },
  { name: '*', extensions: ['*'] },
];

/** Files one after the other: more than anybody chooses by hand. */
const FILES = 1000;

const WRITTEN: Readonly<Record<SavePurpose, { name: string; extension: string }>> = {
  'protected-records': { name: 'CSV', extension: 'csv' },
  'report-html': { name: 'HTML', extension: 'html' },
  'report-pdf': { name: 'PDF', extension: 'pdf' },
};

type Handlers = {
  readonly [N in keyof typeof appCalls]: (typeof appCalls)[N] extends Call<
    infer Input,
    infer Output
  >
    ? (input: z.output<Input>) => z.input<Output> | Promise<z.input<Output>>
    : never;
};

/** The calls that concern the program and not the records. */
export function shellCalls(facts: ShellFacts): Readonly<Record<string, ShellHandler>> {
  const handlers: Handlers = {
    status: () => ({
      version: facts.version,
      language: facts.settings.language,
      idleMinutes: facts.settings.idleMinutes,
      engine: facts.engineState(),
      runtime: { electron: facts.electron, supported: isSupported(facts.electron) },
      development: facts.development,
    }),
    setLanguage: ({ language }) => {
      facts.settings.setLanguage(language);
      return {};
    },
    setIdle: ({ minutes }) => {
      facts.settings.setIdleMinutes(minutes);
      return {};
    },
    active: () => {
      facts.active();
      return {};
    },
    chooseFile: async ({ purpose, what = 'file' }) => {
      const { canceled, filePaths } = await facts.showOpenDialog(
        what === 'folder'
          ? { properties: ['openDirectory', 'dontAddToRecent'] }
          : {
              properties: [
                'openFile',
                ...(what === 'files' ? (['multiSelections'] as const) : []),
                'dontAddToRecent',
              ],
              filters: purpose === 'hierarchy' ? HIERARCHY_FILES : READABLE,
            },
      );
      if (canceled) return null;
      // All are looked at before the first ticket is given.
      const files = await Promise.all(
        filePaths.slice(0, FILES).map(async (path) => {
          const name = basename(path);
          return { path, name, bytes: what === 'folder' ? 0 : await sizeOf(path, name) };
        }),
      );
      const [first, ...also] = files.map(({ path, name, bytes }) => {
        const ticket = facts.tickets.issue(path, purpose, facts.windowId());
        return { ticket, name, bytes };
      });
      if (first === undefined) return null;
      return also.length === 0 ? first : { ...first, also };
    },
    chooseSave: async ({ purpose, suggestedName }) => {
      const { name, extension } = WRITTEN[purpose];
      const { canceled, filePath } = await facts.showSaveDialog({
        defaultPath: suggestedName,
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
        filters: [{ name, extensions: [extension] }],
      });
      if (canceled || !filePath) return null;
      const path = withEnding(filePath, extension);
      return { ticket: facts.tickets.issue(path, purpose, facts.windowId()), name: basename(path) };
    },
    savePdf: ({ ticket, ...request }) =>
      printed(facts, ticket, 'app.savePdf', async () =>
        report.page.output.parse(await facts.askEngine('report.page', request)),
      ),
    saveCertificatePdf: ({ ticket, ...request }) =>
      printed(facts, ticket, 'app.saveCertificatePdf', async () =>
        explain.certificatePage.output.parse(
          await facts.askEngine('anonymise.certificatePage', request),
        ),
      ),
  };
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [`app.${name}`, handler as ShellHandler]),
  );
}

/** A page as a PDF at the chosen place. The engine looks at the role, and notes the hash before. */
async function printed(
  facts: Pick<ShellFacts, 'tickets' | 'windowId' | 'print'>,
  ticket: string,
  call: string,
  page: () => Promise<{ html: string; hash: string }>,
): Promise<{ name: string; hash: string }> {
  const hold = facts.tickets.use(ticket, call, facts.windowId());
  try {
    const { html, hash } = await page();
    writeNew(hold.path, await facts.print(html));
    hold.settle(true);
    return { name: basename(hold.path), hash };
  } catch (error) {
    hold.settle(false);
    throw error;
  }
}

/** Not every system's dialog adds the ending; whether to write over that file it did not ask. */
function withEnding(path: string, extension: string): string {
  if (extname(path) !== '') return path;
  const whole = `${path}.${extension}`;
  if (existsSync(whole)) throw new ConcordError('OUTPUT_UNWRITABLE', { file: basename(whole) });
  return whole;
}

function writeNew(path: string, content: Uint8Array): void {
  try {
    writePrivately(path, content);
  } catch {
    throw new ConcordError('OUTPUT_UNWRITABLE', { file: basename(path) });
  }
}

async function sizeOf(path: string, name: string): Promise<number> {
  const facts = await stat(path).catch(() => null);
  if (facts === null || !facts.isFile()) throw new ConcordError('FILE_UNREADABLE', { file: name });
  return facts.size;
}

function isSupported(version: string): boolean {
  return Number.parseInt(version, 10) >= OLDEST_SUPPORTED_MAJOR;
}
