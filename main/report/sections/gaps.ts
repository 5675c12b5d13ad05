import type { PaperBlock, PaperSection, TableBlock } from '../../contract/report.ts';
import { COMPARED, GAPS, type Gap, type GapDraws } from '../../contract/review.ts';
import { groupName, reasonText, type Ink } from '../ink.ts';
import { verdictBlocks } from './verdicts.ts';

export function gapsSection(ink: Ink): PaperSection {
  const { input, w } = ink;
  const left = leftOut(ink);
  const blocks: PaperBlock[] =
    Object.keys(input.review.gaps).length === 0
      ? [{ kind: 'attention', text: w.groups.none }]
      : [
          { kind: 'sentences', sentences: [w.gapsSection.text, w.gapsSection.families] },
          gapTable(ink),
          ...(input.review.gap_draws ? [gapNote(ink)] : []),
        ];
  blocks.push(...verdictBlocks(ink));
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
        if (value === null) return reasonText(ink, `gaps.${attribute}.${gap}`);
        return withDraws(ink, gap, value, input.review.gap_draws?.[attribute]?.[gap]);
      }),
    ]),
  };
}

function gapNote({ w }: Ink): PaperBlock {
  return { kind: 'sentences', sentences: [w.findings.gapNote] };
}

/** The gap, its interval, and what lots alone give. */
function withDraws(ink: Ink, gap: Gap, value: number, draws: GapDraws | undefined): string {
  const { w } = ink;
  const text = gapText(ink, gap, value);
  if (!draws?.interval) return text;
  const { interval, chance } = draws;
  const range = w.interval(gapText(ink, gap, interval[0]), gapText(ink, gap, interval[1]));
  if (chance === null) return w.bracketed(text, range);
  const lot = w.findings.gapLot(gapText(ink, gap, chance.middle), gapText(ink, gap, chance.far));
  return w.findings.gapWith(text, range, lot);
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
