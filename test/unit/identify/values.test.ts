import { describe, expect, it } from 'vitest';
import { identifyColumns } from '../../../main/identify/columns.ts';
import {
  dayHolds,
  ibanHolds,
  nhsHolds,
  vinHolds,
} from '../../../main/identify/numbers/check-digits.ts';
import type { CodedType, Column, NumericType } from '../../../main/records/table.ts';

const ROWS = 60;
const rows = <T>(of: (row: number) => T): T[] => Array.from({ length: ROWS }, (_, row) => of(row));

function coded(type: CodedType, cells: readonly string[], name = 'x'): Column {
  const dictionary = [...new Set(cells)];
  return {
    name,
    type,
    codes: Int32Array.from(cells, (cell) => dictionary.indexOf(cell)),
    dictionary,
  };
}
const numeric = (type: NumericType, values: readonly number[], name = 'x'): Column => ({
  name,
  type,
  values: Float64Array.from(values),
});
const found = (column: Column) => {
  const rowCount = 'values' in column ? column.values.length : column.codes.length;
  const [first] = identifyColumns({ rows: rowCount, columns: [column] }).columns;
  if (first === undefined) throw new Error('no column');
  return first;
};

/** The one sign that makes the check hold. */
function completed(
  signs: string,
  holds: (text: string) => boolean,
  at: (sign: string) => string,
): string {
  const sign = [...signs].find((candidate) => holds(at(candidate)));
  if (sign === undefined) throw new Error('no sign will do');
  return at(sign);
}

describe('check digits', () => {
  it('hold on published examples and on no neighbour of them', () => {
    expect(ibanHolds('GB82WEST12345698765432')).toBe(true); // ISO 13616 registry, United Kingdom
    expect(ibanHolds('GB82WEST12345698765423')).toBe(false);
    expect(nhsHolds('9434765919')).toBe(true); // NHS Data Dictionary
    expect(nhsHolds('9434765918')).toBe(false);
    expect(vinHolds('1M8GDM9AXKP042788')).toBe(true); // the example most often printed
    expect(vinHolds('1M8GDM9A1KP042788')).toBe(false);
    expect(vinHolds('11111111111111111')).toBe(true);
    expect(dayHolds('20240229')).toBe(true);
    expect(dayHolds('20230229')).toBe(false);
    expect(dayHolds('18991231')).toBe(false);
  });
});

describe('columns without a telling name', () => {
  it('that hold telephone numbers, written or read as numbers', () => {
    const mobile = rows((row) => 13_800_000_000 + row * 7_654_321);
    expect(found(numeric('integer', mobile))).toMatchObject({
      role: 'direct-identifier',
      evidence: ['pattern'],
      entities: [{ type: 'PHONE', share: 1 }],
    });
    // With an empty cell some programs write whole numbers as 13800000000.0.
    expect(found(numeric('real', [NaN, ...mobile])).entities[0]?.type).toBe('PHONE');
    expect(
      found(
        coded(
          'category',
          rows((row) => `+44 7700 900${String(100 + row)}`),
        ),
      ).role,
    ).toBe('direct-identifier');
  });

  it('are sure of numbers whose check digit holds, and unsure of others', () => {
    const card = (row: number) => `4${String(10 ** 13 + row * 9_876_543).padStart(14, '1')}`;
    const luhn = (text: string): boolean =>
      [...text]
        .reverse()
        .map((digit, at) => (at % 2 === 1 ? Number(digit) * 2 : Number(digit)))
        .reduce((sum, digit) => sum + (digit > 9 ? digit - 9 : digit), 0) %
        10 ===
      0;
    const cards = rows((row) => completed('0123456789', luhn, (sign) => card(row) + sign));
    expect(found(coded('identifier', cards))).toMatchObject({
      evidence: ['check'],
      confidence: 0.98,
      entities: [{ type: 'CARD', share: 1, confidence: 0.98 }],
    });
    const wrong = cards.map((text) => text.slice(0, 15) + String((Number(text[15]) + 1) % 10));
    const unsure = found(coded('identifier', wrong));
    expect(unsure.entities[0]).toMatchObject({ type: 'CARD', share: 1 });
    expect(unsure.entities[0]?.confidence).toBeLessThan(0.5);
    // Nearly every row has a number of its own all the same.
    expect(unsure).toMatchObject({ role: 'direct-identifier', evidence: ['distinct'] });
  });

  it('that hold identity numbers with slips of the pen', () => {
    const right = '11010519491231002X';
    const body = (row: number) => `99000019${String(400101 + row).padStart(6, '0')}100`;
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const idCard = (row: number) => {
      const sum = weights.reduce((total, weight, at) => total + weight * Number(body(row)[at]), 0);
      return body(row) + ('10X98765432'[sum % 11] ?? '');
    };
    const cells = rows((row) =>
      row % 4 === 0 ? `${body(row)}${row % 2 === 0 ? '1' : '2'}` : idCard(row),
    );
    const { role, entities } = found(coded('identifier', [right, ...cells]));
    expect(role).toBe('direct-identifier');
    expect(entities[0]?.type).toBe('ID_CARD');
    expect(entities[0]?.share).toBe(1);
    expect(entities[0]?.confidence).toBeGreaterThan(0.7);
  });

  it.each<[string, Column, string]>([
    [
      'days as numbers',
      numeric(
        'integer',
        rows((row) => 20_240_101 + (row % 28)),
      ),
      'DATE',
    ],
    [
      'moments',
      coded(
        'identifier',
        rows((row) => `2024-03-05 11:${String(row).padStart(2, '0')}:00`),
      ),
      'DATE',
    ],
    [
      'months',
      coded(
        'category',
        rows((row) => `199${String(row % 10)}年${String(1 + (row % 12))}月`),
      ),
      'DATE',
    ],
    [
      'plates',
      coded(
        'identifier',
        rows((row) => `沪A·${String(10_000 + row)}`),
      ),
      'PLATE',
    ],
    [
      'British postcodes',
      coded(
        'category',
        rows((row) => `SW1A ${String(row % 10)}AA`),
      ),
      'POSTCODE',
    ],
    [
      'MAC addresses',
      coded(
        'identifier',
        rows((row) => `00:1B:44:11:3A:${String(10 + row)}`.slice(0, 17)),
      ),
      'DEVICE_ID',
    ],
  ])('%s', (_, column, type) => {
    expect(found(column).entities[0]?.type).toBe(type);
  });

  it('that count or measure are nothing of the kind', () => {
    for (const values of [
      rows((row) => row % 7),
      rows((row) => 100 + ((row * 13) % 90)),
      rows((row) => row / 3),
    ]) {
      expect(found(numeric('real', values))).toMatchObject({ role: 'other', entities: [] });
    }
    expect(
      found(
        numeric(
          'integer',
          rows(() => NaN),
        ),
      ),
    ).toMatchObject({ evidence: ['empty'] });
  });
});

describe('names that the values do not bear out', () => {
  it('name nobody', () => {
    const asked = coded(
      'category',
      rows((row) => (row % 2 === 0 ? 'A191' : 'A192')),
      'telephone',
    );
    expect(found(asked)).toMatchObject({
      role: 'other',
      evidence: ['name', 'not-borne-out'],
      entities: [],
    });
    const ward = numeric(
      'integer',
      Array.from({ length: 2000 }, (_, row) => row % 5),
      'patient_id',
    );
    expect(found(ward)).toMatchObject({ role: 'other', evidence: ['name', 'not-borne-out'] });
  });

  it('but for masked values', () => {
    const masked = coded(
      'category',
      rows((row) => `138****${String(1000 + row)}`),
      'mobile',
    );
    expect(found(masked)).toMatchObject({ role: 'direct-identifier', evidence: ['name'] });
    expect(found(masked).entities[0]).toMatchObject({ type: 'PHONE', share: 1 });
  });
});
