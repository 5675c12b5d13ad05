import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../main/contract/language.ts';
import { buildReport } from '../../../main/report/build.ts';
import { words } from '../../../main/words/index.ts';
import { fullInput } from './sample.ts';

/** Text without the marks around it. */
const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
/** The section on the privacy of training. */
const sectionOf = (html: string): string =>
  textOf(/id="privacy"[^]*?<h2/.exec(html)?.[0] ?? 'no such section');

describe.each(LANGUAGES)('the guarantee on paper, in %s', (language) => {
  const said = words(language).report;
  const input = { ...fullInput(), language };
  if (!input.privacy) throw new Error('the sample is private');

  it.each(['add-remove', 'replace-one'] as const)(
    'names the change it protects against: %s',
    (neighbours) => {
      const { reportHtml, modelCardHtml } = buildReport({
        ...input,
        privacy: { ...input.privacy!, neighbours },
      });
      const other = neighbours === 'add-remove' ? 'replace-one' : 'add-remove';
      expect(sectionOf(reportHtml)).toContain(said.neighbours[neighbours]);
      expect(textOf(modelCardHtml)).toContain(said.neighbours[neighbours]);
      for (const html of [reportHtml, modelCardHtml]) {
        expect(textOf(html)).not.toContain(said.neighbours[other]);
      }
    },
  );

  it.each(['row', 'person'] as const)('names whom it protects: %s', (unit) => {
    const { reportHtml } = buildReport({ ...input, privacy: { ...input.privacy!, unit } });
    const other = unit === 'row' ? 'person' : 'row';
    expect(sectionOf(reportHtml)).toContain(said.units[unit]);
    expect(sectionOf(reportHtml)).not.toContain(said.units[other]);
  });

  it('says which records judged the model', () => {
    for (const testedOn of ['held-out', 'unknown'] as const) {
      const { modelCardHtml } = buildReport({ ...input, data: { ...input.data, testedOn } });
      expect(textOf(modelCardHtml)).toContain(said.testedOn[testedOn]);
    }
  });
});
