import { ENTITY_TYPES } from '../../contract/identify.ts';
import type { PaperBlock, PaperSection } from '../../contract/report.ts';
import { sayCount } from '../few.ts';
import type { InkOf } from '../ink.ts';
import { assessedBlocks } from './assessed.ts';
import { certificateFacts, modelText } from './certificate.ts';
import { checklistBlocks } from './checklists.ts';
import { riskBlocks } from './risk.ts';
import { levelBlocks } from './rounds.ts';

type Ink = InkOf<'language' | 'anonymisation'>;

/** What was done to the records and whether the model learned from the outcome, or that nothing was. */
export function protection(ink: Ink): string {
  const { input, w, f } = ink;
  if (!input.anonymisation) return w.anonymisation.notDone;
  const { outcome, models, learnedFrom } = input.anonymisation;
  const named = f.list(models.map((model) => modelText({ w, f }, model)));
  const say = learnedFrom ? w.anonymisation.learned : w.anonymisation.copy;
  return say(named, f.count(outcome.rows), sayCount(ink, outcome.suppressed));
}

export function anonymisationSection(ink: Ink): PaperSection {
  const { checklists, outcome } = ink.input.anonymisation ?? {};
  const held =
    checklists === undefined || outcome === undefined
      ? []
      : checklistBlocks(ink, checklists, outcome.classes.smallest);
  const blocks = [...protectionBlocks(ink), ...assessedBlocks(ink, outcome), ...held];
  return { id: 'protection', title: ink.w.sections.anonymisation, blocks };
}

export function protectionBlocks(ink: Ink): PaperBlock[] {
  const { input, w } = ink;
  const sentence = protection(ink);
  const given = input.anonymisation;
  if (!given) return [{ kind: 'sentences', sentences: [sentence] }];
  return [
    { kind: 'sentences', sentences: [sentence, w.anonymisation.checked] },
    { kind: 'facts', facts: certificateFacts(ink, given) },
    ...measuredBlocks(ink),
  ];
}

/** What was measured: how far each column went, the risk, and what became of free text. */
export function measuredBlocks(ink: Ink): PaperBlock[] {
  const { input } = ink;
  if (!input.anonymisation) return [];
  const { outcome, plan } = input.anonymisation;
  return [...levelBlocks(ink, outcome, plan), ...riskBlocks(ink, outcome), ...redactionBlocks(ink)];
}

/** What was done to free text: by which rules, how, and how often by type. */
function redactionBlocks(ink: Ink): PaperBlock[] {
  const { input, w, f } = ink;
  const { redacted = [], decided = false } = input.anonymisation ?? {};
  if (redacted.length === 0) return [];
  const say = w.anonymisation;
  return [
    { kind: 'subheading', text: say.text },
    {
      kind: 'sentences',
      sentences: [
        say.textRules,
        decided ? say.textDecided : say.textUndecided,
        ...(redacted.some(({ mode }) => mode === 'pseudonym') ? [say.textPseudonym] : []),
      ],
    },
    {
      kind: 'table',
      caption: say.textCaption,
      head: [say.textColumn, say.textMode, say.textCounts],
      figures: false,
      rows: redacted.map(({ column, mode, replaced }) => {
        const counts = ENTITY_TYPES.flatMap((type) => {
          const count = replaced[type] ?? 0;
          return count === 0 ? [] : [say.textCount(w.entityTypes[type], sayCount(ink, count))];
        });
        return [
          column,
          say.textModes[mode],
          counts.length === 0 ? say.textNothing : f.list(counts),
        ];
      }),
    },
  ];
}
