import { ConcordError } from '../contract/errors.ts';
import type { FileProfile } from '../contract/import.ts';
import type { Recognised, Repair, RepairEffect, RepairPreview } from '../contract/repair.ts';
import { profile } from '../records/profile.ts';
import { applyRepair } from '../records/repairs/apply.ts';
import type { Table } from '../records/table.ts';
import type { Control } from './context.ts';
import type { AboutFile } from './repair-thread.ts';

/** All repairs on a table, hearing a wish to cancel between them. @throws CANCELLED */
export async function repairTable(
  table: Table,
  repairs: readonly Repair[],
  control: Control,
): Promise<{ table: Table; effects: RepairEffect[] }> {
  let current = table;
  const effects: RepairEffect[] = [];
  for (const [index, repair] of repairs.entries()) {
    control.progress({ done: index, total: repairs.length, unit: 'parts' });
    await new Promise((resolve) => setImmediate(resolve));
    if (control.signal.aborted) throw new ConcordError('CANCELLED');
    const applied = applyRepair(current, repair, index + 1);
    current = applied.table;
    effects.push(applied.effect);
  }
  return { table: current, effects };
}

/** What repairs would do to a table. @throws what a repair that does not fit throws: see applyRepair */
export function triedRepairs(before: Table, repairs: readonly Repair[]): RepairPreview {
  let table = before;
  const effects = repairs.map((repair, index) => {
    const applied = applyRepair(table, repair, index + 1);
    table = applied.table;
    return { ...applied.effect, examples: [...applied.examples] };
  });
  return {
    rows: { before: before.rows, after: table.rows },
    columns: { before: before.columns.length, after: table.columns.length },
    effects,
  };
}

/** The profile of repaired records: of the file they came from it says encoding and delimiter. */
export function repairedProfile(
  table: Table,
  about: AboutFile,
  repairs: readonly Repair[],
): FileProfile {
  const told = profile(table, { ...about, problems: [] });
  const forms = new Map(repairs.flatMap(formOf));
  return {
    ...told,
    columns: told.columns.map((column) => {
      // Codes made of numbers that were read are read no more.
      const form = column.type === 'category' ? undefined : forms.get(column.name);
      return form === undefined ? column : { ...column, recognised: form };
    }),
  };
}

function formOf(repair: Repair): [string, Recognised][] {
  if (repair.kind === 'parse-number') return [[repair.column, { is: 'number', form: repair.form }]];
  if (repair.kind === 'parse-date') return [[repair.column, { is: 'date', form: repair.form }]];
  return [];
}
