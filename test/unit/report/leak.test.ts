import { describe, expect, it } from 'vitest';
import type { AttackedGroup, LeakTestResult } from '../../../main/contract/leak-test.ts';
import { LANGUAGES, type Language } from '../../../main/contract/language.ts';
import type { PaperSection } from '../../../main/contract/report.ts';
import { buildReport } from '../../../main/report/build.ts';
import { words } from '../../../main/words/index.ts';
import { fullInput } from './sample.ts';

const group = (members: number, others: number, auc: number): AttackedGroup => ({
  ...{ members, others, auc, interval: [auc - 0.0113, auc + 0.0113] },
  ...{ tpr_at_fpr_0_01: 0.0337, tpr_at_fpr_0_001: null },
});
const figures = ({ members: _, others: __, ...rest }: AttackedGroup) => rest;

const FOUND: LeakTestResult = {
  ...{ auc: 0.6123, tpr_at_fpr_0_01: 0.0337, tpr_at_fpr_0_001: null },
  membership: {
    ...{ members: 3217, others: 1013, level: 0.95, references: 8 },
    loss: figures(group(0, 0, 0.5531)),
    ratio: figures(group(0, 0, 0.6123)),
    control: { auc: 0.5, interval: [0.48, 0.52] },
    groups: {
      sex: {
        Female: group(1709, 506, 0.6234),
        Male: group(1508, 507, 0.5987),
        X: group(41, 12, 0.7),
      },
    },
  },
  attribute: {
    ...{ column: 'diagnosis', level: 0.95, values: 4 },
    members: {
      records: 3217,
      without: 0.4123,
      with: 0.4987,
      gain: 0.0864,
      interval: [0.0511, 0.1217],
    },
    others: { records: 506, without: 0.41, with: 0.43, gain: 0.0213, interval: [0.001, 0.041] },
  },
  epsilon_lower_bound: 1.2342,
  canaries: {
    ...{ epsilon: 3, delta: 1e-5, confidence: 0.95, count: 1000, guessed: 500, correct: 380 },
    largest_bound: 5.06,
  },
  blocks: false,
  reasons: { 'membership.ratio.tpr_at_fpr_0_001': 'too-few' },
};

function sectionOf(leak: LeakTestResult | undefined, language: Language = 'en') {
  const input = { ...fullInput(), language, ...(leak && { leak }) };
  const { report } = buildReport(input);
  const section = report.sections.find(({ id }) => id === 'leak');
  return { section, text: JSON.stringify(section ?? null), report };
}
const sentences = (section: PaperSection | undefined): string[] =>
  section?.blocks.flatMap((block) => (block.kind === 'sentences' ? block.sentences : [])) ?? [];

describe.each(LANGUAGES)('a leak test in the report, in %s', (language) => {
  const { leak: w, report: r } = words(language);

  it('is said in words first, then in figures of two places', () => {
    const { section, text } = sectionOf(FOUND, language);
    expect(section!.blocks[0]!.kind).toBe('sentences');
    const said = sentences(section);
    expect(said).toContain(w.about('8'));
    expect(said).toContain(w.named('61', r.interval('60', '62')));
    expect(said).toContain(w.found('3%'));
    expect(said).toContain(w.attribute('diagnosis', '50', '41'));
    expect(said).toContain(w.gain('9', r.interval('5', '12')));
    expect(said).toContain(w.bound('1.234', '3'));
    expect(said).toContain(w.notPrivate);
    expect(said).not.toContain(w.chance);
    // Nothing by which one record could be told, nor how many the model learned from.
    expect(text).not.toMatch(/612|337|3217|3,217|1709|1,709|498|0864/);
    const table = section!.blocks.find(({ kind }) => kind === 'table');
    expect(table).toMatchObject({
      rows: [
        [w.attacks.ratio, '0.61', r.interval('0.60', '0.62'), '3%', w.reasons['too-few']],
        [w.attacks.loss, '0.55', r.interval('0.54', '0.56'), '3%', w.reasons['too-few']],
        [w.attacks.control, '0.50', r.interval('0.48', '0.52'), w.unmeasured, w.unmeasured],
      ],
    });
  });

  it('leaves out groups of which one person would move the figure', () => {
    const { section } = sectionOf(FOUND, language);
    const chart = section!.blocks.find(({ kind }) => kind === 'dots');
    expect(chart).toMatchObject({
      rows: [
        { name: 'Female', at: 0.62 },
        { name: 'Male', at: 0.6 },
      ],
    });
    expect(sentences(section)).toContain(w.left('X'));
  });

  it('says first of all that a promise is broken', () => {
    const broken = { ...FOUND, epsilon_lower_bound: 4.5, blocks: true };
    const { section } = sectionOf(broken, language);
    expect(section!.blocks[0]).toEqual({ kind: 'attention', text: w.blocked('4.500', '3') });
    expect(sentences(section).join()).not.toContain(w.bound('4.500', '3'));
  });
});

describe('a leak test in the report', () => {
  const w = words('en').leak;

  it('is not there where the model was not attacked, and counts as a check that was not made', () => {
    const { unchecked } = words('en').report;
    const none = sectionOf(undefined);
    expect(none.section).toBeUndefined();
    expect(JSON.stringify(none.report)).toContain(unchecked.leak);
    expect(JSON.stringify(sectionOf(FOUND).report)).not.toContain(unchecked.leak);
  });

  it('does not take chance for a find, nor a difference of the parts for membership', () => {
    const ratio = {
      ...FOUND.membership!.ratio!,
      auc: 0.51,
      interval: [0.495, 0.525] as [number, number],
    };
    const control = { auc: 0.55, interval: [0.53, 0.57] as [number, number] };
    const { attribute } = FOUND;
    const members = { ...attribute!.members, interval: [-0.01, 0.18] as [number, number] };
    const { section } = sectionOf({
      ...FOUND,
      membership: { ...FOUND.membership!, ratio, control },
      attribute: { ...attribute!, members },
    });
    const said = sentences(section);
    expect(said).toContain(w.chance);
    expect(said).toContain(w.drift);
    expect(said).toContain(w.gainNone);
  });

  it('gives no figures of few records', () => {
    const { section } = sectionOf({
      ...FOUND,
      membership: { ...FOUND.membership!, others: 99 },
      attribute: { ...FOUND.attribute!, members: { ...FOUND.attribute!.members, records: 99 } },
    });
    expect(sentences(section)).toContain(w.unsure);
    expect(section!.blocks.every(({ kind }) => kind === 'sentences')).toBe(true);
    expect(sentences(section).join()).not.toContain('diagnosis');
  });

  it('without what comes from records says what made-up ones showed', () => {
    const { section } = sectionOf({ ...FOUND, membership: undefined, attribute: undefined });
    expect(sentences(section)).toEqual([w.bound('1.234', '3')]);
  });

  it('says where nothing was promised, and where a promise is out of reach', () => {
    const plain = sectionOf({ ...FOUND, canaries: undefined, epsilon_lower_bound: null });
    expect(sentences(plain.section)).toContain(w.noPromise);
    const canaries = { ...FOUND.canaries!, epsilon: 8 };
    expect(sentences(sectionOf({ ...FOUND, canaries }).section)).toContain(w.outOfReach('5.060'));
  });
});
