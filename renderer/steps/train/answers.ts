import type { DraftPlanInput, TrainColumn } from '../../../main/contract/train-calls.ts';
import type {
  TrainAnswers as Answers,
  TrainFact as Fact,
  TrainKnob as Knob,
  TrainPage,
} from '../../../main/contract/train-draft.ts';

/** Figures of the slider, from stronger privacy to a sharper model. */
export const EPSILONS = [0.1, 0.25, 0.5, 1, 2, 4, 8] as const;

export function noAnswers(): Answers {
  return {
    page: null,
    artefact: null,
    label: '',
    yes: '',
    no: '',
    people: null,
    person: '',
    mostRows: '1',
    features: null,
    split: 'share',
    splitShare: '20',
    splitColumn: '',
    privacy: 'private',
    plainSure: false,
    marks: [],
    otherMarks: '',
    facts: {},
    kind: 'logistic',
    epsilon: 1,
    advanced: { epochs: '', batch: '', clip: '', rate: '', delta: '' },
  };
}

/** The pages these answers lead through. */
export function pagesOf(answers: Answers, severalRecords: boolean): readonly TrainPage[] {
  const isPrivate = answers.privacy === 'private';
  return [
    ...(severalRecords ? (['records'] as const) : []),
    'question',
    'people',
    'columns',
    'split',
    'privacy',
    ...(isPrivate
      ? (['missing', 'facts', 'kind', 'slider'] as const)
      : (['plain', 'missing', 'kind'] as const)),
    'check',
  ];
}

/** Names, identifiers and free text: a model must not see them. */
export function isHidden({ role, type }: TrainColumn): boolean {
  return role === 'direct-identifier' || type === 'text' || type === 'identifier';
}

/** Columns that can tell people apart, those that look like it first. */
export function personColumns(
  columns: readonly TrainColumn[],
  { label }: Pick<Answers, 'label'>,
): readonly TrainColumn[] {
  const can = columns.filter(({ name, people }) => people !== 'no' && name !== label);
  return [...can.filter(looksLikeIt), ...can.filter((column) => !looksLikeIt(column))];
}

const looksLikeIt = ({ people }: TrainColumn): boolean => people !== 'may';

/** Columns that say which records are for training and which for the test. */
export function splitColumns(
  columns: readonly TrainColumn[],
  { label }: Pick<Answers, 'label'>,
): readonly TrainColumn[] {
  return columns.filter(({ name, parts }) => parts !== 'no' && name !== label);
}

/** Columns that could hold the answer to a yes-or-no question. */
export function labelColumns(columns: readonly TrainColumn[]): readonly TrainColumn[] {
  return columns.filter((column) => column.distinct === '2' && !isHidden(column));
}

type Tasks = Pick<Answers, 'label' | 'people' | 'person' | 'split' | 'splitColumn'>;

/** Columns the model may be given: those without another task. */
export function offered(columns: readonly TrainColumn[], answers: Tasks): readonly TrainColumn[] {
  const { label, people, person, split, splitColumn } = answers;
  const taken = new Set([
    label,
    ...(people === 'several' ? [person] : []),
    ...(split === 'column' ? [splitColumn] : []),
  ]);
  return columns.filter((column) => !taken.has(column.name) && !isHidden(column));
}

/** What is ticked before anybody chose; a column that parts the records says nothing of people. */
export function usualFeatures(columns: readonly TrainColumn[], answers: Tasks): string[] {
  return offered(columns, answers)
    .filter(({ parts }) => parts === 'no')
    .filter(({ role, distinct }) => role !== 'sensitive' && distinct !== '0-1')
    .map(({ name }) => name);
}

/** The columns chosen, in the order of the file. */
export function chosenColumns(
  answers: Answers,
  columns: readonly TrainColumn[],
): readonly TrainColumn[] {
  return offered(columns, answers).filter(({ name }) => answers.features?.includes(name));
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

const DAY = 86_400_000;

/** A typed number, or a date as days since 1970-01-01; null where it is neither. */
export function boundOf(text: string, isDate: boolean): number | null {
  const plain = text.normalize('NFKC').trim();
  if (plain === '') return null;
  if (!isDate) {
    const number = Number(plain);
    return Number.isFinite(number) ? number : null;
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(plain)) return null;
  const time = Date.parse(`${plain}T00:00:00Z`);
  const isCalendar = !Number.isNaN(time) && new Date(time).toISOString().startsWith(plain);
  return isCalendar ? time / DAY : null;
}

/** The lines of a list, each once. */
export function listOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** How the answers part the records, and whom the guarantee covers. */
export function partsOf(answers: Answers): Pick<DraftPlanInput, 'unit' | 'split' | 'missing'> {
  const { people, person, mostRows, split, splitShare, splitColumn } = answers;
  const unit = { column: person, maxRows: boundOf(mostRows, false) ?? 1 };
  return {
    ...(people === 'several' ? { unit } : {}),
    split:
      split === 'column'
        ? { column: splitColumn }
        : { test: (boundOf(splitShare, false) ?? 20) / 100, seed: 1 },
    missing: marksOf(answers),
  };
}

/** Every mark of missing values, each once. */
export function marksOf({ marks, otherMarks }: Answers): string[] {
  return [...new Set([...marks, ...listOf(otherMarks)])];
}

/** The plan the answers make; delta is left to the ledger's rule unless it was typed. */
export function planOf(answers: Answers, columns: readonly TrainColumn[]): DraftPlanInput {
  const { label, yes, no, kind, epsilon, advanced } = answers;
  const chosen = chosenColumns(answers, columns);
  const knob = (name: Knob): number | undefined => boundOf(advanced[name], false) ?? undefined;
  const delta = knob('delta');
  return {
    label,
    labels: [no.trim(), yes.trim()],
    positive: yes.trim(),
    features: chosen.map(({ name }) => name),
    ...partsOf(answers),
    ...(answers.privacy === 'plain'
      ? { privacy: null }
      : {
          ...factsOf(answers, chosen),
          ...boughtOf(answers, chosen),
          privacy: delta === undefined ? { epsilon } : { epsilon, delta },
        }),
    model: { kind },
    epochs: knob('epochs'),
    batch: knob('batch'),
    clip: answers.privacy === 'plain' ? undefined : knob('clip'),
    learningRate: knob('rate'),
  };
}

function factsOf(
  answers: Answers,
  chosen: readonly TrainColumn[],
): Pick<DraftPlanInput, 'bounds' | 'categories'> {
  const bounds: Record<string, [number, number]> = {};
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
