import { z } from 'zod';
import { checklistsOf, type ReleasedColumn } from '../anonymise/checklists/index.ts';
import { anonymiseOutcome, anonymisePlan } from '../contract/anonymise.ts';
import type { Checklist } from '../contract/checklist.ts';
import { ConcordError } from '../contract/errors.ts';
import type { ColumnFinding } from '../contract/identify.ts';
import { identifyColumns } from '../identify/columns.ts';
import { cellTexts } from '../records/cell-text.ts';
import { daysOfText } from '../records/date-text.ts';
import { distinctCount } from '../records/shape.ts';
import type { Column } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { jsonBeside } from './json.ts';
import { loadTable } from './load.ts';
import { keptRedaction } from './text-redaction.ts';

const keptPlan = z.object({
  plan: anonymisePlan,
  outcome: anonymiseOutcome,
  redaction: keptRedaction.optional(),
});
type Kept = z.infer<typeof keptPlan>;

/** From this confidence on a column is taken to hold what it looks like. */
const SURE = 0.5;
/** 45 CFR 164.514(b)(2)(i)(C): ages over 89. */
const OLD = 89;

/**
 * Protected records held against the checklists: by what their columns hold as they are released.
 * @throws ARTEFACT_UNKNOWN where the artefact is no protected records of the study
 */
export function checklistsOfRelease(
  vault: Vault,
  reference: { readonly study: string; readonly artefact: string },
): Checklist[] {
  const info = vault.artefacts.info(reference.artefact);
  const source = info.parents
    .map((id) => vault.artefacts.info(id))
    .find(({ kind }) => kind !== 'protection-plan');
  if (info.study !== reference.study || source === undefined) {
    throw new ConcordError('ARTEFACT_UNKNOWN');
  }
  const kept = jsonBeside(vault, reference, 'protection-plan', keptPlan);
  const output = loadTable(vault, info.id);
  const original = loadTable(vault, source.id);
  const before = new Map(original.columns.map((column) => [column.name, column]));
  // The names tell what generalised values no longer do; both are asked.
  const asBefore = new Map(identifyColumns(original).columns.map((found) => [found.name, found]));
  const { columns: asReleased } = identifyColumns(output);
  return checklistsOf({
    columns: output.columns.map((column, at) =>
      releasedColumn(column, {
        kept,
        before: before.get(column.name),
        findings: [asReleased[at], asBefore.get(column.name)],
      }),
    ),
    models: kept.plan.models,
    smallestClass: kept.outcome.classes.smallest,
    standIns: kept.redaction?.redacted.some(({ mode }) => mode === 'pseudonym') ?? false,
  });
}

interface Known {
  readonly kept: Kept;
  readonly before: Column | undefined;
  readonly findings: readonly (ColumnFinding | undefined)[];
}

function releasedColumn(column: Column, { kept, before, findings }: Known): ReleasedColumn {
  const entities = new Set(
    findings.flatMap((found) =>
      found !== undefined && found.confidence >= SURE ? found.entities.map(({ type }) => type) : [],
    ),
  );
  const isHidden = distinctCount(column) <= 1;
  const isAge = entities.has('AGE');
  const isDate = entities.has('DATE') || column.type === 'date';
  return {
    name: column.name,
    role: roleOf(column.name, kept),
    entities: isHidden ? [] : [...entities],
    coarser: before !== undefined && distinctCount(column) < distinctCount(before),
    daysTold: isDate && !isHidden && someValue(column, tellsDay),
    oldAgeTold: isAge && someValue(column, tellsOldAge),
  };
}

function roleOf(name: string, { plan, redaction }: Kept): ReleasedColumn['role'] {
  if (redaction?.redacted.some(({ column }) => column === name)) return 'redacted';
  if (Object.hasOwn(plan.quasiIdentifiers, name)) return 'quasi-identifier';
  return Object.hasOwn(plan.sensitive, name) ? 'sensitive' : 'insensitive';
}

function someValue(column: Column, tells: (text: string) => boolean): boolean {
  const text = cellTexts(column);
  const length = 'codes' in column ? column.codes.length : column.values.length;
  const seen = new Set<string>();
  for (let row = 0; row < length; row++) {
    const value = text(row);
    if (seen.has(value)) continue;
    seen.add(value);
    if (tells(value)) return true;
  }
  return false;
}

/** A whole date, or a month of a year. */
function tellsDay(text: string): boolean {
  return !Number.isNaN(daysOfText(text)) || /^\d{4}\s*(?:[-/.]\s*|年\s*)\d{1,2}\s*月?$/.test(text);
}

/** An age by itself, as a group it might be '90+'. */
function tellsOldAge(text: string): boolean {
  return /^\s*\d+(?:\.\d+)?\s*$/.test(text) && Number(text) > OLD;
}
