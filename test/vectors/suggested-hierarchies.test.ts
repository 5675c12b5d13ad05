import { expect, it } from 'vitest';
import { identifyColumns } from '../../main/identify/columns.ts';
import { readCsv } from '../../main/records/csv-reader.ts';
import { protectTable } from '../../main/study/anonymise.ts';
import { fileBytes } from '../../main/study/files.ts';
import { suggestHierarchies } from '../../main/study/hierarchies.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

const ADULT = 'tabular/adult/adult.csv';

/** Ten columns with up to six levels each: a second, many more where processors are shared. */
const PATIENCE = 120_000;

describeWithShared('what is proposed for Adult', [ADULT], () => {
  it('protects it as it is proposed, nothing chosen by hand', { timeout: PATIENCE }, async () => {
    const { table } = await readCsv(fileBytes(sharedPath(ADULT)));
    const of = (...roles: string[]): string[] =>
      identifyColumns(table)
        .columns.filter(({ role }) => roles.includes(role))
        .map(({ name }) => name);
    const quasi = of('quasi-identifier');
    expect(quasi).toEqual(expect.arrayContaining(['age', 'race', 'sex', 'native_country']));
    const suggested = suggestHierarchies(
      table,
      quasi.map((name) => ({ name, recipes: [] })),
      { language: 'en', labels: { missing: 'missing', other: 'other' } },
    );
    const { outcome } = await protectTable(
      table,
      {
        release: true,
        remove: of('direct-identifier'),
        hierarchies: new Map(suggested.map(({ name, choices }) => [name, choices[0]?.text ?? ''])),
        plan: {
          quasiIdentifiers: Object.fromEntries(quasi.map((name) => [name, { hierarchy: name }])),
          sensitive: Object.fromEntries(of('sensitive').map((name) => [name, {}])),
          insensitive: of('other', 'label'),
          models: [{ type: 'k-anonymity', k: 5 }],
          suppressionLimit: 0.05,
        },
      },
      { signal: new AbortController().signal, progress: () => undefined },
    );
    expect(outcome).toMatchObject({ rows: 48842, checked: true, latticeNodes: 248_832 });
    // Bounds rule out nearly all of the lattice.
    expect(outcome.search?.ended).toBe('proved');
    expect(outcome.nodesChecked).toBe(1307);
    expect(outcome.suppressed).toBeLessThanOrEqual(2442);
    expect(outcome.classes.smallest).toBeGreaterThanOrEqual(5);
    // Before, nearly every other person could be told from all others.
    expect(outcome.before.risk.prosecutor.average).toBeGreaterThan(0.4);
    expect(outcome.risk.prosecutor.average).toBeLessThan(0.02);
  });
});
