import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../main/contract/language.ts';
import type { TriedModel } from '../../../main/contract/mitigation.ts';
import type { ReportInputRaw } from '../../../main/contract/report.ts';
import { buildReport } from '../../../main/report/build.ts';
import { words } from '../../../main/words/index.ts';
import { fullInput } from './sample.ts';

const group = (name: string, n: number) => ({
  ...{ name, n, accuracy: 0.9, selection_rate: 0.333, tpr: 0.5, fpr: 0.1 },
  calibration_in_the_large: 0.01,
});
const tried = (method: TriedModel['method'], change: Partial<TriedModel> = {}): TriedModel => ({
  ...{ method, model: method, paid: null, refused: null, fit: null },
  accuracy: { value: 0.8, interval: [0.78, 0.82] },
  gaps: {
    'demographic-parity': { value: 0.171, interval: [0.15, 0.19] },
    'equalised-odds': { value: 0.083, interval: [0.05, 0.11] },
    'equal-opportunity': { value: 0.04, interval: null },
  },
  groups: [group('<b>f</b>', 700), group('m', 900)],
  ...change,
});
const MITIGATION: NonNullable<ReportInputRaw['mitigation']> = {
  ...{ groups: 'sex', criterion: 'demographic-parity', bound: 0.05, tested: 1600, level: 0.95 },
  ...{ uses_groups: false, reported: 'constrained' },
  tries: [
    tried('none'),
    tried('constrained', {
      accuracy: { value: 0.79, interval: null },
      paid: { epsilon: 3, delta: 1e-5 },
    }),
    tried('thresholds', {
      fit: {
        ...{ method: 'thresholds', groups: 'sex', criterion: 'demographic-parity' },
        ...{ gap: 0.02, lottery_gap: 0, too_few: ['x'] },
      },
    }),
    tried('calibration', { refused: 'MITIGATION_TOO_FEW', model: null }),
    tried('reweighing', { refused: 'SOMETHING_NEW', model: null }),
  ],
};

describe.each(LANGUAGES)('what was tried, in %s', (language) => {
  const m = words(language).mitigation;
  const built = (mitigation: ReportInputRaw['mitigation']) =>
    buildReport({ ...fullInput(), language, ...(mitigation && { mitigation }) });

  it('is told in words before the figures, both families for each model, and its limits', () => {
    const { report, reportHtml } = built(MITIGATION);
    const { blocks } = report.sections.find(({ id }) => id === 'mitigation')!;
    const kinds = blocks.map(({ kind }) => kind);
    expect(kinds.indexOf('sentences')).toBeLessThan(kinds.indexOf('table'));
    const told = JSON.stringify(blocks);
    for (const said of [
      m.notDropping('sex'),
      m.reported(m.methods.constrained),
      m.unkept(m.methods.constrained, '17.1%'),
      m.lottery('2.0%', '0.0%'),
      m.refusedLine(m.methods.calibration, m.refusals['MITIGATION_TOO_FEW']!),
      m.refusedLine(m.methods.reweighing, m.refusedElse),
      m.paid(m.methods.constrained, '3'),
      m.needsGroup,
      m.spread,
      m.line(m.methods.constrained, '79.0%', '-1.0'),
      m.lineGap(m.criteria['equalised-odds'], '8.3%', '8.3%'),
    ]) {
      expect(told).toContain(JSON.stringify(said).slice(1, -1));
    }
    // What could not be made has no row.
    const table = blocks.find(({ kind }) => kind === 'table') as { rows: string[][] };
    expect(table.rows.map(([name]) => name)).toEqual([
      m.none,
      m.methods.constrained,
      m.methods.thresholds,
    ]);
    expect(reportHtml).not.toContain('<b>f</b>');
  });

  it('says nothing of a group of few, nor a gap it is in', () => {
    const few = tried('none', { groups: [group('m', 900), group('few', 10)] });
    const { reportHtml } = built({ ...MITIGATION, tries: [few, few] });
    const part = reportHtml.slice(reportHtml.indexOf('id="mitigation"'));
    const section = part.slice(0, part.indexOf('</section>'));
    expect(section).toContain('33.3%');
    expect(section).not.toContain('few</');
    expect(section).not.toContain('17.1%');
  });

  it('names a model whose decisions differ by group', () => {
    const { model } = fullInput();
    const { modelCardHtml } = buildReport({
      ...fullInput(),
      ...{ language, model: { ...model, byGroup: 'sex' } },
    });
    expect(modelCardHtml).toContain(m.byGroup);
  });

  it('is said not to have been tried where nothing was', () => {
    const { report } = built(undefined);
    expect(report.sections.map(({ id }) => id)).not.toContain('mitigation');
    const unchecked = words(language).report.unchecked.mitigation;
    expect(JSON.stringify(report)).toContain(unchecked);
    expect(JSON.stringify(built(MITIGATION).report)).not.toContain(unchecked);
  });
});
