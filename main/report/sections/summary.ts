import type { PaperBlock, PaperSection } from '../../contract/report.ts';
import { sayCount } from '../few.ts';
import { groupName, isCrossed, type Ink } from '../ink.ts';
import { decided } from './approvals.ts';
import { certainty } from './privacy.ts';
import { protection } from './anonymisation.ts';
import { numberSentences } from './numbers.ts';
import { verdictCounts } from './verdicts.ts';
import { hiddenGroups } from './withheld.ts';

/** The plain sentences that come first: a reader may stop after them. */
export function summarySection(ink: Ink): PaperSection {
  const { w } = ink;
  return {
    id: 'summary',
    title: w.sections.summary,
    blocks: [
      { kind: 'attention', text: decided(ink) ?? w.summary.notSigned },
      ...verdictBlocks(ink),
      { kind: 'sentences', sentences: found(ink) },
      { kind: 'sentences', sentences: [protection(ink), ...certainty(ink)] },
    ],
  };
}

function verdictBlocks(ink: Ink): PaperBlock[] {
  const sentences = verdictCounts(ink);
  return sentences.length === 0 ? [] : [{ kind: 'sentences', sentences }];
}

function found(ink: Ink): string[] {
  const { numbers } = ink.input.review;
  const hidden = hiddenGroups(ink).length;
  const withheld = hidden === 0 ? [] : [ink.w.summary.withheld(ink.f.count(hidden))];
  if (numbers !== undefined) return [...numberSentences(ink, numbers), ...withheld];
  return [...quality(ink), ...differences(ink), ...withheld];
}

function quality(ink: Ink): string[] {
  const { input, w, f } = ink;
  const { overall, asked } = input.review;
  const { accuracy, base_rate, tpr, ppv, auc } = overall;
  const sentences = [
    w.summary.records(sayCount(ink, overall.n), asked.label, asked.positive ?? ''),
  ];
  if (accuracy !== null && base_rate !== null)
    sentences.push(w.summary.right(f.about(accuracy), f.about(Math.max(base_rate, 1 - base_rate))));
  if (tpr !== null) sentences.push(w.summary.found(f.about(tpr), f.about(1 - tpr)));
  if (ppv !== null) sentences.push(w.summary.trusted(f.about(ppv)));
  if (auc !== null) sentences.push(w.summary.ranks(f.about(auc)));
  return sentences;
}

/** Who is selected and who is found least and most, by each column; crossed ones stand below. */
function differences(ink: Ink): string[] {
  const { input, w, f } = ink;
  const { groups } = input.review;
  const simple = Object.keys(groups).filter((attribute) => !isCrossed(ink, attribute));
  return simple.flatMap((attribute) =>
    (['selection_rate', 'tpr'] as const).flatMap((rate) => {
      const known = Object.entries(groups[attribute] ?? {}).flatMap(([name, figures]) => {
        const value = figures[rate];
        return value === null ? [] : [{ name, value }];
      });
      known.sort((a, b) => a.value - b.value);
      const [low] = known;
      const high = known.at(-1);
      if (!low || !high || low === high) return [];
      const say = rate === 'tpr' ? w.summary.finds : w.summary.selects;
      return [
        say(
          attribute,
          f.share(low.value),
          groupName(ink, low.name),
          f.share(high.value),
          groupName(ink, high.name),
        ),
      ];
    }),
  );
}
