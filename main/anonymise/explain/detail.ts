import type { ProtectedRecords } from './records.ts';

/**
 * The share of the detail of the quasi-identifiers that is lost, 0 (as it was) to 1 (nothing
 * left): per cell (values under its label - 1) / (values of the hierarchy - 1), a row that was left
 * out counting as 1, averaged over rows and columns. This is the normalised certainty penalty (Xu
 * et al. 2006, section 3). A column of one value has nothing to lose and counts as 0.
 */
export function detailLost({ rows, quasi, suppressed }: ProtectedRecords): number {
  if (rows === 0 || quasi.length === 0) return 0;
  let lost = 0;
  for (const { hierarchy, codes, level } of quasi) {
    const values = hierarchy.lines;
    if (values < 2) continue;
    const step = hierarchy.step(0, level);
    const { lines } = hierarchy.level(level);
    codes.forEach((code, row) => {
      lost += suppressed[row] === 1 ? 1 : (lines[step[code]!]! - 1) / (values - 1);
    });
  }
  return lost / (rows * quasi.length);
}
