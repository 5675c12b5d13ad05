import type {
  LabelCondition,
  LabelOrder,
  LabelPlanInput,
  LabelRule,
  LabelTest,
} from '../../../main/contract/label.ts';
import type { Client } from '../../../main/contract/index.ts';
import type { Words } from '../../../main/words/index.ts';
import type { Draft } from '../../drafts.svelte.ts';
import type { Place } from '../../place.ts';
import type { Problem } from '../../problem.ts';
import type { Session } from '../../session.svelte.ts';

export type Opened = Awaited<ReturnType<Client['label']['open']>>;
export type Column = Opened['columns'][number];
export type LabelPlace = Extract<Place, { at: 'label' }>;

/** A condition as it stands on the page. */
export interface ConditionAnswers {
  column: string;
  is: LabelTest;
  value: string;
}

export interface RuleAnswers {
  value: string;
  when: 'all' | 'any';
  conditions: ConditionAnswers[];
}

/** What was answered about the label of a study's records; it outlives the pages. */
export interface LabelAnswers {
  column: string;
  /** One on each line. */
  values: string;
  order: LabelOrder | null;
  rules: RuleAnswers[];
  rest: 'none' | 'value' | null;
  otherwise: string;
  hand: boolean;
  unlabelled: 'keep' | 'leave-out' | null;
  /** Whether keys give labels. */
  keys: boolean;
}

export interface PageProps {
  readonly session: Session;
  readonly place: LabelPlace;
  readonly draft: Draft<LabelAnswers>;
}

export const noCondition = (): ConditionAnswers => ({ column: '', is: 'equals', value: '' });
export const noRule = (): RuleAnswers => ({
  value: '',
  when: 'all',
  conditions: [noCondition()],
});

export function noAnswers(): LabelAnswers {
  return {
    column: '',
    values: '',
    order: 'random',
    rules: [noRule()],
    rest: 'none',
    otherwise: '',
    hand: true,
    unlabelled: 'keep',
    keys: true,
  };
}

/** As many as there are keys; the contract's own constants would bring its schemas along. */
const MOST_VALUES = 9;
export const MOST_RULES = 50;
export const MOST_CONDITIONS = 20;
const LONGEST_NAME = 200;
const LONGEST_VALUE = 100;

const ORDERED: ReadonlySet<Column['type']> = new Set(['integer', 'real', 'date']);
const TESTS: readonly LabelTest[] = [
  ...(['equals', 'differs', 'above', 'at-least', 'below', 'at-most'] as const),
  ...(['contains', 'lacks', 'missing', 'present'] as const),
];

/** The tests that a column of this type can be put to. */
export function testsFor(type: Column['type'] | undefined): readonly LabelTest[] {
  const isOrdered = type !== undefined && ORDERED.has(type);
  return TESTS.filter((test) => {
    if (test === 'contains' || test === 'lacks') return !isOrdered && type !== 'boolean';
    return isOrdered || !['above', 'at-least', 'below', 'at-most'].includes(test);
  });
}

export const needsValue = (test: LabelTest): boolean => test !== 'missing' && test !== 'present';

/** The ids of the fields of a rule, to which the error summary leads. */
export const fieldOf = (rule: number, part: string, condition?: number): string =>
  condition === undefined ? `rule-${rule}-${part}` : `rule-${rule}-${condition}-${part}`;

export const valuesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function nameProblems(answers: LabelAnswers, columns: readonly Column[]): Problem[] {
  const name = answers.column.trim();
  const problem = (say: (w: Words['labels']) => string): Problem[] => [
    { field: 'column', say: ({ labels }) => say(labels) },
  ];
  if (name === '') return problem((w) => w.nameMissing);
  if (name.length > LONGEST_NAME) return problem((w) => w.nameLong);
  return columns.some((column) => column.name === name) ? problem((w) => w.nameTaken) : [];
}

export function valueProblems(answers: LabelAnswers): Problem[] {
  const values = valuesOf(answers.values);
  const problem = (say: (w: Words['labels']) => string): Problem[] => [
    { field: 'values', say: ({ labels }) => say(labels) },
  ];
  if (values.length < 2) return problem((w) => w.valuesFew);
  if (values.length > MOST_VALUES) return problem((w) => w.valuesMany);
  if (new Set(values).size < values.length) return problem((w) => w.valuesTwice);
  return values.some((value) => value.length > LONGEST_VALUE) ? problem((w) => w.valueLong) : [];
}

/** What is still missing of the rules, each with the field it is about. */
export function ruleProblems(answers: LabelAnswers, columns: readonly Column[]): Problem[] {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const problems: Problem[] = [];
  const add = (field: string, say: (w: Words['labels']['rules']) => string): void => {
    problems.push({ field, say: ({ labels }) => say(labels.rules) });
  };
  for (const [r, { value, conditions }] of answers.rules.entries()) {
    const rule = String(r + 1);
    if (value.trim() === '') add(fieldOf(r, 'value'), (w) => w.valueMissing(rule));
    else if (value.trim().length > LONGEST_VALUE) {
      problems.push({ field: fieldOf(r, 'value'), say: ({ labels }) => labels.valueLong });
    }
    for (const [c, condition] of conditions.entries()) {
      const place = String(c + 1);
      const type = types.get(condition.column);
      if (type === undefined) add(fieldOf(r, 'column', c), (w) => w.columnMissing(rule, place));
      if (!needsValue(condition.is)) continue;
      const field = fieldOf(r, 'with', c);
      const text = condition.value.trim();
      if (text === '') add(field, (w) => w.withMissing(rule, place));
      else if ((type === 'integer' || type === 'real') && !isNumber(text)) {
        add(field, (w) => w.withNumber(rule, place));
      } else if (type === 'date' && !/^\d{4}.\d{1,2}.\d{1,2}/.test(text)) {
        add(field, (w) => w.withDate(rule, place));
      }
    }
  }
  if (answers.rest === 'value' && answers.otherwise.trim() === '') {
    add('otherwise', (w) => w.restMissing);
  }
  return problems;
}

const isNumber = (text: string): boolean => Number.isFinite(Number(text.normalize('NFKC')));

/** The plan that the answers make, with the rules or with labels by hand alone. */
export function planOf(answers: LabelAnswers, byRule: boolean): LabelPlanInput {
  const otherwise = answers.rest === 'value' ? answers.otherwise.trim() : null;
  return {
    column: answers.column.trim(),
    hand: byRule ? answers.hand : true,
    rules: byRule ? answers.rules.map(ruleOf) : [],
    otherwise: byRule ? otherwise : null,
    unlabelled: answers.unlabelled ?? 'keep',
  };
}

function ruleOf({ value, when, conditions }: RuleAnswers): LabelRule {
  return {
    value: value.trim(),
    when,
    conditions: conditions.map(({ column, is, value: text }): LabelCondition => {
      if (is === 'missing' || is === 'present') return { column, is };
      return { column, is, value: text.trim() };
    }),
  };
}

/** The columns that rules look at. */
export function columnsOf(rules: readonly LabelRule[]): string[] {
  return [...new Set(rules.flatMap(({ conditions }) => conditions.map(({ column }) => column)))];
}

export type Press =
  | { readonly do: 'label'; readonly value: number }
  | { readonly do: 'skip' | 'undo' | 'previous' | 'next' };

/** What a key asks for; null for none, and where the person is typing or holds the key down. */
export function pressOf(event: KeyboardEvent): Press | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) {
    return null;
  }
  const { target } = event;
  const isTyping =
    target instanceof HTMLElement && target.closest('input, select, textarea, summary') !== null;
  if (isTyping) return null;
  if (/^[1-9]$/.test(event.key)) return { do: 'label', value: Number(event.key) - 1 };
  const pressed = KEYS.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  return pressed === undefined ? null : { do: pressed };
}

const KEYS: ReadonlyMap<string, 'skip' | 'undo' | 'previous' | 'next'> = new Map([
  ['s', 'skip'],
  ['u', 'undo'],
  ['ArrowLeft', 'previous'],
  ['ArrowRight', 'next'],
]);
