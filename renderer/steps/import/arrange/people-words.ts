import type { TrainColumn } from '../../../../main/contract/train-calls.ts';
import type { Words } from '../../../../main/words/index.ts';

/**
 * What the columns that look like people's numbers or names say about how often a person stands in
 * the records, and what that suggests; nothing where no column looks like it. Names of columns only.
 */
export function peopleEvidence(
  words: Words['arrange'],
  columns: readonly TrainColumn[],
  tag: string,
): readonly string[] {
  const named = (found: TrainColumn['people']): string[] =>
    columns.filter(({ people }) => people === found).map(({ name }) => name);
  const list = new Intl.ListFormat(tag);
  const [repeats, once] = [named('repeats'), named('once')];
  if (repeats.length + once.length === 0) return [];
  return [
    ...(repeats.length > 0 ? [words.peopleRepeats(list.format(repeats))] : []),
    ...(once.length > 0 ? [words.peopleUnique(list.format(once))] : []),
    repeats.length === 0
      ? words.peopleSeemsOnce
      : once.length === 0
        ? words.peopleSeemsSeveral
        : words.peopleUnclear,
  ];
}
