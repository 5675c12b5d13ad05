import type { CellBytes } from './record-scanner.ts';

const CANDIDATES = [',', ';', '\t', '|'] as const;
const LF = 0x0a;
const CR = 0x0d;

/**
 * The delimiter of a sample of UTF-8 bytes: the candidate under which most records have one and
 * the same number (above one) of fields; of equals the one that gives more fields. A file in
 * which none divides the records has one column and answers ','. Quotes are respected; a record
 * that the sample cuts off does not count unless it is the only one.
 */
export function detectDelimiter(sample: Uint8Array, complete: boolean, quote: number): string {
  let best = ',';
  let bestShare = 0;
  let bestFields = 1;
  for (const candidate of CANDIDATES) {
    const bytes = { delimiter: candidate.charCodeAt(0), quote };
    const counts = fieldCounts(sample, bytes, complete);
    const { fields, share } = mostCommon(counts);
    if (fields < 2) continue;
    if (share > bestShare + 0.02 || (share > bestShare - 0.02 && fields > bestFields)) {
      best = candidate;
      bestShare = share;
      bestFields = fields;
    }
  }
  return best;
}

function fieldCounts(
  sample: Uint8Array,
  { delimiter, quote }: CellBytes,
  complete: boolean,
): number[] {
  const counts: number[] = [];
  let fields = 1;
  let fieldStart = true;
  let recordStart = 0;
  let at = 0;
  while (at < sample.length) {
    const byte = sample[at] as number;
    if (byte === quote && fieldStart) {
      at = afterQuoted(sample, at + 1, quote);
      fieldStart = false;
      continue;
    }
    if (byte === LF || byte === CR) {
      if (at > recordStart) counts.push(fields);
      fields = 1;
      fieldStart = true;
      recordStart = at + 1;
    } else {
      fieldStart = byte === delimiter;
      if (fieldStart) fields++;
    }
    at++;
  }
  if (recordStart < sample.length && (complete || counts.length === 0)) counts.push(fields);
  return counts;
}

function afterQuoted(sample: Uint8Array, from: number, quote: number): number {
  let at = from;
  while (at < sample.length) {
    if (sample[at] !== quote) at++;
    else if (sample[at + 1] === quote) at += 2;
    else return at + 1;
  }
  return at;
}

function mostCommon(counts: readonly number[]): { fields: number; share: number } {
  const tally = new Map<number, number>();
  for (const fields of counts) tally.set(fields, (tally.get(fields) ?? 0) + 1);
  let fields = 1;
  let most = 0;
  for (const [value, times] of tally) {
    if (times > most) {
      fields = value;
      most = times;
    }
  }
  return { fields, share: counts.length === 0 ? 0 : most / counts.length };
}
