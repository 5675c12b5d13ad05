import { ARRANGED, type Arranged } from '../../../../main/contract/arranged.ts';
import type {
  Arrangement,
  ArrangementChoice,
  LabelChoice,
} from '../../../../main/contract/arrangement.ts';
import type { ArrangementAnswers as Answers } from '../../../../main/contract/arrangement-draft.ts';
import type { SplitPlan } from '../../../../main/contract/split.ts';
import type { TrainColumn } from '../../../../main/contract/train-calls.ts';
import { boundOf, plainText } from '../../../typed.ts';

export function noArrangement(): Answers {
  return {
    pending: null,
    label: '',
    yes: '',
    no: '',
    target: 'classes',
    values: '',
    harmful: '',
    lowest: '',
    highest: '',
    people: null,
    person: '',
    mostRows: '1',
    split: 'share',
    splitShare: '20',
    validationShare: '',
    stratify: false,
    splitDate: '',
    testFrom: '',
    validationFrom: '',
    splitColumn: '',
  };
}

/** The first choice that nobody has made yet. */
export function firstOpen(arrangement: Arrangement): Arranged | null {
  return ARRANGED.find((part) => arrangement[part] === null) ?? null;
}

/** Names, identifiers and free text: a model must not see them. */
export function isHidden({ role, type }: TrainColumn): boolean {
  return role === 'direct-identifier' || type === 'text' || type === 'identifier';
}

/** Ways to predict a column: yes or no, one of several values, a number, or a tag for each word. */
export type LabelForm = 'binary' | Answers['target'];

function formsOf(column: TrainColumn): readonly LabelForm[] {
  const { type, distinct } = column;
  if (column.tags !== null) return ['tags'];
  if (isHidden(column) || distinct === '0-1') return [];
  if (distinct === '2') return ['binary'];
  const number = type === 'integer' || type === 'real' ? (['number'] as const) : [];
  return distinct === '3-20' && type !== 'date' ? ['classes', 'ordered', ...number] : number;
}

/** The ways in which the chosen column can be predicted, and the one that was chosen. */
export function labelForms(
  { label, target }: Pick<Answers, 'label' | 'target'>,
  columns: readonly TrainColumn[],
): { readonly forms: readonly LabelForm[]; readonly form: LabelForm } {
  const column = columns.find(({ name }) => name === label);
  const forms = column === undefined ? [] : formsOf(column);
  return { forms, form: forms.includes(target) ? target : (forms[0] ?? 'binary') };
}

/** Columns that a model could predict. */
export function labelColumns(columns: readonly TrainColumn[]): readonly TrainColumn[] {
  return columns.filter((column) => formsOf(column).length > 0);
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

type Tasks = Pick<Answers, 'label' | 'people' | 'person'>;

const hasNoTask =
  ({ label, people, person }: Tasks) =>
  ({ name }: TrainColumn): boolean =>
    name !== label && (people !== 'several' || name !== person);

/** Columns that say which records are for training and which for the test. */
export function splitColumns(
  columns: readonly TrainColumn[],
  tasks: Tasks,
): readonly TrainColumn[] {
  return columns.filter(({ parts }) => parts !== 'no').filter(hasNoTask(tasks));
}

/** Columns by which records can be earlier or later: dates first, then whole numbers. */
export function dateColumns(columns: readonly TrainColumn[], tasks: Tasks): readonly TrainColumn[] {
  const free = columns.filter(hasNoTask(tasks)).filter(({ distinct }) => distinct !== '0-1');
  const of = (type: TrainColumn['type']): TrainColumn[] =>
    free.filter((column) => column.type === type && !isHidden(column));
  return [...of('date'), ...of('integer')];
}

/** Whether the boundaries of a split by this column are days, and not numbers. */
export function isDayColumn(columns: readonly TrainColumn[], name: string): boolean {
  return columns.find((column) => column.name === name)?.type === 'date';
}

/** What was typed on a page as the choice it makes; the page has nothing wanting. */
export function choiceOf(
  page: Arranged,
  answers: Answers,
  columns: readonly TrainColumn[],
): ArrangementChoice {
  switch (page) {
    case 'label':
      return { choose: 'label', label: labelOf(answers, columns) };
    case 'unit': {
      const { people, person: column, mostRows } = answers;
      if (people !== 'several') return { choose: 'unit', unit: { of: 'row' } };
      const maxRows = boundOf(mostRows, false) ?? 1;
      return { choose: 'unit', unit: { of: 'person', column, maxRows } };
    }
    case 'split':
      return { choose: 'split', split: splitOf(answers, columns) };
  }
}

function labelOf(answers: Answers, columns: readonly TrainColumn[]): LabelChoice {
  const { label: column, yes, no, values, harmful, lowest, highest } = answers;
  const { form } = labelForms(answers, columns);
  if (form === 'binary') return { column, yes: yes.trim(), no: no.trim() };
  if (form === 'number') {
    const [low, high] = [boundOf(lowest, false), boundOf(highest, false)];
    const bounds = low === null || high === null ? {} : { bounds: [low, high] as [number, number] };
    return { column, target: form, ...bounds };
  }
  if (form === 'tags') {
    const text = columns.find(({ name }) => name === column)?.tags ?? '';
    return { column, target: form, text, values: linesIn(values) };
  }
  const positive = harmful.trim() === '' ? {} : { positive: harmful.trim() };
  return { column, target: form, values: linesIn(values), ...positive };
}

/** The lines of a text, each once. */
export function linesIn(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

function splitOf(answers: Answers, columns: readonly TrainColumn[]): SplitPlan {
  const { split, splitColumn, splitDate, testFrom, validationFrom, stratify } = answers;
  if (split === 'column') return { column: splitColumn };
  if (split === 'date') {
    const isDay = isDayColumn(columns, splitDate);
    const boundary = (text: string): string | number =>
      isDay ? plainText(text) : (boundOf(text, false) ?? 0);
    const validation =
      validationFrom.trim() === '' ? {} : { validation_from: boundary(validationFrom) };
    return { date: splitDate, test_from: boundary(testFrom), ...validation };
  }
  const share = (text: string): number => (boundOf(text, false) ?? 0) / 100;
  const validation =
    answers.validationShare.trim() === '' ? {} : { validation: share(answers.validationShare) };
  const draw = { test: share(answers.splitShare), ...validation, seed: 1, key: 'study' as const };
  return stratify ? { ...draw, stratify: true } : draw;
}

/** What was chosen, as it would be typed; what was not chosen is left out. */
export function typedOf({ label, unit, split }: Arrangement): Record<Arranged, Partial<Answers>> {
  return {
    label: label === null ? {} : labelTyped(label),
    unit: unitTyped(unit),
    split: split === null ? {} : splitTyped(split),
  };
}

function labelTyped(label: LabelChoice): Partial<Answers> {
  if (!('target' in label)) return { label: label.column, yes: label.yes, no: label.no };
  const { column, target } = label;
  if (target === 'number') {
    const [lowest = '', highest = ''] = (label.bounds ?? []).map(String);
    return { label: column, target, lowest, highest };
  }
  const harmful = label.target === 'tags' ? '' : (label.positive ?? '');
  return { label: column, target, values: label.values.join('\n'), harmful };
}

function unitTyped(unit: Arrangement['unit']): Partial<Answers> {
  if (unit === null) return {};
  if (unit.of === 'row') return { people: 'once' };
  return { people: 'several', person: unit.column, mostRows: String(unit.maxRows) };
}

function splitTyped(split: SplitPlan): Partial<Answers> {
  if ('column' in split) return { split: 'column', splitColumn: split.column };
  if ('date' in split) {
    const { date, test_from, validation_from } = split;
    return {
      ...{ split: 'date', splitDate: date, testFrom: String(test_from) },
      validationFrom: validation_from === undefined ? '' : String(validation_from),
    };
  }
  const percent = (share: number): string => String(Number((share * 100).toFixed(6)));
  return {
    split: 'share',
    splitShare: percent(split.test),
    validationShare: split.validation === undefined ? '' : percent(split.validation),
    stratify: split.stratify === true,
  };
}
