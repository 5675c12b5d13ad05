import { describe, expect, it } from 'vitest';
import { findChinese } from '../../main/identify/chinese/find.ts';
import type { Finder } from '../../main/identify/settle.ts';
import { asTable, measure } from '../chinese-notes/measure.ts';
import { chineseNotes } from '../chinese-notes/notes.ts';

/** E-mail addresses are found whatever the language, elsewhere; here the plain form stands in. */
const find: Finder = (text) => [
  ...findChinese(text),
  ...[...text.matchAll(/[\w.]+@[\w.]+\w/gu)].map(({ 0: mail, index }) => ({
    start: index,
    end: index + mail.length,
    type: 'EMAIL' as const,
    confidence: 1,
  })),
];

describe('labelled Chinese notes', () => {
  it('the notes of the test templates: F1 of .90 and every number with a check digit', () => {
    const measured = measure(chineseNotes('testing', 660, 7), find);
    console.info(`\n${asTable(measured)}\n`);
    expect(measured.aware.f1).toBeGreaterThanOrEqual(0.9);
    expect(measured.any.f1).toBeGreaterThanOrEqual(0.9);
    for (const type of ['ID_CARD', 'CARD', 'LICENCE'] as const) {
      expect(measured.byType.get(type)?.recall).toBe(1);
    }
  });

  it('the dates of the tuning templates, also eight figures and a weekday with its day', () => {
    const measured = measure(chineseNotes('tuning', 230, 4), find);
    expect(measured.byType.get('DATE')?.recall).toBeGreaterThanOrEqual(0.98);
  });

  it('tells a finder that finds nothing, or the wrong place, from a good one', () => {
    const notes = chineseNotes('tuning', 44, 3);
    expect(measure(notes, () => []).aware.recall).toBe(0);
    const shifted: Finder = (text) =>
      find(text).map((one) => ({ ...one, start: one.end, end: one.end * 2 - one.start }));
    expect(measure(notes, shifted).any.f1).toBeLessThan(0.2);
  });

  it('the two sets share no template and the same seed gives the same notes', () => {
    expect(chineseNotes('tuning', 22, 1)).toEqual(chineseNotes('tuning', 22, 1));
    const texts = new Set(chineseNotes('tuning', 220, 1).map(({ text }) => text));
    expect(chineseNotes('testing', 220, 1).some(({ text }) => texts.has(text))).toBe(false);
  });
});
