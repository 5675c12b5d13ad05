import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const CITIES = ['上海', 'Berlin', 'Paris', 'New York', '北京'];
const HEADER =
  'id,age,sex,city,date,weight,height,pressure,glucose,visits,note,ward,flag,score,outcome';

export const COLUMNS = HEADER.split(',').length;

/**
 * Writes a file of 15 columns: identifiers, integers, reals of all lengths, dates, categories and
 * quoted text; about 107 bytes a row. The same rows give the same file.
 */
export async function writeRecordFile(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  let state = 12345;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pad = (value: number): string => String(value).padStart(2, '0');
  let piece = `${HEADER}\n`;
  for (let row = 0; row < rows; row++) {
    const date = `20${pad(10 + below(14))}-${pad(1 + below(12))}-${pad(1 + below(28))}`;
    piece += `P${1_000_000 + row},${below(90)},${next() < 0.5 ? 'F' : 'M'},${CITIES[below(5)]},${date},`;
    piece += `${(40 + next() * 80).toFixed(1)},${(1.4 + next() * 0.6).toFixed(2)},${90 + below(90)},`;
    piece += `${(3 + next() * 9).toFixed(3)},${below(40)},"seen by Dr ${below(1e5)}, ok",W${below(300)},`;
    piece += `${next() < 0.5 ? 'yes' : 'no'},${next()},${next() < 0.2 ? 1 : 0}\n`;
    if (piece.length > 1 << 20) {
      if (!out.write(piece)) await once(out, 'drain');
      piece = '';
    }
  }
  out.end(piece);
  await once(out, 'finish');
}
