import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { AnonymisePlanInput, PrivacyModel } from '../../main/contract/anonymise.ts';
import { anonymiseTable } from '../../main/anonymise/anonymise.ts';
import type { Table } from '../../main/records/table.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

interface Reference {
  readonly id: string;
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: string | null;
  readonly models: readonly PrivacyModel[];
  readonly suppressionLimit: number;
  readonly metric: 'loss' | 'nuentropy' | 'discernibility';
  readonly gsFactor: number;
  readonly aggregate: NonNullable<AnonymisePlanInput['aggregate']>;
  readonly expected: {
    readonly levels: readonly number[];
    readonly acceptAnyOfLevels?: readonly (readonly number[])[];
    readonly acceptAlsoExactArithmetic?: {
      readonly levels: readonly number[];
      readonly score: number;
      readonly suppressed: number;
    };
    readonly score: number;
    readonly suppressed: number;
    readonly classes: number;
    readonly minClass: number;
    readonly avgClass: number;
    readonly outputRisk: {
      readonly prosecutor: { readonly highest: number; readonly average: number };
      readonly marketer: { readonly average: number };
    };
    readonly localRecoding?: unknown;
  };
}

interface ReferenceFile {
  readonly inputRisk: { readonly risk: Reference['expected']['outputRisk'] & { classes: number } };
  readonly cases: readonly Reference[];
}

/** The Adult records as text columns: the reference treats every value as text. */
function readAdult(): Table {
  const [header = '', ...lines] = readFileSync(sharedPath('adult-arx', 'adult.csv'), 'utf8')
    .trimEnd()
    .split(/\r?\n/);
  const cells = lines.map((line) => line.split(';'));
  const columns = header.split(';').map((name, j) => {
    const dictionary = [...new Set(cells.map((row) => row[j] ?? ''))];
    const known = new Map(dictionary.map((value, code) => [value, code]));
    const codes = Int32Array.from(cells, (row) => known.get(row[j] ?? '') ?? -1);
    return { name, type: 'category' as const, codes, dictionary };
  });
  return { rows: lines.length, columns };
}

function planOf(reference: Reference): AnonymisePlanInput {
  const hierarchy = (name: string): { hierarchy: string } => ({ hierarchy: `${name}.csv` });
  return {
    quasiIdentifiers: Object.fromEntries(
      reference.quasiIdentifiers.map((name) => [name, hierarchy(name)]),
    ),
    sensitive:
      reference.sensitive === null ? {} : { [reference.sensitive]: hierarchy(reference.sensitive) },
    models: [...reference.models],
    suppressionLimit: reference.suppressionLimit,
    metric: reference.metric,
    gsFactor: reference.gsFactor,
    aggregate: reference.aggregate,
  };
}

/** Global recoding only; Grassberger's entropy estimate has no checked convention to follow. */
function isCovered({ models, expected }: Reference): boolean {
  const types = models.map(({ type }) => type);
  return expected.localRecoding === undefined && !types.includes('entropy-l-diversity-grassberger');
}

/** Eight and nine quasi-identifiers take seconds each: only some run in every test run. */
const LONG = process.env['CONCORD_TEST_LONG'] === '1';
const QUICK = new Set([
  'q9-k2-s0.02-loss',
  'q9-k5-s0.05-loss-sum',
  'q8-occ-recursive-cl_2_3-s0.05',
]);

function isQuick({ id, quasiIdentifiers, suppressionLimit }: Reference): boolean {
  return quasiIdentifiers.length === 5 || suppressionLimit === 0 || QUICK.has(id);
}

const FILES = ['adult-arx/adult.csv', 'anonymise/arx-adult-cases.json'];

describeWithShared('anonymisation against the reference cases on Adult', FILES, () => {
  const { cases, inputRisk } = JSON.parse(
    readFileSync(sharedPath('anonymise', 'arx-adult-cases.json'), 'utf8'),
  ) as ReferenceFile;
  const adult = readAdult();
  const hierarchies = new Map(
    adult.columns.map(({ name }) => [
      name,
      readFileSync(sharedPath('adult-arx', `adult_hierarchy_${name}.csv`), 'utf8'),
    ]),
  );
  const covered = cases.filter(isCovered);

  it('covers every global-recoding case but those of Grassberger', () => {
    expect(cases).toHaveLength(106);
    expect(covered).toHaveLength(100);
    expect(covered.filter(isQuick)).toHaveLength(66);
  });

  const run = LONG ? covered : covered.filter(isQuick);
  it.each(run.map((reference) => [reference.id, reference] as const))(
    '%s',
    async (_, reference) => {
      const { expected } = reference;
      const { outcome } = await anonymiseTable(adult, planOf(reference), hierarchies, {
        release: false,
      });
      const levels = reference.quasiIdentifiers.map((name) => outcome.levels[name]);
      const exact = expected.acceptAlsoExactArithmetic;
      if (exact !== undefined && outcome.suppressed === exact.suppressed) {
        expect(levels).toEqual(exact.levels);
        expect(outcome.quality.value).toBeCloseTo(exact.score, 9);
        return;
      }
      expect(expected.acceptAnyOfLevels ?? [expected.levels]).toContainEqual(levels);
      expect(outcome.suppressed).toBe(expected.suppressed);
      const relative = Math.abs((outcome.quality.value ?? NaN) - expected.score);
      expect(relative).toBeLessThanOrEqual(1e-6 * Math.max(expected.score, 1e-300));
      if (expected.acceptAnyOfLevels !== undefined) return;
      expect(outcome.classes.count).toBe(expected.classes);
      expect(outcome.classes.smallest).toBe(expected.minClass);
      expect(outcome.classes.average).toBeCloseTo(expected.avgClass, 9);
      expect(outcome.risk.prosecutor.highest).toBeCloseTo(
        expected.outputRisk.prosecutor.highest,
        12,
      );
      expect(outcome.risk.marketer).toBeCloseTo(expected.outputRisk.marketer.average, 12);
    },
    120_000,
  );

  it('measures the risk of the records as they came', async () => {
    const reference = covered.find(({ quasiIdentifiers }) => quasiIdentifiers.length === 5);
    if (reference === undefined) throw new Error('no case on five quasi-identifiers');
    const { outcome } = await anonymiseTable(adult, planOf(reference), hierarchies, {
      release: false,
    });
    expect(outcome.before.classes.count).toBe(inputRisk.risk.classes);
    expect(outcome.before.risk.prosecutor).toEqual({
      highest: inputRisk.risk.prosecutor.highest,
      average: expect.closeTo(inputRisk.risk.prosecutor.average, 12) as number,
    });
  });
});
