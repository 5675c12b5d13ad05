import type { PaperBlock, PaperSection, TableBlock } from '../../contract/report.ts';
import { COMPARED, GAPS, type Gap } from '../../contract/review.ts';
import { groupName, reasonText, type Ink } from '../ink.ts';

export function gapsSection(ink: Ink): PaperSection {
  const { input, w } = ink;
  const left = leftOut(ink);
  const blocks: PaperBlock[] =
    Object.keys(input.review.gaps).length === 0
      ? [{ kind: 'attention', text: w.groups.none }]
      : [
          { kind: 'sentences', sentences: [w.gapsSection.text, w.gapsSection.families] },
          gapTable(ink),
        ];
  if (left.length > 0)
    blocks.push(
      { kind: 'subheading', text: w.gapsSection.overTitle },
      { kind: 'list', items: left },
    );
  return { id: 'gaps', title: w.sections.gaps, blocks };
}

/** Every criterion of both families for every column; none is left out because it looks worse. */
export function gapTable(ink: Ink): TableBlock {
  const { input, w } = ink;
  const attributes = Object.entries(input.review.gaps);
  return {
    kind: 'table',
    caption: w.gapsSection.caption,
    head: [w.gapsSection.criterion, ...attributes.map(([attribute]) => attribute)],
    figures: true,
    rows: GAPS.map((gap) => [
      w.gaps[gap],
      ...attributes.map(([attribute, gaps]) => {
        const value = gaps[gap];
        return value === null
          ? reasonText(ink, `gaps.${attribute}.${gap}`)
          : gapText(ink, gap, value);
      }),
    ]),
  };
}

function gapText({ f }: Ink, gap: Gap, value: number): string {
  return gap.endsWith('_ratio') ? f.decimals(value) : f.share(value);
}

/** Which groups a gap could not take into account. */
function leftOut(ink: Ink): string[] {
  const { input, w, f } = ink;
  return Object.entries(input.review.gap_groups).flatMap(([attribute, rates]) =>
    COMPARED.flatMap((rate) => {
      const { withheld, undefined: without } = rates[rate];
      const groups = [...withheld, ...without].map((name) => `“${groupName(ink, name)}”`);
      if (groups.length === 0) return [];
      return [w.gapsSection.over(w.figures[rate], attribute, f.list(groups))];
    }),
  );
}
