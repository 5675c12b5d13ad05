import type { PaperBlock, PaperSection } from '../../contract/report.ts';
import { isCrossed, type Ink } from '../ink.ts';

export function uncheckedSection(ink: Ink): PaperSection {
  return { id: 'unchecked', title: ink.w.sections.unchecked, blocks: uncheckedBlocks(ink) };
}

/** What a reader might take for granted and nobody looked at. */
export function uncheckedBlocks(ink: Ink): PaperBlock[] {
  const { input, w } = ink;
  const { review } = input;
  const attributes = Object.keys(review.groups);
  const items: string[] = [];
  // What was counted exactly is left out of a version with noise, which says so.
  const isWhole = review.privacy === undefined;
  if (input.mitigation === undefined && isWhole) items.push(w.unchecked.mitigation);
  if (input.leak === undefined && isWhole) items.push(w.unchecked.leak);
  if (input.reasons === undefined && isWhole) items.push(w.unchecked.reasons);
  if (attributes.length === 0) items.push(w.unchecked.groups);
  else if (!attributes.some((attribute) => isCrossed(ink, attribute)))
    items.push(w.unchecked.crossed);
  const { intervals, numbers, findings } = review;
  if (!intervals && !numbers?.intervals) items.push(w.unchecked.intervals);
  if (review.asked.score === null && !numbers) items.push(w.unchecked.score);
  if (input.data.testedOn !== 'held-out') items.push(w.unchecked.heldOut);
  if (findings === undefined) items.push(w.unchecked.multiple);
  if (!review.asked.person) items.push(w.unchecked.clusters);
  items.push(w.unchecked.labels, w.unchecked.drift);
  return [
    { kind: 'sentences', sentences: [w.unchecked.intro] },
    { kind: 'list', items },
  ];
}
