import { createReadStream } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { trainPlan, type TrainPlanInput } from '../../main/contract/train.ts';
import { splitRows, type Split } from '../../main/learning/split.ts';
import { readCsv } from '../../main/records/csv-reader.ts';
import { selectColumns } from '../../main/records/shape.ts';
import type { Table } from '../../main/records/table.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

const FILE = 'tabular/diabetes-130/diabetic_data.csv';
const COLUMNS = ['encounter_id', 'patient_nbr', 'readmitted'];
const [ROWS, PEOPLE] = [101_766, 71_518];
const UNIT = { column: 'patient_nbr', maxRows: 5 };

/** Real admissions, many patients with several: whole people, and shares as chance allows. */
describeWithShared('admissions of patients', [FILE], () => {
  let table: Table;
  let person: Float64Array;

  beforeAll(async () => {
    const read = await readCsv(() => createReadStream(sharedPath(FILE)), { missing: [] });
    table = selectColumns(read.table, COLUMNS);
    const column = table.columns[1];
    if (column === undefined || !('values' in column)) throw new Error('numbers of patients');
    person = column.values;
  });

  function splitOf(split: TrainPlanInput['split']): Split {
    const model = { kind: 'logistic' } as const;
    const of = { label: 'readmitted', model, privacy: null, unit: UNIT };
    return splitRows(table, trainPlan.parse({ ...of, split }), 'ab'.repeat(32));
  }
  const peopleIn = (rows: Int32Array): Set<number> =>
    new Set(Array.from(rows, (row) => person[row] ?? NaN));

  it.each<[string, TrainPlanInput['split']]>([
    ['at random', { test: 0.2, validation: 0.1, key: 'study' }],
    ['stratified', { stratify: true, test: 0.2, validation: 0.1 }],
  ])('stand whole in one part, drawn %s', (how, split) => {
    const parts = splitOf(split);
    const [train, validation, test] = [parts.train, parts.validation, parts.test].map(peopleIn);
    expect(parts.neither).toBe(0);
    expect(parts.train.length + parts.validation.length + parts.test.length).toBe(ROWS);
    // Nobody is counted twice: the parts' people add up to all of them.
    const counts = [train, validation, test].map((people) => people?.size ?? 0);
    expect(counts.reduce((sum, count) => sum + count)).toBe(PEOPLE);
    const off = counts.map((count, part) => Math.abs(count - [0.7, 0.1, 0.2][part]! * PEOPLE));
    // Five standard deviations of a draw; half a person of each set of answers where stratified.
    expect(Math.max(...off)).toBeLessThan(how === 'stratified' ? 8 : 5 * Math.sqrt(0.21 * PEOPLE));
  });

  it('go by their first admission where the split is by time', () => {
    const from = 150_000_000;
    const parts = splitOf({ date: 'encounter_id', test_from: from });
    const tested = peopleIn(parts.test);
    expect([...peopleIn(parts.train)].filter((one) => tested.has(one))).toEqual([]);
    const encounter = table.columns[0];
    if (encounter === undefined || !('values' in encounter)) throw new Error('numbers');
    const first = new Map<number, number>();
    for (let row = 0; row < ROWS; row++) {
      const [one, time] = [person[row] ?? NaN, encounter.values[row] ?? NaN];
      first.set(one, Math.min(first.get(one) ?? Infinity, time));
    }
    const slow = Array.from({ length: ROWS }, (_, row) => row).filter(
      (row) =>
        (encounter.values[row] ?? NaN) >= from && (first.get(person[row] ?? NaN) ?? 0) >= from,
    );
    expect([...parts.test]).toEqual(slow);
    expect(parts.train.length + parts.test.length + parts.neither).toBe(ROWS);
  });
});
