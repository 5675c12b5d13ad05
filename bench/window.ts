import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Client } from '../main/contract/index.ts';
import { words } from '../main/words/index.ts';
import { ROOT, runtimePath, sandboxSwitch } from '../test/e2e/application.ts';

/**
 * The window on this machine: start to first paint and to 'unlocked', memory when idle, and the
 * pages of a study of 100,000 rows. Baseline: the same runtime showing an empty page. Run by
 * `npm run bench:window` after a build; the driver's own cost is in both sides of each ratio.
 */
const RUNS = 5;
const ROWS = 100_000;
const PASSPHRASE = 'lantern orchard copper violin';
const w = words('en').screens;

interface Started {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly milliseconds: number;
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** From the start of the process to the first contentful paint, as Chromium reports it. */
async function start(args: readonly string[], userData: string): Promise<Started> {
  const began = Date.now();
  const app = await _electron.launch({
    executablePath: runtimePath(),
    args: [...sandboxSwitch(), ...args],
    env: { ...(process.env as Record<string, string>), CONCORD_USER_DATA: userData },
  });
  const page = await app.firstWindow();
  await page.waitForFunction(() => performance.getEntriesByType('paint' as never).length > 0);
  const painted = await page.evaluate(
    () =>
      performance.timeOrigin + (performance.getEntriesByType('paint' as never)[0]?.startTime ?? 0),
  );
  return { app, page, milliseconds: painted - began };
}

async function baseline(folder: string): Promise<number> {
  const main = "const {app,BrowserWindow}=require('electron');app.whenReady().then(()=>";
  const page = "new BrowserWindow().loadURL('data:text/html,<p>empty</p>'));";
  writeFileSync(join(folder, 'empty.cjs'), main + page);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'empty', version: '1.0.0', main: 'empty.cjs' }),
  );
  const { app, milliseconds } = await start([folder], folder);
  await app.close();
  return milliseconds;
}

async function unlockOnce(userData: string): Promise<{ paint: number; unlocked: number }> {
  const began = Date.now();
  const { app, page, milliseconds } = await start([ROOT], userData);
  await page.getByLabel(w.unlock.field, { exact: true }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: w.studies.title }).waitFor();
  const unlocked = Date.now() - began;
  await app.close();
  return { paint: milliseconds, unlocked };
}

/**
 * Proportional set size of the program and all it has started, the engine included, in MiB, five
 * seconds after the last thing happened (Linux: /proc/PID/smaps_rollup).
 */
async function idleMemory(app: ElectronApplication): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const kib = familyOf(app.process().pid ?? -1).reduce((sum, pid) => {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return sum + Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
  }, 0);
  return kib / 1024;
}

function familyOf(root: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid): [number, number][] => {
        try {
          const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
          return [[Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
        } catch {
          return []; // ended while we looked
        }
      }),
  );
  const below = (pid: number): number[] => [
    pid,
    ...[...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => below(child)),
  ];
  return below(root);
}

function records(file: string): void {
  const lines = ['id,age,sex,city,visits,cost,missed'];
  for (let row = 0; row < ROWS; row++) {
    lines.push(
      `P${row},${18 + (row % 70)},${row % 2 ? 'f' : 'm'},C${row % 40},${row % 9},${(row % 977) / 7},${row % 5 ? 'no' : 'yes'}`,
    );
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/** Milliseconds from asking for a page to its heading. */
async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

async function studyPages(page: Page, app: ElectronApplication, file: string): Promise<object> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  const call = <T>(name: string, input: object): Promise<T> =>
    page.evaluate(
      async ([called, given]) => {
        const { concord } = globalThis as unknown as {
          concord: {
            call(name: string, input: unknown): Promise<{ ok: boolean; output: unknown }>;
          };
        };
        const answer = await concord.call(called, given);
        if (!answer.ok) throw new Error(called);
        return answer.output;
      },
      [name, input] as const,
    ) as Promise<T>;
  type Answer<G extends keyof Client, N extends keyof Client[G]> = Client[G][N] extends (
    ...given: never[]
  ) => Promise<infer A>
    ? A
    : never;
  const study = await call<Answer<'study', 'create'>>('study.create', { name: 'Bench' });
  const chosen = await call<Answer<'app', 'chooseFile'>>('app.chooseFile', { purpose: 'records' });
  if (chosen === null) throw new Error('no file');
  const { ticket, name } = chosen;
  const preview = await timed(() => call('import.preview', { ticket }));
  const imported = await timed(async () => {
    const { job } = await call<{ job: string }>('import.start', { study: study.id, ticket, name });
    for (;;) {
      const view = await call<Answer<'job', 'get'>>('job.get', { job });
      if (view.ended !== null) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  const { artefacts } = await call<Answer<'study', 'artefacts'>>('study.artefacts', {
    study: study.id,
  });
  const source = artefacts.find(({ kind }) => kind === 'source-records');
  const reference = { study: study.id, artefact: source?.id ?? '' };
  const profile = await timed(() => call('import.profile', reference));
  return {
    rows: ROWS,
    preview_ms: rounded(preview),
    import_ms: rounded(imported),
    profile_ms: rounded(profile),
  };
}

async function bench(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'));
  const userData = mkdtempSync(join(tmpdir(), 'concord-bench-user-'));
  try {
    const first = await start([ROOT], userData);
    await first.page.getByLabel(w.create.nameTitle).fill('Ada');
    await first.page.getByRole('button', { name: w.app.continue, exact: true }).click();
    await first.page.getByLabel(w.create.first, { exact: true }).fill(PASSPHRASE);
    await first.page.getByLabel(w.create.second, { exact: true }).fill(PASSPHRASE);
    await first.page.getByRole('button', { name: w.create.button, exact: true }).click();
    await first.page.getByRole('heading', { level: 1, name: w.studies.title }).waitFor();
    const memory = await idleMemory(first.app);
    records(join(folder, 'records.csv'));
    const pages = await studyPages(first.page, first.app, join(folder, 'records.csv'));
    await first.app.close();

    const bare: number[] = [];
    const own: { paint: number; unlocked: number }[] = [];
    for (let run = 0; run < RUNS; run++) {
      bare.push(await baseline(folder));
      own.push(await unlockOnce(userData));
    }
    const paint = middle(own.map((each) => each.paint));
    return {
      machine: { cores: cpus().length, memory_gib: Math.round(totalmem() / 2 ** 30) },
      runs: RUNS,
      baseline: {
        what: 'the same runtime with an empty page',
        first_paint_ms: rounded(middle(bare)),
      },
      first_paint_ms: rounded(paint),
      first_paint_ratio: rounded(paint / middle(bare)),
      unlocked_ms: rounded(middle(own.map((each) => each.unlocked))),
      idle_memory_mib: rounded(memory),
      study: pages,
    };
  } finally {
    for (const place of [folder, userData]) rmSync(place, { recursive: true, force: true });
  }
}

const result = `${JSON.stringify(await bench(), null, 2)}\n`;
writeFileSync(join(ROOT, 'bench', 'window.json'), result);
process.stdout.write(result);
