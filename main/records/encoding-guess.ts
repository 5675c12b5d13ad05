import type { ByteSource, Encoding } from './encoding.ts';
import { WINDOWS_1252_HIGH } from './windows-1252.ts';

const ENOUGH = 100_000;
const LF = 0x0a;

/**
 * GB18030 or Windows-1252 for text that is not UTF-8: nearly every file can be read as either, so
 * what the text would look like decides. In Chinese text bytes above 0x7f come in pairs; in
 * Western text an accented letter stands alone between ASCII. Windows-1252 is answered when more
 * than half of those bytes stand alone and nine in ten of these are letters or signs that people
 * write; everything else is left to GB18030, which refuses what it cannot be. Limit: Western text
 * of few letters, most of them accented and side by side, is taken for Chinese; the encoding can
 * be given. Reads until 100,000 such bytes were seen.
 */
export async function eightBitEncoding(source: ByteSource): Promise<Encoding> {
  let high = 0;
  let alone = 0;
  let plausible = 0;
  let before = LF;
  let last = LF;
  const look = (next: number): void => {
    if (last < 0x80) return;
    high++;
    if (before >= 0x80 || next >= 0x80) return;
    alone++;
    if (WRITTEN[last] === 1) plausible++;
  };
  for await (const chunk of source()) {
    for (const byte of chunk) {
      if (last >= 0x80) look(byte);
      before = last;
      last = byte;
    }
    if (high >= ENOUGH) break;
  }
  look(LF);
  return alone * 2 > high && plausible >= alone * 0.9 ? 'windows-1252' : 'gb18030';
}

/** Bytes of Windows-1252 that people write: letters but ÿ, and signs found in records. */
const WRITTEN = new Uint8Array(256);
for (let byte = 0xc0; byte < 0xff; byte++) WRITTEN[byte] = byte === 0xd7 || byte === 0xf7 ? 0 : 1;
for (const [at, sign] of WINDOWS_1252_HIGH.entries())
  if (/[€‚„…‘’“”•–—™\p{L}]/u.test(sign)) WRITTEN[0x80 + at] = 1;
for (const sign of '\u00a0£§©«®°±²³´µ·º»¼½¾') WRITTEN[sign.charCodeAt(0)] = 1;
