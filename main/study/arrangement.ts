import { z } from 'zod';
import {
  arrangement as arrangementSchema,
  partSizes,
  type Arrangement,
  type ArrangementChoice,
  type PartSizes,
} from '../contract/arrangement.ts';
import { ConcordError } from '../contract/errors.ts';
import { MISSING_MARKS } from '../contract/missing-marks.ts';
import type { SplitPart } from '../contract/split.ts';
import { publicCountOf } from '../learning/settings.ts';
import { requirePeopleApart, splitRows, type Split, type SplitRequest } from '../learning/split.ts';
import { cellTexts } from '../records/cell-text.ts';
import { columnOf } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { parseJson, putJson } from './json.ts';
import { checkLabelChoice, isFittingLabel } from './label-answers.ts';
import { loadTable, recordsOf } from './load.ts';
import { recordFamily } from './record-family.ts';
import { splitKeyFor } from './split-key.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

export interface KeptArrangement {
  readonly arrangement: Arrangement;
  readonly sizes: PartSizes | null;
}

const keptArrangement = z.object({ arrangement: arrangementSchema, sizes: partSizes.nullable() });

const NOTHING: Arrangement = { label: null, unit: null, split: null };

/**
 * What was chosen last for records, or for the same records before or after repairs or protection.
 * A choice that does not fit these very records counts as not made.
 * @throws ARTEFACT_UNKNOWN, ARTEFACT_DAMAGED
 */
export function arrangementOf(vault: Vault, reference: Reference): KeptArrangement {
  const artefact = recordsOf(vault, reference);
  const kept = newestOf(vault, reference);
  if (kept === null) return { arrangement: NOTHING, sizes: null };
  const fitted = fitting(loadTable(vault, artefact), kept.found.arrangement);
  // Other records of the family have other rows.
  const isOwn = kept.parent === artefact && fitted.split !== null;
  return { arrangement: fitted, sizes: isOwn ? kept.found.sizes : null };
}

/**
 * Keeps one choice beside the others, with a line in the journal. A split that a new unit or label
 * no longer fits is let go, to be chosen anew.
 * @throws COLUMN_UNKNOWN, COLUMN_TWO_USES, LABEL_VALUE_ABSENT, SPLIT_EMPTY, SPLIT_DATES_UNREADABLE,
 *   PERSON_IN_BOTH_PARTS, what `checkLabelChoice` throws
 */
export function arrange(
  vault: Vault,
  { choice, ...reference }: Reference & { readonly choice: ArrangementChoice },
): KeptArrangement {
  const artefact = recordsOf(vault, reference);
  const table = loadTable(vault, artefact);
  const { arrangement: before } = arrangementOf(vault, reference);
  let next = withChoice(before, choice);
  checkColumns(table, next);
  let sizes: PartSizes | null = null;
  try {
    sizes = sizesOf(vault, reference.study, table, next);
  } catch (error) {
    if (choice.choose === 'split' || !isUnfit(error)) throw error;
    next = { ...next, split: null };
  }
  const { study } = reference;
  const { name } = vault.artefacts.info(artefact);
  const made: KeptArrangement = { arrangement: next, sizes };
  vault.transaction(() => {
    const parents = [artefact];
    const { id } = putJson(vault, { study, kind: 'arrangement', name, parents }, made);
    const params = { artefact: id, records: artefact, chosen: choice.choose };
    vault.journal.append('records.arranged', params, study);
  });
  return made;
}

/** Whether a split does not suit the records and the other choices. */
function isUnfit(error: unknown): boolean {
  return error instanceof ConcordError && UNFIT.has(error.code);
}

const UNFIT: ReadonlySet<string> = new Set([
  'SPLIT_EMPTY',
  'SPLIT_DATES_UNREADABLE',
  'PERSON_IN_BOTH_PARTS',
  'PLAN_INVALID',
]);

/** The label that was chosen for records; null before that. */
export function chosenLabel(vault: Vault, reference: Reference): string | null {
  const label = newestOf(vault, reference)?.found.arrangement.label ?? null;
  return label?.column ?? null;
}

/** Who counts as one person; null before it was chosen. */
export function chosenUnit(vault: Vault, reference: Reference): Arrangement['unit'] {
  return newestOf(vault, reference)?.found.arrangement.unit ?? null;
}

function newestOf(
  vault: Vault,
  { study, artefact }: Reference,
): { readonly found: KeptArrangement; readonly parent: string } | null {
  const family = recordFamily(vault, artefact);
  const all = vault.artefacts.list(study, 'arrangement');
  const [own, related] = [[artefact], [...family]].map((ids) =>
    all.findLast(({ parents }) => parents.some((parent) => ids.includes(parent))),
  );
  // Protected records are chosen for by themselves where that was done.
  const kept = vault.artefacts.info(artefact).kind === 'protected-records' ? own : undefined;
  const newest = kept ?? related;
  if (newest === undefined) return null;
  const parsed = keptArrangement.safeParse(parseJson(vault.artefacts.get(newest.id)));
  if (!parsed.success) throw new ConcordError('ARTEFACT_DAMAGED');
  return { found: parsed.data, parent: newest.parents[0] ?? '' };
}

function withChoice(before: Arrangement, choice: ArrangementChoice): Arrangement {
  switch (choice.choose) {
    case 'label':
      return { ...before, label: choice.label };
    case 'unit':
      return { ...before, unit: choice.unit };
    case 'split':
      return { ...before, split: choice.split };
  }
}

function checkColumns(table: Table, next: Arrangement): void {
  const tasks = tasksOf(next);
  for (const task of tasks) columnOf(table, task);
  const twice = tasks.find((name, place) => tasks.indexOf(name) !== place);
  if (twice !== undefined) throw new ConcordError('COLUMN_TWO_USES', { column: twice });
  const { label } = next;
  if (label !== null) checkLabelChoice(table, label);
}

/** The columns with a task of their own. */
function tasksOf({ label, unit, split }: Arrangement): string[] {
  return [
    ...(label === null ? [] : [label.column, ...('text' in label ? [label.text] : [])]),
    ...(unit?.of === 'person' ? [unit.column] : []),
    ...(split !== null && 'column' in split ? [split.column] : []),
    ...(split !== null && 'date' in split ? [split.date] : []),
  ];
}

function fitting(table: Table, { label, unit, split }: Arrangement): Arrangement {
  const names = new Set(table.columns.map(({ name }) => name));
  const isThere = (name: string): boolean => names.has(name);
  const isLabel = label !== null && isFittingLabel(table, label);
  const isUnit = unit !== null && (unit.of === 'row' || isThere(unit.column));
  const splitColumns = tasksOf({ label: null, unit: null, split });
  return {
    label: isLabel ? label : null,
    unit: isUnit ? unit : null,
    split: splitColumns.every(isThere) ? split : null,
  };
}

/** The parts as training would make them, counted; null while the split is open. */
function sizesOf(
  vault: Vault,
  study: string,
  table: Table,
  { label, unit, split }: Arrangement,
): PartSizes | null {
  if (split === null) return null;
  const person = unit?.of === 'person' ? unit : undefined;
  const request: SplitRequest = {
    split,
    unit: person && { column: person.column, maxRows: person.maxRows },
    // What stands for 'not known' is asked before training; until then no mark is a person.
    missing: [...MISSING_MARKS],
    ...(label === null ? {} : { label: label.column }),
  };
  const parts = splitRows(table, request, splitKeyFor(vault, study, split));
  requirePeopleApart(table, request, parts);
  return {
    rows: rounded((part) => (part === 'neither' ? parts.neither : parts[part].length)),
    people: person === undefined ? null : peopleIn(table, person.column, parts),
  };
}

function peopleIn(table: Table, column: string, parts: Split): PartSizes['rows'] {
  const person = cellTexts(columnOf(table, column));
  const nobody = new Set<string>(['', ...MISSING_MARKS]);
  const all = new Set<string>();
  const of = (rows: Int32Array): Set<string> => {
    const found = new Set<string>();
    for (const row of rows) if (!nobody.has(person(row))) found.add(person(row));
    return found;
  };
  const placed = { train: of(parts.train), validation: of(parts.validation), test: of(parts.test) };
  for (const people of Object.values(placed)) for (const one of people) all.add(one);
  const everybody = of(Int32Array.from({ length: table.rows }, (_, row) => row)).size;
  return rounded((part) => (part === 'neither' ? everybody - all.size : placed[part].size));
}

function rounded(count: (part: SplitPart | 'neither') => number): PartSizes['rows'] {
  return {
    train: publicCountOf(count('train')),
    validation: publicCountOf(count('validation')),
    test: publicCountOf(count('test')),
    neither: publicCountOf(count('neither')),
  };
}
