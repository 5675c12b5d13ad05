import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileProfile } from '../../../../main/contract/import.ts';
import { DATE_FORMS, numberForm, type NumberForm } from '../../../../main/contract/repair.ts';
import { daysOfText, isoDate } from '../../../../main/records/date-text.ts';
import { numberOfText } from '../../../../main/records/number-text.ts';
import { profile } from '../../../../main/records/profile.ts';
import { daysOfSerial, dayReaderOf } from '../../../../main/records/repairs/date-form.ts';
import { numberReaderOf } from '../../../../main/records/repairs/number-form.ts';
import { cells, readText, types, written } from '../reading.ts';

const problemsOf = async (text: string) => {
  const { table, facts } = await readText(text);
  return fileProfile.parse(profile(table, facts)).problems;
};
const column = (name: string, values: readonly string[]): string =>
  `${name};n\n${values.map((value, row) => `${value};${'abcdefg'[row % 7]}`).join('\n')}\n`;

describe('dates whose writing leaves no doubt', () => {
  const DAY = '2024-03-05';
  it.each([
    ['2024-3-5', DAY],
    ['2024/03/05', DAY],
    ['2024.3.5', DAY],
    ['2024年3月5日', DAY],
    ['２０２４年３月５日', DAY],
    ['二〇二四年三月五日', DAY],
    ['二○二四年三月五日', DAY],
    ['二〇二四年十一月二十三日', '2024-11-23'],
    ['二〇二四年十月三十日', '2024-10-30'],
    ['2024-03-05T09:30', '2024-03-05T09:30'],
    ['2024-03-05 09:30:15', '2024-03-05T09:30:15'],
    ['2024-03-05T09:30:15.250Z', '2024-03-05T09:30:15.250'],
    ['2024-03-05T09:30:15.250+00:00', '2024-03-05T09:30:15.250'],
    ['2024-03-05 09:30 UTC', '2024-03-05T09:30'],
    ['2024-03-05 00:00:00', DAY],
    ['2024年3月5日 下午3时30分', '2024-03-05T15:30'],
    ['2024年3月5日9时', '2024-03-05T09:00'],
    ['2024年3月5日上午9:05', '2024-03-05T09:05'],
  ])('%s', (text, iso) => expect(isoDate(daysOfText(text))).toBe(iso));

  it.each([
    '2024-02-30',
    '2024-3',
    '05/03/2024',
    '2024-03-05 25:00',
    '2024-03-05T09:30+02:00',
    '05/03/24',
    '24年3月5日',
    '二〇二四年',
    '2024年13月1日',
    '2024-03/05',
    'x2024-03-05',
  ])('%s is none', (text) => expect(daysOfText(text)).toBeNaN());

  it('come back from their text to the millisecond', () => {
    const time = fc.date({
      min: new Date('1000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, (moment) => {
        const days = moment.getTime() / 86_400_000;
        expect(Math.round(daysOfText(isoDate(days)) * 86_400_000)).toBe(moment.getTime());
      }),
    );
  });

  it('make a column of dates, with times as they were, that a file brings back', async () => {
    const { table } = await readText('t\n2024-03-05 09:30\n2024年3月6日\n\n2024-03-07T00:00:01Z\n');
    expect(types(table)).toEqual(['date']);
    const shown = ['2024-03-05T09:30', '2024-03-06', '2024-03-07T00:00:01'];
    expect(cells(table).map(([cell]) => cell)).toEqual(shown);
    const again = await readText(written(table, { delimiter: ':' }).toString(), { delimiter: ':' });
    expect(again.table).toEqual(table);
  });

  it('have a histogram and bounds with their times', async () => {
    const { table, facts } = await readText('t\n2024-03-05 09:30\n2024-03-05 10:30\n');
    const [told] = fileProfile.parse(profile(table, facts)).columns;
    expect(told).toMatchObject({ min: '2024-03-05T09:30', max: '2024-03-05T10:30' });
    expect(told?.histogram).toMatchObject({ kind: 'bins', whole: false });
  });
});

describe('full-width digits', () => {
  it('are numbers, and stay as written where the column is text', async () => {
    expect(numberOfText('－１２．５')).toBe(-12.5);
    const { table } = await readText('a,b\n１２,１２\n3.5,x\n');
    expect(types(table)).toEqual(['real', 'category']);
    expect(cells(table)).toEqual([
      ['12', '１２'],
      ['3.5', 'x'],
    ]);
  });
});

/** A number written in a form, slowly: the opposite of the reader. */
function writtenIn(value: number, { decimal, thousands, unit }: NumberForm): string {
  const [whole = '', part] = Math.abs(value).toFixed(2).split('.');
  const sign = { none: '', comma: ',', point: '.', space: ' ', apostrophe: "'" };
  let grouped = '';
  for (let at = 0; at < whole.length; at++) {
    if (at > 0 && (whole.length - at) % 3 === 0) grouped += sign[thousands];
    grouped += whole[at];
  }
  return `${value < 0 ? '-' : ''}${grouped}${sign[decimal]}${part}${unit ?? ''}`;
}

describe('numbers in a form', () => {
  const form = fc
    .record({
      decimal: fc.constantFrom('point' as const, 'comma' as const),
      thousands: fc.constantFrom('none', 'comma', 'point', 'space', 'apostrophe' as const),
      unit: fc.constantFrom(null, '%', ' kg', 'mmHg', '元').map((unit) => unit?.trim() ?? null),
    })
    .filter((made) => numberForm.safeParse(made).success);

  it('are read as they were written', () => {
    fc.assert(
      fc.property(form, fc.integer({ min: -1e12, max: 1e12 }), (made, hundredths) => {
        const value = hundredths / 100;
        const text = writtenIn(value, made as NumberForm);
        expect(numberReaderOf(made as NumberForm)(text)).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('are not read where the groups are not of three, or the text says more', () => {
    const read = numberReaderOf({ decimal: 'comma', thousands: 'point', unit: 'kg' });
    expect(read('1.234,5 kg')).toBe(1234.5);
    expect(read('1234,5')).toBe(1234.5);
    for (const text of ['1.23', '12.34.567', '1,2,3', 'kg', '', '5 lb', '5 kg heavy', '007'])
      expect(read(text), text).toBeNaN();
  });

  it('are found: a decimal comma without doubt, and with it', async () => {
    const sure = await problemsOf(column('v', ['1,5', '2,75', '3,125', '10']));
    expect(sure).toContainEqual({
      ...{ code: 'NUMBERS_AS_TEXT', column: 'v', rows: 4, proposal: 'parse_number' },
      repairs: [
        {
          ...{ kind: 'parse-number', column: 'v', others: 'refuse' },
          form: { decimal: 'comma', thousands: 'none', unit: null },
        },
      ],
    });
    const open = await problemsOf(column('v', ['1,234', '2,750', '3,125']));
    const found = open.find(({ code }) => code === 'NUMBER_FORM_UNCLEAR');
    expect(found?.proposal).toBe('choose');
    expect(found?.repairs).toHaveLength(2);
  });

  it('are found with thousands, units and percent signs', async () => {
    const formOf = async (values: string[]) => {
      const found = await problemsOf(column('v', values));
      const [first, other] = found.flatMap(({ repairs = [] }) => repairs);
      return other === undefined && first?.kind === 'parse-number' ? first.form : null;
    };
    expect(await formOf(['1.234,5', '17,25', '3'])).toEqual({
      ...{ decimal: 'comma', thousands: 'point', unit: null },
    });
    expect(await formOf(['1,234,567', '1,000,000', '3'])).toMatchObject({ thousands: 'comma' });
    expect(await formOf(['120 mmHg', '85mmHg', '90'])).toMatchObject({ unit: 'mmHg' });
    expect(await formOf(['45岁', '7岁', '90岁'])).toMatchObject({ unit: '岁' });
    expect(await formOf(['45%', '7.5%', '90%'])).toMatchObject({ decimal: 'point', unit: '%' });
    expect(await formOf(['¥45', '¥7.5', '¥1'])).toMatchObject({ unit: '¥' });
    expect(await formOf(['192.168.1.1', '10.0.0.1'])).toBeNull();
    expect(await formOf(['007', '012', '100'])).toBeNull();
    expect(await formOf(['red', 'green'])).toBeNull();
  });
});

describe('dates in an order that the column must tell', () => {
  it('are one question where the cells do not decide', async () => {
    const open = await problemsOf(column('d', ['05/03/2024', '11/12/2023', '01/02/2024']));
    const found = open.find(({ code }) => code === 'DATE_ORDER_UNCLEAR');
    expect(found).toMatchObject({ column: 'd', rows: 3, proposal: 'choose' });
    const forms = found?.repairs?.map((one) => (one.kind === 'parse-date' ? one.form : null));
    expect(forms).toEqual(['day-first', 'month-first']);
  });

  it.each([
    [['25/03/2024', '11/12/2023'], 'day-first'],
    [['03/25/2024', '11/12/2023'], 'month-first'],
    [['25.03.2024', '01.02.2023'], 'day-first'],
    [['03/03/2024', '04/04/2024'], 'day-first'],
  ])('%s: %s', async (values, form) => {
    const found = await problemsOf(column('d', [...values, ...values]));
    const dates = found.find(({ code }) => code === 'DATES_AS_TEXT');
    expect(dates?.repairs).toMatchObject([{ kind: 'parse-date', form, others: 'refuse' }]);
  });

  it('tell of days that no calendar has, and of cells that are no dates', async () => {
    const many = Array.from({ length: 20 }, (_, i) => `2024-01-${String(i + 1).padStart(2, '0')}`);
    const wrong = await problemsOf(column('d', [...many, '2024-02-30']));
    expect(wrong).toContainEqual(
      expect.objectContaining({ code: 'IMPOSSIBLE_DATES', column: 'd', rows: 1 }),
    );
    const mixed = await problemsOf(column('d', [...many, 'soon']));
    expect(mixed).toContainEqual(
      expect.objectContaining({ code: 'MIXED_TYPES', column: 'd', proposal: 'parse_date' }),
    );
  });

  it('are read in their order, by each cell alone', () => {
    expect(isoDate(dayReaderOf('day-first')('05/03/2024'))).toBe('2024-03-05');
    expect(isoDate(dayReaderOf('month-first')('05/03/2024'))).toBe('2024-05-03');
    expect(isoDate(dayReaderOf('day-first')('05/03/2024 14:05'))).toBe('2024-03-05T14:05');
    expect(dayReaderOf('month-first')('25/03/2024')).toBeNaN();
    for (const form of DATE_FORMS) {
      expect(isoDate(dayReaderOf(form)('2024年3月5日'))).toBe('2024-03-05');
    }
  });
});

describe('years of two digits', () => {
  const formsOf = async (name: string, values: readonly string[]) => {
    const found = await problemsOf(column(name, values));
    const dates = found.find(({ repairs = [] }) => repairs[0]?.kind === 'parse-date');
    const forms = dates?.repairs?.map((one) => (one.kind === 'parse-date' ? one.form : null));
    return { code: dates?.code, forms };
  };

  it('are told with their hundred years, and asked about where cells leave it open', async () => {
    expect(await formsOf('seen', ['25/03/98', '13/12/99'])).toEqual({
      ...{ code: 'DATES_AS_TEXT', forms: ['day-first-from-1930'] },
    });
    expect(await formsOf('seen', ['25/03/45', '13/12/99'])).toEqual({
      code: 'SHORT_YEARS_UNCLEAR',
      forms: ['day-first-from-1930', 'day-first-from-1969'],
    });
    expect(await formsOf('seen', ['25/03/24', '13/12/23'])).toEqual({
      code: 'SHORT_YEARS_UNCLEAR',
      forms: ['day-first-from-1930', 'year-first-from-1930'],
    });
    expect(await formsOf('date_of_birth', ['03/25/21', '12/31/99'])).toEqual({
      code: 'SHORT_YEARS_UNCLEAR',
      forms: ['month-first-from-1930', 'month-first-from-1900'],
    });
    expect(await formsOf('就诊', ['24年3月5日', '99年12月31日'])).toEqual({
      ...{ code: 'DATES_AS_TEXT', forms: ['day-first-from-1930'] },
    });
    const { forms = [] } = await formsOf('seen', ['01/02/03', '04/05/06', '07/08/50']);
    expect(forms).toHaveLength(4);
  });

  it('stand beside years of four', async () => {
    expect(await formsOf('seen', ['25/03/1998', '13/12/99'])).toMatchObject({
      forms: ['day-first-from-1930'],
    });
  });

  it('are not taken from three figures with hyphens, which have no usual order', async () => {
    expect((await formsOf('seen', ['24-03-05', '23-12-31'])).forms).toBeUndefined();
  });

  it('come back from their text in every form', () => {
    const short = DATE_FORMS.filter((form) => form.includes('-from-'));
    const days = fc.integer({ min: 0, max: 36_523 });
    fc.assert(
      fc.property(fc.constantFrom(...short), days, fc.constantFrom('/', '.'), (form, day, sign) => {
        const from = Number(form.slice(-4));
        const date = new Date(Date.UTC(from, 0, 1 + day));
        const [y = '', m = '', d = ''] = date.toISOString().slice(0, 10).split('-');
        const figures = {
          day: [d, m, y.slice(2)],
          month: [m, d, y.slice(2)],
          year: [y.slice(2), m, d],
        };
        const text = figures[form.split('-')[0] as keyof typeof figures].join(sign);
        expect(dayReaderOf(form)(text)).toBe(date.getTime() / 86_400_000);
        expect(dayReaderOf(form)(`${text} 14:05`)).toBeCloseTo(
          date.getTime() / 86_400_000 + 845 / 1440,
        );
      }),
    );
  });
});

describe('times with a zone', () => {
  it('are asked about: the moment, or the clock', async () => {
    const found = await problemsOf(
      column('t', ['2024-03-05T01:30+08:00', '2024-03-06 23:15:00-0330', '2024-03-07T09:00Z']),
    );
    const zones = found.find(({ code }) => code === 'DATE_ZONE_UNCLEAR');
    expect(zones).toMatchObject({ column: 't', rows: 3, proposal: 'choose' });
    const forms = zones?.repairs?.map((one) => (one.kind === 'parse-date' ? one.form : null));
    expect(forms).toEqual(['zone-to-utc', 'zone-left-out']);
  });

  it.each([
    ['2024-03-05T01:30+08:00', '2024-03-04T17:30', '2024-03-05T01:30'],
    ['2024-03-06 23:15:00-0330', '2024-03-07T02:45', '2024-03-06T23:15'],
    ['2024年3月5日 9:30 UTC+8', '2024-03-05T01:30', '2024-03-05T09:30'],
    ['2024-03-05 09:30Z', '2024-03-05T09:30', '2024-03-05T09:30'],
    ['2024-03-05', '2024-03-05', '2024-03-05'],
  ])('%s is %s, or %s on the clock', (text, utc, clock) => {
    expect(isoDate(dayReaderOf('zone-to-utc')(text))).toBe(utc);
    expect(isoDate(dayReaderOf('zone-left-out')(text))).toBe(clock);
  });

  it.each([
    '2024-03-05T01:30+15:00',
    '2024-03-05T01:30-13:00',
    '2024-03-05T01:30+08:75',
    '2024-03-05+08:00',
  ])('%s is none', (text) => expect(dayReaderOf('zone-to-utc')(text)).toBeNaN());

  it('name one moment in every zone, to the millisecond', () => {
    const time = fc.date({
      min: new Date('1000-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, fc.integer({ min: -720, max: 840 }), (moment, ahead) => {
        const local = new Date(moment.getTime() + ahead * 60_000).toISOString().slice(0, -1);
        const [h, m] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
        const two = (figure: number): string => String(figure).padStart(2, '0');
        const text = `${local}${ahead < 0 ? '-' : '+'}${two(h)}:${two(m)}`;
        const days = dayReaderOf('zone-to-utc')(text);
        expect(Math.round(days * 86_400_000)).toBe(moment.getTime());
      }),
      { examples: [[new Date(0), 13]] },
    );
  });
});

describe('day numbers of Excel', () => {
  it.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [61, '1900-03-01'],
    [45356, '2024-03-05'],
    [45356.5, '2024-03-05T12:00'],
    [2958465, '9999-12-31'],
  ])('%s is %s', (serial, iso) => expect(isoDate(daysOfSerial(serial, 'excel-1900'))).toBe(iso));

  it('from 1904 are 1462 days later, and 29 February 1900 never was', () => {
    expect(isoDate(daysOfSerial(45356 - 1462, 'excel-1904'))).toBe('2024-03-05');
    expect(daysOfSerial(60, 'excel-1900')).toBeNaN();
    expect(daysOfSerial(0, 'excel-1900')).toBeNaN();
    expect(daysOfSerial(-1, 'excel-1904')).toBeNaN();
  });

  it('are asked about where the column is named like a date', async () => {
    const found = await problemsOf(column('入院日期', ['45356', '45400', '45001']));
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'DAY_NUMBERS', rows: 3, proposal: 'choose' }),
    );
    const other = await problemsOf(column('amount', ['45356', '45400', '45001']));
    expect(other.some(({ code }) => code === 'DAY_NUMBERS')).toBe(false);
  });
});
