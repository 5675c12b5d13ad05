import type { StudyField, TemplateProposal } from '../../main/contract/template.ts';
import type { Words } from '../../main/words/index.ts';
import { showNumber } from '../formats.ts';

const HIGHEST = 100;

/** What a field proposes to look at first in a review, and from which gap on to ask why. */
export function firstLines(
  { name, figures, margin }: TemplateProposal,
  w: Words['templates'],
  tag: string,
): readonly string[] {
  const named = (figure: string): string => w.figures[figure] ?? figure;
  const list = new Intl.ListFormat(tag).format(figures.map(named));
  const value = showNumber(Math.round(margin.value * HIGHEST), tag);
  const gap = margin.of === 'difference' ? w.difference : w.ratio;
  return [w.firstFigures(list), w.fields[name].first, gap(named(margin.figure), value)];
}

/** What errors mean in the field of a study, and which of them was said to do more harm. */
export function harmLines(
  { proposal, harm }: StudyField,
  w: Words['templates'],
): readonly string[] {
  if (proposal === null) return [];
  const { missed, falseAlarm } = w.fields[proposal.name];
  const both = [missed, falseAlarm];
  const ordered = harm === 'false-alarm' ? both.toReversed() : both;
  return [w.moreHarm(harm === null ? w.harmUnsaid : w.harms[harm]), ...ordered];
}
