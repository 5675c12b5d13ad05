import { createReadStream } from 'node:fs';
import { expect, it } from 'vitest';
import { readCsv, type ReadResult } from '../../main/records/csv-reader.ts';
import { writeCsv } from '../../main/records/csv-writer.ts';
import { decodeTable, encodeTable } from '../../main/records/codec.ts';
import { profile } from '../../main/records/profile.ts';
import { applyRepairs } from '../../main/records/repairs/apply.ts';
import { columnOf, distinctCount, missingCount } from '../../main/records/shape.ts';
import { tableHash } from '../../main/records/table-hash.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

/** Rows and columns as their SOURCE.md tells. */
const FILES: readonly [path: string, rows: number, columns: number][] = [
  ['tabular/adult/adult.csv', 48_842, 16],
  ['tabular/compas/compas-two-years.csv', 7_214, 44],
  ['tabular/diabetes-130/diabetic_data.csv', 101_766, 50],
  ['tabular/diabetes-130/IDs_mapping.csv', 67, 2],
  ['tabular/german-credit/german-credit.csv', 1_000, 21],
  ['tabular/heart-cleveland/heart-cleveland.csv', 303, 14],
  ['tabular/pima-diabetes/pima-diabetes.csv', 768, 9],
  ['adult-arx/adult.csv', 30_162, 9],
];

const read = (path: string, missing: string[] = []): Promise<ReadResult> =>
  readCsv(() => createReadStream(sharedPath(path)), { missing });

describeWithShared(
  'real files',
  FILES.map(([path]) => path),
  () => {
    it.each(FILES)('%s', async (path, rows, columns) => {
      const { table, facts } = await read(path);
      expect(table.rows).toBe(rows);
      expect(table.columns).toHaveLength(columns);
      expect(facts.encoding).toBe('utf-8');
      expect(facts.delimiter).toBe(path.startsWith('adult-arx') ? ';' : ',');
      const hash = tableHash(table);
      expect(tableHash(decodeTable(encodeTable(table)))).toBe(hash);
      const written = await readCsv(async function* () {
        yield* writeCsv(table, { bom: true });
      });
      expect(tableHash(written.table)).toBe(hash);
    });

    it('types the columns of Adult and Cleveland as a person would', async () => {
      const adult = (await read('tabular/adult/adult.csv', ['?'])).table;
      expect(
        adult.columns.filter((column) => column.type === 'integer').map((column) => column.name),
      ).toEqual([
        'age',
        'fnlwgt',
        'education_num',
        'capital_gain',
        'capital_loss',
        'hours_per_week',
      ]);
      expect(adult.columns.filter((column) => column.type === 'category')).toHaveLength(10);
      expect(missingCount(columnOf(adult, 'occupation'))).toBe(2_809);
      expect(distinctCount(columnOf(adult, 'native_country'))).toBe(41);
      const heart = (await read('tabular/heart-cleveland/heart-cleveland.csv', ['?'])).table;
      expect(heart.columns.every((column) => column.type === 'real' || column.name === 'num')).toBe(
        true,
      );
      expect(missingCount(columnOf(heart, 'ca'))).toBe(4);
      expect(missingCount(columnOf(heart, 'thal'))).toBe(2);
    });

    it('notices what is odd in them', async () => {
      const heart = await read('tabular/heart-cleveland/heart-cleveland.csv');
      const found = profile(heart.table, heart.facts).problems;
      expect(found.map(({ code, column, rows }) => [code, column, rows])).toEqual([
        ['OUTLIERS', 'chol', 1],
        ['MISSING_MARKS', 'ca', 4],
        ['MISSING_MARKS', 'thal', 2],
      ]);
      const repairs = found.flatMap((one) => one.repairs ?? []);
      expect(applyRepairs(heart.table, repairs).table.columns.map(({ type }) => type)).toEqual(
        (await read('tabular/heart-cleveland/heart-cleveland.csv', ['?'])).table.columns.map(
          ({ type }) => type,
        ),
      );
      const diabetes = await read('tabular/diabetes-130/diabetic_data.csv', ['?']);
      const told = profile(diabetes.table, diabetes.facts);
      expect(
        told.problems
          .filter((problem) => problem.code === 'CONSTANT_COLUMN')
          .map((problem) => problem.column),
      ).toEqual(['examide', 'citoglipton']);
      expect(told.columns.find((column) => column.name === 'patient_nbr')?.distinct).toBe(71_518);
      expect(told.columns.find((column) => column.name === 'encounter_id')?.examples).not.toContain(
        '2278392',
      );
    });
  },
);
