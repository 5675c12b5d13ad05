import type { PaperSection } from '../../contract/report.ts';
import type { Ink } from '../ink.ts';
import { certaintyText } from './privacy.ts';

/** What protects the figures of a review that was released with noise; nothing of any other. */
export function noiseSections({ input, w, f }: Ink): PaperSection[] {
  const { privacy } = input.review;
  if (privacy === undefined) return [];
  const { epsilon, cells, deviation, unit, max_rows } = privacy;
  const said = w.noise;
  const certainty = said.certainty(certaintyText(epsilon, f.share));
  const sentences = [
    said.text(f.number(epsilon), certainty),
    ...(unit === 'person' ? [said.rows(f.count(max_rows))] : []),
    said.cells(f.count(cells), f.number(deviation)),
    said.intervals,
    said.leftOut,
    ...(input.privacy === null ? [said.plain] : []),
  ];
  return [{ id: 'noise', title: said.title, blocks: [{ kind: 'sentences', sentences }] }];
}
