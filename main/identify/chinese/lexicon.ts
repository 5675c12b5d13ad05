import { COUNTRIES } from './countries.ts';
import { COUNTIES, PREFECTURES, PROVINCES } from './divisions.ts';
import { CLINICAL, FUNCTIONAL } from './own-words.ts';
import { WORDS } from './words.ts';

/** Cost is minus the logarithm of the probability, in nats; a functional word ends a proper name. */
export interface Word {
  readonly cost: number;
  readonly functional: boolean;
}

const TOTAL = Math.log(60_101_967);
const costOf = (level: number): number => TOTAL - level * Math.LN2;

/** What a character costs that no list has. */
export const UNKNOWN_COST = 14;
export const LONGEST_WORD = 12;

export interface Lexicon {
  readonly words: ReadonlyMap<string, Word>;
  /** First two characters of words, with the lengths of those that go on: one look-up tells most. */
  readonly pairs: ReadonlyMap<string, readonly number[]>;
  /** Places by their full names and those short names that are clear; true for a country. */
  /** Words of grammar, of place and of treatment that never stand inside a proper name. */
  readonly grammar: ReadonlySet<string>;
  /** Words that are never taken for a name, whatever stands around them. */
  readonly neverNames: ReadonlySet<string>;
  readonly placeStarts: ReadonlySet<string>;
  readonly places: ReadonlyMap<string, 'division' | 'country'>;
}

let built: Lexicon | undefined;

/** The lists as maps, built once, at the first text that has Chinese in it. */
export function lexicon(): Lexicon {
  built ??= build();
  return built;
}

function build(): Lexicon {
  const words = new Map<string, Word>();
  for (const line of WORDS) {
    const [level, kind, size, characters] = line.split(' ');
    const [cost, length] = [costOf(Number(level)), Number(size)];
    for (let at = 0; at < characters!.length; at += length) {
      words.set(characters!.slice(at, at + length), { cost, functional: kind === 'v' });
    }
  }
  for (const word of CLINICAL.split(' ')) {
    if (!words.has(word)) words.set(word, { cost: costOf(9), functional: false });
  }
  for (const word of FUNCTIONAL.split(' ')) {
    words.set(word, { cost: Math.min(words.get(word)?.cost ?? 99, costOf(9)), functional: true });
  }
  const places = new Map<string, 'division' | 'country'>();
  for (const name of COUNTRIES.split(' ')) places.set(name, 'country');
  for (const name of `${COUNTIES} ${TAIWAN}`.split(' ')) places.set(name, 'division');
  for (const name of `${PROVINCES} ${PREFECTURES}`.split(' ')) {
    places.set(name, 'division');
    if (!AMBIGUOUS.has(shortName(name))) places.set(shortName(name), 'division');
  }
  for (const name of places.keys()) {
    if (!words.has(name)) words.set(name, { cost: costOf(8), functional: false });
  }
  return {
    words,
    pairs: pairsOf(words),
    places,
    grammar: new Set(FUNCTIONAL.split(' ')),
    neverNames: new Set([...CLINICAL.split(' '), ...FUNCTIONAL.split(' ')]),
    placeStarts: new Set([...places.keys()].map((name) => name.slice(0, 2))),
  };
}

/** Cities of Taiwan, which the list of divisions leaves out. */
const TAIWAN = '台北市 新北市 桃园市 台中市 台南市 高雄市 基隆市 新竹市 嘉义市 台北 高雄';

/** Cities whose short name is a word or a common name too: only in full. */
const AMBIGUOUS = new Set(
  '白银 天水 安康 来宾 通化 固原 大同 长治 南平 三明 日照 平凉 河池 百色 中卫 海东 吉安 自贡 内江 玉林'.split(
    ' ',
  ),
);

/** 湖北省 is also 湖北, 大理白族自治州 also 大理. */
function shortName(name: string): string {
  const bare = name.replace(/(特别行政区|自治区|自治州|地区|省|市|盟)$/u, '');
  const plain = bare.replace(
    /(维吾尔|壮族|回族|藏族|羌族|彝族|苗族|侗族|白族|傣族|土家族|布依族|哈尼族|景颇族|傈僳族|朝鲜族|蒙古族|蒙古|哈萨克|柯尔克孜|族)+$/u,
    '',
  );
  return plain.length >= 2 ? plain : name;
}

function pairsOf(words: ReadonlyMap<string, Word>): Map<string, number[]> {
  const pairs = new Map<string, number[]>();
  for (const word of words.keys()) {
    if (word.length < 2 || word.length > LONGEST_WORD) continue;
    const start = word.slice(0, 2);
    const lengths = pairs.get(start);
    if (lengths === undefined) pairs.set(start, [word.length]);
    else if (!lengths.includes(word.length)) lengths.push(word.length);
  }
  return pairs;
}
