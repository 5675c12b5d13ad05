import { COLUMN_REPAIRS } from '../../../../main/contract/column-repairs.ts';
import type { ColumnProfile } from '../../../../main/contract/import.ts';
import type { RepairKind } from '../../../../main/contract/repair-kinds.ts';
import type { DateForm, NumberForm, Repair } from '../../../../main/contract/repair.ts';
import type { Draft } from '../../../drafts.svelte.ts';
import type { Problem } from '../../../problem.ts';
import type { Session } from '../../../session.svelte.ts';
import { boundOf, plainText } from '../../../typed.ts';

/** A repair as it stands on the pages; it outlives them. */
export interface OwnRepairAnswers {
  /** The records it is of. */
  artefact: string | null;
  scope: 'column' | 'records' | null;
  column: string;
  kind: RepairKind | null;
  /** One on each line, as the other values to be joined. */
  marks: string;
  from: string[];
  fromOther: string;
  into: string;
  decimal: NumberForm['decimal'] | null;
  thousands: NumberForm['thousands'];
  unit: string;
  dateForm: DateForm | null;
  others: 'missing' | 'refuse' | null;
  lower: string;
  upper: string;
  fill: 'constant' | 'median' | 'mode' | null;
  constant: string;
}

export const noOwnRepair = (artefact: string): OwnRepairAnswers => ({
  ...{
    artefact,
    scope: null,
    column: '',
    kind: null,
    marks: '',
    from: [],
    fromOther: '',
    into: '',
  },
  ...{ decimal: null, thousands: 'none', unit: '', dateForm: null, others: null },
  ...{ lower: '', upper: '', fill: null, constant: '' },
});

/** What every page of the repair is given. */
export interface OwnPageProps {
  readonly session: Session;
  readonly draft: Draft<OwnRepairAnswers>;
  readonly problems: readonly Problem[];
  readonly back: () => void;
  readonly onward: () => void;
}

/** And what its settings are. */
export interface SettingsProps {
  readonly session: Session;
  readonly draft: Draft<OwnRepairAnswers>;
  readonly problems: readonly Problem[];
}

export type Type = ColumnProfile['type'];

export const isQuantity = (type: Type): boolean =>
  type === 'integer' || type === 'real' || type === 'date';
const isNumber = (type: Type): boolean => type === 'integer' || type === 'real';

/** What of a column decides which repairs it is offered. */
export type Repairable = Pick<ColumnProfile, 'type' | 'missing'>;

/** The repairs of which a column has any use: none of empty cells where there are none. */
export function kindsOf({ type, missing }: Repairable): readonly RepairKind[] {
  const all = COLUMN_REPAIRS[type];
  return missing > 0 ? all : all.filter((kind) => kind !== 'fill' && kind !== 'drop-rows');
}

/** Numbers can be days only as Excel counts them. */
export function dateFormsFor(type: Type, all: readonly DateForm[]): readonly DateForm[] {
  return isNumber(type) ? all.filter((form) => form.startsWith('excel-')) : all;
}

/** Whether there is more to be said of such a repair than its column. */
export const hasSettings = (kind: RepairKind): boolean =>
  !['trim', 'to-category', 'drop-column', 'drop-rows', 'drop-duplicates'].includes(kind);

export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

/** The values that will be called something else. */
export function joinedValues({ from, fromOther, into }: OwnRepairAnswers): string[] {
  return [...new Set([...from, ...linesOf(fromOther)])].filter((value) => value !== into.trim());
}

/** The repair that the answers say; null where one is missing: see problemsOf. */
export function repairOf(answers: OwnRepairAnswers, type: Type | undefined): Repair | null {
  const { scope, column, kind } = answers;
  if (scope === 'records') return { kind: 'drop-duplicates' };
  if (kind === null || type === undefined) return null;
  switch (kind) {
    case 'drop-duplicates':
      return { kind };
    case 'trim':
    case 'to-category':
    case 'drop-column':
    case 'drop-rows':
      return { kind, column };
    case 'mark-missing':
      return { kind, column, marks: linesOf(answers.marks) };
    case 'merge': {
      const from = joinedValues(answers);
      return { kind, column, groups: [{ into: answers.into.trim(), from }] };
    }
    case 'parse-number': {
      const { decimal, thousands, others } = answers;
      if (decimal === null || others === null) return null;
      const unit = answers.unit.trim();
      const form: NumberForm = { decimal, thousands, unit: unit === '' ? null : unit };
      return { kind, column, form, others };
    }
    case 'parse-date': {
      const { dateForm: form, others } = answers;
      return form === null || others === null ? null : { kind, column, form, others };
    }
    case 'clip':
      return {
        ...{ kind, column },
        lower: clipBound(answers.lower, type),
        upper: clipBound(answers.upper, type),
      };
    case 'fill': {
      const { fill } = answers;
      if (fill === null) return null;
      const value = fill === 'constant' ? { constant: answers.constant.trim() } : fill;
      return { kind, column, with: value };
    }
  }
}

function clipBound(text: string, type: Type): number | string | null {
  if (text.trim() === '') return null;
  return type === 'date' ? plainText(text) : boundOf(text, false);
}
