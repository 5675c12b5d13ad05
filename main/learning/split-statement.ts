import type { SplitStatement } from '../contract/split.ts';
import type { TrainPlan } from '../contract/train.ts';
import type { Split } from './split.ts';

/** How a split was made and how many rows stand in its parts, as the result of a training says it. */
export function splitStatement(
  { split, unit, privacy }: Pick<TrainPlan, 'split' | 'unit' | 'privacy'>,
  { train, validation, test, neither }: Split,
): SplitStatement {
  // What follows from the rows trained on would be a release of its own.
  const told = (count: number): number | null => (privacy === null ? count : null);
  return {
    ...formOf(split),
    unit: unit === undefined ? 'row' : 'person',
    unit_column: unit?.column ?? null,
    max_rows: unit?.maxRows ?? null,
    rows: {
      train: told(train.length),
      validation: validation.length,
      test: test.length,
      neither: told(neither),
    },
  };
}

type Form = Pick<
  SplitStatement,
  'form' | 'shares' | 'key' | 'column' | 'test_from' | 'validation_from'
>;

function formOf(split: TrainPlan['split']): Form {
  const none = { shares: null, key: null, column: null, test_from: null, validation_from: null };
  if ('column' in split) return { ...none, form: 'named', column: split.column };
  if ('date' in split) {
    const { date, test_from, validation_from = null } = split;
    return { ...none, form: 'dated', column: date, test_from, validation_from };
  }
  const { test, validation = null, key = 'seed', stratify } = split;
  return {
    ...none,
    form: stratify === true ? 'stratified' : 'drawn',
    shares: { test, validation },
    key,
  };
}
