import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../main/contract/language.ts';
import { identifyColumns } from '../../../main/identify/columns.ts';
import { idCardHolds } from '../../../main/identify/numbers/check-digits.ts';
import { readCsv } from '../../../main/records/csv-reader.ts';
import { writeCsv } from '../../../main/records/csv-writer.ts';
import type { CodedColumn, Table } from '../../../main/records/table.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { sampleWords } from '../../../main/study/sample-words.ts';

const ROWS = 700;

/** Each cell of a column of values as the place of its value in the list of its language. */
function places(table: Table, name: string, values: readonly string[]): number[] {
  const column = table.columns.find((one) => one.name === name) as CodedColumn;
  return Array.from(column.codes, (code) => values.indexOf(column.dictionary[code] ?? ''));
}

async function* bytesOf(table: Table): AsyncIterable<Uint8Array> {
  for (const part of writeCsv(table)) yield await Promise.resolve(Buffer.from(part));
}

describe('the sample records', () => {
  it('hold the same people with the same bias in each language', () => {
    const [english, chinese] = LANGUAGES.map((language) => {
      const w = sampleWords(language);
      const table = demoRecords(ROWS, 1, language);
      return {
        numbers: table.columns.flatMap((column) =>
          'values' in column ? [[...column.values]] : [],
        ),
        listed: [
          places(table, w.columns.district, w.districts),
          places(table, w.columns.reminder, w.reminders),
          places(table, w.columns.diagnosis, w.diagnoses),
          places(table, w.columns.missed, w.missed),
        ],
      };
    });
    expect(english?.listed.flat()).not.toContain(-1);
    expect(chinese).toEqual(english);
  });

  it.each(LANGUAGES)(
    'are written in one language, %s, as a file is read again',
    async (language) => {
      const w = sampleWords(language);
      const { table } = await readCsv(() => bytesOf(demoRecords(ROWS, 1, language)), {});
      const is = w.columns;
      expect(table.columns.map(({ name }) => name)).toEqual(Object.values(is));
      const note = table.columns.find(({ name }) => name === is.note) as CodedColumn;
      expect(note.type).toBe('text');
      const isChinese = /\p{Script=Han}/u;
      const lists = [w.districts, w.insurances, w.diagnoses, w.spoken, w.clinics, note.dictionary];
      for (const text of lists.flat())
        expect(isChinese.test(text), text).toBe(language === 'zh-CN');
      const cards = note.dictionary.flatMap((text) => /\d{17}[\dX]/.exec(text) ?? []);
      expect(cards.length).toBeGreaterThan(50);
      expect(cards.every((card) => idCardHolds(card))).toBe(true);
      const roles = Object.fromEntries(
        identifyColumns(table, is.missed).columns.map(({ name, role }) => [name, role]),
      );
      for (const name of [is.patientId, is.name, is.idCard, is.phone, is.note]) {
        expect(roles[name], name).toBe('direct-identifier');
      }
      for (const name of Object.keys(demoOf(language).protection.quasiIdentifiers)) {
        expect(roles[name], name).toBe('quasi-identifier');
      }
      expect(roles[is.diagnosis]).toBe('sensitive');
    },
  );
});
