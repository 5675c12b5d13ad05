import { ConcordError } from '../contract/errors.ts';
import type { PublicText } from '../contract/step-calls.ts';
import { columnNamed } from '../learning/columns.ts';
import { cellTexts } from '../records/cell-text.ts';
import type { Vault } from '../vault/index.ts';
import { loadTable, recordsOf, sourceHash, sourcesOf } from './load.ts';

interface Asked {
  readonly study: string;
  /** The records that are trained on. */
  readonly artefact: string;
  readonly publicText?: readonly string[] | PublicText | undefined;
}

/**
 * The public texts of a training: those that were given, or the cells of a column of other records of
 * the study. @throws ARTEFACT_UNKNOWN, COLUMN_UNKNOWN; PLAN_INVALID for records that come from the same
 * source as those that are trained on, whom a guarantee covers
 */
export function publicTextOf(
  vault: Vault,
  { study, artefact, publicText }: Asked,
): readonly string[] | undefined {
  if (publicText === undefined || !('artefact' in publicText)) return publicText;
  const other = recordsOf(vault, { study, artefact: publicText.artefact });
  // By their content, as the ledger knows them: the same file may have been imported twice.
  const sources = (id: string): string[] =>
    sourcesOf(vault, id).map((source) => sourceHash(vault, source));
  const trained = new Set(sources(artefact));
  if (sources(other).some((source) => trained.has(source))) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'publicText',
      expected: 'public text comes from other records than those that are trained on',
    });
  }
  const table = loadTable(vault, other);
  const text = cellTexts(columnNamed(table, publicText.column));
  return Array.from({ length: table.rows }, (_, row) => text(row)).filter((one) => one !== '');
}
