import { createHash } from 'node:crypto';
import { encodeTexts, type EncodeOptions } from '../learning/encoder/encode-texts.ts';
import type { LoadedEncoder } from '../learning/encoder/loaded-encoder.ts';
import { cellTexts } from '../records/cell-text.ts';
import { columnOf } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';

/** Changes when the same texts and encoder would give other vectors. */
const WAY = 'concord text vectors 1';

/**
 * The text of each record: its cells in the named columns, those that are not missing, a line each.
 * @throws COLUMN_UNKNOWN {column, ...}
 */
export function textsOf(table: Table, columns: readonly string[]): string[] {
  const cells = columns.map((name) => cellTexts(columnOf(table, name)));
  return Array.from({ length: table.rows }, (_, row) =>
    cells
      .map((of) => of(row))
      .filter((text) => text !== '')
      .join('\n'),
  );
}

interface Wanted {
  readonly study: string;
  /** Content hash of the records that `table` holds. */
  readonly hash: string;
  readonly table: Table;
  readonly columns: readonly string[];
}

/**
 * Vectors [rows, dimensions] of the records' texts: found in the vault where these records, columns
 * and encoder were asked before, else computed and kept there for the next time.
 * @throws COLUMN_UNKNOWN, STUDY_UNKNOWN, CANCELLED
 */
export async function vectorsOfRecords(
  vault: Vault,
  { study, hash, table, columns }: Wanted,
  encoder: LoadedEncoder,
  options: EncodeOptions = {},
): Promise<Float32Array> {
  const texts = textsOf(table, columns);
  const asked = JSON.stringify([WAY, hash, columns, encoder.sha256]);
  const key = createHash('sha256').update(asked).digest('hex');
  const kept = vault.textVectors.get(study, key);
  if (kept?.length === 4 * texts.length * encoder.dimensions) {
    return new Float32Array(Uint8Array.from(kept).buffer);
  }
  const vectors = await encodeTexts(encoder, texts, options);
  const { buffer, byteOffset, byteLength } = vectors;
  vault.textVectors.put(study, key, new Uint8Array(buffer, byteOffset, byteLength));
  return vectors;
}
