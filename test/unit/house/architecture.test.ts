import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const ROOMS = ['main', 'renderer', 'scripts', 'bench', 'test'];
const SOURCE = /\.(ts|mts|svelte|mjs|cjs|css)$/;
const MOST_LINES = 400;
const DEEPEST = 4;

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

describe('the house', () => {
  const files = ROOMS.flatMap(sources);

  it(`has no file over ${MOST_LINES} lines`, () => {
    const long = files.filter(
      (file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > MOST_LINES + 1,
    );
    expect(long).toEqual([]);
  });

  it(`has no folder deeper than ${DEEPEST}`, () => {
    expect(files.filter((file) => file.split('/').length - 1 > DEEPEST)).toEqual([]);
  });

  it('lets imports point down only, and in no circle', async () => {
    const rules = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
      forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden'];
      options: ICruiseOptions;
    };
    const { output } = await cruise(['main', 'renderer'], {
      ...rules.options,
      ruleSet: { forbidden: rules.forbidden ?? [] },
      validate: true,
      baseDir: ROOT,
    });
    const broken = (output as ICruiseResult).summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`,
    );
    expect(broken).toEqual([]);
  });

  it('opens no network module anywhere in the product', () => {
    const network =
      /(?:from|import|require)\s*\(?\s*['"](?:node:)?(?:https?|net|tls|dgram|dns|http2)(?:\/promises)?['"]|\bfetch\(|new (?:WebSocket|XMLHttpRequest)\b/;
    const product = files.filter((file) => /^(main|renderer)\//.test(file));
    expect(product.filter((file) => network.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual(
      [],
    );
  });
});
