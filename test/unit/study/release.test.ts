import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { anonymisePlan } from '../../../main/contract/anonymise.ts';
import type { Column, Table } from '../../../main/records/table.ts';
import { writeRelease } from '../../../main/study/release.ts';
import { scratchFolder } from '../../command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

function category(name: string, cells: readonly string[]): Column {
  const dictionary = [...new Set(cells)];
  return {
    name,
    type: 'category',
    codes: Int32Array.from(cells, (cell) => dictionary.indexOf(cell)),
    dictionary,
  };
}

function table(ages: readonly string[]): Table {
  return {
    rows: ages.length,
    columns: [
      category('age', ages),
      category(
        'x',
        ages.map(() => '1'),
      ),
    ],
  };
}

const plan = anonymisePlan.parse({
  quasiIdentifiers: { age: { hierarchy: 'h' } },
  insensitive: ['x'],
  models: [{ type: 'k-anonymity', k: 2 }],
});
const release = (ages: readonly string[]) => ({
  original: table(ages),
  output: table(ages),
  plan,
  blanked: null,
  hierarchies: new Map<string, string>(),
});

describe('a release', () => {
  it('stands in the file as it was checked, formula-like labels made harmless', async () => {
    const file = scratch.path('good.csv');
    await writeRelease(file, release(['=20-29', '=20-29', '-30', '-30']));
    expect(readFileSync(file, 'utf8')).toContain("'=20-29");
  });

  it('that keeps no record is a line of names', async () => {
    const file = scratch.path('none.csv');
    const nothing = { ...plan, suppressionLimit: 1 };
    await writeRelease(file, {
      ...release(['20', '31']),
      output: table([]),
      plan: nothing,
    });
    expect(readFileSync(file, 'utf8').trim()).toBe('age,x');
  });

  it('what does not hold its promise is not written, and nothing is left of it', async () => {
    const file = scratch.path('bad.csv');
    await expect(writeRelease(file, release(['20', '20', '31']))).rejects.toThrow('INTERNAL');
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(scratch.path('.')).filter((name) => name.includes('partial'))).toEqual([]);
  });
});
