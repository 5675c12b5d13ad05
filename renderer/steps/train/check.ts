import type { TrainColumn } from '../../../main/contract/train-calls.ts';
import {
  TRAIN_KNOBS,
  type TrainAnswers as Answers,
  type TrainFact as Fact,
  type TrainKnob as Knob,
  type TrainPage,
} from '../../../main/contract/train-draft.ts';
import type { Words } from '../../../main/words/index.ts';
import type { Problem } from '../../problem.ts';
import {
  boundOf,
  chosenColumns,
  factOf,
  listOf,
  marksOf,
  personColumns,
  splitColumns,
} from './answers.ts';

type Say = (words: Words['train']) => string;
const problem = (field: string, say: Say): Problem => ({ field, say: ({ train }) => say(train) });

/** The ids of a column's fields on the page of public facts. */
export const factField = (place: number, part: keyof Fact): string => `fact-${place}-${part}`;

/** What is missing or wrong on one page, field by field. */
export function problemsOf(
  page: TrainPage,
  answers: Answers,
  columns: readonly TrainColumn[],
): readonly Problem[] {
  if (page === 'records') {
    return answers.artefact === null ? [problem('records', (w) => w.recordsMissing)] : [];
  }
  if (page === 'question') return questionProblems(answers);
  if (page === 'people') return peopleProblems(answers, columns);
  if (page === 'split') return splitProblems(answers, columns);
  if (page === 'missing') return markProblems(answers);
  if (page === 'columns') {
    const some = answers.features !== null && chosenColumns(answers, columns).length > 0;
    return some ? [] : [problem('columns', (w) => w.columnsMissing)];
  }
  if (page === 'facts') return factProblems(answers, columns);
  if (page === 'slider') return TRAIN_KNOBS.flatMap((knob) => knobProblems(knob, answers));
  return [];
}

/** The first page that still lacks something; 'check' where none does. */
export function firstOpen(
  pages: readonly TrainPage[],
  answers: Answers,
  columns: readonly TrainColumn[],
): TrainPage {
  const lacks = (page: TrainPage): boolean =>
    (page === 'plain' && !answers.plainSure) || problemsOf(page, answers, columns).length > 0;
  return pages.find(lacks) ?? 'check';
}

function questionProblems({ label, yes, no }: Answers): Problem[] {
  const found: Problem[] = [];
  if (label === '') found.push(problem('label', (w) => w.columnMissing));
  if (yes.trim() === '') found.push(problem('yes', (w) => w.yesMissing));
  if (no.trim() === '') found.push(problem('no', (w) => w.noMissing));
  else if (no.trim() === yes.trim()) found.push(problem('no', (w) => w.sameValues));
  return found;
}

/** As the plan allows (contract/train.ts). */
const MOST_ROWS = 10_000;

function peopleProblems(answers: Answers, columns: readonly TrainColumn[]): Problem[] {
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
  if (answers.split === 'share') {
    const share = boundOf(answers.splitShare, false);
    const fits = share !== null && share >= 1 && share <= 90;
    return fits ? [] : [problem('splitShare', (w) => w.shareWrong)];
  }
  const offers = splitColumns(columns, answers);
  if (offers.length === 0) return [problem('split', (w) => w.splitColumnsGone)];
  if (answers.people === 'several' && answers.person === answers.splitColumn) {
    return [problem('splitColumn', (w) => w.splitIsPerson)];
  }
  return offers.some(({ name }) => name === answers.splitColumn)
    ? []
    : [problem('splitColumn', (w) => w.splitColumnMissing)];
}

function markProblems(answers: Answers): Problem[] {
  const { marks, yes, no } = answers;
  const clash = marksOf(answers).find((mark) => mark === yes.trim() || mark === no.trim());
  if (clash === undefined) return [];
  const isTicked = marks.some((mark) => mark === clash);
  return [problem(isTicked ? 'marks' : 'otherMarks', (w) => w.markIsAnswer(clash))];
}

function factProblems(answers: Answers, columns: readonly TrainColumn[]): Problem[] {
  return chosenColumns(answers, columns).flatMap((column, place) => {
    const fact = factOf(answers, column);
    if (fact.buy === true) return [];
    if (fact.form === 'number') return boundProblems(column, fact, place);
    if (listOf(fact.list).length >= 2) return [];
    return [problem(factField(place, 'list'), (w) => w.listMissing(column.name))];
  });
}

function boundProblems({ name, type }: TrainColumn, fact: Fact, place: number): Problem[] {
  const at = (part: 'low' | 'high', say: Say): Problem => problem(factField(place, part), say);
  const missing = (['low', 'high'] as const).filter((part) => fact[part].trim() === '');
  const [first] = missing;
  if (first !== undefined) return [at(first, (w) => w.boundMissing(name))];
  const isDate = type === 'date';
  const unread = (['low', 'high'] as const).filter((part) => boundOf(fact[part], isDate) === null);
  if (unread.length > 0) {
    return unread.map((part) =>
      at(part, (w) => (isDate ? w.boundDate(name) : w.boundNumber(name))),
    );
  }
  const [low, high] = [boundOf(fact.low, isDate) ?? 0, boundOf(fact.high, isDate) ?? 0];
  return low < high ? [] : [at('high', (w) => w.boundOrder(name))];
}

/** What a knob is called: a batch counts people where the guarantee does. */
export function knobName(knob: Knob, { people }: Pick<Answers, 'people'>): Say {
  if (knob === 'batch' && people === 'several') return (w) => w.batchPeople;
  return (w) => w[knob];
}

function knobProblems(knob: Knob, answers: Answers): Problem[] {
  const typed = answers.advanced[knob];
  if (typed.trim() === '') return [];
  const value = boundOf(typed, false);
  const name = knobName(knob, answers);
  const isAboveNothing = value !== null && value > 0;
  if (knob === 'delta') {
    return isAboveNothing && value < 1 ? [] : [problem(knob, (w) => w.fraction(name(w)))];
  }
  if (knob === 'batch') {
    return isAboveNothing && Number.isInteger(value)
      ? []
      : [problem(knob, (w) => w.whole(name(w)))];
  }
  return isAboveNothing ? [] : [problem(knob, (w) => w.positive(name(w)))];
}
