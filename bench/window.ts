import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { words } from '../main/words/index.ts';
import { ROOT, runtimePath, sandboxSwitch } from '../test/e2e/application.ts';
import { ROWS, StudyBench, writeRecords, type PageTimes } from './window-study.ts';

/**
 * The window on this machine: start to first paint and to 'unlocked', memory when idle, and the
 * pages of a study of 100,000 rows. Baseline: the same runtime showing an empty page. Run by
 * `npm run bench:window` after a build; the driver's own cost is in both sides of each ratio.
 */
const RUNS = 5;
const STUDIES = 3;
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

/** The pages of studies on 100,000 records: medians, beside a page that needs no records. */
async function studyPages(page: Page, app: ElectronApplication, file: string): Promise<object> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  const study = new StudyBench(page);
  let times: PageTimes = new Map();
  for (let run = 1; run <= STUDIES; run++) times = await study.run(`Bench ${run}`);
  const baseline = middle(times.get('baseline') ?? []);
  const pages = [...times].map(([name, values]) => {
    const milliseconds = middle(values);
    return [name, { ms: rounded(milliseconds), ratio: rounded(milliseconds / baseline) }];
  });
  return {
    rows: ROWS,
    runs: STUDIES,
    baseline: "the page that asks for a study's name",
    pages: Object.fromEntries(pages),
  };
}

/** What was measured, when and where; named by the script that starts this. */
function about(): object {
  return JSON.parse(process.env['CONCORD_BENCH_ABOUT'] ?? '{}') as object;
}

const runtimeOf = (app: ElectronApplication): Promise<object> =>
  app.evaluate(() => {
    const { electron, chrome, node } = process.versions;
    return { electron, chrome, node };
  });

async function bench(): Promise<object> {
  const before = loadavg()[0] ?? 0;
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
    const runtime = await runtimeOf(first.app);
    const pages = await studyPages(first.page, first.app, writeRecords(folder));
    await first.app.close();

    const bare: number[] = [];
    const own: { paint: number; unlocked: number }[] = [];
    for (let run = 0; run < RUNS; run++) {
      bare.push(await baseline(folder));
      own.push(await unlockOnce(userData));
    }
    const paint = middle(own.map((each) => each.paint));
    return {
      ...about(),
      load_average: { before, after: loadavg()[0] ?? 0 },
      runtime,
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
