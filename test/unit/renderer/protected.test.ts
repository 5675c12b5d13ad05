import { cleanup, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import type { Place } from '../../../renderer/place.ts';
import { lossOf, riskOf } from '../../../renderer/steps/anonymise/result-words.ts';
import { EXPLAINED } from './explained.ts';

import { english, w, STUDY, type Given, open, press } from './protect-pages.ts';

afterEach(cleanup);

const OUTCOME = {
  levels: { age: 2 },
  rows: 1000,
  suppressed: 1,
  quality: { measure: 'loss', value: 0.5 },
  classes: { count: 40, smallest: 5, largest: 90, average: 25 },
  risk: {
    prosecutor: { highest: 0.2, average: 0.04 },
    journalist: { highest: 0.2, average: 0.04 },
  },
  before: { risk: { prosecutor: { highest: 1, average: 0.953 } } },
};
const NO_TEXT = { redacted: null };
const NO_LEVEL = { level: null, top: null };
const COMPARED = {
  columns: [
    { ...NO_TEXT, name: 'age', role: 'quasi-identifier', level: 1, top: 2, before: 78, after: 5 },
    { ...NO_TEXT, ...NO_LEVEL, name: 'phone', role: 'removed', before: 1000, after: 0 },
  ],
  rows: [
    { before: ['41', '0770'], after: ['40-44', null] },
    { before: ['97', '0771'], after: null },
  ],
  kept: 999,
  suppressed: 1,
};
const shown: Place = { at: 'protect', study: STUDY, page: { show: 'result', artefact: 'p' } };
const RESULT: Given = {
  'anonymise.result': () => OUTCOME,
  'anonymise.compare': () => COMPARED,
  'anonymise.explanation': () => ({ explanation: EXPLAINED }),
};

describe('the protected records', () => {
  it('stand beside the records before, with the risk and the loss in words', async () => {
    await open(shown, RESULT);
    await screen.findByText(w.result.before('95', 'age'));
    screen.getByText(w.result.after('5'));
    screen.getByText(w.result.suppressed('1', '1,000', 1));
    screen.getByText(w.result.coarser('78', '5', '1', '2'));
    screen.getByText(w.result.out);
    await waitFor(() => expect(screen.getAllByRole('table')).toHaveLength(4));
  });

  it('are saved at the chosen place; a cancelled dialog saves nothing', async () => {
    let place: { ticket: string; name: string } | null = null;
    const { asked } = await open(shown, {
      ...RESULT,
      'app.chooseSave': () => place,
      'anonymise.export': () => ({ name: 'out.csv', rows: 999 }),
    });
    await press(w.result.save);
    await waitFor(() => expect(asked.some(([name]) => name === 'app.chooseSave')).toBe(true));
    expect(asked.some(([name]) => name === 'anonymise.export')).toBe(false);
    place = { ticket: 't', name: 'out.csv' };
    await press(w.result.save);
    await screen.findByText(w.result.saved('out.csv', '999'));
    expect(asked).toContainEqual(['anonymise.export', { study: 's', artefact: 'p', ticket: 't' }]);
  });

  it('have words for no risk to speak of, no record left, and each loss', () => {
    const outcome = contract.anonymise.result.output.parse({
      levels: { age: 0 },
      rows: 9,
      suppressed: 9,
      quality: { measure: 'loss', value: null },
      classes: { count: 0, smallest: null, largest: null, average: null },
      risk: riskOfNone(),
      before: {
        classes: { count: 1, smallest: 500, largest: 500, average: 500 },
        risk: { ...riskOfNone(), prosecutor: { highest: 0.002, average: 0.002 } },
      },
      nodesChecked: 1,
      latticeNodes: 1,
      checked: true,
    });
    expect(riskOf(outcome, english, 'en')).toEqual([
      w.result.beforeFew('age'),
      w.result.empty,
      w.result.caution,
    ]);
    const same = {
      name: 'c',
      role: 'quasi-identifier',
      level: 0,
      top: 2,
      before: 8,
      after: 8,
    } as const;
    const loss = (more: object): string => lossOf({ ...NO_TEXT, ...same, ...more }, english, 'en');
    expect(loss({})).toBe(w.result.exact('8'));
    expect(loss({ level: 2 })).toBe(w.result.hidden);
    expect(loss({ role: 'sensitive' })).toBe(w.result.sensitive);
    expect(loss({ role: 'insensitive' })).toBe(w.result.insensitive);
    expect(loss({ role: 'removed' })).toBe(w.result.removed);
    const redacted = { mode: 'pseudonym', replaced: 1200 };
    expect(loss({ role: 'redacted', redacted })).toBe(
      english.texts.release.became.pseudonym('1,200'),
    );
  });
});

function riskOfNone() {
  const none = { highest: null, average: null };
  return { prosecutor: none, journalist: none, marketer: null };
}
