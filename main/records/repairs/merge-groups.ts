import { codeCounts } from '../shape.ts';
import type { CodedColumn } from '../table.ts';

export interface MergeGroup {
  readonly into: string;
  readonly from: readonly string[];
}

const MOST_CATEGORIES = 2000;
const MOST_PAIRS = 400_000;
/** A misspelling stands in at most this share of the rows of what was meant. */
const RARE_SHARE = 0.02;
const RARE_ROWS = 2;
const SYNONYM_SHARE = 0.9;

/** Words that forms and exports use for the same thing. */
const SYNONYMS: readonly (readonly (readonly string[])[])[] = [
  [
    ['男', '男性', '男士', 'm', 'male', 'man'],
    ['女', '女性', '女士', 'f', 'female', 'woman'],
  ],
  [
    ['是', '有', 'yes', 'y', 'true', 't', '√'],
    ['否', '没有', 'no', 'n', 'false'],
  ],
  [
    ['阳性', 'positive', 'pos', '+', '(+)'],
    ['阴性', 'negative', 'neg', '-', '(-)'],
  ],
];

/** A category as case, blanks and full width aside. */
export function folded(text: string): string {
  const plain = /[^\p{ASCII}]/u.test(text) ? text.normalize('NFKC') : text;
  return plain.toLowerCase().replace(/\s+/gu, ' ').trim();
}

interface Category {
  readonly text: string;
  readonly rows: number;
}

function categoriesOf({ codes, dictionary }: CodedColumn): Category[] {
  const counts = codeCounts(codes, dictionary.length);
  return dictionary.flatMap((text, code) => {
    const rows = counts[code] ?? 0;
    return rows > 0 ? [{ text, rows }] : [];
  });
}

/** Categories that differ only by case, blanks or full width, into the most frequent spelling. */
export function spellings(column: CodedColumn): MergeGroup[] {
  const byFold = new Map<string, Category[]>();
  for (const category of categoriesOf(column)) {
    const key = folded(category.text);
    const known = byFold.get(key);
    if (known === undefined) byFold.set(key, [category]);
    else known.push(category);
  }
  return [...byFold.values()].flatMap(groupOf);
}

/** Categories that say the same in other words (男, 男性, M), where nearly all rows say one of them. */
export function synonyms(column: CodedColumn): MergeGroup[] {
  const categories = categoriesOf(column);
  const rows = categories.reduce((sum, category) => sum + category.rows, 0);
  for (const concepts of SYNONYMS) {
    const members = concepts.map((names) =>
      categories.filter(({ text }) => names.includes(folded(text))),
    );
    const covered = members.flat().reduce((sum, category) => sum + category.rows, 0);
    const groups = members.flatMap((group) =>
      new Set(group.map(({ text }) => folded(text))).size > 1 ? groupOf(group) : [],
    );
    if (groups.length > 0 && covered >= SYNONYM_SHARE * rows) return groups;
  }
  return [];
}

/**
 * Rare categories that are one letter (two in words of nine letters and more) away from a frequent
 * one and have the same figures in them: 'Type 1' and 'Type 2' are no misspellings.
 */
export function misspellings(column: CodedColumn): MergeGroup[] {
  const categories = categoriesOf(column).sort((a, b) => b.rows - a.rows);
  if (categories.length > MOST_CATEGORIES) return [];
  const found = new Map<string, string[]>();
  let compared = 0;
  for (let at = categories.length - 1; at > 0; at--) {
    const rare = categories[at] as Category;
    const meant = categories.slice(0, at).find((frequent) => {
      if (++compared > MOST_PAIRS) return false;
      return (
        isRareBeside(rare, frequent) && isMisspelling(folded(rare.text), folded(frequent.text))
      );
    });
    if (meant !== undefined) found.set(meant.text, [...(found.get(meant.text) ?? []), rare.text]);
  }
  return [...found].map(([into, from]) => ({ into, from }));
}

function isRareBeside(rare: Category, frequent: Category): boolean {
  return (
    frequent.rows >= 5 &&
    rare.rows <= Math.max(RARE_ROWS, RARE_SHARE * frequent.rows) &&
    rare.rows * 3 <= frequent.rows
  );
}

function groupOf(members: readonly Category[]): MergeGroup[] {
  const [first, ...others] = [...members].sort((a, b) => b.rows - a.rows);
  if (first === undefined || others.length === 0) return [];
  const into = first.text.trim();
  const moved = into === first.text ? others : [first, ...others];
  return [{ into, from: moved.map(({ text }) => text) }];
}

function isMisspelling(rare: string, meant: string): boolean {
  if (rare === meant || figuresOf(rare) !== figuresOf(meant)) return false;
  const isHan = /\p{Script=Han}/u.test(meant);
  const length = Math.min([...rare].length, [...meant].length);
  const allowed = isHan ? (length >= 4 ? 1 : 0) : length >= 9 ? 2 : length >= 5 ? 1 : 0;
  return allowed > 0 && isWithin(rare, meant, allowed);
}

const figuresOf = (text: string): string => text.replace(/[^0-9]+/g, ' ').trim();

/** Whether two texts are at most `most` insertions, deletions, replacements or swaps apart. */
export function isWithin(a: string, b: string, most: number): boolean {
  const [first, second] = [[...a], [...b]];
  if (Math.abs(first.length - second.length) > most) return false;
  let before: number[] = [];
  let last = Array.from({ length: second.length + 1 }, (_, place) => place);
  for (let i = 1; i <= first.length; i++) {
    const row = [i];
    for (let j = 1; j <= second.length; j++) {
      const replaced = (last[j - 1] as number) + (first[i - 1] === second[j - 1] ? 0 : 1);
      let least = Math.min(replaced, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      const isSwap =
        i > 1 && j > 1 && first[i - 1] === second[j - 2] && first[i - 2] === second[j - 1];
      if (isSwap) least = Math.min(least, (before[j - 2] as number) + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return false;
    before = last;
    last = row;
  }
  return (last[second.length] as number) <= most;
}
