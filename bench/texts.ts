import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEntities } from '../main/identify/find.ts';
import { PackedSpans } from '../main/identify/packed-spans.ts';
import { createVault } from '../main/vault/index.ts';

export interface TextsBench {
  readonly notes: number;
  readonly characters: number;
  /** Once each; milliseconds of processor time until all notes are searched. */
  readonly search_processor_ms: number;
  readonly notes_per_second: number;
  /** The longest that one note took: so long nothing else is heard. */
  readonly longest_note_ms: number;
  readonly findings: number;
  /** Packing, sealing and keeping of the findings. */
  readonly keep_ms: number;
  readonly kept_megabytes: number;
  /** Reading them back out of the vault. */
  readonly open_ms: number;
  /** Time per note over all notes divided by that over the first tenth: 1 where it is linear. */
  readonly growth: number;
  readonly peak_rss_mib: number;
}

const NAMES = ['Anna Ashdown', 'Peter Okafor', 'Maria Lindqvist', 'John Whitfield', 'Wei Zhang'];
const FAMILY = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄'];
const GIVEN = ['建国', '秀英', '伟', '敏', '丽娜', '志强', '雨桐', '海燕'];

/** Different notes of two to four sentences, every second one Chinese. */
function noteOf(number: number): string {
  const pick = <T>(from: readonly T[], salt: number): T =>
    from[(number * 31 + salt * 17) % from.length] as T;
  const day = 1 + (number % 28);
  const month = 1 + (number % 12);
  if (number % 2 === 0) {
    const name = pick(NAMES, number);
    return (
      `${name}, ${20 + (number % 75)}, was seen on ${day}/${month}/2023 with a cough of ${2 + (number % 9)} weeks. ` +
      `Blood pressure ${100 + (number % 60)}/${60 + (number % 35)}, saturation ${90 + (number % 10)} %. ` +
      `Letter to ${pick(NAMES, number + 3)} at ${1 + (number % 99)} High Street, phone 020 7946 ${1000 + (number % 9000)}; ` +
      `mail n${number}@example.org. Review in ${1 + (number % 8)} weeks.`
    );
  }
  const name = `${pick(FAMILY, number)}${pick(GIVEN, number >> 3)}`;
  return (
    `患者${name}，${20 + (number % 75)}岁，因反复咳嗽${2 + (number % 9)}周于2023年${month}月${day}日入住市第三医院，住院号${20230000 + number}。` +
    `血压${100 + (number % 60)}/${60 + (number % 35)}mmHg，双肺呼吸音粗。家属住湖北省武汉市武昌区中南路${1 + (number % 99)}号，` +
    `电话138${String(number).padStart(8, '0')}。`
  );
}

/** The search for personal data through `rows` notes, end to end; measured once, it takes minutes. */
export async function benchTexts(rows = 100_000): Promise<TextsBench> {
  const notes = Array.from({ length: rows }, (_, number) => noteOf(number));
  // The lists are built with the first note of each language.
  for (const note of notes.slice(0, 2)) findEntities(note);
  const builder = PackedSpans.builder(rows);
  const begun = process.cpuUsage();
  const cost = (): number => {
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };
  let longest = 0;
  let tenth = 0;
  for (const [number, note] of notes.entries()) {
    const start = performance.now();
    builder.add(findEntities(note));
    longest = Math.max(longest, performance.now() - start);
    if (number + 1 === Math.ceil(rows / 10)) tenth = cost();
  }
  const search = cost();
  const spans = builder.done();
  const kept = await keptAndOpened(spans);
  return {
    notes: rows,
    characters: notes.reduce((sum, note) => sum + note.length, 0),
    search_processor_ms: Math.round(search),
    notes_per_second: Math.round((rows / search) * 1000),
    longest_note_ms: Math.round(longest),
    findings: spans.spans,
    ...kept,
    growth: Number((search / rows / (tenth / Math.ceil(rows / 10))).toFixed(2)),
    peak_rss_mib: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

async function keptAndOpened(
  spans: PackedSpans,
): Promise<Pick<TextsBench, 'keep_ms' | 'kept_megabytes' | 'open_ms'>> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'));
  const vault = await createVault({
    file: join(folder, 'bench.vault'),
    passphrase: 'no secret is in this vault',
    person: 'Bench',
  });
  try {
    const study = vault.studies.create('Bench').id;
    const start = performance.now();
    const bytes = spans.toBytes();
    const { id } = vault.artefacts.put({ study, kind: 'text-findings', name: 'bench', bytes });
    const stored = performance.now();
    if (PackedSpans.fromBytes(vault.artefacts.get(id))?.spans !== spans.spans)
      throw new Error('the findings did not come back');
    return {
      keep_ms: Math.round(stored - start),
      kept_megabytes: Number((bytes.length / 1e6).toFixed(1)),
      open_ms: Math.round(performance.now() - stored),
    };
  } finally {
    vault.close();
    rmSync(folder, { recursive: true });
  }
}
