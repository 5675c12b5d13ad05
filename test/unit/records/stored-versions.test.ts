import { describe, expect, it } from 'vitest';
import { decodeTable, encodeTable } from '../../../main/records/codec.ts';
import { packCodes, packNumbers } from '../../../main/records/packed-numbers.ts';
import { tableHash } from '../../../main/records/table-hash.ts';
import { cells, readText, types } from './reading.ts';

/** Written by version 1, before decimals were kept as whole numbers. */
const VERSION_1 = Buffer.from(
  [
    'Q05DVAEtAwAAeyJyb3dzIjoxMiwiY29sdW1ucyI6W3sibmFtZSI6ImlkIiwidHlwZSI6ImlkZW50aWZpZXIiLCJibG',
    '9ja3MiOlt7ImJ5dGVzIjoyMSwicm93cyI6MTIsIndpZHRoIjoiaTEifV0sImRpY3Rpb25hcnkiOnsiYnl0ZXMiOjQ4',
    'LCJyYXciOjc0LCJjb3VudCI6MTJ9fSx7Im5hbWUiOiJuIiwidHlwZSI6ImludGVnZXIiLCJibG9ja3MiOlt7ImJ5dG',
    'VzIjozMywicm93cyI6MTIsIndpZHRoIjoiaTIifV19LHsibmFtZSI6InByaWNlIiwidHlwZSI6InJlYWwiLCJibG9j',
    'a3MiOlt7ImJ5dGVzIjo1Niwicm93cyI6MTIsIndpZHRoIjoiZjgifV19LHsibmFtZSI6ImxvbmciLCJ0eXBlIjoicm',
    'VhbCIsImJsb2NrcyI6W3siYnl0ZXMiOjc1LCJyb3dzIjoxMiwid2lkdGgiOiJmOCJ9XX0seyJuYW1lIjoiZmxhZyIs',
    'InR5cGUiOiJib29sZWFuIiwiYmxvY2tzIjpbeyJieXRlcyI6MTcsInJvd3MiOjEyLCJ3aWR0aCI6ImkxIn1dLCJ3b3',
    'JkcyI6WyJubyIsInllcyJdfSx7Im5hbWUiOiJkYXkiLCJ0eXBlIjoiZGF0ZSIsImJsb2NrcyI6W3siYnl0ZXMiOjMz',
    'LCJyb3dzIjoxMiwid2lkdGgiOiJpMiJ9XX0seyJuYW1lIjoi5Z+O5biCIiwidHlwZSI6ImNhdGVnb3J5IiwiYmxvY2',
    'tzIjpbeyJieXRlcyI6MjEsInJvd3MiOjEyLCJ3aWR0aCI6ImkxIn1dLCJkaWN0aW9uYXJ5Ijp7ImJ5dGVzIjoxOSwi',
    'cmF3IjoxMCwiY291bnQiOjF9fSx7Im5hbWUiOiJub3RlIiwidHlwZSI6ImNhdGVnb3J5IiwiYmxvY2tzIjpbeyJieX',
    'RlcyI6MTcsInJvd3MiOjEyLCJ3aWR0aCI6ImkxIn1dLCJkaWN0aW9uYXJ5Ijp7ImJ5dGVzIjoxOSwicmF3IjoxMCwi',
    'Y291bnQiOjJ9fV19KLUv/SAMYQAAAAECAwQFBgcICQoLKLUv/SBKPQEA+AIAAAADUDBQMVAyUDNQNFA1UDZQN1A4UD',
    'lQMTBQMTECACATJx0RKLUv/SAYwQAA/f/lA80HtQudD4UTbRdVGz0fJSMNJ/UqKLUv/SBgfQEAuAAA9D8ABEAADhQZ',
    'HoAhACSAJgApgCtACwBgYDAwGBgMBIOBLCDfSjLQHBAcB9ootS/9IGAVAgBkAgAAkiRJkiRJwj/SP9u2beI/t+brPw',
    'Dw8j8lkvT2P0mSJEmSJPk/CgBLJdbKjqESY9Vwp2Myhc9Mq7N6ZfABYAEotS/9IAxFAAAQAAEBAG0OCyi1L/0gGMEA',
    'ABRNFU0WTRdNGE0ZTRpNG00cTR1NHk0fTSi1L/0gDGEAAP8AAP8AAP8AAP8AACi1L/0gClEAAAYAAADkuIrmtbcotS',
    '/9IAxFAAAQAAEBAG0OCyi1L/0gClEAAAEAAAABAAAAYmFaPJnc',
  ].join(''),
  'base64',
);
const HASH = 'd79a6cf2fa0c79f51e770ae8e6c94279a3c2f4a127600a266e0ff60a7106b774';

const row = (n: number): string =>
  `P${n},${n * 1000 - 3},${(n * 1.25).toFixed(2)},${n / 7},${n % 2 ? 'yes' : 'no'},2024-01-${10 + n},${n % 3 ? '上海' : ''},${n % 2 ? 'a' : 'b'}`;
const FILE = `id,n,price,long,flag,day,城市,note\n${Array.from({ length: 12 }, (_, n) => row(n)).join('\n')}`;

describe('records that an older version stored', () => {
  it('are the records of their file still, under the same content hash', async () => {
    const stored = decodeTable(VERSION_1);
    const { table } = await readText(FILE);
    expect(types(stored)).toEqual(types(table));
    expect(cells(stored)).toEqual(cells(table));
    expect(tableHash(stored)).toBe(HASH);
    expect(tableHash(table)).toBe(HASH);
    expect(tableHash(decodeTable(encodeTable(table)))).toBe(HASH);
  });
});

describe('packing', () => {
  it('keeps decimals as whole numbers where they come back to the last bit', () => {
    expect(packNumbers(Float64Array.of(1.25, NaN, -0.5, 3)).packing).toEqual({
      width: 'i2',
      decimals: 2,
    });
    expect(packNumbers(Float64Array.of(1, 2, NaN)).packing).toEqual({ width: 'i1' });
    for (const value of [-0, 0.1 + 0.2, 1 / 3, Infinity, 1e-7, 2 ** 31, 214748364.8])
      expect(packNumbers(Float64Array.of(value, 0.5)).packing, String(value)).toEqual({
        width: 'f8',
      });
  });

  it('keeps codes that count up as the first of them', () => {
    const counting = packCodes(Int32Array.of(5, 6, 7));
    expect(counting.packing).toEqual({ width: 's0', first: 5 });
    expect(counting.bytes).toHaveLength(0);
    expect(packCodes(Int32Array.of(-1, 0, 1)).packing).toEqual({ width: 'i1' });
    expect(packCodes(Int32Array.of(0, 2, 1)).packing).toEqual({ width: 'i1' });
  });
});
