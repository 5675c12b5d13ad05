import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../main/anonymise/anonymise.ts';
import { checkRelease } from '../../../main/anonymise/check.ts';
import { intervalHierarchy } from '../../../main/anonymise/presets.ts';
import {
  anonymiseOutcome,
  anonymisePlan,
  type AnonymisePlanInput,
} from '../../../main/contract/anonymise.ts';
import type { ConcordError } from '../../../main/contract/errors.ts';
import { cellTexts } from '../../../main/records/cell-text.ts';
import type { Table } from '../../../main/records/table.ts';
import { refusal } from './refusal.ts';
import { category, tableOf } from './tables.ts';

const ages = { name: 'age', type: 'integer' as const, values: Float64Array.of(31, 32, 33, 34, 71) };
const table = tableOf(
  ages,
  category('sex', ['f', 'f', 'm', 'm', 'f']),
  category('disease', ['flu', 'cold', 'flu', 'cold', 'flu']),
  category('ward', ['1', '2', '1', '2', '1']),
);
const plan: AnonymisePlanInput = {
  quasiIdentifiers: { age: { hierarchy: 'age.csv' }, sex: { hierarchy: 'sex.csv' } },
  sensitive: { disease: {} },
  insensitive: ['ward'],
  models: [
    { type: 'k-anonymity', k: 2 },
    { type: 'distinct-l-diversity', attribute: 'disease', l: 2 },
  ],
  suppressionLimit: 0.2,
};
const hierarchies = new Map([
  ['age', intervalHierarchy({ min: 0, max: 120, widths: [10] })],
  ['sex', 'f;*\nm;*\n'],
]);

function rowsOf({ rows, columns }: Table): string[] {
  const texts = columns.map(cellTexts);
  return Array.from({ length: rows }, (_, row) => texts.map((text) => text(row)).join(' '));
}

function failure(
  change: Partial<AnonymisePlanInput>,
  on: Table = table,
  texts: ReadonlyMap<string, string> = hierarchies,
): Promise<ConcordError> {
  return refusal(anonymiseTable(on, { ...plan, ...change }, texts));
}

describe('anonymiseTable', () => {
  it('generalises, leaves suppressed rows out and says what it measured', async () => {
    const { outcome, output } = await anonymiseTable(table, plan, hierarchies);
    expect(rowsOf(output)).toEqual([
      '30-39 f flu 1',
      '30-39 f cold 2',
      '30-39 m flu 1',
      '30-39 m cold 2',
    ]);
    expect(outcome).toMatchObject({
      levels: { age: 1, sex: 0 },
      rows: 5,
      suppressed: 1,
      classes: { count: 2, smallest: 2, largest: 2, average: 2 },
      risk: {
        prosecutor: { highest: 0.5, average: 0.5 },
        journalist: { highest: 0.5, average: 0.5 },
        marketer: 0.5,
      },
      before: { classes: { count: 5, smallest: 1 }, risk: { prosecutor: { highest: 1 } } },
      latticeNodes: 6,
      checked: true,
    });
    expect(anonymiseOutcome.parse(outcome)).toEqual(outcome);
  });

  it('blanks quasi-identifiers and sensitive cells of suppressed rows when asked to', async () => {
    const blank = { ...plan, suppressed: 'blank' as const };
    const { output, suppressedRows } = await anonymiseTable(table, blank, hierarchies);
    expect(rowsOf(output).at(-1)).toBe('   1');
    expect([...suppressedRows]).toEqual([0, 0, 0, 0, 1]);
  });

  it('says undefined, not 0, of classes when nothing remains', async () => {
    const strict: AnonymisePlanInput = {
      ...plan,
      models: [{ type: 'distinct-l-diversity', attribute: 'disease', l: 3 }],
      suppressionLimit: 1,
    };
    const { outcome, output } = await anonymiseTable(table, strict, hierarchies);
    expect(output.rows).toBe(0);
    expect(outcome.classes).toEqual({ count: 0, smallest: null, largest: null, average: null });
    expect(outcome.reasons).toMatchObject({ 'risk.prosecutor.highest': 'undefined' });
    expect(anonymiseOutcome.safeParse(outcome).success).toBe(true);
  });

  it('keeps columns without a role out of what it gives back when nothing is released', async () => {
    const { output } = await anonymiseTable(table, { ...plan, insensitive: [] }, hierarchies, {
      release: false,
    });
    expect(output.columns.map(({ name }) => name)).toEqual(['age', 'sex', 'disease']);
  });

  it('matches numbers however the hierarchy writes them', async () => {
    const written = [31, 32, 33, 34, 71].map((age) => `${age}.0;${age < 50 ? 'young' : 'old'}`);
    const texts = new Map([...hierarchies, ['age', written.join('\n')]]);
    const { outcome } = await anonymiseTable(table, plan, texts);
    expect(outcome.levels).toEqual({ age: 1, sex: 0 });
  });

  it('treats missing cells as a value of their own', async () => {
    const holes = tableOf(category('sex', ['f', '', '', 'f']));
    const request: AnonymisePlanInput = {
      quasiIdentifiers: { sex: { hierarchy: 'sex.csv' } },
      models: [{ type: 'k-anonymity', k: 2 }],
    };
    const { outcome, output } = await anonymiseTable(
      holes,
      request,
      new Map([['sex', 'f;*\n"";*']]),
    );
    expect(outcome.levels).toEqual({ sex: 0 });
    expect(rowsOf(output)).toEqual(['f', '', '', 'f']);
  });

  it('stops when it is cancelled and reports progress before', async () => {
    const seen: number[] = [];
    const work = anonymiseTable(table, plan, hierarchies, {
      signal: AbortSignal.abort(),
      progress: (done) => seen.push(done),
    });
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(seen).toEqual([0]);
  });
});

describe('what anonymiseTable refuses', () => {
  it.each<[string, Partial<AnonymisePlanInput>, object]>([
    [
      'k above the rows',
      { models: [{ type: 'k-anonymity', k: 6 }] },
      {
        code: 'PRIVACY_MODEL_INVALID',
        params: { model: 'k-anonymity', reason: 'k-above-rows', k: 6, rows: 5 },
      },
    ],
    [
      'a limit above 1',
      { suppressionLimit: 1.5 },
      { code: 'PLAN_INVALID', params: { path: 'suppressionLimit' } },
    ],
    [
      'a limit below 0',
      { suppressionLimit: -0.1 },
      { code: 'PLAN_INVALID', params: { path: 'suppressionLimit' } },
    ],
    [
      'a column with two roles',
      { sensitive: { disease: {}, age: {} } },
      { code: 'ROLE_CONFLICT', params: { columns: ['age'] } },
    ],
    [
      'an unknown column',
      { insensitive: ['wrad'] },
      { code: 'COLUMN_UNKNOWN', params: { column: 'wrad', nearest: 'ward' } },
    ],
    [
      'a column without a role',
      { insensitive: [] },
      { code: 'ROLE_MISSING', params: { columns: ['ward'] } },
    ],
    [
      'k-map without a population',
      { models: [{ type: 'k-map', k: 2 }] },
      { code: 'PRIVACY_MODEL_INVALID', params: { model: 'k-map', reason: 'population-missing' } },
    ],
    [
      'an attribute that is not sensitive',
      { models: [{ type: 'distinct-l-diversity', attribute: 'ward', l: 2 }] },
      { code: 'PRIVACY_MODEL_INVALID', params: { reason: 'not-sensitive', column: 'ward' } },
    ],
    [
      'a distance that needs a hierarchy',
      { models: [{ type: 't-closeness-hierarchical', attribute: 'disease', t: 0.5 }] },
      { code: 'PRIVACY_MODEL_INVALID', params: { reason: 'hierarchy-missing' } },
    ],
    [
      'a hierarchy nobody gave',
      { quasiIdentifiers: { ward: { hierarchy: 'ward.csv' } }, insensitive: ['age', 'sex'] },
      { code: 'HIERARCHY_UNREADABLE', params: { column: 'ward', file: 'ward.csv' } },
    ],
    [
      'models that cannot be met',
      { models: [{ type: 'distinct-l-diversity', attribute: 'disease', l: 3 }] },
      {
        code: 'PRIVACY_MODEL_UNMET',
        params: {
          needed: 5,
          rows: 5,
          allowed: 1,
          limit: 1,
          possible: ['distinct-l-diversity (disease): l = 2'],
        },
      },
    ],
    [
      'a sensitive column that is a quasi-identifier too',
      { sensitive: { sex: {} }, insensitive: ['ward', 'disease'] },
      { code: 'ROLE_CONFLICT', params: { columns: ['sex'] } },
    ],
    [
      'a quasi-identifier without a hierarchy',
      { quasiIdentifiers: { age: {}, sex: { hierarchy: 'sex.csv' } } },
      { code: 'PLAN_INVALID', params: { path: 'quasiIdentifiers.age.hierarchy' } },
    ],
    [
      'ranges of a column that holds no numbers',
      { search: 'local' },
      { code: 'PLAN_INVALID', params: { path: 'quasiIdentifiers.sex' } },
    ],
    [
      'ranges and local recoding at once',
      { search: 'local', localRecoding: { recordsFraction: 0.1 } },
      { code: 'PLAN_INVALID', params: { path: 'localRecoding' } },
    ],
    [
      'local recoding of no records',
      { localRecoding: { recordsFraction: 0 } },
      {
        code: 'PLAN_INVALID',
        params: { path: expect.stringContaining('localRecoding') as string },
      },
    ],
    [
      'ordered values without an order',
      { models: [{ type: 't-closeness-ordered', attribute: 'disease', t: 0.2 }] },
      { code: 'PRIVACY_MODEL_INVALID', params: { reason: 'order-missing', column: 'disease' } },
    ],
    [
      'an order that lacks a value',
      {
        sensitive: { disease: { order: ['cold', 'fever'] } },
        models: [{ type: 't-closeness-ordered', attribute: 'disease', t: 0.2 }],
      },
      { code: 'PRIVACY_MODEL_INVALID', params: { reason: 'order-missing' } },
    ],
  ])('%s', async (_, change, expected) => {
    expect(await failure(change)).toMatchObject(expected);
  });

  it('values that the hierarchy lacks, by number and row but never by content', async () => {
    const texts = new Map([...hierarchies, ['age', '31;*\n33;*\n']]);
    expect(await failure({}, table, texts)).toMatchObject({
      code: 'HIERARCHY_LACKS_VALUE',
      params: { column: 'age', missing: 3, row: 2 },
    });
  });

  it('a hierarchy that is no tree', async () => {
    const texts = new Map([...hierarchies, ['sex', 'f;x;*\nm;x;+\n']]);
    expect(await failure({}, table, texts)).toMatchObject({ code: 'HIERARCHY_INVALID' });
  });

  it('levels of differing number', async () => {
    const texts = new Map([...hierarchies, ['sex', 'f;x;*\nm;*\n']]);
    expect(await failure({}, table, texts)).toMatchObject({
      code: 'HIERARCHY_INVALID',
      params: { column: 'sex', line: 2, reason: 'ragged' },
    });
  });

  it.each([
    ['sex', category('sex', ['', '', '', '', ''])],
    ['age', { ...ages, values: new Float64Array(5).fill(NaN) }],
  ])('a column of no values: %s', async (column, empty) => {
    const columns = table.columns.map((old) => (old.name === column ? empty : old));
    expect(await failure({}, tableOf(...columns))).toMatchObject({
      code: 'COLUMN_EMPTY',
      params: { column },
    });
  });

  it('a table without rows', async () => {
    const empty = tableOf(
      { ...ages, values: new Float64Array() },
      category('sex', []),
      category('disease', []),
      category('ward', []),
    );
    expect(await failure({}, empty)).toMatchObject({ code: 'FILE_NO_RECORDS' });
  });

  it('keys that the plan does not have', () => {
    expect(anonymisePlan.safeParse({ ...plan, kAnonymity: 5 }).success).toBe(false);
    expect(anonymisePlan.safeParse({ ...plan, quasiIdentifiers: {} }).success).toBe(false);
  });
});

describe('the check of a release', () => {
  const checked = anonymisePlan.parse(plan);
  const small = (sex: string, disease: string): Table =>
    tableOf(
      category('age', ['30-39', '30-39', '30-39', '30-39']),
      category('sex', ['f', 'f', 'm', sex]),
      category('disease', ['flu', 'cold', 'flu', disease]),
      category('ward', ['1', '2', '1', '2']),
    );
  const check = (output: Table, blanked: Uint8Array | null = null): void =>
    checkRelease({
      original: table,
      output,
      plan: checked,
      blanked,
      hierarchies: new Map(),
    });

  it('passes a sound one', () => {
    expect(() => check(small('m', 'cold'))).not.toThrow();
  });

  it.each([
    ['a class below k', () => check(small('f', 'cold')), 'k-anonymity'],
    ['a class of one disease', () => check(small('m', 'flu')), 'distinct-l-diversity'],
    [
      'more suppressed rows than allowed',
      () =>
        check(
          tableOf(...small('m', 'cold').columns.map((c) => ({ ...c, codes: new Int32Array(3) }))),
        ),
      'suppression-limit',
    ],
    [
      'a blanked row that still says something',
      () => check(table, Uint8Array.of(0, 0, 0, 0, 1)),
      'blank',
    ],
  ])('finds %s', (_, act, what) => {
    expect(act).toThrow(
      expect.objectContaining({
        code: 'INTERNAL',
        params: { incident: `anonymise-check:${what}` },
      }),
    );
  });
});
