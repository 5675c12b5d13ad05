import type { Arranged } from '../../../../main/contract/arranged.ts';
import type { ArrangementAnswers as Answers } from '../../../../main/contract/arrangement-draft.ts';
import type { TrainColumn } from '../../../../main/contract/train-calls.ts';
import type { Words } from '../../../../main/words/index.ts';
import { CallError } from '../../../client.ts';
import type { Problem } from '../../../problem.ts';
import { boundOf } from '../../../typed.ts';
import {
  dateColumns,
  isDayColumn,
  labelForms,
  linesIn,
  personColumns,
  splitColumns,
} from './answers.ts';

type Say = (words: Words['arrange']) => string;
const problem = (field: string, say: Say): Problem => ({
  field,
  say: ({ arrange }) => say(arrange),
});

/** What is missing or wrong on one page, field by field. */
export function problemsOf(
  page: Arranged,
  answers: Answers,
  columns: readonly TrainColumn[],
): readonly Problem[] {
  switch (page) {
    case 'label':
      return labelProblems(answers, columns);
    case 'unit':
      return unitProblems(answers, columns);
    case 'split':
      return splitProblems(answers, columns);
  }
}

/** The field at which a refusal of the engine is said. */
export function fieldOf(page: Arranged, { split }: Answers, error: unknown): string | null {
  const code = error instanceof CallError ? error.code : null;
  if (page === 'unit') return code === 'PERSON_IN_BOTH_PARTS' ? 'people' : 'person';
  if (page === 'split') {
    const isOfColumn = code === 'COLUMN_TWO_USES' || code === 'COLUMN_UNKNOWN';
    if (code === 'SPLIT_DATES_UNREADABLE' || (isOfColumn && split === 'date')) return 'splitDate';
    return isOfColumn && split === 'column' ? 'splitColumn' : 'split';
  }
  if (!(error instanceof CallError)) return null;
  const isOfTags =
    code === 'LABEL_UNLISTED' || code === 'PLAN_INVALID' || code === 'LABEL_ONE_VALUE';
  if (isOfTags) return 'values';
  if (code !== 'LABEL_VALUE_ABSENT') return 'label';
  const { absent } = error.params;
  return absent === 'some' ? 'values' : absent === 'no' ? 'no' : 'yes';
}

function labelProblems(answers: Answers, columns: readonly TrainColumn[]): Problem[] {
  const { label, yes, no } = answers;
  const { form } = labelForms(answers, columns);
  if (form === 'number') return numberProblems(answers);
  if (form === 'tags') return tagProblems(answers);
  if (form !== 'binary') return valuesProblems(answers);
  const found: Problem[] = [];
  if (label === '') found.push(problem('label', (w) => w.columnMissing));
  if (yes.trim() === '') found.push(problem('yes', (w) => w.yesMissing));
  if (no.trim() === '') found.push(problem('no', (w) => w.noMissing));
  else if (no.trim() === yes.trim()) found.push(problem('no', (w) => w.sameValues));
  return found;
}

/** As an arrangement allows (contract/arrangement.ts). */
const [LEAST_VALUES, MOST_VALUES] = [3, 20];

function valuesProblems({ values, harmful }: Answers): Problem[] {
  const lines = linesIn(values);
  if (lines.length < LEAST_VALUES || lines.length > MOST_VALUES) {
    return [problem('values', (w) => w.valuesMissing)];
  }
  const isKnown = harmful.trim() === '' || lines.includes(harmful.trim());
  return isKnown ? [] : [problem('harmful', (w) => w.harmfulUnknown)];
}

/** As an arrangement allows (contract/arrangement.ts). */
const MOST_TAGS = 101;

function tagProblems({ values }: Answers): Problem[] {
  const lines = linesIn(values);
  const isList = lines.length > 0 && lines.length <= MOST_TAGS && lines.some((tag) => tag !== 'O');
  return isList ? [] : [problem('values', (w) => w.tagsMissing)];
}

function numberProblems({ lowest, highest }: Answers): Problem[] {
  if (lowest.trim() === '' && highest.trim() === '') return [];
  const [low, high] = [boundOf(lowest, false), boundOf(highest, false)];
  if (low === null) return [problem('lowest', (w) => w.lowestWrong)];
  if (high === null || high <= low) return [problem('highest', (w) => w.highestWrong)];
  return [];
}

/** As the plan allows (contract/train.ts). */
const MOST_ROWS = 10_000;

function unitProblems(answers: Answers, columns: readonly TrainColumn[]): Problem[] {
  const { people, person, mostRows } = answers;
  if (people === null) return [problem('people', (w) => w.peopleMissing)];
  if (people === 'once') return [];
  const offers = personColumns(columns, answers);
  if (offers.length === 0) return [problem('people', (w) => w.personNone)];
  const found: Problem[] = [];
  if (!offers.some(({ name }) => name === person)) {
    found.push(problem('person', (w) => w.personMissing));
  }
  const most = boundOf(mostRows, false);
  if (most === null || !Number.isInteger(most) || most < 1 || most > MOST_ROWS) {
    found.push(problem('mostRows', (w) => w.mostRowsWrong));
  }
  return found;
}

function splitProblems(answers: Answers, columns: readonly TrainColumn[]): Problem[] {
  switch (answers.split) {
    case 'share':
      return shareProblems(answers);
    case 'date':
      return dateProblems(answers, columns);
    case 'column': {
      const offers = splitColumns(columns, answers);
      if (offers.length === 0) return [problem('split', (w) => w.splitColumnsGone)];
      if (answers.people === 'several' && answers.person === answers.splitColumn) {
        return [problem('splitColumn', (w) => w.splitIsPerson)];
      }
      return offers.some(({ name }) => name === answers.splitColumn)
        ? []
        : [problem('splitColumn', (w) => w.splitColumnMissing)];
    }
  }
}

function shareProblems({ splitShare, validationShare }: Answers): Problem[] {
  const share = boundOf(splitShare, false);
  if (share === null || share < 1 || share > 90) {
    return [problem('splitShare', (w) => w.shareWrong)];
  }
  if (validationShare.trim() === '') return [];
  const validation = boundOf(validationShare, false);
  if (validation === null || validation < 1 || validation > 50) {
    return [problem('validationShare', (w) => w.validationWrong)];
  }
  return share + validation > 90 ? [problem('validationShare', (w) => w.tooMuchHeld)] : [];
}

function dateProblems(answers: Answers, columns: readonly TrainColumn[]): Problem[] {
  const { splitDate, testFrom, validationFrom } = answers;
  const offers = dateColumns(columns, answers);
  if (offers.length === 0) return [problem('split', (w) => w.splitDatesGone)];
  if (!offers.some(({ name }) => name === splitDate)) {
    return [problem('splitDate', (w) => w.splitDateMissing)];
  }
  const isDay = isDayColumn(columns, splitDate);
  const test = boundOf(testFrom, isDay);
  if (test === null) {
    return [problem('testFrom', (w) => (isDay ? w.testFromWrong : w.testFromNumber))];
  }
  if (validationFrom.trim() === '') return [];
  const validation = boundOf(validationFrom, isDay);
  if (validation !== null && validation < test) return [];
  return [
    problem('validationFrom', (w) => (isDay ? w.validationFromWrong : w.validationFromNumber)),
  ];
}
