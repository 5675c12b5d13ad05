import { checklistsOf, type ReleasedColumn } from '../anonymise/checklists/index.ts';
import type { Checklist } from '../contract/checklist.ts';
import type { ColumnFinding } from '../contract/identify.ts';
import { identifyColumns } from '../identify/columns.ts';
import { cellTexts } from '../records/cell-text.ts';
import { daysOfText } from '../records/date-text.ts';
import { distinctCount } from '../records/shape.ts';
import type { Column } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { loadTable } from './load.ts';
import { protectionOf, type KeptProtection } from './protection.ts';

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
  const { info, source, kept } = protectionOf(vault, reference);
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
  readonly kept: KeptProtection;
  readonly before: Column | undefined;
  readonly findings: readonly (ColumnFinding | undefined)[];
}

function releasedColumn(column: Column, { kept, before, findings }: Known): ReleasedColumn {
  const year = new Date().getUTCFullYear();
  const entities = new Set(
    findings.flatMap((found) =>
      found !== undefined && found.confidence >= SURE ? found.entities.map(({ type }) => type) : [],
    ),
  );
  const role = roleOf(column.name, kept);
  // A number that most records have for themselves names them, whatever it is.
  if (role === 'insensitive' && findings.some((found) => found?.role === 'direct-identifier')) {
    entities.add('OTHER_ID');
  }
  const isHidden = distinctCount(column) <= 1;
  const isAge = entities.has('AGE');
  const isDate = entities.has('DATE') || column.type === 'date';
  return {
    name: column.name,
    role,
    entities: isHidden ? [] : [...entities],
    freeText: column.type === 'text' || role === 'redacted',
    coarser: before !== undefined && distinctCount(column) < distinctCount(before),
    daysTold: isDate && !isHidden && someValue(column, tellsDay),
    oldAgeTold:
      !isHidden &&
      ((isAge && someValue(column, tellsOldAge)) ||
        (isDate && someValue(column, (text) => tellsOldBirth(text, year)))),
  };
}

function roleOf(name: string, { plan, redaction }: KeptProtection): ReleasedColumn['role'] {
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

/** A whole date, or a month or quarter of a year. */
export function tellsDay(text: string): boolean {
  return (
    !Number.isNaN(daysOfText(text)) ||
    /^\d{4}\s*(?:[-/.]|年)\s*\d{1,2}\s*月?$/.test(text) ||
    /^\d{4}\D*(?:Q[1-4]|[1-4一二三四]\s*季)/iu.test(text)
  );
}

/** An age above 89, alone or in a range of its own; not the one group of all of them, '90+'. */
export function tellsOldAge(text: string): boolean {
  const numbers = text.match(/\d+(?:\.\d+)?/gu)?.map(Number) ?? [];
  const [from, to] = numbers;
  if (from === undefined || from <= OLD) return false;
  return to !== undefined || from > OLD + 1 || /^\s*[\d.]+\s*$/.test(text);
}

/** A year, or years, of which everybody born then is above 89 in the year given. */
export function tellsOldBirth(text: string, now: number): boolean {
  const years = text.match(/\d{4}/gu)?.map(Number) ?? [];
  const last = years.at(-1);
  return last !== undefined && now - last > OLD;
}
