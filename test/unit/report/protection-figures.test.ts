import { describe, expect, it } from 'vitest';
import type { AnonymiseOutcome } from '../../../main/contract/anonymise.ts';
import type { Assessment } from '../../../main/contract/assessment.ts';
import { LANGUAGES } from '../../../main/contract/language.ts';
import { buildReport } from '../../../main/report/build.ts';
import { words } from '../../../main/words/index.ts';
import { fullInput } from './sample.ts';

const { anonymisation, ...input } = fullInput();

const attack = (highest: number, average: number, recordsAtRisk: number) => ({
  highest,
  average,
  recordsAtRisk,
});
const risk = (unique: number, estimate: number): AnonymiseOutcome['risk'] => ({
  threshold: 0.1,
  prosecutor: attack(0.2, 0.04, 0.31),
  journalist: { ...attack(0.0004, 0.0002, 0), basis: 'size' },
  marketer: 0.0002,
  uniqueness: {
    records: unique,
    fraction: unique / 500,
    population: {
      people: 50_000,
      samplingFraction: 0.01,
      zayatz: estimate,
      pitman: estimate,
      snb: null,
      dankar: estimate,
      dankarModel: unique === 0 ? 'none' : 'pitman',
    },
  },
});
const set = (columns: string[], unique: number) => ({ columns, unique, below5: unique });
const ASSESSMENT: Assessment = {
  singlingOut: {
    before: { columns: {}, sets: [set(['age', 'postcode'], 0.42)] },
    after: { columns: {}, sets: [set(['age'], 0)] },
  },
  change: {
    age: { totalVariation: 0.123, earthMover: 0.045 },
    sex: { totalVariation: 0, earthMover: null },
  },
  association: {
    pairs: [{ columns: ['age', 'sex'], before: 0.5, after: 0.25 }],
    meanChange: 0.25,
  },
  linkage: { people: 480, success: 0.03, guess: 1 / 483, certain: 0 },
  accuracy: { label: 'missed', rows: 483, original: 0.81, protected: 0.79, usual: 0.7 },
};

function reportOf(language: (typeof LANGUAGES)[number], change: Partial<AnonymiseOutcome>) {
  if (anonymisation === undefined) throw new Error('the sample lacks a protection');
  const outcome = { ...anonymisation.outcome, ...change };
  const plan = { suppressionLimit: 0.05, proved: true, localRecoding: { recordsFraction: 0.05 } };
  return buildReport({ ...input, language, anonymisation: { ...anonymisation, outcome, plan } });
}

describe.each(LANGUAGES)('the figures of a protection, in %s', (language) => {
  const w = words(language).report;
  const say = w.protectionFigures;

  it('are every attack, before and after, with what is known of the population', () => {
    const before = { ...anonymisation!.outcome.before, risk: risk(83, 0.012) };
    const { reportHtml } = reportOf(language, { risk: risk(0, 0), before });
    const people = new Intl.NumberFormat(language).format(50_000);
    for (const part of [
      say.atRiskProsecutor('10%'),
      '31.0%',
      say.journalistHighest,
      w.oneIn('2,500'),
      say.atRiskJournalist('10%'),
      say.unique,
      w.bracketed('1.2%', say.estimators.pitman),
      w.bracketed('0.0%', say.estimators.none),
      say.bases.size(people),
      say.estimated(say.estimators.pitman),
      say.caution,
    ]) {
      expect(reportHtml).toContain(part);
    }
  });

  it('of older results leave out what was not measured', () => {
    const { reportHtml } = reportOf(language, {});
    expect(reportHtml).toContain(say.journalistHighest);
    expect(reportHtml).not.toContain(say.unique);
    expect(reportHtml).not.toContain(say.uniquePeople);
  });

  it('tell each round of local recoding', () => {
    const { reportHtml } = reportOf(language, {
      localRecoding: {
        suppressedBefore: 120,
        suppressedAfter: 17,
        firstScore: 0.25,
        steps: [{ levels: { age: 3 }, records: 103, score: 0.5 }],
      },
    });
    for (const part of [
      say.roundsText,
      say.roundLimit.fraction('5%'),
      '380',
      '103',
      say.columnLevel('age', '3'),
    ]) {
      expect(reportHtml).toContain(part);
    }
  });

  it('tell the parts of ranges in place of levels', () => {
    const { reportHtml } = reportOf(language, {
      levels: {},
      partition: { kind: 'strict', parts: 40 },
    });
    expect(reportHtml).toContain(say.parts.strict('40'));
    expect(reportHtml).not.toContain(w.anonymisation.levels);
  });

  it('tell what it cost and how the release stands an attack, in the report only', () => {
    const { reportHtml, modelCardHtml } = reportOf(language, {
      assessment: ASSESSMENT,
      risk: risk(4, 0.001),
    });
    for (const part of [
      say.quality.accuracy('missed', '483', '81.0%', '79.0%', '70.0%'),
      say.quality.meanChange('0.250'),
      say.quality.pair('age', 'sex'),
      '12.3%',
      say.attack.linkage('480', '3.0%', '0.2%', '0.0%'),
      '42.0%',
      // Four of 500 are alone in all columns, so no more are by two of them.
      say.attack.atMost('0.8%'),
    ]) {
      expect(reportHtml).toContain(part);
    }
    expect(modelCardHtml).not.toContain(say.attack.title);
  });
});
