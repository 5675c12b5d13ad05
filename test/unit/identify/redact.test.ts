import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTITY_TYPES, type EntityType } from '../../../main/contract/identify.ts';
import { folded } from '../../../main/identify/english/tokens.ts';
import { findEntities } from '../../../main/identify/find.ts';
import {
  ibanHolds,
  idCardCharacter,
  luhn,
  nhsHolds,
} from '../../../main/identify/numbers/check-digits.ts';
import { figureOrderOf, shiftedDate, shiftOf } from '../../../main/identify/pseudonyms/dates.ts';
import { pseudonymOf } from '../../../main/identify/pseudonyms/index.ts';
import { redactText } from '../../../main/identify/redact.ts';
import { words } from '../../../main/words/index.ts';

const KEY = new Uint8Array(32).fill(7);
const OTHER = new Uint8Array(32).fill(8);
const { tags } = words('en').commands;

const TEXT =
  'Dr. Aantje Mourik (aged 47, born 5 March 1950) of 8 Mill Lane Apt. 4, Chester, mails a.mourik@corp.nl from 10.1.2.3. Aantje pays with 4111 1111 1111 1111.';

describe('redacted texts', () => {
  it('masks sign by sign, and keeps line ends', () => {
    const findings = findEntities(TEXT);
    const masked = redactText(TEXT, findings, { mode: 'mask' });
    expect(masked).toHaveLength(TEXT.length);
    expect(masked).toContain('pays with *******************.');
    const lines = [{ start: 0, end: 3, type: 'PERSON' as const, confidence: 1 }];
    expect(redactText('a\nb', lines, { mode: 'mask' })).toBe('*\n*');
  });

  it('tags in the language asked for', () => {
    const tagged = redactText('Anna Lind', findEntities('Anna Lind'), { mode: 'tag', tags });
    expect(tagged).toBe('[NAME]');
    const chinese = words('zh-CN').commands.tags;
    expect(redactText('Anna Lind', findEntities('Anna Lind'), { mode: 'tag', tags: chinese })).toBe(
      '[姓名]',
    );
  });

  it('keep what was found together: one name, one stand-in', () => {
    const redaction = { mode: 'pseudonym', key: KEY, person: 'p', tags } as const;
    const redacted = redactText(TEXT, findEntities(TEXT), redaction);
    const [, given = '?'] = /\] (\p{Lu}\p{L}+) \p{Lu}\p{L}+ \(/u.exec(redacted) ?? [];
    expect(redacted).toContain(`. ${given} pays`);
    expect(redacted).not.toMatch(
      /Aantje|Mourik|Mill Lane|corp\.nl|4111|10\.1\.2\.3|1950-03-05|\b47\b/,
    );
  });

  it('show none of the findings, in any mode', () => {
    const piece = fc.constantFrom(
      ...[
        'Anna Lind',
        'Mr. Okafor',
        'in Tulsa, OK',
        '14 Rosewood Crescent',
        '12/3/2021',
        'aged 93',
      ],
      ...[
        '4111 1111 1111 1111',
        'GB82 WEST 1234 5698 7654 32',
        'a.lind@corp.org',
        '11010519491231002X',
      ],
      ...[
        '+44 20 7946 0018',
        'Contoso Ltd',
        'a Muslim',
        '10.0.0.1',
        'https://corp.org/x',
        'MRN 004829',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => `${pieces.join('; ')}.`),
        fc.constantFrom('mask', 'tag', 'pseudonym'),
        (text, mode) => {
          const findings = findEntities(text);
          const redacted = redactText(text, findings, { mode, key: KEY, person: 'p', tags });
          // What is left between the findings is the writer's; what stands for them is ours.
          let rest = redacted;
          let end = 0;
          for (const finding of findings) {
            rest = rest.replace(text.slice(end, finding.start), '\u0000');
            end = finding.end;
          }
          for (const { start, end: stop } of findings) {
            if (stop - start > 2)
              expect(folded(rest)).not.toContain(folded(text.slice(start, stop)));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('pseudonyms', () => {
  const samples: readonly (readonly [EntityType, string])[] = [
    ['PERSON', 'Aantje Mourik'],
    ['PERSON', '欧阳文'],
    ['EMAIL', 'a.b@corp.nl'],
    ['CARD', '4111 1111 1111 1111'],
    ['IBAN', 'GB82 WEST 1234 5698 7654 32'],
    ['ID_CARD', '11010519491231002X'],
    ['SSN', '078-05-1120'],
    ['PHONE', '+44 20 7946 0018'],
    ['MEDICAL_ID', '943 476 5919'],
    ['ADDRESS', '8 Mill Lane Apt. 4'],
    ['DATE', '5 March 1950'],
    ['URL', 'https://corp.nl/anna'],
    ['PASSPORT', 'X4823945'],
  ];

  it.each(samples)('of %s %s: the same under one key, another under another', (type, value) => {
    const made = pseudonymOf(KEY, type, value, 'p');
    expect(made).not.toBeNull();
    expect(made).not.toBe(value);
    expect(pseudonymOf(KEY, type, value, 'p')).toBe(made);
    expect(pseudonymOf(OTHER, type, value, 'p')).not.toBe(made);
  });

  it('differ from the original whatever it is', () => {
    const type = fc.constantFrom(...ENTITY_TYPES);
    fc.assert(
      fc.property(
        type,
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (kind, value, key) => {
          const made = pseudonymOf(key, kind, value, 'p');
          if (made !== null) expect(folded(made)).not.toContain(folded(value));
        },
      ),
    );
  });

  it('have check digits that hold, in ranges nobody is given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const of = (type: EntityType, value: string): string =>
          pseudonymOf(key, type, value, 'p') ?? '';
        const card = of('CARD', '4111 1111 1111 1111');
        expect(card).toMatch(/^00\d\d \d{4} \d{4} \d{4}$/);
        expect(luhn(card.replace(/ /g, ''))).toBe(true);
        const iban = of('IBAN', 'GB82 WEST 1234 5698 7654 32');
        expect(iban).toMatch(/^XX\d\d [A-Z]{4} /);
        expect(ibanHolds(iban.replace(/ /g, ''))).toBe(true);
        const person = of('ID_CARD', '11010519491231002X');
        expect(person).toMatch(/^99\d{15}[\dX]$/);
        expect(idCardCharacter(person.slice(0, 17))).toBe(person[17]);
        expect(nhsHolds(of('MEDICAL_ID', '943 476 5919').replace(/ /g, ''))).toBe(true);
        expect(of('SSN', '078-05-1120')).toMatch(/^666-\d\d-\d{4}$/);
        expect(of('EMAIL', 'a.b@corp.nl')).toMatch(/^[a-z]\.[a-z]@example\.(?:org|com|net)$/);
      }),
    );
  });

  it('hide what is too telling: groups, titles, ages over 89, years alone', () => {
    expect(pseudonymOf(KEY, 'NRP', 'Muslim', 'p')).toBeNull();
    expect(pseudonymOf(KEY, 'AGE', '93', 'p')).toBeNull();
    expect(pseudonymOf(KEY, 'DATE', '1984', 'p')).toBeNull();
    expect(Number(pseudonymOf(KEY, 'AGE', '47', 'p'))).toBeGreaterThan(43);
  });
});

describe('moved dates', () => {
  const day = fc.integer({ min: -10_000, max: 20_000 }).map((days) => new Date(days * 86_400_000));
  const iso = (date: Date): string => date.toISOString().slice(0, 10);

  it('keep their distance for one person, and are never the same day', () => {
    fc.assert(
      fc.property(day, day, fc.string(), (one, two, person) => {
        const shift = shiftOf(KEY, person);
        expect(shift).not.toBe(0);
        expect(Math.abs(shift)).toBeLessThanOrEqual(182);
        const [a, b] = [one, two].map((date) => Date.parse(shiftedDate(iso(date), shift) ?? ''));
        expect((a as number) - (b as number)).toBe(one.getTime() - two.getTime());
      }),
    );
  });

  it.each([
    ['2021-03-05', 30, '2021-04-04'],
    ['5/3/2021', 30, '4/4/2021'],
    ['03/25/2021', 10, '04/04/2021'],
    ['05.03.21', 30, '04.04.21'],
    ['5 March 2021', -10, '23 February 2021'],
    ['March 3rd, 2021', -1, 'March 2nd, 2021'],
    ['Tuesday, 4 May 2021 at 10:30', 1, '5 May 2021 at 10:30'],
    ['12 Feb 1938', 30, '14 Mar 1938'],
    ['2024年3月5日', 1, '2024年3月6日'],
    ['2024年3月5日 下午3:20', 30, '2024年4月4日 下午3:20'],
    ['二〇二四年三月五日', 30, '二〇二四年四月四日'],
    ['二零一九年十二月三十一日', 20, '二零二零年一月二十日'],
    ['２０２４年３月５日', 30, '２０２４年４月４日'],
    ['２０２４-０３-０５', 30, '２０２４-０４-０４'],
    ['20240305T101500Z', 30, '20240404T101500Z'],
    ['2024-03-05T10:15:00+08:00', 30, '2024-04-04T10:15:00+08:00'],
    ['5 March 2021, at 3 p.m.', 30, '4 April 2021, at 3 p.m.'],
  ])('%s by %i days is %s', (date, days, moved) => expect(shiftedDate(date, days)).toBe(moved));

  it.each([
    ...['2021-03-05 to 2021-03-09', 'Anna, 2021-03-05', '农历2024年3月5日', '5 March 2021, aged 4'],
    ...['2024年3月5日至7日', '二〇二四年三月', '二〇二四年二月三十日'],
  ])('%s is hidden whole: a part of it would stay', (text) =>
    expect(shiftedDate(text, 5)).toBeNull(),
  );

  it('read their figures in the order that fits them all', () => {
    expect(figureOrderOf(['3/5/2021', '03/25/2021'])).toBe('month-first');
    expect(figureOrderOf(['3/5/2021', '03/25/2021', '25/03/2021'])).toBe('day-first');
    expect(figureOrderOf(['3/5/2021', '2021-03-25'])).toBe('day-first');
    expect(shiftedDate('3/5/2021', 30, 'month-first')).toBe('4/4/2021');
    expect(shiftedDate('25/03/2021', 10, 'month-first')).toBe('04/04/2021');
  });

  it('lose the day of the week that stands behind them', () => {
    const text = '2024年3月5日（星期二）复诊';
    const found = [{ start: 0, end: 9, type: 'DATE' as const, confidence: 1 }];
    const redaction = { mode: 'pseudonym', key: KEY, person: 'p', tags } as const;
    expect(redactText(text, found, redaction)).toMatch(/^2\d{3}年\d+月\d+日复诊$/);
    expect(redactText(text, found, { mode: 'tag', tags })).toBe('[DATE]（星期二）复诊');
  });

  it('move by another number under another key, for another person', () => {
    const people = Array.from({ length: 200 }, (_, row) => `person ${row}`);
    const same = people.filter((one) => shiftOf(KEY, one) === shiftOf(OTHER, one));
    // 1 of 364 by chance: more than 10 of 200 would be no chance.
    expect(same.length).toBeLessThan(10);
    expect(new Set(people.map((one) => shiftOf(KEY, one))).size).toBeGreaterThan(100);
  });

  it.each(['1984', 'Friday', '10:30', '2021-02-31', 'March 1999'])('%s has no day', (text) =>
    expect(shiftedDate(text, 5)).toBeNull(),
  );
});
