import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import { sharedFile } from './application.ts';
import { INSPECTED, shareOf, type Inspected } from './inspect.ts';
import { headingsOf, sourcePages } from './pages.ts';

/**
 * Runs after all other tests of the window (see `playwright.config.ts`) and reads what they wrote
 * down. Without the reference data some of them were skipped, and this can say nothing.
 */
const HEART = sharedFile('tabular', 'heart-cleveland', 'heart-cleveland.csv');
const LANGUAGES = [
  ['en', 'en'],
  ['zh-CN', 'zh-Hans'],
] as const;

function inspected(): readonly Inspected[] {
  const lines = readFileSync(INSPECTED, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Inspected);
}

for (const [language, lang] of LANGUAGES) {
  test(`every page of the source was inspected in the looks of its share, in ${language}`, () => {
    test.skip(!existsSync(HEART), 'not run: ../shared/data lacks heart-cleveland');
    const { looks } = shareOf(lang);
    const seen = inspected().filter(
      (each) => each.lang === lang && looks.every((look) => each.looks.includes(look)),
    );
    const pages = sourcePages();
    expect(pages.length).toBeGreaterThan(30);
    const missing = pages.filter((page) => {
      const wanted = headingsOf(page, words(language));
      const isSeen = (known: RegExp): boolean => seen.some(({ heading }) => known.test(heading));
      return !wanted.every((others) => others.some(isSeen));
    });
    expect(missing).toEqual([]);
  });

  test(`each page has a title of its own, in ${language}`, () => {
    const exact = sourcePages().flatMap((page) =>
      headingsOf(page, words(language))
        .flat()
        .map((heading) => ({ file: page.file, heading })),
    );
    // Pages of one step may wait under the heading of what comes.
    const folder = (file: string): string => file.slice(0, file.lastIndexOf('/'));
    const same = exact.filter(({ file, heading: { source } }) =>
      exact.some((other) => folder(other.file) !== folder(file) && other.heading.source === source),
    );
    expect(same).toEqual([]);
  });
}
