import { describe, expect, it } from 'vitest';
import { findEnglish } from '../../../main/identify/english/index.ts';
import { found, ofType } from './found.ts';

/** Names that stand on no list: only the words around them tell what they are. */
describe('organisations by the words around them', () => {
  it.each([
    ['I have worked as a fitter at Grunwick for years', 'Grunwick'],
    ['my employer Tolvanen refused', 'Tolvanen'],
    ['Employer: Vexilla', 'Vexilla'],
    ['the Zorbex helpline never answers', 'Zorbex'],
    ['Quillon, a maker of pens, has closed', 'Quillon'],
    ['a refund from Blue Parrot is due', 'Blue Parrot'],
    ['an account with Silver Fern', 'Silver Fern'],
    ['she is a customer of AXB', 'AXB'],
    ['the letter that HMCTS sent, and one from DVSA', 'DVSA'],
    ['the partnership of Oduya and Sandstrom was founded in 1920', 'Oduya and Sandstrom'],
    ['employed by Oduya, Sandstrom and Weiss', 'Oduya, Sandstrom and Weiss'],
    ['born at Queen Charlotte Hospital', 'Queen Charlotte Hospital'],
    ['at Elmbridge Medical Centre today', 'Elmbridge Medical Centre'],
    ['he attends Elmbridge Primary', 'Elmbridge Primary'],
    ['2004-2009 Grunwick', 'Grunwick'],
  ])('%s', (text, name) => expect(ofType(text, 'ORGANIZATION')).toContain(name));

  it('stay people where a name is given', () => {
    expect(found('one of its engineers, Anna Kowalska.')).toEqual(['PERSON Anna Kowalska']);
    expect(found('Kind regards,\n\nTolvanen')).toEqual(['PERSON Tolvanen']);
    expect(found('From: Edda Tolvanen')).toEqual(['PERSON Edda Tolvanen']);
  });
});

describe('places by the words around them', () => {
  it.each([
    ['a Thrupp-based charity', 'Thrupp'],
    ['a resident of Thrupp', 'Thrupp'],
    ['Place of birth: Thrupp', 'Thrupp'],
    ['a walk in the Quantock Hills', 'Quantock Hills'],
    ['floods in Northern Queensland', 'Northern Queensland'],
    ['the County Down coast', 'County Down'],
    ['lost it between Thrupp and Munich', 'Thrupp'],
    ['Berlin has voted', 'Berlin'],
    ['waiting at Thrupp station', 'Thrupp'],
    ['friends in Munich, Thrupp and Oslo', 'Thrupp'],
  ])('%s', (text, name) => expect(ofType(text, 'LOCATION')).toContain(name));

  it('their postcode stands behind a comma', () => {
    expect(found('She lives in Springfield, 62701.')).toEqual([
      'LOCATION Springfield',
      'POSTCODE 62701',
    ]);
  });
});

describe('notes of a ward', () => {
  it.each([
    'BP 130/80, HR 72, RR 16, GCS 15, chest clear.',
    'Impression: NSTEMI, AKI on CKD 3. Plan: stop ACE inhibitor, repeat U&E.',
    'Ramipril 5 mg OD, Apixaban 5 mg BD, Paracetamol PRN.',
    'Past Medical History: Hypertension, Atrial Fibrillation.',
    'See Section 4, Table 2 and Appendix B.',
  ])('name nobody and no place: %s', (text) =>
    expect(findEnglish(text).filter(({ confidence }) => confidence >= 0.46)).toEqual([]),
  );

  it('month names inside people', () => {
    expect(ofType('Spoke to Jun Zhou and Wei Sun.', 'PERSON')).toEqual(['Jun Zhou', 'Wei Sun']);
  });
});

describe('Latin words among Chinese', () => {
  it.each(['CT示右肺占位', '胸部CT示右肺占位，患者一般情况可。', 'MRI提示T2高信号'])(
    'nobody in %s',
    (text) => expect(findEnglish(text)).toEqual([]),
  );

  it('are names of their own', () => {
    expect(found('患者John Smith入院。')).toEqual(['PERSON John Smith']);
  });
});
