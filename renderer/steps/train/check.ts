import type { TrainColumn } from '../../../main/contract/train-calls.ts';
import type {
  TrainAnswers as Answers,
  TrainFact as Fact,
  TrainKnob as Knob,
  TrainPage,
} from '../../../main/contract/train-draft.ts';
import type { Words } from '../../../main/words/index.ts';
import type { Problem } from '../../problem.ts';
import { boundOf } from '../../typed.ts';
import {
  chosenColumns,
  chosenTexts,
  factOf,
  givesTags,
  isStratified,
  lacksValidation,
  knobsOf,
  labelValues,
  listOf,
  marksOf,
  pretrainsOn,
  type Whole,
} from './answers.ts';
import { readsAlone } from './text-kinds.ts';

type Say = (words: Words['train']) => string;
const problem = (field: string, say: Say): Problem => ({ field, say: ({ train }) => say(train) });

/** The ids of a column's fields on the page of public facts. */
export const factField = (place: number, part: keyof Fact): string => `fact-${place}-${part}`;

/** What is missing or wrong on one page, field by field. */
export function problemsOf(
  page: TrainPage,
  answers: Answers,
  whole: Whole | null,
  columns: readonly TrainColumn[],
): readonly Problem[] {
  if (page === 'records') {
    return answers.artefact === null ? [problem('records', (w) => w.recordsMissing)] : [];
  }
  if (whole === null) return [];
  if (page === 'privacy') return privacyProblems(answers, whole);
  if (page === 'missing') return markProblems(answers, whole);
  if (page === 'columns') {
    const some =
      answers.features !== null &&
      chosenColumns(answers, whole, columns).length + chosenTexts(answers, whole, columns).length >
        0;
    return some ? [] : [problem('columns', (w) => w.columnsMissing)];
  }
  if (page === 'kind') return kindProblems(answers, whole, columns);
  if (page === 'facts') return factProblems(answers, whole, columns);
  if (page === 'slider')
    return [
      ...tuningProblems(answers, whole, columns),
      ...knobsOf(answers).flatMap((knob) => knobProblems(knob, answers, whole)),
    ];
  return [];
}

/** Of what was found wrong on Continue, what still is, in the same words. */
export function standingOf(
  found: readonly Problem[],
  now: readonly Problem[],
  words: Words,
): readonly Problem[] {
  return found.filter(
    ({ field, say }) =>
      field === null || now.some((one) => one.field === field && one.say(words) === say(words)),
  );
}

/** The first page that still lacks something; 'check' where none does. */
export function firstOpen(
  pages: readonly TrainPage[],
  answers: Answers,
  whole: Whole | null,
  columns: readonly TrainColumn[],
): TrainPage {
  const lacks = (page: TrainPage): boolean =>
    (page === 'arranged' && whole === null) ||
    (page === 'plain' && !answers.plainSure) ||
    problemsOf(page, answers, whole, columns).length > 0;
  return pages.find(lacks) ?? 'check';
}

function privacyProblems({ privacy }: Answers, whole: Whole): Problem[] {
  if (privacy === 'plain' || !isStratified(whole)) return [];
  return [problem('privacy', (w) => w.stratifiedPrivate)];
}

/** A reader that is trained as well reads text alone. */
function kindProblems(answers: Answers, whole: Whole, columns: readonly TrainColumn[]): Problem[] {
  const isAlone = chosenColumns(answers, whole, columns).length === 0;
  const hasText = chosenTexts(answers, whole, columns).length > 0;
  if (!hasText || givesTags(whole)) return [];
  if (!isAlone && readsAlone(answers)) {
    return [{ field: null, say: ({ modelText }) => modelText.kindMissing }];
  }
  return publicProblems(answers, whole, columns);
}

/** What is still wanting of the public text from which words are learnt first. */
function publicProblems(
  answers: Answers,
  whole: Whole,
  columns: readonly TrainColumn[],
): Problem[] {
  if (pretrainsOn(answers, whole, columns) !== 'public') return [];
  const at = (field: string, say: (words: Words['modelText']) => string): Problem => ({
    field,
    say: ({ modelText }) => say(modelText),
  });
  const { publicRecords, publicColumn, publicSure } = answers;
  if (publicRecords === '' || publicRecords === answers.artefact) {
    return [at('publicRecords', (w) => w.publicRecordsMissing)];
  }
  return [
    ...(publicColumn === '' ? [at('publicColumn', (w) => w.publicColumnMissing)] : []),
    ...(publicSure ? [] : [at('publicSure', (w) => w.publicSureMissing)]),
  ];
}

function markProblems(answers: Answers, { label }: Whole): Problem[] {
  const values = labelValues(label);
  const clash = marksOf(answers).find((mark) => values.includes(mark));
  if (clash === undefined) return [];
  const isTicked = answers.marks.some((mark) => mark === clash);
  return [problem(isTicked ? 'marks' : 'otherMarks', (w) => w.markIsAnswer(clash))];
}

function factProblems(answers: Answers, whole: Whole, columns: readonly TrainColumn[]): Problem[] {
  return chosenColumns(answers, whole, columns).flatMap((column, place) => {
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

function tuningProblems(
  answers: Answers,
  whole: Whole,
  columns: readonly TrainColumn[],
): Problem[] {
  const { tuning } = answers;
  if (tuning === 'as-is' || givesTags(whole)) return [];
  if (pretrainsOn(answers, whole, columns) === 'records') {
    return [{ field: 'tuning', say: ({ search }) => search.noPretraining }];
  }
  if (!lacksValidation(whole)) return [];
  return [{ field: 'tuning', say: ({ search }) => search.noValidation }];
}

/** What a knob is called: a batch counts people where the guarantee does. */
export function knobName(knob: Knob, { unit }: Whole): Say {
  if (knob === 'batch' && unit.of === 'person') return (w) => w.batchPeople;
  return (w) => w[knob];
}

function knobProblems(knob: Knob, answers: Answers, whole: Whole): Problem[] {
  const typed = answers.advanced[knob];
  if (typed.trim() === '') return [];
  const value = boundOf(typed, false);
  const name = knobName(knob, whole);
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
