import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, openVault, type Vault } from '../../main/vault/index.ts';

const PASSPHRASE = 'five tired badgers dig';
const SOURCE = 'f'.repeat(64);
const WRITER = fileURLToPath(new URL('vault-writer.ts', import.meta.url));
const KILLS = process.env['CONCORD_TEST_LONG'] === '1' ? 30 : 5;
const COST = { algorithm: 'argon2id', memoryKiB: 1024, passes: 1, lanes: 1 } as const;

interface Said {
  readonly did: 'opened' | 'reserved' | 'charged' | 'kept';
  readonly job: string;
  readonly step: number;
  readonly artefact: string;
  readonly hash: string;
  readonly head: string;
}

let folder: string;
let file: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concord-kill-'));
  file = join(folder, 'killed.vault');
  const vault = await createVault({ file, passphrase: PASSPHRASE, person: 'Ada', cost: COST });
  const study = vault.studies.create('Kill').id;
  vault.ledger.register(study, SOURCE, 1000);
  vault.ledger.setBudget(SOURCE, { epsilon: 1000, delta: 9e-4 });
  vault.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lets a writer work for some time after its first word, kills it, and gives what it had said. */
async function killedAfter(milliseconds: number): Promise<Said[]> {
  const writer = spawn(process.execPath, [WRITER, file, PASSPHRASE, SOURCE], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let trouble = '';
  writer.stderr.on('data', (piece: Buffer) => (trouble += piece.toString()));
  writer.stdout.on('data', (piece: Buffer) => {
    if (text === '') setTimeout(() => writer.kill('SIGKILL'), milliseconds);
    text += piece.toString();
  });
  const [code, signal] = (await once(writer, 'close')) as [number | null, string | null];
  expect([code, signal], trouble).toEqual([null, 'SIGKILL']);
  const whole = text.slice(0, text.lastIndexOf('\n'));
  return whole.split('\n').map((line) => JSON.parse(line) as Said);
}

function expectKept(vault: Vault, said: readonly Said[]): void {
  const ledger = vault.ledger.ofSource(SOURCE);
  const entries = new Map(ledger.entries.map((entry) => [entry.job, entry]));
  let newestHead: string | undefined;
  expect(ledger.reserved).toEqual({ epsilon: 0, delta: 0 });
  expect(ledger.spent.epsilon).toBe(Math.round(ledger.entries.length) / 1000);
  for (const { did, job, step, artefact, hash, head } of said) {
    if (did === 'opened') continue;
    const entry = entries.get(job);
    expect(entry, `${did} ${job}`).toBeDefined();
    if (did === 'charged') expect(entry?.steps_charged).toBeGreaterThanOrEqual(step);
    if (did !== 'kept') continue;
    expect(vault.artefacts.info(artefact)).toMatchObject({ hash, job });
    expect(vault.jobs.get(job).state).toBe('done');
    expect(entry?.state).toBe('done');
    newestHead = head;
  }
  expect(vault.verify(newestHead)).toMatchObject({ ok: true });
  const states = new Set(ledger.entries.map(({ state }) => state));
  expect([...states].every((state) => state === 'done' || state === 'interrupted')).toBe(true);
}

describe('a process that is killed while it writes', () => {
  it(`loses nothing it had acknowledged, at ${KILLS} random moments`, async () => {
    const said: Said[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const moment = 5 + Math.random() * 400;
      said.push(...(await killedAfter(moment)));
      const vault = await openVault({ file, passphrase: PASSPHRASE });
      expectKept(vault, said);
      vault.close();
      expect(readdirSync(folder).sort()).toEqual(['killed.vault', 'killed.vault.keys']);
    }
    expect(said.filter(({ did }) => did === 'kept').length).toBeGreaterThan(KILLS);
  }, 600_000);
});
