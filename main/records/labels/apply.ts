import { ConcordError } from '../../contract/errors.ts';
import {
  EXAMPLES_OF_EACH,
  type LabelEffect,
  type LabelExample,
  type LabelPlan,
} from '../../contract/label.ts';
import { cellTexts } from '../cell-text.ts';
import { shortened } from '../profile-text.ts';
import { retyped } from '../repairs/cellwise.ts';
import { columnOf, filterRows } from '../shape.ts';
import type { Table } from '../table.ts';
import { rowsFitting } from './conditions.ts';

/** Labels given by hand: the values in their order, and the label of each labelled row (from 0). */
export interface HandGiven {
  readonly values: readonly string[];
  readonly rows: ReadonlyMap<number, string>;
}

export interface Labelled {
  readonly table: Table;
  readonly effect: LabelEffect;
}

/** What decided each row: a rule by its place in the list, or one of these. */
const HAND = -2;
const OTHERWISE = -1;
const NOTHING = -3;
/** So many columns are shown beside the label. */
const SHOWN = 5;

interface Decided {
  readonly values: readonly string[];
  /** By row: the place of its value, -1 for none. */
  readonly codes: Int32Array;
  readonly by: Int32Array;
  readonly fits: readonly Uint8Array[];
}

/**
 * The table with its label as a last column, typed as if it had been read from a file; rows without
 * a label keep an empty cell or are left out. All other cells stay as they are.
 * @throws COLUMN_EXISTS {column}, COLUMN_UNKNOWN {column, nearest}, LABEL_RULE_UNFIT {place, test,
 *   column, type}, LABELS_NONE where no row would get a label
 */
export function labelTable(table: Table, plan: LabelPlan, hand: HandGiven): Labelled {
  const decided = decide(table, plan, hand);
  const { codes, values } = decided;
  const effect = effectOf(table, plan, decided);
  if (effect.unlabelled === table.rows) throw new ConcordError('LABELS_NONE');
  const label = retyped({
    ...{ name: plan.column, type: 'category', codes, dictionary: [...values] },
  });
  const whole: Table = { rows: table.rows, columns: [...table.columns, label] };
  const leavesOut = plan.unlabelled === 'leave-out' && effect.unlabelled > 0;
  const labelled = leavesOut
    ? filterRows(
        whole,
        codes.map((code) => (code < 0 ? 0 : 1)),
      )
    : whole;
  return { table: labelled, effect };
}

/**
 * What a plan would do, with the first few rows of each value and of those without.
 * @throws COLUMN_EXISTS, COLUMN_UNKNOWN, LABEL_RULE_UNFIT as labelTable does
 */
export function previewLabels(
  table: Table,
  plan: LabelPlan,
  hand: HandGiven,
): { effect: LabelEffect; columns: string[]; examples: LabelExample[] } {
  const decided = decide(table, plan, hand);
  const columns = columnsLookedAt(plan).slice(0, SHOWN);
  const shown = columns.map((name) => cellTexts(columnOf(table, name)));
  const { values, codes, by } = decided;
  const seen = new Int32Array(values.length + 1);
  const examples: LabelExample[] = [];
  for (let row = 0; row < table.rows; row++) {
    const code = codes[row] as number;
    // The last counter is of rows without a label.
    const group = code < 0 ? values.length : code;
    if ((seen[group] as number) >= EXAMPLES_OF_EACH) continue;
    seen[group] = (seen[group] as number) + 1;
    const decidedBy = by[row] as number;
    examples.push({
      row: row + 1,
      cells: shown.map((text) => shortened(text(row))),
      label: values[code] ?? '',
      by: WORDS[decidedBy] ?? 'rule',
      rule: decidedBy >= 0 ? decidedBy + 1 : null,
    });
    if (examples.length === EXAMPLES_OF_EACH * seen.length) break;
  }
  return { effect: effectOf(table, plan, decided), columns, examples };
}

const WORDS: Readonly<Record<number, LabelExample['by']>> = {
  [HAND]: 'hand',
  [OTHERWISE]: 'otherwise',
  [NOTHING]: 'nothing',
};

/** The columns that rules look at, in the order in which they are named. */
export function columnsLookedAt({ rules }: Pick<LabelPlan, 'rules'>): string[] {
  return [...new Set(rules.flatMap(({ conditions }) => conditions.map(({ column }) => column)))];
}

function decide(table: Table, plan: LabelPlan, hand: HandGiven): Decided {
  if (table.columns.some(({ name }) => name === plan.column)) {
    throw new ConcordError('COLUMN_EXISTS', { column: plan.column });
  }
  const fits = plan.rules.map((rule, index) => rowsFitting(table, rule, index + 1));
  const byHand = plan.hand ? hand : { values: [], rows: new Map<number, string>() };
  const otherwise = plan.otherwise === null ? [] : [plan.otherwise];
  const values = [
    ...new Set([...byHand.values, ...plan.rules.map(({ value }) => value), ...otherwise]),
  ];
  const place = new Map(values.map((value, at) => [value, at]));
  const ofRule = plan.rules.map(({ value }) => place.get(value) ?? -1);
  const rest = plan.otherwise === null ? -1 : (place.get(plan.otherwise) ?? -1);
  const codes = new Int32Array(table.rows);
  const by = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const given = byHand.rows.get(row);
    const rule = given === undefined ? fits.findIndex((found) => found[row] === 1) : -1;
    const decidedBy =
      given !== undefined ? HAND : rule >= 0 ? rule : rest >= 0 ? OTHERWISE : NOTHING;
    by[row] = decidedBy;
    const code = given !== undefined ? place.get(given) : rule >= 0 ? ofRule[rule] : rest;
    codes[row] = code ?? -1;
  }
  return { values, codes, by, fits };
}

function effectOf(
  table: Table,
  plan: LabelPlan,
  { values, codes, by, fits }: Decided,
): LabelEffect {
  const counts = values.map((value) => ({ value, hand: 0, rules: 0, otherwise: 0 }));
  const labels = new Float64Array(fits.length);
  let unlabelled = 0;
  for (let row = 0; row < table.rows; row++) {
    const count = counts[codes[row] as number];
    const decidedBy = by[row] as number;
    if (count === undefined) unlabelled++;
    else if (decidedBy === HAND) count.hand++;
    else if (decidedBy === OTHERWISE) count.otherwise++;
    else count.rules++;
    if (decidedBy >= 0) labels[decidedBy] = (labels[decidedBy] as number) + 1;
  }
  const after = plan.unlabelled === 'leave-out' ? table.rows - unlabelled : table.rows;
  return {
    rows: { before: table.rows, after },
    values: counts,
    unlabelled,
    rules: fits.map((found, rule) => ({
      fits: found.reduce((sum, fit) => sum + fit, 0),
      labels: labels[rule] as number,
    })),
  };
}
