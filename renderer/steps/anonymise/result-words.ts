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
  return [
    before < 1 ? w.beforeFew(columns) : w.before(showNumber(before, tag), columns),
    smallest === null ? w.empty : w.after(showNumber(smallest, tag)),
    ...(average === null ? [] : [w.average(showNumber(Math.round(average), tag))]),
    w.caution,
  ];
}

/** What became of a column. */
export function lossOf(column: Column, words: Words, tag: string): string {
  const w = words.protect.result;
  const number = (value: number): string => showNumber(value, tag);
  const { role, level, top, before, after } = column;
  if (role === 'removed') return w.removed;
  if (role === 'redacted') {
    const { mode = 'tag', replaced = 0 } = column.redacted ?? {};
    return words.texts.release.became[mode](number(replaced));
  }
  if (role !== 'quasi-identifier') return w[role];
  if (level === null || top === null || level === 0) return w.exact(number(before));
  if (level === top) return w.hidden;
  return w.coarser(number(before), number(after), number(level), number(top));
}
