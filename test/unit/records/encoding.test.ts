import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../main/records/csv-reader.ts';
import { tableHash } from '../../../main/records/table-hash.ts';
import { cells, cut, readBytes } from './reading.ts';

/** Inverse of the platform's decoder: GB18030's two-byte part and some of its four-byte part. */
function gb18030Table(): Map<string, number[]> {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  for (let third = 0x81; third <= 0xfe; third++) {
    for (let last = 0x30; last <= 0x39; last++) {
      const bytes = [0x95, 0x32, third, last];
      table.set(decoder.decode(Uint8Array.from(bytes)), bytes);
    }
  }
  return table;
}
const GB18030 = gb18030Table();

function gb18030(text: string): Uint8Array {
  return Uint8Array.from(
    [...text].flatMap((letter) => {
      if (letter < '\x80') return [letter.charCodeAt(0)];
      const bytes = GB18030.get(letter);
      if (!bytes) throw new Error(`no bytes for ${letter}`);
      return bytes;
    }),
  );
}

const TEXT =
  '姓名,性别,出生日期,备注\r\n张伟,男,1980年3月5日,"头痛,三天"\r\n李娜,女,1975年12月1日,𠀀€ ok\r\n';
const ROWS = [
  ['张伟', '男', '1980-03-05', '头痛,三天'],
  ['李娜', '女', '1975-12-01', '𠀀€ ok'],
];

describe('encodings', () => {
  const utf16 = Buffer.from(TEXT, 'utf16le');
  const files: [string, Uint8Array, string][] = [
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
    ['GB18030', gb18030(TEXT), 'gb18030'],
    [
      'GB18030 with a mark',
      Buffer.concat([Buffer.from([0x84, 0x31, 0x95, 0x33]), gb18030(TEXT)]),
      'gb18030',
    ],
    ['UTF-16LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'utf-16le'],
    [
      'UTF-16BE with a mark',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
      'utf-16be',
    ],
  ];
  it.each(files)('%s, cut at any byte', async (_name, bytes, encoding) => {
    for (let at = 0; at < bytes.length; at++) {
      const { table, facts } = await readCsv(cut(bytes, [at, at + 1]));
      expect(facts.encoding).toBe(encoding);
      expect(cells(table)).toEqual(ROWS);
    }
  });

  it('reads a file saved by Excel in GBK (bytes as they were)', async () => {
    // 病人,年龄 / 王芳,34
    const bytes = Buffer.from('b2a1c8cb2cc4eac1e40d0acdf5b7bc2c33340d0a', 'hex');
    const { table, facts } = await readBytes(bytes);
    expect(facts.encoding).toBe('gb18030');
    expect(table.columns.map((column) => column.name)).toEqual(['病人', '年龄']);
    expect(cells(table)).toEqual([['王芳', '34']]);
  });

  it('reads the euro sign as Windows writes it in GBK', async () => {
    const bytes = Buffer.concat([gb18030('名,价\n张,'), Buffer.of(0x80), Buffer.from('5\n')]);
    expect(cells((await readBytes(bytes)).table)).toEqual([['张', '€5']]);
  });

  it('turns to GB18030 when the first character beyond ASCII comes after megabytes', async () => {
    const ascii = Buffer.from(`a,b\n${'1,x\n'.repeat(200_000)}`);
    const bytes = Buffer.concat([ascii, gb18030('2,张\n')]);
    const { table, facts } = await readCsv(cut(bytes, [1 << 16, 1 << 19]));
    expect(facts.encoding).toBe('gb18030');
    expect(table.rows).toBe(200_001);
    expect(cells(table).at(-1)).toEqual(['2', '张']);
  });

  it('does not read damaged UTF-8 as another encoding', async () => {
    const bytes = Buffer.from(`名,值\n${'张伟,一\n'.repeat(100)}`);
    const at = bytes.length - 6;
    bytes[at] = 0xff;
    await expect(readBytes(bytes)).rejects.toMatchObject({ code: 'ENCODING_UNKNOWN' });
  });

  it('tells the byte at which a file stops being text', async () => {
    const bytes = Buffer.concat([
      gb18030('名,值\n张,1\n'),
      Buffer.from([0xff]),
      Buffer.from(',2\n'),
    ]);
    await expect(readBytes(bytes)).rejects.toMatchObject({
      code: 'ENCODING_UNKNOWN',
      params: { offset: 11 },
    });
    await expect(readBytes(Buffer.from('a,b\n1,\x81', 'latin1'))).rejects.toMatchObject({
      params: { offset: 6 },
    });
    const zip = Buffer.from('504b03040a0000000000', 'hex');
    await expect(readBytes(zip)).rejects.toMatchObject({ code: 'ENCODING_UNKNOWN' });
  });

  it('obeys an encoding that is given', async () => {
    await expect(readBytes(Buffer.from(TEXT), { encoding: 'utf-16le' })).rejects.toMatchObject({
      code: 'ENCODING_UNKNOWN',
    });
    const { table } = await readBytes(gb18030(TEXT), { encoding: 'gb18030' });
    expect(cells(table)).toEqual(ROWS);
  });
});

describe('pieces', () => {
  it('the same file cut at random offsets gives the same table', async () => {
    const lines = ['id;注;x;y'];
    for (let row = 0; row < 400; row++)
      lines.push(`${row};"a""b;\r\n${'字'.repeat(row % 5)}";${row / 8};${row % 3 ? 'p' : ''}`);
    const bytes = Buffer.from(lines.join('\r\n'));
    const whole = tableHash((await readBytes(bytes)).table);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 300 }), async (offsets) => {
        const { table } = await readCsv(cut(bytes, offsets));
        expect(tableHash(table)).toBe(whole);
      }),
      { numRuns: 60 },
    );
  });
});
