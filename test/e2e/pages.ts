import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Words } from '../../main/words/index.ts';
import { ROOT } from './application.ts';

/** A page as the source draws it: one heading, or one of several by what it is shown for. */
export interface SourcePage {
  readonly file: string;
  /** The expression after `title=`. */
  readonly title: string;
}

/** Stands for what is filled in: the name of a file, of a column, of a study. */
const FILLED = '\u0001';
/** Parts that put a heading on a page; each page uses one of them. */
const OPENING = /<(?:Page|FormPage|QuestionForm)\b/g;

/** Headings that the source does not name beside the page; each of them has to be seen. */
const GIVEN: Readonly<Record<string, (words: Words) => readonly string[]>> = {
  'renderer/study/Study.svelte': ({ demo }) => [demo.study],
  'renderer/steps/job/Job.svelte': ({ job: { titles, addingFile } }) => [
    addingFile(FILLED),
    titles.identify,
    titles.anonymise,
    titles.train,
    titles.review,
  ],
};

/** Every page of the window, found in its source: a page that is added is found without a list. */
export function sourcePages(): readonly SourcePage[] {
  const files = readdirSync(join(ROOT, 'renderer'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.svelte'))
    .map((name) => join('renderer', name).replaceAll('\\', '/'))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      return [...text.matchAll(OPENING)]
        .map(({ index }) => titleAfter(text.slice(index)))
        .filter((title) => title !== null)
        .map((title) => ({ file, title }));
    });
}

/** The expression of the attribute `title` of the first element; null where it is handed through. */
function titleAfter(text: string): string | null {
  const found = /^[^>]*?\btitle=\{([^{}]*)\}/s.exec(text);
  return found?.[1]?.trim() ?? null;
}

/**
 * The page's headings in a language, each with the others that may stand in its place. Throws for
 * an expression it cannot read: give that page its headings above.
 */
export function headingsOf({ file, title }: SourcePage, words: Words): readonly RegExp[][] {
  const given = GIVEN[file];
  if (given !== undefined) return given(words).map((sentence) => [matching(sentence)]);
  const text = readFileSync(join(ROOT, file), 'utf8');
  const roots = new Map<string, string>([['session.words', '']]);
  for (const [, name, path] of text.matchAll(
    /const (\w+) = \$derived\(session\.words([\w.]*)\)/g,
  )) {
    roots.set(name ?? '', path ?? '');
  }
  const names = [...roots.keys()].map((name) => name.replace('.', '\\.')).join('|');
  const paths = [...title.matchAll(new RegExp(`\\b(${names})((?:\\.\\w+)+)`, 'g'))].map(
    ([, root, path]) => `${roots.get(root ?? '') ?? ''}${path ?? ''}`,
  );
  const sentences = paths.flatMap((path) => sentencesAt(words, path));
  if (sentences.length === 0) throw new Error(`${file}: which heading is ${title}?`);
  return [sentences.map(matching)];
}

function sentencesAt(words: Words, path: string): string[] {
  const found = path
    .split('.')
    .filter((name) => name !== '')
    .reduce<unknown>((place, name) => (place as Record<string, unknown>)[name], words);
  if (typeof found === 'string') return [found];
  if (typeof found === 'function') {
    return [(found as (...filled: string[]) => string)(FILLED, FILLED, FILLED)];
  }
  return typeof found === 'object' && found !== null
    ? Object.values(found).filter((each) => typeof each === 'string')
    : [];
}

function matching(sentence: string): RegExp {
  const parts = sentence.split(FILLED).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (parts.join('') === '') throw new Error('a heading of nothing but what is filled in');
  return new RegExp(`^${parts.join('.+')}$`);
}
