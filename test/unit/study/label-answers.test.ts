import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { checkLabelAnswers } from '../../../main/study/label-answers.ts';
import { codedColumn, numberColumn, tableOf } from '../learning/fixtures.ts';

const table = tableOf(
  codedColumn('back', ['yes', 'no', '', 'no']),
  numberColumn('coded', [1, 0, NaN, 0]),
  codedColumn('one', ['yes', 'yes', 'yes', 'yes']),
);

function told(label: string, yes: string, no: string): unknown {
  try {
    checkLabelAnswers(table, { label, yes, no });
    return null;
  } catch (error) {
    return error instanceof ConcordError ? { code: error.code, ...error.params } : error;
  }
}

describe('the two answers of a question', () => {
  it('are let through where both stand in the column, read as training reads them', () => {
    expect(told('back', 'yes', 'no')).toBeNull();
    expect(told('coded', '1', '0')).toBeNull();
    expect(told('coded', '1.0', '0')).toBeNull();
  });

  it.each([
    ['back', 'Yes', 'no', 'yes'],
    ['back', 'yes', 'none', 'no'],
    ['back', 'ja', 'nein', 'both'],
    ['coded', '1', '2', 'no'],
    ['coded', 'yes', '0', 'yes'],
    ['one', 'yes', 'no', 'no'],
  ])('%s: “%s” and “%s” are told apart by which is absent: %s', (label, yes, no, absent) => {
    expect(told(label, yes, no)).toEqual({ code: 'LABEL_VALUE_ABSENT', column: label, absent });
  });

  it('name a column that is not there', () => {
    expect(told('bak', 'yes', 'no')).toMatchObject({ code: 'COLUMN_UNKNOWN', nearest: 'back' });
  });
});
