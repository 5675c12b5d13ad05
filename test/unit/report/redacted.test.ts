import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../main/contract/language.ts';
import type { RedactMode } from '../../../main/contract/text-calls.ts';
import { buildReport } from '../../../main/report/build.ts';
import { words } from '../../../main/words/index.ts';
import { fullInput } from './sample.ts';

const { anonymisation, ...input } = fullInput();

describe.each(LANGUAGES)('a report on redacted text, in %s', (language) => {
  const w = words(language).report;
  const written = (mode: RedactMode, decided: boolean): string => {
    if (anonymisation === undefined) throw new Error('the sample lacks a protection');
    const redacted = [{ column: 'note', mode, replaced: { PERSON: 1200, EMAIL: 3 } }];
    const done = { ...anonymisation, redacted, decided };
    return buildReport({ ...input, language, anonymisation: done }).reportHtml;
  };

  it('says which columns, how, by which rules, and how often by type', () => {
    const html = written('tag', true);
    const { textRules, textDecided, textModes, textCount } = w.anonymisation;
    const count = textCount(w.entityTypes.PERSON, '1,200');
    for (const part of ['note', textRules, textDecided, textModes.tag, count]) {
      expect(html).toContain(part);
    }
    expect(html).not.toContain(w.anonymisation.textPseudonym);
  });

  it('calls text with stand-ins pseudonymised, and says when nobody decided', () => {
    const html = written('pseudonym', false);
    expect(html).toContain(w.anonymisation.textPseudonym);
    expect(html).toContain(w.anonymisation.textUndecided);
    expect(html).not.toContain(w.anonymisation.textDecided);
  });
});
