import type { ColumnProfile, FileProfile } from '../contract/import.ts';
import { identifyColumns } from '../identify/columns.ts';
import type { FileFacts } from '../records/csv-reader.ts';
import { profile, shapeOf } from '../records/profile.ts';
import type { Table } from '../records/table.ts';

/**
 * The profile that is kept beside records and shown on every page. Of a column that seems to name
 * people, by its own name or by how its cells are written, only that form is told: no bounds, which
 * are two of its values, and no histogram, which counts the frequent ones.
 */
export function keptProfile(table: Table, facts: FileFacts): FileProfile {
  const whole = profile(table, facts);
  const roles = identifyColumns(table).columns;
  return {
    ...whole,
    columns: whole.columns.map((column, at) =>
      roles[at]?.role === 'direct-identifier' ? formOnly(column) : column,
    ),
  };
}

function formOnly({ name, type, missing, distinct, examples }: ColumnProfile): ColumnProfile {
  const forms = [...new Set(examples.map(shapeOf))];
  return { name, type, missing, distinct, min: null, max: null, examples: forms };
}
