import type { Language } from '../../../main/contract/language.ts';
import type { Paper, PaperBlock, PaperSection } from '../../../main/contract/report.ts';
import { words } from '../../../main/words/index.ts';

/** Both documents of a model as the engine sends them: each kind of block once, few figures. */
export function papers(language: Language): { report: Paper; modelCard: Paper } {
  const w = words(language).report;
  const paper = (title: string, sections: PaperSection[]): Paper => ({
    language,
    title,
    subtitle: w.subtitle('2026', 'Concord'),
    contents: w.contents,
    sections,
  });
  const section = (id: keyof typeof w.sections, ...blocks: PaperBlock[]): PaperSection => ({
    id,
    title: w.sections[id],
    blocks,
  });
  const table = (caption: string, rows: string[][], figures = true): PaperBlock => ({
    kind: 'table',
    caption,
    head: [w.groups.group, 'sex'],
    rows,
    figures,
  });
  const report = paper(w.reportTitle('S'), [
    section(
      'summary',
      { kind: 'attention', text: w.summary.notSigned },
      { kind: 'sentences', sentences: [w.summary.right(w.about.about('77'), w.about.about('60'))] },
    ),
    section('purpose', { kind: 'facts', facts: [{ name: w.facts.study, value: 'S' }] }),
    section('performance', table(w.performance.caption, [[w.figures.accuracy, '77%']], false)),
    section(
      'groups',
      { kind: 'subheading', text: w.groups.caption('sex') },
      {
        kind: 'dots',
        caption: w.groups.chart(w.figures.tpr, 'sex'),
        nameHead: w.groups.group,
        valueHead: w.figures.tpr,
        ticks: [{ at: 0, text: '0%' }],
        rows: [
          { name: 'female', text: '70%', at: 0.7, low: 0.6, high: 0.8 },
          { name: 'male', text: w.withheld, at: null, low: null, high: null },
        ],
      },
      table(w.groups.table('sex'), [['female', '70%']]),
    ),
    section(
      'gaps',
      table(w.gapsSection.caption, [
        [w.gaps.demographic_parity_difference, '4%'],
        [w.gaps.equalized_odds_difference, '7%'],
      ]),
    ),
    section('withheld', table(w.withheldSection.caption, [['male', w.figures.tpr]], false)),
    section('unchecked', { kind: 'list', items: [w.unchecked.leak] }),
    section('approvals', { kind: 'blanks', names: ['name'] }),
  ]);
  const modelCard = paper(w.cardTitle('S'), [
    { id: 'details', title: w.cardSections.details, blocks: [] },
  ]);
  return { report, modelCard };
}
