import type { Checklist } from '../../contract/checklist.ts';
import type { PaperBlock } from '../../contract/report.ts';
import { checklistCounts, checklistLines } from '../../words/checklist-text.ts';
import { words } from '../../words/index.ts';
import type { InkOf } from '../ink.ts';

/** What laws and standards ask, held against the release; no list is said to be met as a whole. */
export function checklistBlocks(
  { input, f }: InkOf<'language'>,
  checklists: readonly Checklist[],
  smallest: number | null,
): PaperBlock[] {
  const w = words(input.language).checklists;
  return [
    { kind: 'subheading', text: w.title },
    { kind: 'sentences', sentences: [w.text, w.notLegal] },
    ...checklists.flatMap((checklist): PaperBlock[] => [
      {
        kind: 'table',
        caption: w.names[checklist.name],
        head: [w.demand, w.answer, w.why],
        figures: false,
        rows: checklistLines(checklist, smallest, w, f).map(({ demand, verdict, why }) => [
          demand,
          verdict,
          why,
        ]),
      },
      { kind: 'sentences', sentences: [checklistCounts(checklist, w, f)] },
    ]),
  ];
}
