import type { AnonymiseOutcome } from '../../../main/contract/anonymise.ts';
import type { Client } from '../../../main/contract/index.ts';
import type { Words } from '../../../main/words/index.ts';
import { showNumber } from '../../formats.ts';

type Column = Awaited<ReturnType<Client['anonymise']['compare']>>['columns'][number];

/**
 * The risk of being found, before and after. Before: the average prosecutor risk, classes / rows,
 * is the share of people whom a guess within their class would name rightly. After: the worst.
 */
export function riskOf(outcome: AnonymiseOutcome, words: Words, tag: string): string[] {
  const w = words.protect.result;
  const names = Object.keys(outcome.levels);
  const columns = new Intl.ListFormat(tag, { type: 'conjunction' }).format(names);
  const before = Math.round((outcome.before.risk.prosecutor.average ?? 0) * 100);
  const { smallest, average } = outcome.classes;
  const { journalist } = outcome.risk;
  const isCounted = journalist.basis === 'size' || journalist.basis === 'table';
  const others = isCounted && journalist.highest !== null ? journalist.highest : null;
  return [
    before < 1 ? w.beforeFew(columns) : w.before(showNumber(before, tag), columns),
    afterText(smallest, words, tag),
    ...(others === null
      ? []
      : [words.further.result.people(showNumber(Math.floor(1 / others + 1e-9), tag))]),
    ...(average === null ? [] : [w.average(showNumber(Math.round(average), tag))]),
    w.caution,
  ];
}

function afterText(smallest: number | null, words: Words, tag: string): string {
  const w = words.protect.result;
  if (smallest === null) return w.empty;
  return smallest === 1 ? words.further.result.alone : w.after(showNumber(smallest, tag));
}

/** What became of a column. */
export function lossOf(
  column: Column,
  words: Words,
  tag: string,
  /** Not all records took the same steps. */
  mixed = false,
): string {
  const w = words.protect.result;
  const number = (value: number): string => showNumber(value, tag);
  const { role, level, top, before, after } = column;
  if (role === 'removed') return w.removed;
  if (role === 'redacted') {
    const { mode = 'tag', replaced = 0 } = column.redacted ?? {};
    return words.texts.release.became[mode](number(replaced));
  }
  if (role !== 'quasi-identifier') return w[role];
  if (mixed && after < before) {
    return words.further.result.mixed(number(before), number(after));
  }
  if (level === null || top === null || level === 0) return w.exact(number(before));
  if (level === top) return w.hidden;
  return w.coarser(number(before), number(after), number(level), number(top));
}
