import { describe, expect, it } from 'vitest';
import { identifyColumns } from '../../../main/identify/columns.ts';
import { idCardHolds, luhn } from '../../../main/identify/numbers/check-digits.ts';
import { entitiesOfCell } from '../../../main/identify/values/cells.ts';
import { sampleRecords } from '../../../main/study/sample.ts';

/** A plain linear congruential sequence: enough to make sample records in a test. */
function sequence(): () => number {
  let state = 12345;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

describe('check digits', () => {
  it('follow GB 11643 and Luhn', () => {
    expect(idCardHolds('11010519491231002X')).toBe(true); // the example printed in the standard
    expect(idCardHolds('110105194912310021')).toBe(false);
    expect(luhn('4111111111111111')).toBe(true);
    expect(luhn('4111111111111112')).toBe(false);
  });
});

describe('entities in a cell', () => {
  it.each([
    ['write to a.b@example.org', ['EMAIL']],
    ['call 07700 900123', ['PHONE']],
    ['电话13800001111。', ['PHONE']],
    ['192.168.0.1', ['IP']],
    ['nothing here', []],
  ])('%s', (cell, types) => expect(entitiesOfCell(cell)).toEqual(types));
});

describe('roles of the sample records', () => {
  it('finds every planted identifier and quasi-identifier', () => {
    const table = sampleRecords({ rows: 400, language: 'en', uniform: sequence() });
    const roles = Object.fromEntries(
      identifyColumns(table, 'missed_follow_up').columns.map(({ name, role }) => [name, role]),
    );
    expect(roles).toMatchObject({
      patient_id: 'direct-identifier',
      name: 'direct-identifier',
      id_card: 'direct-identifier',
      phone: 'direct-identifier',
      note: 'direct-identifier',
      age: 'quasi-identifier',
      sex: 'quasi-identifier',
      language: 'quasi-identifier',
      postcode: 'quasi-identifier',
      district: 'quasi-identifier',
      diagnosis: 'sensitive',
      missed_follow_up: 'label',
      wait_days: 'other',
    });
  });
});
