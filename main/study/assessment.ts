import { assess, isCompared, remainingOf, type Protected } from '../anonymise/assess/assess.ts';
import type { Accuracy, Assessment } from '../contract/assessment.ts';
import { ConcordError } from '../contract/errors.ts';
import { trainPlan } from '../contract/train.ts';
import { trainModel } from '../learning/train.ts';
import { systemRandom } from '../privacy/random.ts';
import { cellTexts } from '../records/cell-text.ts';
import { columnOf, selectColumns, takeRows } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';

/** Rows that the two simple models see at most, spread evenly; and passes over them. */
const MOST_ROWS = 10_000;
const EPOCHS = 5;
/** Fewer rows give a test part that says nothing. */
const LEAST_ROWS = 50;

/**
 * Measures what protection cost and what it bought: by counting, and by a simple model trained on
 * the records before and after. Trains without privacy and keeps nothing of the models.
 * @throws CANCELLED
 */
export async function assessProtection(given: Protected, signal: AbortSignal): Promise<Assessment> {
  return { ...assess(given), accuracy: await accuracyOf(given, signal) };
}

/**
 * How well a plain logistic model tells the first column of two values (sensitive ones first, then
 * the others as they are released) from all other columns. Both models see the same rows and the
 * original answers; only the cells to learn from differ. Null where there is no such column.
 */
async function accuracyOf(given: Protected, signal: AbortSignal): Promise<Accuracy | null> {
  const { original, plan } = given;
  const { kept, remaining } = remainingOf(given);
  const every = Math.max(1, Math.ceil(kept.length / MOST_ROWS));
  const places = Int32Array.from(kept.keys()).filter((place) => place % every === 0);
  const names = remaining.columns.filter(isCompared).map(({ name }) => name);
  const before = takeRows(
    selectColumns(original, names),
    places.map((place) => kept[place]!),
  );
  const after = takeRows(selectColumns(remaining, names), places);
  const ranks = [Object.keys(plan.sensitive), plan.insensitive, Object.keys(plan.quasiIdentifiers)];
  // Free text that is released is no answer, and is not among the columns compared.
  const label = ranks
    .flat()
    .find((name) => names.includes(name) && hasTwoValues(columnOf(before, name)));
  if (label === undefined || names.length < 2 || places.length < LEAST_ROWS) return null;
  const answers = columnOf(before, label);
  const answered: Table = {
    rows: after.rows,
    columns: after.columns.map((column) => (column.name === label ? answers : column)),
  };
  try {
    const first = await trained(before, label, signal);
    const second = await trained(answered, label, signal);
    return {
      label,
      rows: places.length,
      original: first.accuracy,
      protected: second.accuracy,
      usual: first.usual,
    };
  } catch (error) {
    // Records on which no model can be trained have no such figure.
    const isUnfit = error instanceof ConcordError && error.kind === 'input';
    if (isUnfit && error.code !== 'CANCELLED') return null;
    throw error;
  }
}

function hasTwoValues(column: Column): boolean {
  const texts = cellTexts(column);
  const rows = 'values' in column ? column.values.length : column.codes.length;
  const seen = new Set<string>();
  for (let row = 0; row < rows && seen.size < 3; row++) {
    const text = texts(row);
    if (text !== '') seen.add(text);
  }
  return seen.size === 2;
}

async function trained(
  table: Table,
  label: string,
  signal: AbortSignal,
): Promise<{ accuracy: number | null; usual: number | null }> {
  const plan = trainPlan.parse({
    label,
    model: { kind: 'logistic' },
    privacy: null,
    epochs: EPOCHS,
    split: { test: 0.3, seed: 1 },
    backend: 'javascript',
  });
  const { result } = await trainModel(table, plan, { random: systemRandom(), signal });
  const { accuracy = null, base_rate: rate } = result.metrics.test;
  const usual = rate === null || rate === undefined ? null : Math.max(rate, 1 - rate);
  return { accuracy, usual };
}
