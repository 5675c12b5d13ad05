import type { Words } from '../../../../main/words/index.ts';
import type { OwnRepairPage } from '../../../place.ts';
import type { Problem } from '../../../problem.ts';
import { boundOf } from '../../../typed.ts';
import {
  isQuantity,
  joinedValues,
  kindsOf,
  linesOf,
  type OwnRepairAnswers,
  type Repairable,
  type Type,
} from './answers.ts';

type Say = (words: Words['repairs']['own']) => string;
const problem = (field: string, say: Say): Problem => ({
  field,
  say: ({ repairs }) => say(repairs.own),
});

/** As the contract allows (contract/repair.ts), whose constants would bring its schemas along. */
const MOST_MARKS = 100;
const MOST_JOINED = 1000;
const UNIT = /^[^\d\s.,'-]+( ?[^\d\s.,'-]+)*$/u;

/** What is missing or wrong on one page, each with its field; `column` is the chosen one. */
export function problemsOf(
  page: OwnRepairPage,
  answers: OwnRepairAnswers,
  column: Repairable | undefined,
): readonly Problem[] {
  const { scope, kind } = answers;
  if (page === 'what') {
    if (scope === null) return [problem('what', (w) => w.whatMissing)];
    return scope === 'column' && column === undefined
      ? [problem('column', (w) => w.columnMissing)]
      : [];
  }
  if (column === undefined || kind === null || !kindsOf(column).includes(kind)) {
    return [problem('kind', (w) => w.kindMissing)];
  }
  return page === 'kind' ? [] : settingProblems(answers, column.type);
}

function settingProblems(answers: OwnRepairAnswers, type: Type): Problem[] {
  switch (answers.kind) {
    case 'mark-missing': {
      const { length } = linesOf(answers.marks);
      if (length === 0) return [problem('marks', (w) => w.marksMissing)];
      return length > MOST_MARKS ? [problem('marks', (w) => w.marksMany)] : [];
    }
    case 'merge':
      return mergeProblems(answers);
    case 'parse-number':
      return [...numberProblems(answers), ...othersProblems(answers)];
    case 'parse-date':
      return [
        ...(answers.dateForm === null ? [problem('dateForm', (w) => w.dateFormMissing)] : []),
        ...othersProblems(answers),
      ];
    case 'clip':
      return clipProblems(answers, type === 'date');
    case 'fill': {
      const { fill, constant } = answers;
      if (fill === null || (fill === 'median' && !isQuantity(type))) {
        return [problem('fill', (w) => w.fillMissing)];
      }
      const empty = fill === 'constant' && constant.trim() === '';
      return empty ? [problem('constant', (w) => w.fillValueMissing)] : [];
    }
    default:
      return [];
  }
}

function mergeProblems(answers: OwnRepairAnswers): Problem[] {
  const chosen = [...answers.from, ...linesOf(answers.fromOther)].length;
  const joined = joinedValues(answers).length;
  // Where no value is listed the field of the others stands alone.
  const field = 'from';
  const found: Problem[] = [];
  if (chosen === 0) found.push(problem(field, (w) => w.mergeFromMissing));
  else if (joined > MOST_JOINED) found.push(problem(field, (w) => w.mergeFromMany));
  if (answers.into.trim() === '') found.push(problem('into', (w) => w.mergeIntoMissing));
  else if (chosen > 0 && joined === 0) found.push(problem(field, (w) => w.mergeNone));
  return found;
}

function numberProblems({ decimal, thousands, unit }: OwnRepairAnswers): Problem[] {
  const found: Problem[] = [];
  if (decimal === null) found.push(problem('decimal', (w) => w.decimalMissing));
  else if (decimal === thousands) found.push(problem('thousands', (w) => w.thousandsSame));
  const written = unit.trim();
  if (written !== '' && (written.length > 20 || !UNIT.test(written))) {
    found.push(problem('unit', (w) => w.unitWrong));
  }
  return found;
}

const othersProblems = ({ others }: OwnRepairAnswers): Problem[] =>
  others === null ? [problem('others', (w) => w.othersChoose)] : [];

function clipProblems({ lower, upper }: OwnRepairAnswers, isDate: boolean): Problem[] {
  const typed = { lower, upper };
  if (lower.trim() === '' && upper.trim() === '') return [problem('lower', (w) => w.clipNone)];
  const found = (['lower', 'upper'] as const)
    .filter((field) => typed[field].trim() !== '' && boundOf(typed[field], isDate) === null)
    .map((field) => problem(field, (w) => (isDate ? w.boundDate : w.boundNumber)));
  if (found.length > 0) return found;
  const [low, high] = [boundOf(lower, isDate), boundOf(upper, isDate)];
  const crossed = low !== null && high !== null && high < low;
  return crossed ? [problem('upper', (w) => w.boundsCrossed)] : [];
}
