import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeTable, encodeTable } from '../main/records/codec.ts';
import { threadsFor } from '../main/records/column-crew.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { writeCsv } from '../main/records/csv-writer.ts';
import { profile } from '../main/records/profile.ts';
import { tableHash } from '../main/records/table-hash.ts';
import { createVault, type Vault } from '../main/vault/index.ts';
import { COLUMNS, writeRecordFile } from './record-file.ts';

interface Growth {
  readonly rows: number;
  /** Median milliseconds into the vault, and of DuckDB, in alternation. */
  readonly into_vault: number;
  readonly duckdb: number;
}

export interface RecordsBench {
  readonly rows: number;
  readonly columns: number;
  readonly megabytes: number;
  readonly runs: number;
  /**
   * Median milliseconds. `into_vault`: reading, typing, storage form, content hash, sealing and
   * the database; `duckdb`: its CSV reader loads the same file into memory, all cores;
   * `lines` only counts line ends; `open`: unsealing and decoding of what was stored.
   */
  readonly median: Readonly<Record<string, number>>;
  /** Median, least and greatest of the ratios of the pairs of runs. */
  readonly into_vault_to_duckdb: {
    readonly median: number;
    readonly least: number;
    readonly most: number;
  };
  readonly import_megabytes_per_second: number;
  readonly stored_megabytes: number;
  /** Of a process that has done nothing but one import into a vault. */
  readonly peak_rss_mib: number;
  readonly growth: readonly Growth[];
}

type Times = Record<string, number[]>;

/** Time and memory of import, storage, opening, profile and writing, on a generated file. */
export async function benchRecords(rows = 1_000_000, runs = 5): Promise<RecordsBench> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'));
  const vault = await createVault({
    file: join(folder, 'bench.vault'),
    passphrase: 'no secret is in this vault',
    person: 'Bench',
  });
  try {
    return await measure(folder, vault, rows, runs);
  } finally {
    vault.close();
    rmSync(folder, { recursive: true });
  }
}

async function measure(
  folder: string,
  vault: Vault,
  rows: number,
  runs: number,
): Promise<RecordsBench> {
  const file = join(folder, 'records.csv');
  await writeRecordFile(file, rows);
  const study = vault.studies.create('Bench').id;
  const times: Times = {};
  // First of all, so that the peak is that of an import alone; what is compiled now is not timed.
  const first = await intoVault(vault, study, file);
  const peak = process.resourceUsage().maxRSS / 1024;
  for (let run = 0; run < runs; run++) {
    await pair(times, vault, study, file);
    await timed(times, 'lines', () => countLines(createReadStream(file)));
    const table = await timed(times, 'open', () => decodeTable(vault.artefacts.get(first.id)));
    const { facts } = await timed(times, 'read_one_thread', () => readCsv(source(file)));
    await timed(times, 'profile', () => profile(table, facts));
    await timed(times, 'write', () => {
      for (const piece of writeCsv(table)) if (piece.length === 0) throw new Error('empty piece');
    });
  }
  const growth: Growth[] = [];
  for (const size of [Math.round(rows / 10), rows * 2]) {
    const other = join(folder, `${size}.csv`);
    await writeRecordFile(other, size);
    const own: Times = {};
    for (let run = 0; run < Math.min(runs, 3); run++) await pair(own, vault, study, other);
    growth.push({
      rows: size,
      into_vault: middleOf(own, 'into_vault'),
      duckdb: middleOf(own, 'duckdb'),
    });
  }
  const median = Object.fromEntries(
    Object.keys(times).map((name) => [name, middleOf(times, name)]),
  );
  const ratios = (times['into_vault'] ?? []).map(
    (took, run) => took / (times['duckdb']?.[run] ?? NaN),
  );
  const megabytes = statSync(file).size / 1e6;
  const intoVaultMedian = middleOf(times, 'into_vault');
  return {
    rows,
    columns: COLUMNS,
    megabytes,
    runs,
    median,
    into_vault_to_duckdb: {
      median: middle(ratios),
      least: Math.min(...ratios),
      most: Math.max(...ratios),
    },
    import_megabytes_per_second: (megabytes / intoVaultMedian) * 1000,
    stored_megabytes: first.bytes / 1e6,
    peak_rss_mib: peak,
    growth: [
      growth[0] as Growth,
      { rows, into_vault: intoVaultMedian, duckdb: middleOf(times, 'duckdb') },
      growth[1] as Growth,
    ],
  };
}

/** Both sides one after the other, so that whatever else the machine does burdens both. */
async function pair(times: Times, vault: Vault, study: string, file: string): Promise<void> {
  await timed(times, 'duckdb', () => loadWithDuckDb(file));
  await timed(times, 'into_vault', () => intoVault(vault, study, file));
}

/** What an import does but for the profile, in the thread of the bench. */
async function intoVault(vault: Vault, study: string, file: string) {
  const threads = threadsFor(statSync(file).size);
  const { table } = await readCsv(source(file), { threads, encode: true });
  tableHash(table);
  const { signal } = new AbortController();
  const bytes = await vault.artefacts.early.write(study, encodeTable(table), signal);
  return vault.artefacts.put({ study, kind: 'source-records', name: 'bench', bytes });
}

async function loadWithDuckDb(file: string): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE records AS SELECT * FROM read_csv('${file}')`);
  connection.closeSync();
  instance.closeSync();
}

const source = (file: string) => () => pieces(file);

/** As the importer reads: one piece of memory for the whole file. */
async function* pieces(file: string): AsyncIterable<Uint8Array> {
  const handle = await open(file);
  try {
    const piece = Buffer.allocUnsafeSlow(1 << 20);
    for (;;) {
      const { bytesRead } = await handle.read(piece, 0, piece.length);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function timed<T>(times: Times, name: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  (times[name] ??= []).push(performance.now() - start);
  return result;
}

async function countLines(from: AsyncIterable<Uint8Array>): Promise<number> {
  let lines = 0;
  for await (const chunk of from) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  }
  return lines;
}

const middleOf = (times: Times, name: string): number => middle(times[name] ?? []);

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

if (process.argv[1] === import.meta.filename) {
  const [rows, runs] = process.argv.slice(2).map(Number);
  process.stdout.write(`${JSON.stringify(await benchRecords(rows, runs), null, 2)}\n`);
}
