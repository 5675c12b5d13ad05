import { describe, expect, it } from 'vitest';
import { found, ofType } from './found.ts';

describe('people', () => {
  it.each([
    ['My name is Oluwaseun Adeyemi and I am new', ['Oluwaseun Adeyemi']],
    ['Spoke with Dr. Amanda Nguyen, MD about it', ['Amanda Nguyen']],
    ['Patient: Johnson, Mary A.', ['Johnson, Mary A.']],
    ['we met Jürgen van der Meer there', ['Jürgen van der Meer']],
    ["It was O'Brien's idea", ["O'Brien"]],
    ['please ask maria gonzalez about it', ['maria gonzalez']],
    ['Dear Zbigniew, thanks', ['Zbigniew']],
    ['They came: Anna, Grace and Wei.', ['Anna', 'Grace', 'Wei']],
    ['My brother Mark said Hope would come', ['Mark', 'Hope']],
  ])('%s', (text, names) => expect(ofType(text, 'PERSON')).toEqual(names));

  it('finds a name everywhere once it is found, and its parts', () => {
    const text = 'Ask Siobhan Kowalczyk. If Siobhan is out, try again: KOWALCZYK is her desk.';
    expect(ofType(text, 'PERSON')).toEqual(['Siobhan Kowalczyk', 'Siobhan', 'KOWALCZYK']);
  });

  it.each([
    'How do I open my credit card statement?',
    'The patient denies chest pain. Chest X-Ray normal. ECG shows sinus rhythm.',
    "Parkinson's disease and Crohn's disease were ruled out.",
    'Will continue Metformin and Atorvastatin daily.',
    'WHAT DO I PRESS NEXT? IT DOES NOT WORK.',
    'Capitalized Words Like These Are Only A Heading',
    'May I come in? Mark my words, hope is not lost.',
    'In 1984 we won.',
    'On Monday we go.',
  ])('nobody in: %s', (text) => expect(ofType(text, 'PERSON')).toEqual([]));
});

describe('titles, groups and trades', () => {
  it.each([
    ['Mrs. Lind and Prof. Okafor', ['TITLE Mrs.', 'PERSON Lind', 'TITLE Prof.', 'PERSON Okafor']],
    ['She is a practising Muslim from Kenya', ['NRP Muslim', 'LOCATION Kenya']],
    ['two Germans and a Sri Lankan', ['NRP Germans', 'NRP Sri Lankan']],
    ['the Labour Party', ['NRP Labour Party']],
    ['Occupation: staff nurse', ['TITLE staff nurse']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));

  it.each(['the european union', 'polish the table', 'She speaks Spanish', 'a pole in the ground'])(
    'no group in %s',
    (text) => expect(ofType(text, 'NRP')).toEqual([]),
  );
});

describe('places and organisations', () => {
  it.each([
    ['We moved here from Ouagadougou', ['LOCATION Ouagadougou']],
    ['in Tulsa, OK.', ['LOCATION Tulsa', 'LOCATION OK']],
    ['the Isle of Man is fine', ['LOCATION Isle of Man']],
    ['I work for Acme Industries', ['ORGANIZATION Acme Industries']],
    ['at Smith, Jones and Patel', ['ORGANIZATION Smith, Jones and Patel']],
    ['Contoso Ltd wrote', ['ORGANIZATION Contoso Ltd']],
    ['the University of Leicester', ['ORGANIZATION University of Leicester']],
    ["at St. Mary's Hospital", ["ORGANIZATION St. Mary's Hospital"]],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));
});

describe('addresses', () => {
  it.each([
    'I live at 14 Rosewood Crescent, Leeds LS6 3AB.',
    'deliver it to Flat 3, 22 Baker Street, London NW1 6XE, United Kingdom',
    'Er wohnt in der Hauptstraße 12, 10115 Berlin',
    'write to 25 rue Victor Hugo, 69002 Lyon, France',
    'meet me at the corner of 5th Avenue and Oak Street',
    'send to P.O. Box 104',
    'it is PSC 1234, Box 5678\nAPO AE 09001',
    'she lives on Calle de Alcalá 45',
    'the office is on Kossuth Lajos utca 12.',
    'stop at Storgatan 7',
    'opposite 221B Baker St',
  ])('%s', (text) => {
    const [address = '', ...more] = ofType(text, 'ADDRESS');
    expect(more).toEqual([]);
    expect(text).toContain(address);
    expect(/\d|corner/.test(address)).toBe(true);
  });

  it('takes an address in a sentence as one, and a block of lines part by part', () => {
    expect(found('Send it to 8 Mill Lane Apt. 4, Chester, United Kingdom 45120')).toEqual([
      'ADDRESS 8 Mill Lane Apt. 4, Chester, United Kingdom 45120',
    ]);
    expect(found('Anna Lind\n8 Mill Lane\nApt. 4\nChester\nUnited Kingdom 45120')).toEqual([
      'PERSON Anna Lind',
      'ADDRESS 8 Mill Lane',
      'ADDRESS Apt. 4',
      'LOCATION Chester',
      'LOCATION United Kingdom',
      'POSTCODE 45120',
    ]);
  });

  it.each([
    'Chapter 3 of the book',
    'Blink 182 played',
    'I have 2 way tickets',
    'see table 4',
    '5 Things To Know',
  ])('none in %s', (text) => expect(ofType(text, 'ADDRESS')).toEqual([]));
});
