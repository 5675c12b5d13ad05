import type { ColumnRole } from '../contract/identify.ts';
import type { GroupColumn } from '../contract/group-column.ts';
import type { ReviewChoices } from '../contract/review-calls.ts';
import { ConcordError } from '../contract/errors.ts';
import { identifyColumns } from '../identify/columns.ts';
import { loadModel } from '../learning/model.ts';
import { distinctCount } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { loadTable } from './load.ts';
import { valuesToChoose } from './reviewed.ts';
import { proposesGroup } from './templates.ts';
import { partsClass } from './train-columns.ts';

/** Groups of more values than this cannot be read, and most of them would be withheld. */
const MOST_VALUES = 30;
/** A number with more values is a quantity, not a group. */
const MOST_NUMBERS = 12;

const ORDER: readonly ColumnRole[] = ['sensitive', 'quasi-identifier', 'other'];

/**
 * Columns by whose values a review can tell people apart: few values, no direct identifier, not
 * the truth itself. Those by which people are most often treated differently come first.
 */
export function groupColumnsOf(table: Table, label: string): GroupColumn[] {
  const roles = new Map(
    identifyColumns(table, label).columns.map(({ name, role }) => [name, role]),
  );
  const columns = table.columns.flatMap((column) => {
    const role = roles.get(column.name) ?? 'other';
    const values = distinctCount(column);
    // What only parts the records says nothing of people.
    const isParts = partsClass(column) === 'all';
    const serves = ORDER.includes(role) && values > 1 && values <= most(column) && !isParts;
    return serves ? [{ name: column.name, role, values }] : [];
  });
  return columns.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
}

function most({ type }: Column): number {
  return type === 'integer' || type === 'real' ? MOST_NUMBERS : MOST_VALUES;
}

/** @throws ARTEFACT_UNKNOWN when the artefact is no model of the study */
export function groupColumns(
  vault: Vault,
  { study, artefact }: { readonly study: string; readonly artefact: string },
): ReviewChoices {
  const info = vault.artefacts.list(study, 'model').find(({ id }) => id === artefact);
  const records = info?.parents[0];
  if (info === undefined || records === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
  const model = loadModel(vault.artefacts.get(artefact).toString('utf8'), info.name);
  const values = valuesToChoose(model.labels);
  const proposes = proposesGroup(vault, study);
  const columns = groupColumnsOf(loadTable(vault, records), model.labels.column);
  return {
    ...(values === null ? {} : { values: [...values] }),
    ...(model.labels.target === 'number' ? { number: true } : {}),
    columns: columns.map((each) => (proposes(each.name) ? { ...each, field: true } : each)),
  };
}
