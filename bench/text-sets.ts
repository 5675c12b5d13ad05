import { createReadStream, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { shuffled } from '../main/learning/seeded.ts';
import { textCells } from '../main/learning/text/token-rows.ts';
import { tokensOf } from '../main/learning/text/tokens.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { takeRows } from '../main/records/shape.ts';
import type { CodedColumn, Table } from '../main/records/table.ts';
import { distinctTexts } from './near-duplicates.ts';

/** The reference data stands beside the checkout, from which benches are started. */
const FOLDER = resolve('..', 'shared', 'data', 'text');
const TEST_SHARE = 0.25;

/** Texts to learn from. Of `wikigold` a row is a sentence, its label the tags of its tokens. */
interface TextSet {
  readonly file: string;
  readonly text: readonly string[];
  readonly label: string;
}

const TEXT_SETS = {
  'medical-abstracts': {
    file: 'medical-abstracts/medical_tc_test.csv',
    text: ['medical_abstract'],
    label: 'condition_label',
  },
  symptom2disease: {
    file: 'symptom2disease/Symptom2Disease.csv',
    text: ['text'],
    label: 'label',
  },
  'zh-internal-medicine': {
    file: 'zh-internal-medicine/zh-internal-medicine.csv',
    text: ['title', 'ask'],
    label: 'department',
  },
  wikigold: { file: 'ner-wikigold/wikigold.conll.txt', text: ['tokens'], label: 'tags' },
} satisfies Readonly<Record<string, TextSet>>;
export type TextSetName = keyof typeof TEXT_SETS;
export const TEXT_SET_NAMES = Object.keys(TEXT_SETS) as readonly TextSetName[];

/** A set without duplicates, cut in two. */
export interface SplitTexts extends Omit<TextSet, 'file'> {
  /** With a column `part` that says train or test, for `"split": {"column": "part"}`. */
  readonly table: Table;
  readonly test: Int32Array;
  readonly removed: { readonly equal: number; readonly near: number };
}

/**
 * Reads a set, removes texts that equal or nearly equal an earlier one, and only then sets a quarter
 * aside for the test, drawn by the seed.
 */
export async function readTextSet(name: TextSetName, seed = 1): Promise<SplitTexts> {
  const reading = READ.get(name) ?? withoutDuplicates(TEXT_SETS[name]);
  READ.set(name, reading);
  const { table: distinct, removed } = await reading;
  const { text, label }: TextSet = TEXT_SETS[name];
  const { rows } = distinct;
  const places = shuffled(
    Int32Array.from({ length: rows }, (_, row) => row),
    seed,
  );
  const test = places.slice(0, Math.round(TEST_SHARE * rows)).sort();
  const part: CodedColumn = {
    ...{ name: 'part', type: 'category', dictionary: ['train', 'test'] },
    codes: new Int32Array(rows),
  };
  for (const row of test) part.codes[row] = 1;
  const table = { ...distinct, columns: [...distinct.columns, part] };
  return { text, label, table, test, removed };
}

type Distinct = Pick<SplitTexts, 'table' | 'removed'>;
/** Sets that were read: another seed cuts the same records. */
const READ = new Map<TextSetName, Promise<Distinct>>();

async function withoutDuplicates({ file, text }: TextSet): Promise<Distinct> {
  const path = resolve(FOLDER, file);
  const whole = file.endsWith('.csv')
    ? (await readCsv(() => createReadStream(path))).table
    : sentencesOf(readFileSync(path, 'utf8'));
  const { kept, equal, near } = distinctTexts(textsOf(whole, text));
  return { table: takeRows(whole, kept), removed: { equal, near } };
}

function textsOf(table: Table, columns: readonly string[]): string[] {
  const cells = textCells(table, columns, []);
  return Array.from({ length: table.rows }, (_, row) => cells.map((cell) => cell(row)).join('\n'));
}

/** A file of CoNLL: a token and its tag on a line, an empty line between sentences. */
function sentencesOf(text: string): Table {
  const sentences = text
    .split(/\r?\n\s*\r?\n/u)
    .map((sentence) => sentence.split(/\r?\n/u).filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trim().split(/\s+/u)));
  const column = (name: string, place: 0 | -1): CodedColumn => {
    const cells = sentences.map((lines) => lines.map((line) => line.at(place)).join(' '));
    const dictionary = [...new Set(cells)];
    const places = new Map(dictionary.map((cell, code) => [cell, code]));
    const codes = Int32Array.from(cells, (cell) => places.get(cell)!);
    return { name, type: 'text', codes, dictionary };
  };
  return { rows: sentences.length, columns: [column('tokens', 0), column('tags', -1)] };
}

interface TextSetFacts {
  /** After the removal. */
  readonly rows: number;
  readonly test: number;
  readonly equal_removed: number;
  readonly near_removed: number;
  readonly characters: number;
  /** Tokens of a text: the median and the one that a tenth exceed. */
  readonly tokens_median: number;
  readonly tokens_tenth: number;
  /** Median over the runs, characters per second of processor time: words, characters, and words by ICU. */
  readonly words_characters_per_second: number;
  readonly mixed_characters_per_second: number;
  readonly icu_characters_per_second: number;
}

/** The sets as they are judged with, and how fast their texts are cut. */
export async function benchTextSets(
  _rows?: number,
  runs = 3,
): Promise<Readonly<Record<string, TextSetFacts>>> {
  const facts: Record<string, TextSetFacts> = {};
  for (const name of TEXT_SET_NAMES) {
    const { table, test, text, removed } = await readTextSet(name);
    const texts = textsOf(table, text);
    const how = name === 'wikigold' ? 'spaces' : 'mixed';
    const lengths = texts.map((one) => tokensOf(one, how).length).sort((a, b) => a - b);
    const characters = texts.reduce((sum, one) => sum + one.length, 0);
    const icu = new Intl.Segmenter('zh', { granularity: 'word' });
    const speed = (cut: (one: string) => unknown): number => {
      const times = Array.from({ length: runs }, () => cost(() => texts.forEach(cut)));
      return Math.round((characters / times.sort((a, b) => a - b)[Math.floor(runs / 2)]!) * 1000);
    };
    facts[name] = {
      rows: table.rows,
      test: test.length,
      equal_removed: removed.equal,
      near_removed: removed.near,
      characters,
      tokens_median: lengths[Math.floor(lengths.length / 2)]!,
      tokens_tenth: lengths[Math.floor(0.9 * lengths.length)]!,
      words_characters_per_second: speed((one) => tokensOf(one, 'words')),
      mixed_characters_per_second: speed((one) => tokensOf(one, 'mixed')),
      icu_characters_per_second: speed((one) => Array.from(icu.segment(one))),
    };
  }
  return facts;
}

/** Milliseconds of processor time. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
