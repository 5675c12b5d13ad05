import { cities } from '../lexica/cities.ts';
import { commonWords } from '../lexica/common-words.ts';
import { familyNames } from '../lexica/family-names.ts';
import { givenNames } from '../lexica/given-names.ts';
import { otherNames } from '../lexica/other-names.ts';
import { towns } from '../lexica/towns.ts';
import { COUNTRIES, REGIONS } from './places.ts';
import type { Token } from './tokens.ts';

interface Lexicon {
  readonly words: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
  readonly family: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  readonly cities: ReadonlySet<string>;
  /** First words of places of several words, so that a look ahead is rare. */
  readonly placeStarts: ReadonlySet<string>;
}

let loaded: Lexicon | undefined;

/** The lists hold the typographic apostrophe, folded words the plain one. */
const split = (list: string, separator: string): string[] =>
  list.replaceAll('’', "'").split(separator);

/** The word lists, split when the first text is read. */
function lexicon(): Lexicon {
  if (loaded !== undefined) return loaded;
  const places = new Set(split(towns, '|'));
  const placeStarts = new Set<string>();
  for (const place of [...places, ...COUNTRIES, ...REGIONS]) {
    const blank = place.indexOf(' ');
    if (blank > 0) placeStarts.add(place.slice(0, blank));
  }
  loaded = {
    words: new Set(split(commonWords, ' ')),
    given: new Set(split(givenNames, ' ')),
    family: new Set(split(familyNames, ' ')),
    others: new Set(split(otherNames, ' ')),
    places,
    cities: new Set(split(cities, '|')),
    placeStarts,
  };
  return loaded;
}

/** Simple endings and the stems they may follow: the same as in scripts/lexica.mjs. */
const ENDINGS: readonly (readonly [string, RegExp])[] = [
  ['s', /[^s]$/],
  ['es', /(?:[sxzo]|ch|sh)$/],
  ['d', /e$/],
  ['ed', /..[^e]$/],
  ['ing', /..[^e]$/],
  ['ly', /...$/],
];

/** Whether a folded word is a common English word, simple inflections among them. */
export function isWord(key: string): boolean {
  const { words } = lexicon();
  if (words.has(key)) return true;
  if (key.includes('-')) return key.split('-').every((part) => part.length > 1 && isWord(part));
  if (/n't$|'(?:ll|re|ve|d|m)$/.test(key)) return true;
  return ENDINGS.some(([end, stem]) => {
    const rest = key.slice(0, -end.length);
    return key.endsWith(end) && stem.test(rest) && words.has(rest);
  });
}

const parts = (key: string): string[] => key.split('-');

export const isGiven = (key: string): boolean =>
  lexicon().given.has(key) ||
  (key.includes('-') && parts(key).every((p) => lexicon().given.has(p)));
export const isFamily = (key: string): boolean =>
  lexicon().family.has(key) || (key.includes('-') && parts(key).every((p) => isFamily(p)));
export const isOtherName = (key: string): boolean => lexicon().others.has(key);
export const isName = (key: string): boolean => isGiven(key) || isFamily(key) || isOtherName(key);
export const isTown = (name: string): boolean => lexicon().places.has(name);
/** A city that readers know by its name alone. */
export const isCity = (name: string): boolean => lexicon().cities.has(name);
export const isCountry = (name: string): boolean => COUNTRIES.has(name);
export const isRegion = (name: string): boolean => REGIONS.has(name);
export const isPlace = (name: string): boolean => isCountry(name) || isRegion(name) || isTown(name);
export const startsPlace = (key: string): boolean => lexicon().placeStarts.has(key);

/**
 * Endings that mark family names of many languages (patronymics, Slavic, Nordic, Hungarian, Dutch,
 * Armenian, Georgian, Persian, Greek, German, Romance). They tell a name that no list holds.
 */
const FAMILY_ENDING =
  /(?:son|sen|sson|ssen|dottir|datter|ov|ova|ev|eva|iev|yev|sky|ski|ska|skaya|skij|skiy|enko|chuk|czyk|wicz|vich|vic|ovic|evic|ic|ovna|evna|inen|nen|la|berg|burg|stein|mann|meyer|maier|bauer|huber|feld|thal|bach|hoff|wald|gaard|quist|qvist|strom|lund|dahl|vik|stad|ian|yan|shvili|dze|zadeh|pour|poulos|idis|akis|ides|opoulos|oglu|escu|eanu|ez|az|iz|es|eira|elli|ini|etti|otti|ucci|acci|ardi|oni|aldi|ault|eau|eux|ier|ard|ette|sma|stra|inga|huis|veld|kamp|man|hazi|falvi|fi|szky|vary|helyi|ko|uk|ek|ik|ak|aya|ina|iya|wala|singh|kar|appa|murthy|swamy|nath|pal|uddin|ullah|allah)$/;

export const endsLikeFamily = (key: string): boolean => key.length > 4 && FAMILY_ENDING.test(key);

/** Two English words written as one, as companies like to: at least three letters each. */
export function isCompound(key: string): boolean {
  if (key.length < 7 || key.length > 24 || !/^[a-z]+$/.test(key)) return false;
  for (let cut = 3; cut <= key.length - 3; cut++) {
    if (isWord(key.slice(0, cut)) && isWord(key.slice(cut))) return true;
  }
  return false;
}

/** How many tokens from a place on name a country, region or town of several words; else 0 or 1. */
export function placeLength(tokens: readonly Token[], from: number): number {
  const first = tokens[from];
  if (first?.kind !== 'word') return 0;
  let name = first.key;
  let best = isPlace(name) ? 1 : 0;
  for (let length = 2; length <= 5 && (length > 2 || startsPlace(first.key)); length++) {
    const token = tokens[from + length - 1];
    if (token?.kind !== 'word' || token.gap !== 1) break;
    name = `${name} ${token.key}`;
    if (isPlace(name)) best = length;
  }
  return best;
}
