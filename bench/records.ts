import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeTable, encodeTable } from '../main/records/codec.ts';
import { readCsv, type ReadResult } from '../main/records/csv-reader.ts';
import { writeCsv } from '../main/records/csv-writer.ts';
import { profile } from '../main/records/profile.ts';
import { tableHash } from '../main/records/table-hash.ts';

export interface RecordsBench {
  readonly rows: number;
  readonly columns: number;
  readonly megabytes: number;
  /** Median milliseconds; `lines` only counts line ends of the same file: the baseline. */
  readonly median: Readonly<Record<string, number>>;
  /** Import divided by counting lines, in the same run. */
  readonly import_to_lines: number;
  readonly import_megabytes_per_second: number;
  readonly stored_megabytes: number;
  readonly peak_rss_mib: number;
}

const CITIES = ['上海', 'Berlin', 'Paris', 'New York', '北京'];
const HEADER =
  'id,age,sex,city,date,weight,height,pressure,glucose,visits,note,ward,flag,score,outcome';

/**
 * Time and memory of import, profile, storage and writing, on a generated file of 15 columns
 * (identifiers, integers, reals of all lengths, dates, categories, quoted text).
 */
export async function benchRecords(rows = 1_000_000, runs = 3): Promise<RecordsBench> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'));
  try {
    const file = join(folder, 'records.csv');
    await generate(file, rows);
    return await measure(file, rows, runs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(file: string, rows: number, runs: number): Promise<RecordsBench> {
  const times: Record<string, number[]> = {};
  const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    (times[name] ??= []).push(performance.now() - start);
    return result;
  };
  const source = () => createReadStream(file, { highWaterMark: 1 << 20 });
  let importPeak = 0;
  let stored = 0;
  for (let run = 0; run < runs; run++) {
    await timed('lines', () => countLines(source()));
    const { table, facts }: ReadResult = await timed('import', () => readCsv(source));
    if (run === 0) importPeak = process.resourceUsage().maxRSS / 1024;
    await timed('profile', () => profile(table, facts));
    const bytes = await timed('encode', () => encodeTable(table));
    await timed('decode', () => decodeTable(bytes));
    await timed('hash', () => tableHash(table));
    await timed('write', () => {
      for (const piece of writeCsv(table)) if (piece.length === 0) throw new Error('empty piece');
    });
    stored = bytes.length;
  }
  const median = Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, middle(all)]),
  );
  const megabytes = statSync(file).size / 1e6;
  const took = median['import'] as number;
  return {
    rows,
    columns: HEADER.split(',').length,
    megabytes,
    median,
    import_to_lines: took / (median['lines'] as number),
    import_megabytes_per_second: (megabytes / took) * 1000,
    stored_megabytes: stored / 1e6,
    peak_rss_mib: importPeak,
  };
}

async function countLines(source: AsyncIterable<Uint8Array>): Promise<number> {
  let lines = 0;
  for await (const chunk of source) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  }
  return lines;
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

async function generate(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  let state = 12345;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pad = (value: number): string => String(value).padStart(2, '0');
  let piece = `${HEADER}\n`;
  for (let row = 0; row < rows; row++) {
    const date = `20${pad(10 + below(14))}-${pad(1 + below(12))}-${pad(1 + below(28))}`;
    piece += `P${1_000_000 + row},${below(90)},${next() < 0.5 ? 'F' : 'M'},${CITIES[below(5)]},${date},`;
    piece += `${(40 + next() * 80).toFixed(1)},${(1.4 + next() * 0.6).toFixed(2)},${90 + below(90)},`;
    piece += `${(3 + next() * 9).toFixed(3)},${below(40)},"seen by Dr ${below(1e5)}, ok",W${below(300)},`;
    piece += `${next() < 0.5 ? 'yes' : 'no'},${next()},${next() < 0.2 ? 1 : 0}\n`;
    if (piece.length > 1 << 20) {
      if (!out.write(piece)) await once(out, 'drain');
      piece = '';
    }
  }
  out.end(piece);
  await once(out, 'finish');
}

if (process.argv[1] === import.meta.filename) {
  const [rows, runs] = process.argv.slice(2).map(Number);
  process.stdout.write(`${JSON.stringify(await benchRecords(rows, runs), null, 2)}\n`);
}
