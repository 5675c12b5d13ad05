import type { Column } from '../records/table.ts';
import type { NameReading } from './names/index.ts';
import type { CellSample } from './values/cells.ts';

interface Candidate {
  readonly column: Column;
  readonly name: NameReading;
  readonly sample: CellSample;
}

/** More values than this are no classes to choose from. */
const MOST_CLASSES = 10;

/**
 * The column that models are most likely asked to predict: named like an outcome, with two values,
 * or with few of them at the very end of the table. At most one; undefined where none stands out.
 */
export function suggestedLabel(
  columns: readonly Candidate[],
): { name: string; confidence: number } | undefined {
  let best: { name: string; confidence: number } | undefined;
  for (const [at, { column, name, sample }] of columns.entries()) {
    const { outcome } = name;
    if (outcome === undefined || column.type === 'text') continue;
    const last = at === columns.length - 1;
    const two = sample.distinct === 2;
    const few = sample.distinct > 2 && sample.distinct <= MOST_CLASSES;
    if (!two && !(few && last && outcome.id === 'outcome')) continue;
    const confidence =
      0.5 + (outcome.id === 'outcome' ? 0.2 : 0) + (two ? 0.1 : 0) + (last ? 0.1 : 0);
    // Of equals the later one: outcomes stand behind what leads to them.
    if (best === undefined || confidence >= best.confidence)
      best = { name: column.name, confidence };
  }
  return best;
}
