import type { Table } from '../../records/table.ts';
import { encodeRows, encodedWidth } from '../encode.ts';
import type { Encoder } from '../features.ts';
import type { TokenRows } from './layer.ts';

interface RowsWithColumns {
  readonly rows: TokenRows;
  /** Of each row whether it has tokens, or a column beside them that is there. */
  readonly known: Uint8Array;
}

/** Texts with the columns of the encoder beside them, at most the root of their number long. */
export function withColumns(
  tokens: TokenRows,
  table: Table,
  encoder: Encoder,
  rows: Int32Array,
): RowsWithColumns {
  const hasTokens = Uint8Array.from(tokens.lengths, (length) => (length > 0 ? 1 : 0));
  if (encoder.features.length === 0) return { rows: tokens, known: hasTokens };
  const width = encodedWidth(encoder);
  const { starts, indices, values, known } = encodeRows(table, encoder, rows);
  const beside = new Float32Array(rows.length * width);
  for (let row = 0; row < rows.length; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      beside[row * width + indices[at]!] = values[at]!;
    }
  }
  return { rows: { ...tokens, beside }, known: known.map((one, row) => one | hasTokens[row]!) };
}
