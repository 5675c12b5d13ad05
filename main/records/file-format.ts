import { ConcordError } from '../contract/errors.ts';
import { byteOrderMark } from './encoding.ts';
import { CONLL_NAME } from './conll/open-conll.ts';
import type { RecordsSource } from './source.ts';

export type Container = 'delimited' | 'workbook' | 'parquet' | 'json' | 'conll';

const HEAD = 1 << 12;
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** Contents that are no table, by how they begin; their names for FILE_FORMAT_UNSUPPORTED. */
const OTHERS: readonly (readonly [format: string, starts: string | RegExp])[] = [
  ['pdf', '%PDF-'],
  ['picture', '\x89PNG'],
  ['picture', '\xff\xd8\xff'],
  ['picture', 'GIF8'],
  ['picture', 'II*\0'],
  ['picture', 'MM\0*'],
  ['picture', /^BM.{4}\0\0\0\0/s],
  ['picture', /^RIFF.{4}WEBP/s],
  ['archive', '\x1f\x8b'],
  ['archive', '7z\xbc\xaf\x27\x1c'],
  ['archive', 'Rar!\x1a\x07'],
  ['archive', 'BZh'],
  ['archive', '\xfd7zXZ\0'],
  ['archive', '\x28\xb5\x2f\xfd'],
  ['database', 'SQLite format 3\0'],
  ['database', '\0\x01\0\0Standard Jet DB'],
  ['database', '\0\x01\0\0Standard ACE DB'],
  ['statistics', '$FL2'],
  ['statistics', '$FL3'],
  ['statistics', '<stata_dta>'],
  ['statistics', /^\0{12}\xc2\xea\x81\x60/],
  ['statistics', /^(RDX[23]|RDA[23])\n/],
  ['word', '{\\rtf'],
  ['parquet-encrypted', 'PARE'],
  ['xml', '<?xml'],
  ['html', /^\s*<(!doctype html|html|table|head|body)\b/i],
];

/**
 * What a file is, by its first bytes; its name decides only between texts. A name that promises a
 * table does not make one: a PDF called .csv is refused as a PDF.
 * @throws FILE_EMPTY, FILE_FORMAT_UNSUPPORTED, FILE_ENCRYPTED
 */
export async function containerOf(source: RecordsSource): Promise<Container> {
  const head = Buffer.from(await source.slice(0, HEAD));
  if (head.length === 0) throw new ConcordError('FILE_EMPTY');
  if (head.subarray(0, COMPOUND.length).equals(COMPOUND)) throw await compoundRefusal(source, head);
  const latin = head.toString('latin1');
  if (latin.startsWith('PAR1')) return 'parquet';
  if (latin.startsWith('PK\x03\x04') || latin.startsWith('PK\x05\x06')) return 'workbook';
  const text = textStart(head);
  for (const [format, starts] of OTHERS) {
    const found = typeof starts === 'string' ? latin.startsWith(starts) : starts.test(latin);
    if (found || (format === 'html' && (starts as RegExp).test(text)))
      throw new ConcordError('FILE_FORMAT_UNSUPPORTED', { format });
  }
  if (looksLikeJson(text, source.name)) return 'json';
  return CONLL_NAME.test(source.name) ? 'conll' : 'delimited';
}

/** The first characters without a byte order mark, good enough to see a brace. */
function textStart(head: Buffer): string {
  const mark = byteOrderMark(head);
  const body = head.subarray(mark?.length ?? 0);
  if (mark?.encoding === 'utf-16le') return body.toString('utf16le');
  if (mark?.encoding === 'utf-16be' && body.length > 1)
    return Buffer.from(body.subarray(0, body.length & ~1))
      .swap16()
      .toString('utf16le');
  return body.toString('latin1');
}

function looksLikeJson(text: string, name: string): boolean {
  const start = text.trimStart();
  if (/\.(json|ndjson|jsonl|geojson)$/i.test(name)) return /^[[{]/.test(start);
  return /^(\[\s*)?\{\s*("|\})/.test(start);
}

/**
 * A compound file holds an old workbook, or a new one behind a password: told by the names of its
 * streams in the directory (MS-CFB 2.6.1).
 */
async function compoundRefusal(source: RecordsSource, head: Buffer): Promise<ConcordError> {
  const shift = head.length >= 52 ? head.readUInt16LE(30) : 9;
  const sector = head.length >= 52 ? head.readUInt32LE(48) : 0;
  const at = (sector + 1) * 2 ** Math.min(shift, 12);
  const directory = Buffer.from(await source.slice(at, at + HEAD)).toString('utf16le');
  if (directory.includes('EncryptedPackage') || /\.xls[xm]$/i.test(source.name))
    return new ConcordError('FILE_ENCRYPTED');
  const format = directory.includes('WordDocument') ? 'word' : 'xls';
  return new ConcordError('FILE_FORMAT_UNSUPPORTED', { format });
}
