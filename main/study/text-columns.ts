import { ConcordError } from '../contract/errors.ts';
import type { PackedSpans } from '../identify/packed-spans.ts';
import type { Vault } from '../vault/index.ts';
import { loadTable } from './load.ts';
import { loadFindings, recordsOfFindings, textColumns } from './text-findings.ts';

/** A text column with what was found in it, ready to be read text by text. */
export interface FoundColumn {
  readonly name: string;
  /** The different texts. */
  readonly texts: readonly string[];
  readonly spans: PackedSpans;
  /** The first row of each text, from 0; -1 for one that stands in no row. */
  readonly firstRows: Int32Array;
  /** In how many rows each text stands. */
  readonly rows: Uint32Array;
}

interface Opened {
  readonly findings: string;
  readonly columns: readonly FoundColumn[];
}

/** The findings a person reads through, so that turning a page opens no vault; gone with the vault. */
const opened = new WeakMap<Vault, Opened>();

/** @throws ARTEFACT_UNKNOWN, ARTEFACT_DAMAGED */
export function foundColumns(
  vault: Vault,
  study: string,
  findings: string,
): readonly FoundColumn[] {
  const records = recordsOfFindings(vault, study, findings);
  const known = opened.get(vault);
  if (known?.findings === findings) return known.columns;
  const found = loadFindings(vault, findings);
  const columns = textColumns(loadTable(vault, records)).flatMap((column): FoundColumn[] => {
    const spans = found.get(column.name);
    if (spans === undefined) return [];
    if (spans.texts !== column.dictionary.length) throw new ConcordError('ARTEFACT_DAMAGED');
    const { name, dictionary: texts, codes } = column;
    return [{ name, texts, spans, ...placesOf(codes, texts.length) }];
  });
  opened.set(vault, { findings, columns });
  return columns;
}

/** @throws COLUMN_UNKNOWN */
export function foundColumn(columns: readonly FoundColumn[], name: string): FoundColumn {
  const column = columns.find((one) => one.name === name);
  if (column === undefined) throw new ConcordError('COLUMN_UNKNOWN', { column: name, nearest: '' });
  return column;
}

function placesOf(codes: Int32Array, texts: number): { firstRows: Int32Array; rows: Uint32Array } {
  const firstRows = new Int32Array(texts).fill(-1);
  const rows = new Uint32Array(texts);
  for (const [row, code] of codes.entries()) {
    if (code < 0) continue;
    if (firstRows[code] === -1) firstRows[code] = row;
    rows[code] = (rows[code] ?? 0) + 1;
  }
  return { firstRows, rows };
}
