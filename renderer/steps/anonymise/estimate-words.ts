import type { Client } from '../../../main/contract/index.ts';
import type { Words } from '../../../main/words/index.ts';
import { showNumber } from '../../formats.ts';

type Estimate = Awaited<ReturnType<Client['anonymise']['estimate']>>;

/** Each unit serves up to twice the next one: "100 seconds" is still thought in. */
const UNITS = [
  { unit: 'second', seconds: 1, below: 120 },
  { unit: 'minute', seconds: 60, below: 7200 },
  { unit: 'hour', seconds: 3600, below: 172_800 },
  { unit: 'day', seconds: 86_400, below: Infinity },
] as const;

function unitOf(seconds: number): (typeof UNITS)[number] {
  return UNITS.find(({ below }) => seconds < below) ?? UNITS[3];
}

function amount(count: number, { unit }: (typeof UNITS)[number], tag: string): string {
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/** How long a search will probably take: a range in whole units, and what happens after its time. */
export function estimateText({ seconds, box }: Estimate, words: Words, tag: string): string {
  const w = words.further.estimate;
  const range = rangeText(seconds, words, tag);
  if (box === null || seconds.to <= box) return range;
  const of = unitOf(box);
  const time = amount(Math.round(box / of.seconds), of, tag);
  return seconds.from >= box ? w.boxed(time) : w.maybeBoxed(range, time);
}

function rangeText({ from, to }: Estimate['seconds'], words: Words, tag: string): string {
  const w = words.further.estimate;
  if (to < 1) return w.soon;
  const unit = unitOf(to);
  const low = Math.floor(from / unit.seconds);
  const high = Math.ceil(to / unit.seconds);
  const most = amount(high, unit, tag);
  if (low < 1) return w.upTo(most);
  return low === high ? w.about(most) : w.range(showNumber(low, tag), most);
}
