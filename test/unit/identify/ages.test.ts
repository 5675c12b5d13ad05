import { describe, expect, it } from 'vitest';
import { ageOf } from '../../../main/identify/numbers/age.ts';
import { ofType } from './found.ts';

describe('ages as people write them', () => {
  it.each<[string, string[]]>([
    ['43yo man, known smoker', ['43']],
    ['a 6-month-old and a 3 wk old', ['6', '3']],
    ['Age/Sex: 57/F', ['57']],
    ['Age (years): 61', ['61']],
    ['the patient, now 3 and a half, walks', ['3']],
    ['we are both over 70', ['70']],
    ['in her late forties', ['forties']],
    ['a drive for the over-60s', ['60']],
    ['Margaret is 82 and frail', ['82']],
    ['when Tom was 7 the house burnt', ['7']],
    ['my son (9) and my daughter (12)', ['9', '12']],
    ['three children, 4, 6 and 9', ['4', '9']],
    ['Mr Iqbal (58), a builder', ['58']],
    ['he lived to 101.', ['101']],
    ['She was diagnosed at 34 and recovered.', ['34']],
    ['At 29 she moved out.', ['29']],
    ['aged 5 to 11 only', ['5', '11']],
    ['ages 3-5 welcome', ['3', '5']],
    ['pushing 50 and feel like 80', ['50', '80']],
    ['transfer (m, 77) tonight', ['77']],
    ['their baby, who is just 15 months.', ['15']],
    ['for his 40th birthday', ['40']],
    ['a 30-something accountant', []],
    ['a thirty-something accountant', ['thirty']],
  ])('%s', (text, ages) => expect(ofType(text, 'AGE')).toEqual(ages));

  it.each([
    'Troponin was 14 and rising',
    'Set at 21. Keep it there.',
    'bake at 180 for 40 minutes',
    'arrives at 7, leaves at 9',
    'Room 12, 40 chairs',
    'open at 10 and shut by 4',
    'the score is 3 and counting',
    'it serves 4 to 6',
    'children of 3 schools',
  ])('no age in: %s', (text) => expect(ofType(text, 'AGE')).toEqual([]));

  it('are told in years, in figures and words', () => {
    expect(['43', 'forty-three', 'forties', "50's", 'a hundred and two'].map(ageOf)).toEqual([
      43, 43, 40, 50, 102,
    ]);
  });
});
