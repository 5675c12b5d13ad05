import type { EntitySpan } from '../../contract/identify.ts';
import { span } from './addresses.ts';
import { isWord } from './lexicon.ts';
import { startsLine, type Reading } from './reading.ts';
import { OCCUPATIONS } from './titles.ts';
import type { Token } from './tokens.ts';

const LABELS = new Set('occupation profession job title position role designation'.split(' '));
const MOST = 8;

/** Titles of jobs that stand on a line of their own, behind a label, or behind "works as a". */
export function findJobs(reading: Reading): EntitySpan[] {
  const { tokens } = reading;
  const spans: EntitySpan[] = [];
  for (let place = 0; place < tokens.length; place++) {
    const from = jobStart(reading, place);
    if (from < 0) continue;
    const end = jobEnd(reading, from, from === place);
    if (end > from) spans.push(span(tokens, { from, end }, 'TITLE', 0.86));
    if (end > from) place = end - 1;
  }
  return spans;
}

function jobStart(reading: Reading, place: number): number {
  const { tokens } = reading;
  const token = tokens[place];
  if (token?.kind !== 'word') return -1;
  if (startsLine(reading, place) && place > 0 && tokens[place - 1]?.kind === 'line') return place;
  const [next, third] = [tokens[place + 1], tokens[place + 2]];
  if (LABELS.has(token.key) && next?.text === ':') return place + 2;
  const work = /^(?:works?|worked|working|employed|job|career|trained)$/.test(token.key);
  if (!work || next?.key !== 'as') return -1;
  return /^(?:a|an|the|our|their)$/.test(third?.key ?? '') ? place + 3 : place + 2;
}

/** A plain word with the ending of a trade, last on a line below a name: "Power distributor". */
const isTrade = (token: Token): boolean =>
  token.shape === 'lower' &&
  isWord(token.key) &&
  /(?:er|or|ist|ian|yst|ant|eer|man|woman)$/.test(token.key);

/** The last occupation within reach; a line of its own must end there. */
function jobEnd({ tokens }: Reading, from: number, wholeLine: boolean): number {
  let end = -1;
  for (let place = from; place < from + MOST; place++) {
    const token = tokens[place];
    const joint =
      token?.text === "'s" ||
      token?.text === ',' ||
      token?.text === '-' ||
      token?.text === '/' ||
      token?.text === '&';
    if (token === undefined || (token.kind !== 'word' && !joint)) break;
    if (/^(?:is|was|are|for|at|who|that|will|has|had|by|with|in)$/.test(token.key)) break;
    const single = token.key.replace(/s$/, '');
    const trade = OCCUPATIONS.has(token.key) || OCCUPATIONS.has(single);
    if (trade || (wholeLine && place > from && isTrade(token))) end = place + 1;
  }
  if (end < 0 || !wholeLine) return end;
  const after = tokens[end];
  return after === undefined || after.kind === 'line' ? end : -1;
}
