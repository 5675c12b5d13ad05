import type { Arrangement, LabelChoice, UnitChoice } from '../../../main/contract/arrangement.ts';
import type { SplitPlan } from '../../../main/contract/split.ts';
import {
  AVERAGINGS,
  CALIBRATIONS,
  CLIPPINGS,
  OPTIMISERS,
  SCHEDULES,
} from '../../../main/contract/step-ways.ts';
import type { DraftPlanInput, TrainColumn } from '../../../main/contract/train-calls.ts';
import {
  TRAIN_KNOBS,
  TRAIN_WAYS,
  type TrainAnswers as Answers,
  type TrainFact as Fact,
  type TrainKnob as Knob,
  type TrainPage,
  type TrainWay as Way,
} from '../../../main/contract/train-draft.ts';
import { BUNDLED_ENCODER, isTextKind } from '../../../main/contract/text-kinds.ts';
import { boundOf } from '../../typed.ts';
import { isHidden } from '../import/arrange/answers.ts';

/** The advanced settings that a kind of model has. */
export function knobsOf({ kind }: Pick<Answers, 'kind'>): readonly Knob[] {
  return kind === 'boosting' ? ['delta'] : TRAIN_KNOBS;
}

/** How its steps are made and its probabilities fitted, where the person may choose it. */
export function waysOf({ kind }: Pick<Answers, 'kind'>, whole: Whole): readonly Way[] {
  const isFitted = !('target' in whole.label) && !lacksValidation(whole);
  return TRAIN_WAYS.filter((way) => (way === 'calibration' ? isFitted : kind !== 'boosting'));
}

/** Trainings of a search on average, where nobody says otherwise. */
const TRIALS = 4;

/** Figures of the slider, from stronger privacy to a sharper model. */
export const EPSILONS = [0.1, 0.25, 0.5, 1, 2, 4, 8] as const;

/** @param epsilon where the slider begins: as the field of the study proposes, which it then says */
export function noAnswers(epsilon = 1): Answers {
  return {
    page: null,
    artefact: null,
    texts: [],
    features: null,
    privacy: 'private',
    plainSure: false,
    marks: [],
    otherMarks: '',
    facts: {},
    kind: 'logistic',
    encoder: BUNDLED_ENCODER,
    tune: 'head',
    tokens: 'mixed',
    vocabulary: 'public',
    pretrain: 'none',
    publicRecords: '',
    publicColumn: '',
    publicSure: false,
    epsilon,
    tuning: 'as-is',
    advanced: { epochs: '', batch: '', clip: '', rate: '', delta: '' },
    ways: { clipping: '', optimiser: '', schedule: '', averaging: '', calibration: '' },
  };
}

/** Whether each word of a text is given a tag: then that text is all that is read. */
export function givesTags(whole: Whole | null): boolean {
  return taggedText(whole) !== null;
}

/** The column of the words that are tagged; null where another thing is predicted. */
function taggedText(whole: Whole | null): string | null {
  const label = whole?.label;
  return label !== undefined && 'target' in label && label.target === 'tags' ? label.text : null;
}

/** The pages these answers lead through. */
export function pagesOf(
  answers: Answers,
  severalRecords: boolean,
  whole: Whole | null = null,
): readonly TrainPage[] {
  const isPrivate = answers.privacy === 'private';
  const isOfTags = givesTags(whole);
  const hasColumns = !isOfTags && (answers.texts.length === 0 || answers.features?.length !== 0);
  return [
    ...(severalRecords ? (['records'] as const) : []),
    'arranged',
    ...(isOfTags ? [] : (['columns'] as const)),
    'privacy',
    ...(isPrivate
      ? ([
          ...(['missing', ...(hasColumns ? (['facts'] as const) : []), 'kind'] as const),
          ...(learnsWords(answers) && !isOfTags ? (['words'] as const) : []),
          'slider',
        ] as const)
      : (['plain', 'missing', 'kind'] as const)),
    'check',
  ];
}

/** How the records are organised, once all of it is chosen. */
export interface Whole {
  readonly label: LabelChoice;
  readonly unit: UnitChoice;
  readonly split: SplitPlan;
}

/** Null while something is still open. */
export function wholeOf({ label, unit, split }: Arrangement): Whole | null {
  return label === null || unit === null || split === null ? null : { label, unit, split };
}

/** Whether the split draws the same share of each answer: then no privacy limit can hold. */
export function isStratified({ split }: Whole): boolean {
  return 'stratify' in split && split.stratify === true;
}

/** Whether a split is known to keep no validation records; one by a column may keep some. */
export function lacksValidation({ split }: Whole): boolean {
  if ('column' in split) return false;
  return ('date' in split ? split.validation_from : split.validation) === undefined;
}

/** Columns with another task. */
function takenBy({ label, unit, split }: Whole): ReadonlySet<string> {
  return new Set([
    label.column,
    ...(unit.of === 'person' ? [unit.column] : []),
    ...('column' in split ? [split.column] : []),
    ...('date' in split ? [split.date] : []),
  ]);
}

/** Columns the model may be given: those without another task, and none that only parts the records. */
export function offered(columns: readonly TrainColumn[], whole: Whole): readonly TrainColumn[] {
  if (givesTags(whole)) return [];
  const taken = takenBy(whole);
  return columns.filter(
    (column) => !taken.has(column.name) && !isHidden(column) && column.parts !== 'all',
  );
}

/** Columns of free text that the model may read: a name or an address is none. */
export function offeredTexts(
  columns: readonly TrainColumn[],
  whole: Whole,
): readonly TrainColumn[] {
  const taken = takenBy(whole);
  return columns.filter(
    ({ name, type, role }) => type === 'text' && role !== 'direct-identifier' && !taken.has(name),
  );
}

/** The columns of text chosen, in the order of the file. */
export function chosenTexts(
  { texts }: Pick<Answers, 'texts'>,
  whole: Whole,
  columns: readonly TrainColumn[],
): readonly string[] {
  const tagged = taggedText(whole);
  if (tagged !== null) return [tagged];
  return offeredTexts(columns, whole)
    .map(({ name }) => name)
    .filter((name) => texts.includes(name));
}

/** Whether the model is trained here and has words of its own. */
export function learnsWords({ kind }: Pick<Answers, 'kind'>): boolean {
  return isTextKind(kind) && kind !== 'encoder-head';
}

/** What is ticked before anybody chose; a column that parts the records says nothing of people. */
export function usualFeatures(columns: readonly TrainColumn[], whole: Whole): string[] {
  return offered(columns, whole)
    .filter(({ parts }) => parts === 'no')
    .filter(({ role, distinct }) => role !== 'sensitive' && distinct !== '0-1')
    .map(({ name }) => name);
}

/** The columns chosen, in the order of the file. */
export function chosenColumns(
  { features }: Pick<Answers, 'features'>,
  whole: Whole,
  columns: readonly TrainColumn[],
): readonly TrainColumn[] {
  return offered(columns, whole).filter(({ name }) => features?.includes(name));
}

/** A whole number of few values may be a quantity or a code: only the person knows. */
export function mayBeEither({ type, distinct }: TrainColumn): boolean {
  return type === 'integer' && distinct !== 'more';
}

export function emptyFact(column: TrainColumn): Fact {
  const isNumber = column.type === 'integer' || column.type === 'real' || column.type === 'date';
  const form = isNumber && !(mayBeEither(column) && column.distinct === '2') ? 'number' : 'list';
  return { form, low: '', high: '', list: '' };
}

/** What was said of a column, in a form that its values have in the records chosen now. */
export function factOf({ facts }: Pick<Answers, 'facts'>, column: TrainColumn): Fact {
  const empty = emptyFact(column);
  const said = facts[column.name] ?? empty;
  return said.form === empty.form || mayBeEither(column) ? said : { ...said, form: empty.form };
}

/** The lines of a list, each once. */
export function listOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** Every mark of missing values, each once. */
export function marksOf({ marks, otherMarks }: Answers): string[] {
  return [...new Set([...marks, ...listOf(otherMarks)])];
}

/** The plan the answers make; delta is left to the ledger's rule unless it was typed. */
export function planOf(
  answers: Answers,
  whole: Whole,
  columns: readonly TrainColumn[],
): DraftPlanInput {
  const { kind, epsilon, advanced } = answers;
  const { label, unit, split } = whole;
  const chosen = chosenColumns(answers, whole, columns);
  const texts = chosenTexts(answers, whole, columns);
  const names = chosen.map(({ name }) => name);
  const knob = (name: Knob): number | undefined => boundOf(advanced[name], false) ?? undefined;
  const delta = knob('delta');
  return {
    label: label.column,
    ...labelPlan(label),
    ...(texts.length === 0
      ? { features: names }
      : { text: [...texts], ...(names.length === 0 ? {} : { features: names }) }),
    ...(unit.of === 'row' ? {} : { unit: { column: unit.column, maxRows: unit.maxRows } }),
    split,
    missing: marksOf(answers),
    ...(answers.privacy === 'plain'
      ? { ...plainBounds(label), privacy: null }
      : {
          ...factsOf(answers, chosen, label),
          ...boughtOf(answers, chosen),
          privacy: delta === undefined ? { epsilon } : { epsilon, delta },
          ...(answers.tuning === 'search' && !givesTags(whole)
            ? { search: { trials: TRIALS } }
            : {}),
        }),
    model: modelOf(answers, givesTags(whole), pretrainsOn(answers, whole, columns)),
    ...(kind === 'boosting'
      ? {}
      : {
          epochs: knob('epochs'),
          batch: knob('batch'),
          clip: answers.privacy === 'plain' ? undefined : knob('clip'),
          learningRate: knob('rate'),
        }),
    ...chosenWays(answers, whole),
  };
}

/** On what the model learns to guess words before its answer: only one of text alone, trained here, can. */
export function pretrainsOn(
  answers: Answers,
  whole: Whole,
  columns: readonly TrainColumn[],
): Answers['pretrain'] {
  const isAlone = chosenColumns(answers, whole, columns).length === 0;
  return learnsWords(answers) && isAlone && !givesTags(whole) ? answers.pretrain : 'none';
}

/** The public text beside the records, for the call that starts a training. */
export function publicTextOf(
  answers: Answers,
  whole: Whole,
  columns: readonly TrainColumn[],
): { publicText?: { artefact: string; column: string } } {
  if (pretrainsOn(answers, whole, columns) !== 'public') return {};
  return { publicText: { artefact: answers.publicRecords, column: answers.publicColumn } };
}

function modelOf(
  answers: Answers,
  isOfTags: boolean,
  pretrain: Answers['pretrain'],
): DraftPlanInput['model'] {
  const { kind, encoder, tune, tokens, vocabulary, privacy } = answers;
  if (isOfTags) return { kind: kind === 'encoder-head' ? kind : 'bag' };
  if (kind === 'encoder-head') return { kind, encoder, ...(tune === 'head' ? {} : { tune }) };
  if (!isTextKind(kind)) return { kind };
  const cut = tokens === 'mixed' ? {} : { tokens };
  // Without privacy the words are learnt.
  const words = privacy === 'private' ? { vocabulary } : {};
  return { kind, ...cut, ...words, ...(pretrain === 'none' ? {} : { pretrain: { on: pretrain } }) };
}

/** The kinds of model of columns alone that can predict this, the usual one first. */
export function kindsFor(label: LabelChoice): readonly Answers['kind'][] {
  if (!('target' in label)) return ['logistic', 'boosting', 'network'];
  return label.target === 'number'
    ? ['linear', 'boosting', 'network']
    : ['logistic', 'boosting', 'network'];
}

/** The values that a mark of missing values must not be; none of a number. */
export function labelValues(label: LabelChoice): readonly string[] {
  if (!('target' in label)) return [label.no, label.yes];
  return label.target === 'number' || label.target === 'tags' ? [] : label.values;
}

function labelPlan(label: LabelChoice): Pick<DraftPlanInput, 'target' | 'labels' | 'positive'> {
  if (!('target' in label)) return { labels: [label.no, label.yes], positive: label.yes };
  const { target } = label;
  if (target === 'number') return { target };
  if (target === 'tags') return { target, labels: label.values };
  const { values, positive } = label;
  return { target, labels: values, ...(positive === undefined ? {} : { positive }) };
}

/** Bounds of a number that is predicted, where they are known. */
function labelBounds(label: LabelChoice): Record<string, [number, number]> {
  if (!('target' in label) || label.target !== 'number' || label.bounds === undefined) return {};
  return { [label.column]: label.bounds };
}

function plainBounds(label: LabelChoice): Pick<DraftPlanInput, 'bounds'> {
  const bounds = labelBounds(label);
  return Object.keys(bounds).length === 0 ? {} : { bounds };
}

/** Without privacy there is no page to choose them on. */
function chosenWays(answers: Answers, whole: Whole): Partial<Pick<DraftPlanInput, Way>> {
  if (answers.privacy === 'plain') return {};
  const { ways } = answers;
  const chosen = {
    clipping: CLIPPINGS.find((word) => word === ways.clipping),
    optimiser: OPTIMISERS.find((word) => word === ways.optimiser),
    schedule: SCHEDULES.find((word) => word === ways.schedule),
    averaging: AVERAGINGS.find((word) => word === ways.averaging),
    calibration: CALIBRATIONS.find((word) => word === ways.calibration),
  };
  return Object.fromEntries(waysOf(answers, whole).map((way) => [way, chosen[way]]));
}

function factsOf(
  answers: Answers,
  chosen: readonly TrainColumn[],
  label: LabelChoice,
): Pick<DraftPlanInput, 'bounds' | 'categories'> {
  const bounds = labelBounds(label);
  const categories: Record<string, string[]> = {};
  for (const column of chosen) {
    const fact = factOf(answers, column);
    if (fact.buy === true) continue;
    const isDate = column.type === 'date';
    const low = boundOf(fact.low, isDate);
    const high = boundOf(fact.high, isDate);
    if (fact.form === 'list') categories[column.name] = listOf(fact.list);
    else if (low !== null && high !== null) bounds[column.name] = [low, high];
  }
  return { bounds, categories };
}

/** What is to be found with noise, and whether it is a range or a list. */
function boughtOf(
  answers: Answers,
  chosen: readonly TrainColumn[],
): Pick<DraftPlanInput, 'statistics'> {
  const bought = chosen
    .map((column) => ({ name: column.name, fact: factOf(answers, column) }))
    .filter(({ fact }) => fact.buy === true);
  if (bought.length === 0) return {};
  const named = (form: Fact['form']): string[] =>
    bought.filter(({ fact }) => fact.form === form).map(({ name }) => name);
  return { statistics: { bounds: named('number'), categories: named('list') } };
}
