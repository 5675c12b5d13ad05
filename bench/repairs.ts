import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Repair } from '../main/contract/repair.ts';
import { encodeTable } from '../main/records/codec.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { profile } from '../main/records/profile.ts';
import { applyRepair } from '../main/records/repairs/apply.ts';
import type { Table } from '../main/records/table.ts';
import { writeRecordFile } from './record-file.ts';

export interface RepairsBench {
  readonly rows: number;
  /** Milliseconds of processor time of each repair, once each. */
  readonly processor_ms: Readonly<Record<string, number>>;
  /** What follows every list of repairs. */
  readonly profile_processor_ms: number;
  readonly encode_processor_ms: number;
  /** Time of all of these divided by that for a tenth of the rows: 10 where it is linear. */
  readonly growth_of_10: number;
  readonly peak_rss_mib: number;
}

const REPAIRS: readonly Repair[] = [
  { kind: 'trim', column: 'note' },
  { kind: 'mark-missing', column: 'city', marks: ['Paris'] },
  { kind: 'merge', column: 'city', groups: [{ into: '上海', from: ['北京'] }] },
  { kind: 'clip', column: 'weight', lower: 45, upper: 115 },
  { kind: 'fill', column: 'city', with: { constant: 'Paris' } },
  { kind: 'drop-duplicates' },
  { kind: 'drop-column', column: 'ward' },
];

/** Repairs of the records that bench/records.ts imports; measured once. */
export async function benchRepairs(rows = 1_000_000): Promise<RepairsBench> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'));
  try {
    const small = measure(await read(folder, Math.round(rows / 10)));
    const large = measure(await read(folder, rows));
    return {
      rows,
      ...large.told,
      growth_of_10: Number((large.total / small.total).toFixed(2)),
      peak_rss_mib: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function read(folder: string, rows: number): Promise<Table> {
  const file = join(folder, `${rows}.csv`);
  await writeRecordFile(file, rows);
  return (await readCsv(() => createReadStream(file, { highWaterMark: 1 << 20 }))).table;
}

function measure(table: Table): {
  told: Pick<RepairsBench, 'processor_ms' | 'profile_processor_ms' | 'encode_processor_ms'>;
  total: number;
} {
  const processor: Record<string, number> = {};
  let total = 0;
  const timed = <T>(work: () => T): [T, number] => {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    total += (user + system) / 1000;
    return [result, Math.round((user + system) / 1000)];
  };
  let current = table;
  for (const [index, repair] of REPAIRS.entries()) {
    const [applied, took] = timed(() => applyRepair(current, repair, index + 1));
    processor[repair.kind] = took;
    current = applied.table;
  }
  const about = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
  const [, profile_processor_ms] = timed(() => profile(current, about));
  const [, encode_processor_ms] = timed(() => encodeTable(current));
  return {
    told: { processor_ms: processor, profile_processor_ms, encode_processor_ms },
    total,
  };
}
