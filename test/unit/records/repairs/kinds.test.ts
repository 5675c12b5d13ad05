import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../../main/contract/errors.ts';
import { columnTypes } from '../../../../main/contract/import.ts';
import { COLUMN_REPAIRS } from '../../../../main/contract/column-repairs.ts';
import type { RepairKind } from '../../../../main/contract/repair-kinds.ts';
import type { Repair } from '../../../../main/contract/repair.ts';
import { applyRepair } from '../../../../main/records/repairs/apply.ts';
import type { Column, Table } from '../../../../main/records/table.ts';

const coded = { codes: Int32Array.of(0, 1, -1), dictionary: [' 1 ', 'b'] };
const COLUMNS: Record<(typeof columnTypes)[number], Column> = {
  integer: { name: 'c', type: 'integer', values: Float64Array.of(1, 2, NaN) },
  real: { name: 'c', type: 'real', values: Float64Array.of(1, 2.5, NaN) },
  boolean: { name: 'c', type: 'boolean', values: Float64Array.of(0, 1, NaN) },
  date: { name: 'c', type: 'date', values: Float64Array.of(19_000, 19_001, NaN) },
  category: { name: 'c', type: 'category', ...coded },
  text: { name: 'c', type: 'text', ...coded },
  identifier: { name: 'c', type: 'identifier', ...coded },
};
const other: Column = { name: 'o', type: 'integer', values: Float64Array.of(1, 2, 3) };
const form = { decimal: 'point', thousands: 'none', unit: null } as const;
const REPAIRS: Partial<Record<RepairKind, Repair>> = {
  trim: { kind: 'trim', column: 'c' },
  'mark-missing': { kind: 'mark-missing', column: 'c', marks: ['1'] },
  merge: { kind: 'merge', column: 'c', groups: [{ into: 'z', from: ['9'] }] },
  'parse-number': { kind: 'parse-number', column: 'c', form, others: 'missing' },
  'parse-date': { kind: 'parse-date', column: 'c', form: 'excel-1900', others: 'missing' },
  clip: { kind: 'clip', column: 'c', lower: '1970-01-01', upper: null },
  'to-category': { kind: 'to-category', column: 'c' },
  fill: { kind: 'fill', column: 'c', with: 'mode' },
  'drop-rows': { kind: 'drop-rows', column: 'c' },
  'drop-column': { kind: 'drop-column', column: 'c' },
};

describe.each(columnTypes)('repairs of a column of %s', (type) => {
  const table: Table = { rows: 3, columns: [COLUMNS[type], other] };
  const done = (repair: Repair): Column | undefined | 'unfit' => {
    try {
      return applyRepair(table, repair).table.columns[0];
    } catch (error) {
      if (error instanceof ConcordError && error.code === 'REPAIR_UNFIT') return 'unfit';
      throw error;
    }
  };

  it('are offered where the engine does them, and no other would do anything', () => {
    for (const [kind, repair] of Object.entries(REPAIRS) as [RepairKind, Repair][]) {
      const bounded = repair.kind === 'clip' && type !== 'date' ? { ...repair, lower: 1 } : repair;
      const after = done(bounded);
      if (COLUMN_REPAIRS[type].includes(kind)) expect(after, kind).not.toBe('unfit');
      else expect([COLUMNS[type], 'unfit'], kind).toContainEqual(after);
    }
  });
});
