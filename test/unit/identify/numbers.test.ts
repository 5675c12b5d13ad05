import { describe, expect, it } from 'vitest';
import {
  ibanDigits,
  ibanHolds,
  idCardCharacter,
  luhn,
  luhnDigit,
  nhsHolds,
  vinHolds,
} from '../../../main/identify/numbers/check-digits.ts';
import { ageOf } from '../../../main/identify/numbers/age.ts';
import { isIpv6 } from '../../../main/identify/numbers/network.ts';
import { confidenceOf, found, ofType } from './found.ts';

describe('check digits', () => {
  it('follow their standards', () => {
    expect(luhn('4111111111111111')).toBe(true);
    expect(luhn('4111111111111112')).toBe(false);
    expect(luhnDigit('411111111111111')).toBe('1');
    expect(ibanHolds('GB82WEST12345698765432')).toBe(true); // the example of the registry
    expect(ibanHolds('GB82WEST12345698765433')).toBe(false);
    expect(ibanDigits('GB', 'WEST12345698765432')).toBe('82');
    expect(nhsHolds('9434765919')).toBe(true); // the example of the data dictionary
    expect(nhsHolds('9434765918')).toBe(false);
    expect(vinHolds('1M8GDM9AXKP042788')).toBe(true); // the example of 49 CFR 565
    expect(vinHolds('1M8GDM9A1KP042788')).toBe(false);
    expect(idCardCharacter('11010519491231002')).toBe('X'); // the example of GB 11643
  });
});

describe('e-mail, web and network addresses', () => {
  it.each([
    ['write to ana.lind+x@mail.example.co.uk.', ['EMAIL ana.lind+x@mail.example.co.uk']],
    ['ana (at) example (dot) org', ['EMAIL ana (at) example (dot) org']],
    ['see https://example.org/a?b=c#d, then', ['URL https://example.org/a?b=c#d']],
    ['see www.example.com/a.', ['URL www.example.com/a']],
    ['look at shop.example.de now', ['URL shop.example.de']],
    ['ip 192.168.0.1 and 10.0.0.255.', ['IP 192.168.0.1', 'IP 10.0.0.255']],
    ['from 2001:db8::8a2e:370:7334 to ::1', ['IP 2001:db8::8a2e:370:7334']],
    ['card aa:bb:cc:00:11:22', ['DEVICE_ID aa:bb:cc:00:11:22']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));

  it.each(['He left.In the end it was fine', 'e.g. this', '1.2.3', '300.1.1.1', 'at 12:30:45x'])(
    'none in %s',
    (text) => {
      expect(ofType(text, 'URL')).toEqual([]);
      expect(ofType(text, 'IP')).toEqual([]);
      expect(ofType(text, 'EMAIL')).toEqual([]);
    },
  );

  it('counts the groups of version 6', () => {
    expect(isIpv6('1:2:3:4:5:6:7:8')).toBe(true);
    expect(isIpv6('::ffff:192.0.2.1')).toBe(true);
    expect(isIpv6('1:2:3')).toBe(false);
    expect(isIpv6('1::2::3')).toBe(false);
    expect(isIpv6('1:2:3:4:5:6:7:8:9')).toBe(false);
  });
});

describe('cards, accounts and identity numbers', () => {
  it.each([
    ['pay with 4111-1111-1111-1111 please', ['CARD 4111-1111-1111-1111']],
    ['amex 3782 822463 10005', ['CARD 3782 822463 10005']],
    ['to GB82 WEST 1234 5698 7654 32 today', ['IBAN GB82 WEST 1234 5698 7654 32']],
    ['to de89370400440532013000', ['IBAN de89370400440532013000']],
    ['SSN 078-05-1120', ['SSN 078-05-1120']],
    ['social security number 078051120', ['SSN 078051120']],
    ['身份证11010519491231002X', ['ID_CARD 11010519491231002X']],
    ['NHS number 943 476 5919', ['MEDICAL_ID 943 476 5919']],
    ['passport no. X4823945', ['PASSPORT X4823945']],
    ["driver's license is D123-4567", ['LICENCE D123-4567']],
    ['plate AB12 CDE', ['PLATE AB12 CDE']],
    ['MRN: 00482913', ['MEDICAL_ID 00482913']],
    ['account number 12345678', ['ACCOUNT 12345678']],
    ['employee id E-20391', ['OTHER_ID E-20391']],
    ['serial no. SN-4432-AB77', ['DEVICE_ID SN-4432-AB77']],
    ['chassis 1M8GDM9AXKP042788', ['DEVICE_ID 1M8GDM9AXKP042788']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));

  it.each([
    ['my card is 4111 1111 1111 1112', 'CARD'],
    ['iban GB82WEST12345698765433', 'IBAN'],
    ['身份证110105194912310021', 'ID_CARD'],
    ['NHS number 943 476 5918', 'MEDICAL_ID'],
    ['number 900-12-3456', 'SSN'],
  ])('keeps what fails its check, less sure: %s', (text, type) => {
    expect(confidenceOf(text, type)).toBeGreaterThan(0);
    expect(confidenceOf(text, type)).toBeLessThan(0.7);
  });

  it.each(['1111 1111 1111 1111', 'order 12', 'permit 2', 'in 3.14159265358979 steps'])(
    'none in %s',
    (text) => expect(found(text)).toEqual([]),
  );
});

describe('telephones and postcodes', () => {
  it.each([
    ['call (415) 555-0132 ext. 12', '(415) 555-0132 ext. 12'],
    ['+44 20 7946 0018', '+44 20 7946 0018'],
    ['tel 01 42 68 53 00', '01 42 68 53 00'],
    ['fax: 030/8765 4321', '030/8765 4321'],
    ['手机13800001111。', '13800001111'],
    ['电话010-62345678', '010-62345678'],
    ['ring me on 07700 900123', '07700 900123'],
  ])('%s', (text, number) => expect(ofType(text, 'PHONE')).toEqual([number]));

  it.each(['on 12-03-2021', 'pages 12 - 14', '1,250,000', '2021-03-04', 'score 3-2'])(
    'no telephone in %s',
    (text) => expect(ofType(text, 'PHONE')).toEqual([]),
  );

  it.each([
    ['zip code 35350', '35350'],
    ['Boston, MA 02115-1234', '02115-1234'],
    ['at NW1 6XE', 'NW1 6XE'],
    ['K1A 0B1', 'K1A 0B1'],
    ['邮编100084', '100084'],
  ])('%s', (text, code) => expect(ofType(text, 'POSTCODE')).toEqual([code]));
});

describe('dates and ages', () => {
  it.each([
    ['on 2021-03-04 at noon', '2021-03-04'],
    ['12/1/1981', '12/1/1981'],
    ['on 3 March 2020, he', '3 March 2020'],
    ['March 3rd, 2020.', 'March 3rd, 2020'],
    ['Tuesday, 4 May 2021 at 10:30 am', 'Tuesday, 4 May 2021 at 10:30 am'],
    ['2007-01-17 23:08:55', '2007-01-17 23:08:55'],
    ['DOB 12 Feb 1938', '12 Feb 1938'],
    ['in 1984', '1984'],
    ['see you on Friday', 'Friday'],
    ['since 03/1987', '03/1987'],
    ['on 20240315 he came', '20240315'],
    ['Date of birth:19850712', '19850712'],
    ['20240315: seen in clinic', '20240315'],
    ['Tuesday 5 March', 'Tuesday 5 March'],
    ['Weds 5 Mar at 10:30', 'Weds 5 Mar at 10:30'],
    ['Tue. 5th March', 'Tue. 5th March'],
    ['Tue 05/03 clinic', 'Tue 05/03'],
    ['Friday 5.3. at noon', 'Friday 5.3.'],
    ['review Thurs 5th', 'Thurs 5th'],
  ])('%s', (text, date) => expect(ofType(text, 'DATE')).toEqual([date]));

  it.each([
    'take 2000 mg',
    'page 1984',
    'may I',
    'at 5/10 strength',
    '1.2.3.4',
    'march on',
    'on 20240230',
    'paid 20240315 in all',
    'on 202403151',
    'sat 12/20',
  ])('no date in %s', (text) => expect(ofType(text, 'DATE')).toEqual([]));

  it.each([
    ['a 38-year-old man', '38', 38],
    ['aged 93', '93', 93],
    ['she turned eight', 'eight', 8],
    ['72 y/o F', '72', 72],
    ['ninety-four years old', 'ninety-four', 94],
  ])('%s', (text, age, years) => {
    expect(ofType(text, 'AGE')).toEqual([age]);
    expect(ageOf(age)).toBe(years);
  });

  it.each(['it is 30 degrees', 'they are 5 of 6', 'he is 90% sure', 'she was 40 minutes late'])(
    'no age in %s',
    (text) => expect(ofType(text, 'AGE')).toEqual([]),
  );
});
