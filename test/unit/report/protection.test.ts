import { describe, expect, it } from 'vitest';
import { checklistsOf } from '../../../main/anonymise/checklists/index.ts';
import { LANGUAGES } from '../../../main/contract/language.ts';
import { buildReport } from '../../../main/report/build.ts';
import { words } from '../../../main/words/index.ts';
import { fullInput } from './sample.ts';

const { anonymisation, ...input } = fullInput();
const column = {
  name: 'postcode',
  role: 'quasi-identifier' as const,
  entities: ['POSTCODE' as const],
  freeText: false,
  coarser: true,
  daysTold: false,
  oldAgeTold: false,
};
const HASHES = { hash: 'a'.repeat(64), inputHash: 'b'.repeat(64) };

describe.each(LANGUAGES)('the protection in a report, in %s', (language) => {
  const { report: w, checklists: lists } = words(language);
  const written = (proved: boolean) => {
    if (anonymisation === undefined) throw new Error('the sample lacks a protection');
    const checklists = checklistsOf({
      columns: [column],
      models: anonymisation.models,
      smallestClass: 5,
      standIns: false,
    });
    const plan = { suppressionLimit: 0.05, proved };
    const given = { ...anonymisation, ...HASHES, plan, checklists };
    return buildReport({ ...input, language, anonymisation: given });
  };

  it('tells the demands, the search and both hashes', () => {
    const { reportHtml } = written(true);
    const { certificate: say } = w;
    const parts = [say.limitOf('5%', '25'), say.proved('6', '6'), say.measures.loss];
    for (const part of [...parts, HASHES.hash, HASHES.inputHash]) {
      expect(reportHtml).toContain(part);
    }
    expect(written(false).reportHtml).toContain(say.notProved('6', '6'));
  });

  it('holds it against every list, in the report only', () => {
    const { reportHtml, modelCardHtml } = written(true);
    for (const name of Object.values(lists.names)) {
      expect(reportHtml).toContain(name);
      expect(modelCardHtml).not.toContain(name);
    }
    expect(reportHtml).toContain(lists.reasons.coarser('postcode'));
    expect(reportHtml).toContain(lists.verdicts.human);
  });
});
