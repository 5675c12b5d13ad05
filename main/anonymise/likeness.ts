import { distribution } from './closeness.ts';
import type { EncodedColumn } from './encode.ts';
import { wholeRecords, type HistogramTest } from './histogram-test.ts';

/** A gain this little above the bound is rounding, not a difference of counts. */
const ROUNDING = 1e-12;

/**
 * Beta-likeness (Cao, Karras 2012, "Publishing microdata with a robust privacy guarantee",
 * definition 2): no sensitive value is more frequent in a class than beta times its share p over
 * all records above that share: (q - p) / p <= beta. Enhanced (definition 3): at most
 * min(beta, -ln p), so that frequent values are bounded too.
 */
export function betaLikeness(
  beta: number,
  column: EncodedColumn,
  enhanced: boolean,
): HistogramTest {
  const overall = distribution(column);
  const bounds = overall.map((p) => (enhanced ? Math.min(beta, -Math.log(p)) : beta));
  const holds: HistogramTest['holds'] = ({ distinct, values, counts }, size) => {
    for (let i = 0; i < distinct; i++) {
      const p = overall[values[i]!]!;
      if ((counts[i]! / size - p) / p > bounds[values[i]!]! + ROUNDING) return false;
    }
    return true;
  };
  // Of a value no part that passes has more than its bound allows.
  const certain: HistogramTest['certain'] = ({ distinct, values, counts }, size) => {
    let most = 0;
    for (let i = 0; i < distinct; i++) {
      const allowed = overall[values[i]!]! * (1 + bounds[values[i]!]!);
      if (allowed < 1) most = Math.max(most, (counts[i]! - allowed * size) / (1 - allowed));
    }
    return wholeRecords(most);
  };
  return { holds, certain };
}
