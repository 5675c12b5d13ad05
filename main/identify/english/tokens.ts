/** One word, number, sign or line end of a text, with its place in UTF-16 code units. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'word' | 'number' | 'sign' | 'line';
  /** A word in lower case without accents, for the lexica. */
  readonly key: string;
  /** How a word is written: Word or McWord, WORD, word, or one capital; none for Chinese. */
  readonly shape: 'title' | 'capitals' | 'lower' | 'initial' | 'none';
  /** What stands before it: nothing, one blank, or more; line ends are tokens of their own. */
  readonly gap: 0 | 1 | 2;
}

/** No Chinese character: those are words of their own, and so is a Latin word among them. */
const LETTER = String.raw`(?:(?!\p{Script=Han})\p{L})`;
/**
 * A code such as GB29 or B12 is a number. `'s` is a token of its own, so that a name in the
 * genitive is the name, and so is the end of "London-based".
 */
const TOKEN = new RegExp(
  [
    String.raw`(?<line>\r?\n)`,
    String.raw`(?<code>${LETTER}{1,4}\p{Nd}(?:\p{Nd}|${LETTER})*)`,
    String.raw`(?<word>\p{Lu}{1,2}&\p{Lu}{1,2}(?![\p{L}\p{N}])|\p{Script=Han}+|${LETTER}\p{M}*(?:(?!['’]s(?![\p{L}\p{M}])|-(?:based|born|bred|trained|educated|wide)(?![\p{L}\p{M}]))(?:['’‐-](?=${LETTER})|\.(?=${LETTER}\.)|${LETTER}|\p{M}))*)`,
    String.raw`(?<number>\p{Nd}(?:\p{Nd}|${LETTER})*)`,
    String.raw`(?<sign>['’]s(?![\p{L}\p{M}])|\S)`,
  ].join('|'),
  'gu',
);

/** Texts of one cell are split once per call; longer ones than this are split in pieces by it. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const { line, word, number, code } = match.groups ?? {};
    const kind = line !== undefined ? 'line' : word ? 'word' : (number ?? code) ? 'number' : 'sign';
    const start = match.index;
    const blank = start - end;
    end = start + match[0].length;
    tokens.push({
      text: match[0],
      start,
      end,
      kind,
      key: kind === 'word' ? folded(match[0]) : match[0],
      shape: kind === 'word' ? shapeOf(match[0]) : 'none',
      gap: blank === 0 ? 0 : blank === 1 ? 1 : 2,
    });
  }
  return tokens;
}

const HAN = /\p{Script=Han}/u;

function shapeOf(word: string): Token['shape'] {
  const first = word[0] ?? '';
  if (HAN.test(first)) return 'none';
  if (first === first.toLowerCase()) {
    // "d'Arc", "al-Rashid", "deBruin" are names though they begin small.
    // ... and so are the firms "eBay" and "easyJet".
    return /^(?:(?:d['’]|al-|el-|de)\p{Lu}|\p{Ll}{1,4}\p{Lu}\p{Ll}{2,}$)/u.test(word)
      ? 'title'
      : 'lower';
  }
  if (word.length === 1) return 'initial';
  return word.length > 1 && word === word.toUpperCase() ? 'capitals' : 'title';
}

const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', œ: 'oe', ı: 'i', '’': "'" },
  '‐': '-',
};

/** Lower case without accents, as the lexica are written. */
export function folded(text: string): string {
  if (/^[a-zA-Z]{1,64}$/.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .replace(/[ßæøłđðþœı’‐]/g, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
}
