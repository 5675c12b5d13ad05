import type { Problem as Finding } from '../../../main/contract/import.ts';
import { REPAIR_KINDS } from '../../../main/contract/repair-kinds.ts';
import type { Recognised, Repair, RepairEffect } from '../../../main/contract/repair.ts';
import type { Words } from '../../../main/words/index.ts';
import { showNumber } from '../../formats.ts';

type RepairWords = Words['repairs'];

const MOST_NAMED = 4;

/** A repair in words, without its column. */
export function sayRepair(repair: Repair, w: RepairWords, tag: string): string {
  const { say } = w;
  const shown = (bound: number | string): string =>
    typeof bound === 'number' ? showNumber(bound, tag) : bound;
  switch (repair.kind) {
    case 'trim':
      return say.trim;
    case 'mark-missing':
      return say.marks(named(repair.marks, w, tag));
    case 'merge':
      return say.merge(sayGroups(repair, w, tag));
    case 'parse-number':
    case 'parse-date': {
      const form = sayForm(
        repair.kind === 'parse-number'
          ? { is: 'number', form: repair.form }
          : { is: 'date', form: repair.form },
        w,
      );
      return repair.others === 'missing' ? say.readElseMissing(form) : say.read(form);
    }
    case 'clip': {
      const { lower, upper } = repair;
      if (lower !== null && upper !== null) return say.clipBoth(shown(lower), shown(upper));
      return lower === null ? say.clipAbove(shown(upper ?? '')) : say.clipBelow(shown(lower));
    }
    case 'to-category':
      return say.toCategory;
    case 'drop-column':
      return say.dropColumn;
    case 'drop-rows':
      return say.dropRows;
    case 'drop-duplicates':
      return say.dropDuplicates;
    case 'fill':
      return typeof repair.with === 'string' ? say[repair.with] : say.fill(repair.with.constant);
  }
}

function sayGroups(
  { groups }: Extract<Repair, { kind: 'merge' }>,
  w: RepairWords,
  tag: string,
): string {
  const { say } = w;
  const told = groups
    .slice(0, MOST_NAMED)
    .map(({ from, into }) => say.group(named(from, w, tag), into));
  const more = groups.length - told.length;
  return [...told, ...(more > 0 ? [say.more(showNumber(more, tag))] : [])].join(say.groupJoiner);
}

/** The first few, and how many more there are. */
function named(values: readonly string[], { say }: RepairWords, tag: string): string {
  const more = values.length - MOST_NAMED;
  const told = values.slice(0, MOST_NAMED).map((value) => value.trim());
  return [...told, ...(more > 0 ? [say.more(showNumber(more, tag))] : [])].join(say.joiner);
}

/** 'numbers with a decimal comma'. */
export function sayForm(recognised: Recognised, w: RepairWords): string {
  if (recognised.is === 'date') return w.dates[recognised.form];
  const { decimal, thousands, unit } = recognised.form;
  return w.numbers(decimal, thousands, unit);
}

/** A repair with the column it is of. */
export function titleOf(repair: Repair, w: RepairWords, tag: string): string {
  const what = sayRepair(repair, w, tag);
  return 'column' in repair ? w.ofColumn(repair.column, what) : what;
}

/** What a repair does or did. */
export function sayEffect(effect: RepairEffect, w: RepairWords, tag: string): string {
  const { kind, rows, missing, later } = effect;
  const count = showNumber(rows, tag);
  if (kind === 'drop-column') return w.effectColumn;
  if (later) return `${w.learned} ${w.effectLater(count)}`;
  if (rows === 0) return w.effectNone;
  if (kind === 'to-category') return w.effectCodes(count, rows);
  if (kind === 'drop-rows' || kind === 'drop-duplicates') return w.effectRows(count, rows);
  return missing > 0 ? w.effectMissing(count, showNumber(missing, tag)) : w.effect(count, rows);
}

/** Which repair of each finding was chosen, by its place; the answers hold no cell of a record. */
export type Chosen = Record<string, string>;

export const keyOf = ({ code, column }: Pick<Finding, 'code' | 'column'>): string =>
  `${code} ${column ?? ''}`;

/** The chosen repairs in the order in which they serve each other. */
export function chosenRepairs(findings: readonly Finding[], chosen: Chosen): Repair[] {
  const found = findings.flatMap((finding) => {
    const repair = finding.repairs?.[Number(chosen[keyOf(finding)] ?? NaN)];
    return repair === undefined ? [] : [repair];
  });
  const place = ({ kind }: Repair): number => REPAIR_KINDS.indexOf(kind);
  return found.sort((a, b) => place(a) - place(b));
}
