import type { Paper, PaperBlock, PaperSection } from '../contract/report.ts';
import { marks, type Ink } from './ink.ts';
import { approvalFacts, decided } from './sections/approvals.ts';
import { words } from '../words/index.ts';
import { protectionBlocks } from './sections/anonymisation.ts';
import { calibrationBlocks } from './sections/curves.ts';
import {
  dataFacts,
  modelFacts,
  originFacts,
  purposeFacts,
  reviewFacts,
  softwareText,
  trainingFacts,
} from './sections/facts.ts';
import { labelFacts } from './sections/labels.ts';
import { gapTable } from './sections/gaps.ts';
import { groupTable, methods } from './sections/groups.ts';
import { numbersBlocks } from './sections/numbers.ts';
import { performanceTable } from './sections/performance.ts';
import { privacyBlocks } from './sections/privacy.ts';
import { uncheckedBlocks } from './sections/unchecked.ts';
import { verdictBlocks, verdictSections } from './sections/verdicts.ts';

type CardSection = keyof Ink['w']['cardSections'];

/**
 * The model card, with the sections of Mitchell et al. 2019, "Model Cards for Model Reporting"
 * (FAT* 2019), in their order.
 */
export function cardPaper(ink: Ink): Paper {
  const { input, w, f } = ink;
  const section = (id: CardSection, blocks: PaperBlock[]): PaperSection => ({
    id,
    title: w.cardSections[id],
    blocks,
  });
  const { groups, numbers } = input.review;
  const attributes = Object.keys(groups);
  const none: PaperBlock = { kind: 'attention', text: w.groups.none };
  return {
    language: input.language,
    title: w.cardTitle(input.study.name ?? w.unnamed),
    subtitle: w.subtitle(f.date(input.date), softwareText(input)),
    contents: w.contents,
    sections: [
      section('details', [
        { kind: 'attention', text: decided(ink) ?? words(input.language).approvals.state },
        { kind: 'facts', facts: [...modelFacts(ink), ...approvalFacts(ink), ...originFacts(ink)] },
        { kind: 'sentences', sentences: [w.origin.text] },
      ]),
      section('use', [{ kind: 'facts', facts: purposeFacts(ink) }]),
      section('factors', [
        attributes.length === 0
          ? none
          : { kind: 'sentences', sentences: [w.card.factors(f.list(attributes))] },
      ]),
      section('metrics', [
        { kind: 'sentences', sentences: [w.card.metricsText, ...methods(ink)] },
        { kind: 'facts', facts: reviewFacts(ink) },
      ]),
      section('evaluation', [
        { kind: 'sentences', sentences: [w.card.evaluationSame] },
        { kind: 'facts', facts: dataFacts(ink) },
      ]),
      section('training', [
        { kind: 'facts', facts: [...trainingFacts(ink), ...labelFacts(ink)] },
        ...protectionBlocks(ink),
        ...privacyBlocks(ink),
      ]),
      section(
        'analyses',
        numbers
          ? numbersBlocks(ink, numbers)
          : [
              ...verdictSections(ink).flatMap(({ blocks }) => blocks),
              performanceTable(ink),
              { kind: 'sentences', sentences: marks(ink) },
              ...calibrationBlocks(ink),
              ...(attributes.length === 0 ? [none] : groupAnalyses(ink, attributes)),
            ],
      ),
      section('ethics', [
        { kind: 'sentences', sentences: [w.card.ethics, w.gapsSection.families] },
      ]),
      section('caveats', [
        { kind: 'sentences', sentences: [w.card.recommend] },
        ...uncheckedBlocks(ink),
      ]),
    ],
  };
}

function groupAnalyses(ink: Ink, attributes: readonly string[]): PaperBlock[] {
  return [
    ...attributes.map((attribute) => groupTable(ink, attribute)),
    gapTable(ink),
    ...verdictBlocks(ink),
  ];
}
