import type { Words } from '../../../main/words/index.ts';
import { showNumber, showPercent } from '../../formats.ts';
import { closenessOf, type Demand } from './answers.ts';

/** What is demanded of a sensitive column. */
export function demandText(demand: Demand, words: Words, tag: string): string {
  const t = closenessOf(demand);
  if (t !== null) return words.explained.adjust.close(showPercent(t, tag));
  const { none, least } = words.protect.sensitive;
  return demand === '0' ? none : least(showNumber(Number(demand), tag));
}
