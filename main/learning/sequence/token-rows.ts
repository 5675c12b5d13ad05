import type { TokenRows } from './layer.ts';

/** The chosen texts in the order given, no longer than the longest of them (at least 1). */
export function gatherTokens(source: TokenRows, chosen: Int32Array): TokenRows {
  const lengths = Int32Array.from(chosen, (row) => source.lengths[row]!);
  const length = Math.max(
    1,
    lengths.reduce((most, one) => Math.max(most, one), 0),
  );
  const ids = new Int32Array(chosen.length * length);
  chosen.forEach((row, r) => {
    const from = row * source.length;
    ids.set(source.ids.subarray(from, from + lengths[r]!), r * length);
  });
  return { rows: chosen.length, length, ids, lengths };
}
