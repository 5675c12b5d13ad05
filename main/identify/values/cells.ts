import { isoDate } from '../../records/date-text.ts';
import { isMissing } from '../../records/shape.ts';
import type { Column } from '../../records/table.ts';
import { numbersIn } from '../chinese/numbers.ts';
import { SURE } from '../matching.ts';
import { findCard } from '../numbers/card.ts';
import { findEmail } from '../numbers/email.ts';
import { findIban } from '../numbers/iban.ts';
import { findIdCard } from '../numbers/identity.ts';
import { findIp } from '../numbers/network.ts';
import { findPhone } from '../numbers/phone.ts';
import { findSsn } from '../numbers/social.ts';
import { findUrl } from '../numbers/web.ts';
import { settle, type Finder } from '../settle.ts';
import type { EntityType } from '../../contract/identify.ts';

/** So many cells are looked at, evenly from the first to the last: enough to tell shares apart. */
const SAMPLE = 2000;

export interface CellSample {
  /** Different cells as text, at most 2,000. */
  readonly cells: readonly string[];
  /** Rows that hold a value at all. */
  readonly present: number;
  /** Different values in the whole column. */
  readonly distinct: number;
}

/** Different cells of a column as text. Numbers are written out, so that a telephone number that was read as one is seen. */
export function sampleCells(column: Column): CellSample {
  if ('codes' in column) {
    const { codes, dictionary } = column;
    const used = new Uint8Array(dictionary.length);
    let present = 0;
    for (const code of codes) {
      if (code < 0) continue;
      present++;
      used[code] = 1;
    }
    const known = dictionary.filter((_, code) => used[code] === 1);
    return { cells: spread(known).map(narrow), present, distinct: known.length };
  }
  const { values } = column;
  const rows = values.length;
  const seen = new Set<number>();
  let present = 0;
  for (let row = 0; row < rows; row++) {
    if (isMissing(column, row)) continue;
    present++;
    seen.add(values[row] as number);
  }
  const write = column.type === 'date' ? isoDate : String;
  return { cells: spread([...seen]).map(write), present, distinct: seen.size };
}

/** The finders of texts that tell numbers and addresses of one person apart from other numbers. */
const FINDERS: readonly Finder[] = [
  findEmail,
  findUrl,
  findIp,
  findCard,
  findIban,
  findSsn,
  findPhone,
  findIdCard,
  (text) => (HAN.test(text) ? numbersIn(text) : []),
];
const HAN = /\p{Script=Han}/u;
/** All of them hold a digit, an @ or a stop inside a word. */
const WORTH = /\d{3}|@|\S\.\S|:\/\//u;

/**
 * The kinds of personal numbers and addresses within one cell, each once: what the finders of texts
 * are sure of by form or check.
 */
export function entitiesOfCell(cell: string): readonly EntityType[] {
  if (!WORTH.test(cell)) return [];
  const sure = settle(FINDERS.flatMap((finder) => finder(cell))).filter(
    ({ confidence }) => confidence >= SURE.likely,
  );
  return [...new Set(sure.map(({ type }) => type))];
}

function narrow(cell: string): string {
  return cell.normalize('NFKC').trim();
}

function spread<T>(values: readonly T[]): T[] {
  if (values.length <= SAMPLE) return [...values];
  const step = values.length / SAMPLE;
  return Array.from({ length: SAMPLE }, (_, place) => values[Math.floor(place * step)] as T);
}
