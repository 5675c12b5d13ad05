import { ConcordError } from '../contract/errors.ts';
import type { HandLabels } from '../records/labels/hand.ts';
import { applyRepair, rowsKept } from '../records/repairs/apply.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { loadTable, recordsOf } from './load.ts';
import { recordsBefore, repairsOf } from './repair.ts';

/*
 * Labels given by hand belong to the very records that were shown. When these are repaired
 * afterwards, the labels stay where they are, and can be taken over to the repaired ones.
 */
interface Reference {
  readonly study: string;
  readonly artefact: string;
}

/** How labels by hand are read from the vault. */
type Read = (
  vault: Vault,
  reference: Reference,
) => { readonly settings: object | null; readonly labels: HandLabels };

/** The newest records repaired from the same ones since; null where there are none. */
export function laterRecords(vault: Vault, { study, artefact }: Reference): string | null {
  const family = familyOf(vault, study, artefact);
  const newest = family.at(-1);
  return newest === undefined || newest === artefact ? null : newest;
}

/** The labels given last to records of the same origin; null where there are none. */
export function earlierLabels(
  vault: Vault,
  { study, artefact }: Reference,
  read: Read,
): { artefact: string; labelled: number } | null {
  const begun = new Set(vault.labels.records(study));
  const others = familyOf(vault, study, artefact).filter(
    (one) => one !== artefact && begun.has(one),
  );
  for (const other of others.toReversed()) {
    const { labelled } = read(vault, { study, artefact: other }).labels.counts([]);
    if (labelled > 0) return { artefact: other, labelled };
  }
  return null;
}

/**
 * Takes over what people decided of records before (or after) repairs: who and when stay, and what
 * was asked comes along.
 * @throws ARTEFACT_UNKNOWN where the two are no repairs of the same records; LABELLING_NOT_BEGUN
 *   where nothing was asked there; REQUEST_MALFORMED where labels were given here already
 */
export function carryLabels(
  vault: Vault,
  { study, artefact, from }: Reference & { readonly from: string },
  read: Read,
): { carried: number; gone: number } {
  const [here, there] = [
    { study, artefact: recordsOf(vault, { study, artefact }) },
    { study, artefact: recordsOf(vault, { study, artefact: from }) },
  ];
  if (recordsBefore(vault, artefact) !== recordsBefore(vault, from)) {
    throw new ConcordError('ARTEFACT_UNKNOWN');
  }
  const { settings, labels } = read(vault, there);
  if (settings === null) throw new ConcordError('LABELLING_NOT_BEGUN');
  if (read(vault, here).labels.length > 0) {
    throw new ConcordError('REQUEST_MALFORMED', { call: 'label.carry', path: 'artefact' });
  }
  const rowOf = new Map([...originOf(vault, here)].map((origin, row) => [origin, row]));
  const origins = originOf(vault, there);
  return vault.transaction(() => {
    vault.labels.saveSettings(here, JSON.stringify(settings));
    let [carried, gone] = [0, 0];
    for (const mark of labels.current()) {
      const row = rowOf.get(origins[mark.row] ?? -1);
      if (row === undefined) gone++;
      else vault.labels.add(here, carried++, JSON.stringify({ ...mark, row }));
    }
    vault.journal.append('labels.carried', { records: artefact, from, carried, gone }, study);
    return { carried, gone };
  });
}

/** Records and all that was repaired from the same ones, in the order in which they were made. */
function familyOf(vault: Vault, study: string, artefact: string): string[] {
  const base = recordsBefore(vault, artefact);
  const repaired = vault.artefacts
    .list(study, 'repaired-records')
    .filter(({ id }) => recordsBefore(vault, id) === base);
  return [base, ...repaired.map(({ id }) => id)];
}

/** For each row the row (from 0) that it was before all repairs. */
function originOf(vault: Vault, reference: Reference): Uint32Array {
  let table: Table = loadTable(vault, recordsBefore(vault, reference.artefact));
  let rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  for (const repair of repairsOf(vault, reference).repairs) {
    if (repair.kind === 'drop-rows' || repair.kind === 'drop-duplicates') {
      const keep = rowsKept(table, repair);
      rows = rows.filter((_, row) => keep[row] === 1);
    }
    ({ table } = applyRepair(table, repair));
  }
  return rows;
}
