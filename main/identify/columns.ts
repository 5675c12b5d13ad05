import type { ColumnFinding, ColumnRole, Evidence, FoundEntity } from '../contract/identify.ts';
import type { Column, Table } from '../records/table.ts';
import { readNames, type NameReading, type NameRule } from './names/index.ts';
import { suggestedLabel } from './label.ts';
import { shareBearing } from './values/bearing.ts';
import { sampleCells, type CellSample } from './values/cells.ts';
import { readValues, type ValueReading } from './values/index.ts';

/** Confidence that a name alone gives. */
const BY_NAME = 0.9;
/** From this share of the cells on a form says what a column is, whatever its name. */
const MOST = 0.5;
/** In free text one telephone number in fifty is enough to name people. */
const SOME = 0.02;
const SURE = 0.5;
/** Fewer rows cannot show that codes recur. */
const ENOUGH_ROWS = 20;
const STATEMENT_VALUES = 3;
const RECURRING_VALUES = 50;
const RECURRING_SHARE = 0.01;
const OWN_VALUE = 0.9;
const COUNTED_ROWS = 1000;

interface Read {
  readonly column: Column;
  readonly name: NameReading;
  readonly sample: CellSample;
  readonly values: readonly ValueReading[];
}

type Verdict = Pick<ColumnFinding, 'role' | 'confidence' | 'evidence'>;
type Rule = (read: Read) => Verdict | undefined;

/**
 * The rules in their order; the first that has something to say decides. A name is believed only
 * as far as the values bear it out: a column 'telephone' of yes and no names nobody.
 */
const RULES: readonly Rule[] = [
  empty,
  namingValues,
  directName,
  personsByValues,
  dates,
  otherName,
  knownValues,
  freeText,
  uniqueNumber,
  ownValues,
];

/**
 * Proposes a role for each column from its name, the form of its cells (with check digits), known
 * words among them and how distinct they are. `label` names the column to be predicted; without
 * it, the column that looks most like one is suggested. At most 2,000 cells of a column are read.
 */
export function identifyColumns(table: Table, label?: string): { columns: ColumnFinding[] } {
  const names = readNames(table.columns.map(({ name }) => name));
  const reads = table.columns.map((column, at): Read => {
    const sample = sampleCells(column);
    const name = names[at] ?? { rule: undefined, numbered: false, outcome: undefined };
    return { column, name, sample, values: readValues(column, sample) };
  });
  const suggested = label === undefined ? suggestedLabel(reads) : undefined;
  return {
    columns: reads.map((read) => {
      const { name } = read.column;
      if (name === label) return finding(read, verdict('label', 1, 'chosen'));
      if (name === suggested?.name) {
        return finding(read, verdict('label', suggested.confidence, 'name', 'outcome'));
      }
      return finding(read, decided(read));
    }),
  };
}

/** What one column most likely holds, from its name and values; undefined where nothing shows. */
export function entityOfColumn(column: Column): FoundEntity['type'] | undefined {
  return identifyColumns({ rows: 0, columns: [column] }).columns[0]?.entities[0]?.type;
}

function decided(read: Read): Verdict {
  for (const rule of RULES) {
    const found = rule(read);
    if (found !== undefined) return found;
  }
  return verdict('other', 0.5);
}

function verdict(role: ColumnRole, confidence: number, ...evidence: Evidence[]): Verdict {
  return { role, confidence, evidence };
}

function empty({ sample }: Read): Verdict | undefined {
  return sample.present === 0 ? verdict('other', 0.6, 'empty') : undefined;
}

/** Cells in the form of something that names a person: e-mail addresses, identity numbers. */
function namingValues({ column, values, name, sample }: Read): Verdict | undefined {
  const least = column.type === 'text' ? SOME : MOST;
  const found = values.find(
    ({ role, by, share, confidence }) =>
      role === 'direct-identifier' && by !== 'values' && share >= least && confidence >= SURE,
  );
  if (found === undefined || isStatement(sample)) return undefined;
  const agrees = name.rule?.type === found.type;
  const confidence = column.type === 'text' ? 0.8 : found.confidence * found.share;
  return agrees
    ? verdict('direct-identifier', either(confidence, BY_NAME), 'name', found.by)
    : verdict('direct-identifier', confidence, found.by);
}

function directName({ name: { rule }, sample, values }: Read): Verdict | undefined {
  if (rule?.role !== 'direct-identifier') return undefined;
  if (isStatement(sample) || (rule.numbersOne === true && recurs(sample))) {
    return verdict('other', 0.6, 'name', 'not-borne-out');
  }
  const borneOut = values.find(({ type }) => type !== undefined && type === rule.type);
  return borneOut === undefined
    ? verdict('direct-identifier', rule.id === 'row-number' ? 0.6 : BY_NAME, 'name')
    : verdict('direct-identifier', either(BY_NAME, borneOut.confidence), 'name', borneOut.by);
}

function personsByValues({ values, name: { rule } }: Read): Verdict | undefined {
  const found = values.find(({ role, by }) => role === 'direct-identifier' && by === 'values');
  // What a name tells of places or work, values in the form of names do not take back.
  return found === undefined || rule !== undefined
    ? undefined
    : verdict('direct-identifier', found.confidence, 'values');
}

/** Whose dates are known (of birth, of an admission) is found by them. */
function dates({ values, name: { rule } }: Read): Verdict | undefined {
  const found = values.find(({ type, share }) => type === 'DATE' && share >= MOST);
  if (found === undefined) return undefined;
  return rule?.type === 'DATE'
    ? verdict('quasi-identifier', either(BY_NAME, found.confidence), 'name', found.by)
    : verdict('quasi-identifier', 0.8 * found.confidence, found.by);
}

function otherName({ name: { rule }, column, values }: Read): Verdict | undefined {
  if (rule === undefined || rule.role === 'direct-identifier') return undefined;
  if (column.type === 'text' && rule.role !== 'sensitive') return undefined;
  if (rule.amongHealth === true) return verdict('sensitive', 0.6, 'name', 'neighbours');
  const agreeing = values.find(({ type, role }) => role === rule.role && type === rule.type);
  return agreeing === undefined
    ? verdict(rule.role, rule.role === 'other' ? 0.7 : BY_NAME, 'name')
    : verdict(rule.role, either(BY_NAME, agreeing.confidence), 'name', agreeing.by);
}

function knownValues({ values }: Read): Verdict | undefined {
  const found = values.find(
    ({ by, share, role }) => by === 'values' || (role === 'quasi-identifier' && share >= MOST),
  );
  return found === undefined ? undefined : verdict(found.role, found.confidence, found.by);
}

function freeText({ column }: Read): Verdict | undefined {
  return column.type === 'text' ? verdict('sensitive', 0.5, 'text') : undefined;
}

/** Named as a number of some kind, and most rows have one of their own. */
function uniqueNumber({ name, sample: { present, distinct } }: Read): Verdict | undefined {
  return name.numbered && present > 0 && distinct > MOST * present
    ? verdict('direct-identifier', 0.75, 'name', 'distinct')
    : undefined;
}

/** Nearly every row has a value of its own: codes, or whole numbers that count on. */
function ownValues({ column, sample }: Read): Verdict | undefined {
  const { present, distinct } = sample;
  if (present === 0 || distinct / present <= OWN_VALUE) return undefined;
  if (column.type === 'identifier') return verdict('direct-identifier', 0.6, 'distinct');
  if (column.type !== 'integer' || distinct < present || present < ENOUGH_ROWS) return undefined;
  return present >= COUNTED_ROWS || countsOn(column.values, present)
    ? verdict('direct-identifier', 0.5, 'distinct')
    : undefined;
}

/** Different whole numbers without a gap. */
function countsOn(values: Float64Array, present: number): boolean {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least + 1 === present;
}

/** Two or three values in many rows: whether there is a telephone, not its number. */
function isStatement({ present, distinct }: CellSample): boolean {
  return present >= ENOUGH_ROWS && distinct <= STATEMENT_VALUES;
}

function recurs({ present, distinct }: CellSample): boolean {
  return (
    present >= ENOUGH_ROWS && distinct <= RECURRING_VALUES && distinct < RECURRING_SHARE * present
  );
}

/** Two signs that do not depend on each other. */
function either(a: number, b: number): number {
  return Math.min(0.99, 1 - (1 - a) * (1 - b));
}

function finding(read: Read, { role, confidence, evidence }: Verdict): ColumnFinding {
  const { column, sample } = read;
  return {
    name: column.name,
    role,
    entities: entitiesOf(read, evidence),
    confidence,
    evidence,
    distinct: sample.present === 0 ? 0 : sample.distinct / sample.present,
  };
}

/** What the role rests on first, then by share and confidence. */
function entitiesOf({ name, sample, values }: Read, evidence: readonly Evidence[]): FoundEntity[] {
  const found = values.flatMap(({ type, share, confidence }): FoundEntity[] =>
    type === undefined ? [] : [{ type, share, confidence }],
  );
  const named = evidence.includes('not-borne-out') ? undefined : namedEntity(name.rule, sample);
  if (named === undefined || !evidence.includes('name')) return found;
  const borne = found.find(({ type }) => type === named.type);
  const others = found.filter(({ type }) => type !== named.type);
  if (borne === undefined) return [named, ...others];
  return [{ ...borne, confidence: either(borne.confidence, BY_NAME) }, ...others];
}

function namedEntity(rule: NameRule | undefined, sample: CellSample): FoundEntity | undefined {
  if (rule?.type === undefined) return undefined;
  const share = shareBearing(rule.type, sample.cells);
  return share === 0 && sample.cells.length > 0
    ? undefined
    : { type: rule.type, share, confidence: BY_NAME };
}
