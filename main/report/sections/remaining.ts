import type { PaperBlock, PaperSection } from '../../contract/report.ts';
import { words } from '../../words/index.ts';
import { figureText, type Ink } from '../ink.ts';
import { certaintyText } from './privacy.ts';
import { hiddenGroups } from './withheld.ts';

/** What can still go wrong: what follows from the report itself, and what people have named. */
export function risksSection(ink: Ink, sections: readonly PaperSection[]): PaperSection {
  const w = words(ink.input.language).risks;
  const said = ink.input.study.risks ?? [];
  const named: PaperBlock[] = said.length === 0 ? [] : [{ kind: 'list', items: [...said] }];
  return {
    id: 'risks',
    title: w.title,
    blocks: [
      { kind: 'sentences', sentences: [w.found] },
      { kind: 'list', items: [...found(ink, sections)] },
      { kind: 'sentences', sentences: [said.length === 0 ? w.unsaid : w.said] },
      ...named,
    ],
  };
}

function found(ink: Ink, sections: readonly PaperSection[]): string[] {
  const { input, f } = ink;
  const { review, privacy, data } = input;
  const w = words(input.language).risks;
  const { findings } = review;
  const items: string[] = [];
  if (privacy === null) items.push(w.notPrivate);
  else if (privacy !== undefined) items.push(w.private(certaintyText(privacy.epsilon, f.share)));
  // A version with noise leaves the leak test out: its figures are exact.
  const isAttacked = review.privacy !== undefined || sections.some(({ id }) => id === 'leak');
  if (!isAttacked) items.push(w.noLeak);
  const of = (verdict: string): number =>
    findings?.found.filter((one) => one.verdict === verdict).length ?? 0;
  const open = of('undecided') + (findings?.not_estimable.length ?? 0);
  if (of('beyond') > 0) items.push(w.beyond(f.count(of('beyond'))));
  if (open > 0) items.push(w.undecided(f.count(open)));
  const hidden = hiddenGroups(ink).length;
  if (hidden > 0) items.push(w.hidden(f.count(hidden)));
  if (Object.keys(review.groups).length === 0) items.push(w.noGroups);
  if (data.testedOn !== 'held-out') items.push(w.notHeldOut);
  items.push(w.decisions);
  return items;
}

/** Of the figures with an interval, those that outcomes can be held against later. */
const WATCHED = ['auc', 'accuracy', 'tpr', 'ppv'] as const;

/**
 * What is looked at once the model is used, from the intervals and margins of this review. An index
 * of stability above 0.25 is a shift in Siddiqi 2006, "Credit Risk Scorecards".
 */
export function watchSection(ink: Ink): PaperSection {
  const { input, f } = ink;
  const { review, study } = input;
  const w = words(input.language).watch;
  const intervals: Readonly<Record<string, readonly [number, number] | null | undefined>> =
    review.intervals?.overall ?? {};
  const figures = WATCHED.flatMap((name) => {
    const low = intervals[name]?.[0];
    return low === undefined ? [] : [[ink.w.figures[name], w.below(figureText(ink, name, low))]];
  });
  const error = review.numbers?.intervals?.overall.mae?.[1];
  const margins = review.findings?.margins;
  const rows = [
    [w.inputs, w.inputsLimit],
    ...figures,
    ...(error === undefined
      ? []
      : [[ink.w.findings.numbers.figures.mae, w.above(f.number(error))]]),
    ...(margins === undefined
      ? []
      : [[w.differences, w.differencesLimit(f.size(margins.difference), f.number(margins.ratio))]]),
    [w.abstained, w.abstainedLimit],
  ];
  const blocks: PaperBlock[] = [
    { kind: 'sentences', sentences: [w.text] },
    { kind: 'table', caption: w.caption, head: [w.what, w.limit], figures: false, rows },
    {
      kind: 'facts',
      facts: [
        { name: w.who, value: study.watcher ?? w.nobody },
        ...(study.watching === undefined
          ? []
          : [{ name: w.also, value: f.list(study.watching), items: [...study.watching] }]),
      ],
    },
  ];
  return { id: 'watch', title: w.title, blocks };
}
