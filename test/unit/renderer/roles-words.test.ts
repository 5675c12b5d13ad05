import { describe, expect, it } from 'vitest';
import { words } from '../../../main/words/index.ts';
import {
  evidenceOf,
  staysNaming,
  type ProposedColumn,
} from '../../../renderer/steps/identify/evidence.ts';
import { togetherSentences } from '../../../renderer/steps/identify/together-words.ts';

const english = words('en');
const { protect: w } = english;

function column(name: string, more: Partial<ProposedColumn> = {}): ProposedColumn {
  return {
    name,
    role: 'other',
    entities: [],
    confidence: 0.5,
    evidence: [],
    distinct: 0.1,
    type: 'category',
    examples: [],
    ...more,
  };
}

describe('the roles of columns', () => {
  it('have a sentence for each kind of evidence', () => {
    const say = (more: Partial<ProposedColumn>): string =>
      evidenceOf(column('c', more), english, 'en');
    const age = { type: 'AGE' as const, share: 1, confidence: 0.9 };
    const card = { type: 'CARD' as const, share: 1, confidence: 0.98 };
    const { identify: i } = w;
    expect(say({ evidence: ['name'], entities: [age] })).toBe(i.byNameOf(i.entities.AGE));
    expect(say({ evidence: ['name'] })).toBe(i.byName);
    expect(say({ evidence: ['check'], entities: [card] })).toBe(i.byCheck(i.entities.CARD, '100%'));
    expect(say({ evidence: ['name', 'pattern'], entities: [card] })).toBe(
      `${i.byNameOf(i.entities.CARD)} ${i.byPattern(i.entities.CARD, '100%')}`,
    );
    expect(say({ evidence: ['distinct'] })).toBe(i.byDistinct);
    const wrong = { ...card, confidence: 0.35 };
    expect(say({ evidence: ['distinct'], entities: [wrong] })).toContain(
      i.byFailedCheck(i.entities.CARD, '100%'),
    );
    expect(say({ evidence: ['name', 'distinct'] })).toBe(i.byNumber);
    expect(say({ evidence: ['text'], type: 'text' })).toBe(i.byText);
    expect(say({ evidence: ['values'] })).toBe(i.byWords);
    expect(say({ evidence: ['name', 'outcome'] })).toBe(i.byOutcome);
    expect(say({ evidence: ['chosen'] })).toBe(i.byLabelling);
    expect(say({ evidence: ['name', 'neighbours'] })).toBe(i.byNeighbours);
    expect(say({ evidence: ['name', 'not-borne-out'] })).toBe(i.notBorneOut);
    expect(say({ evidence: ['empty'] })).toBe(i.empty);
    expect(say({})).toBe(i.byNothing);
    // Only what would change something is called a guess.
    expect(say({ role: 'sensitive', evidence: ['text'] })).toBe(`${i.byText} ${i.unsure}`);
  });

  it('have a sentence where nothing is singled out, and none without columns', () => {
    const few = [{ columns: ['sex', 'race'], unique: 0.0001, below5: 0.001 }];
    expect(togetherSentences(few, english, 'en')).toEqual([w.identify.togetherFew('sex and race')]);
    expect(togetherSentences(few, words('zh-CN'), 'zh-Hans')[0]).toContain('sex和race');
    expect(togetherSentences([], english, 'en')).toEqual([]);
    const alone = [{ columns: ['moment'], unique: 0.957, below5: 0.96 }];
    expect(togetherSentences(alone, english, 'en')).toEqual([w.identify.together1('moment', '96')]);
  });

  it('keep a column that names people unless they leave it out', () => {
    const text = column('note', { role: 'direct-identifier', type: 'text' });
    expect(staysNaming(text, 'sensitive')).toBe(false);
    expect(staysNaming(text, 'label')).toBe(true);
  });
});
