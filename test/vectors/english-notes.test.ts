import { describe, expect, it } from 'vitest';
import { findEntities } from '../../main/identify/find.ts';
import { asTable, measure } from '../chinese-notes/measure.ts';
import { englishNotes } from '../english-notes/notes.ts';

describe('labelled English notes', () => {
  it('the notes of the test templates: F1 of .85, and .92 whatever the type', () => {
    const measured = measure(englishNotes('testing', 774, 9), findEntities);
    console.info(`\n${asTable(measured)}\n`);
    expect(measured.aware.f1).toBeGreaterThanOrEqual(0.85);
    expect(measured.any.f1).toBeGreaterThanOrEqual(0.92);
    expect(measured.any.recall).toBeGreaterThanOrEqual(0.92);
    expect(measured.byType.get('AGE')?.recall).toBeGreaterThanOrEqual(0.9);
    expect(measured.byType.get('LOCATION')?.f1).toBeGreaterThanOrEqual(0.88);
  });

  it('the dates of the tuning templates, also eight figures and a weekday with its day', () => {
    const measured = measure(englishNotes('tuning', 1002, 9), findEntities);
    console.info(`\n${asTable(measured)}\n`);
    expect(measured.byType.get('DATE')?.recall).toBeGreaterThanOrEqual(0.98);
  });

  it('the two sets share no template and the same seed gives the same notes', () => {
    expect(englishNotes('tuning', 60, 1)).toEqual(englishNotes('tuning', 60, 1));
    const texts = new Set(englishNotes('tuning', 330, 1).map(({ text }) => text));
    expect(englishNotes('testing', 330, 1).some(({ text }) => texts.has(text))).toBe(false);
  });

  it('labels stand where they say', () => {
    for (const { text, spans } of englishNotes('testing', 129, 2)) {
      for (const [place, { start, end, type }] of spans.entries()) {
        expect(text.slice(start, end)).toMatch(/^\S(?:.*\S)?$/);
        expect(start).toBeGreaterThanOrEqual(spans[place - 1]?.end ?? 0);
        if (type === 'AGE') expect(text.slice(start, end)).toMatch(/\d|^[a-z]+/);
      }
    }
  });
});
