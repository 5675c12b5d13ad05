import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const LOOKS = /@media\s*\([^)]*(?:prefers-color-scheme|forced-colors)[^)]*\)\s*\{/g;
/** What a look may set: colours, and the lines drawn where a colour alone told something. */
const ALLOWED =
  /^(?:--[\w-]+|color|color-scheme|accent-color|forced-color-adjust|fill|stroke|background(?:-color)?|(?:border|outline)(?:-[a-z-]+)?)$/;
/** Sizes of the theme are the same in every look. */
const SIZE = /\d(?:px|r?em|%|vh|vw|ch)\b/;

interface Declaration {
  readonly file: string;
  readonly property: string;
  readonly value: string;
}

function declarationsInLooks(): readonly Declaration[] {
  return ['renderer', join('main', 'paper')].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(css|svelte)$/.test(name))
      .flatMap((name) => {
        const file = join(folder, name);
        const text = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*.*?\*\//gs, '');
        return [...text.matchAll(LOOKS)].flatMap(({ index, 0: opening }) =>
          declarations(insideBraces(text, index + opening.length)).map((one) => ({ file, ...one })),
        );
      }),
  );
}

/** From behind an opening brace to the one that closes it. */
function insideBraces(text: string, start: number): string {
  let depth = 1;
  let end = start;
  while (depth > 0 && end < text.length) {
    if (text[end] === '{') depth += 1;
    if (text[end] === '}') depth -= 1;
    end += 1;
  }
  return text.slice(start, end - 1);
}

const declarations = (css: string): { property: string; value: string }[] =>
  [...css.matchAll(/(?:^|[{;])\s*([\w-]+)\s*:\s*([^;{}]+)(?=[;}])/g)].map(
    ([, property, value]) => ({
      property: property ?? '',
      value: value ?? '',
    }),
  );

/** The tests of the window ask axe's rules of structure in one look only, because of this. */
describe('dark and forced colours', () => {
  it('change colours and lines, and nothing of the layout', () => {
    const found = declarationsInLooks();
    expect(found.length).toBeGreaterThan(25);
    const others = found.filter(
      ({ property, value }) =>
        !ALLOWED.test(property) || (property.startsWith('--') && SIZE.test(value)),
    );
    expect(others).toEqual([]);
  });
});
