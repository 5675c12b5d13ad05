import type { SplitStatement } from '../contract/split.ts';
import type { Words } from '../words/index.ts';

interface Form {
  readonly count: (value: number) => string;
  readonly share: (value: number) => string;
  /** The records of the parts, in one go: a document that leaves may not say all; null: not known. */
  readonly counts: (parts: readonly (number | null)[]) => readonly string[];
}

/** How a model's records were split, who counted as one, and the rows of each part. */
export function splitFacts(
  said: SplitStatement,
  w: Words['split'],
  { count, share, counts }: Form,
): { name: string; value: string }[] {
  const { rows } = said;
  const unit =
    said.unit_column === null
      ? w.eachRow
      : w.eachPerson(said.unit_column, count(said.max_rows ?? 1));
  const sizes = [rows.train, rows.validation, rows.test, rows.neither ?? 0];
  const [train = '', validation = '', test = '', neither = ''] = counts(sizes);
  const parts = [
    rows.train === null ? w.inTrainPrivate : w.inTrain(train),
    ...(rows.validation === 0 ? [] : [w.inValidation(validation)]),
    w.inTest(test),
    ...(rows.neither === null || rows.neither === 0 ? [] : [w.inNeither(neither)]),
  ];
  return [
    { name: w.how, value: w.join(howOf(said, w, share)) },
    { name: w.unit, value: unit },
    { name: w.rows, value: w.join(parts) },
  ];
}

function howOf(said: SplitStatement, w: Words['split'], share: Form['share']): string[] {
  const { form, unit, key, column, test_from: from, validation_from: validation } = said;
  const { test, validation: held } = said.shares ?? { test: 0, validation: null };
  switch (form) {
    case 'named':
      return [w.named(column ?? '')];
    case 'dated':
      return [
        w.dated[unit](column ?? '', String(from ?? '')),
        ...(validation === null ? [] : [w.validationFrom(String(validation))]),
      ];
    case 'drawn':
    case 'stratified':
      return [
        w[form][unit](share(test)),
        ...(held === null ? [] : [w.validation(share(held))]),
        ...(key === null ? [] : [w.key[key]]),
      ];
  }
}
