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
import { boundOf, chosenColumns, emptyFact, listOf } from './answers.ts';

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
  if (page === 'columns') {
    const some = answers.features !== null && chosenColumns(answers, columns).length > 0;
    return some ? [] : [problem('columns', (w) => w.columnsMissing)];
  }
  if (page === 'facts') return factProblems(answers, columns);
  if (page === 'slider')
    return TRAIN_KNOBS.flatMap((knob) => knobProblems(knob, answers.advanced[knob]));
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

function factProblems(answers: Answers, columns: readonly TrainColumn[]): Problem[] {
  return chosenColumns(answers, columns).flatMap((column, place) => {
    const fact = answers.facts[column.name] ?? emptyFact(column);
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

const knobName = (knob: Knob): Say =>
  ({
    epochs: (w: Words['train']) => w.epochs,
    batch: (w: Words['train']) => w.batch,
    clip: (w: Words['train']) => w.clip,
    rate: (w: Words['train']) => w.rate,
    delta: (w: Words['train']) => w.delta,
  })[knob];

function knobProblems(knob: Knob, typed: string): Problem[] {
  if (typed.trim() === '') return [];
  const value = boundOf(typed, false);
  const name = knobName(knob);
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
