import type { PaperBlock, PaperSection } from '../../contract/report.ts';
import type { AttributeAppendix } from '../../contract/review.ts';
import { groupName, reasonAt, type Ink } from '../ink.ts';

/** Indices that some must report; nothing where the review kept none or had no groups. */
export function appendixSections(ink: Ink): PaperSection[] {
  const { appendix } = ink.input.review;
  const attributes = Object.entries(appendix?.attributes ?? {});
  if (appendix === undefined || attributes.length === 0) return [];
  const w = ink.w.findings.appendix;
  const left = attributes.flatMap(([attribute, { left_out: groups }]) =>
    groups.length === 0
      ? []
      : [w.leftOut(attribute, ink.f.list(groups.map((name) => `“${groupName(ink, name)}”`)))],
  );
  const index = (value: number | null): string => indexText(ink, value);
  const blocks: PaperBlock[] = [
    { kind: 'sentences', sentences: [w.text, w.benefit(w.sides[appendix.favourable])] },
    {
      kind: 'facts',
      facts: [
        { name: w.entropy, value: index(appendix.generalized_entropy) },
        { name: w.theil, value: index(appendix.theil) },
      ],
    },
    {
      kind: 'table',
      caption: w.byAttribute,
      head: [ink.w.performance.figure, ...attributes.map(([attribute]) => attribute)],
      figures: true,
      rows: [
        [w.betweenEntropy, ...each(attributes, (of) => index(of.between_generalized_entropy))],
        [w.betweenTheil, ...each(attributes, (of) => index(of.between_theil))],
        [w.differential, ...each(attributes, (of) => index(of.differential_fairness))],
        [w.averageOdds, ...each(attributes, (of) => index(of.average_odds_gap))],
        [w.calibration, ...each(attributes, (of) => calibrationText(ink, of))],
      ],
    },
    ...attributes.flatMap(([attribute, of]) => oddsTable(ink, attribute, of)),
  ];
  if (left.length > 0) blocks.push({ kind: 'list', items: left });
  return [{ id: 'appendix', title: w.title, blocks }];
}

function each(
  attributes: readonly (readonly [string, AttributeAppendix])[],
  of: (appendix: AttributeAppendix) => string,
): string[] {
  return attributes.map(([, appendix]) => of(appendix));
}

function indexText({ w, f }: Ink, value: number | null): string {
  return value === null ? w.undefined : f.number(Number(value.toPrecision(3)));
}

function calibrationText(ink: Ink, of: AttributeAppendix): string {
  const { w, f } = ink;
  const value = indexText(ink, of.calibration_gap);
  const interval = of.calibration_gap_interval;
  if (!interval) return value;
  return w.bracketed(value, w.interval(f.decimals(interval[0]), f.decimals(interval[1])));
}

function oddsTable(ink: Ink, attribute: string, of: AttributeAppendix): PaperBlock[] {
  const { input, w, f } = ink;
  const reference = input.review.comparisons[attribute]?.reference;
  const groups = Object.entries(of.average_odds);
  if (reference === undefined || groups.length === 0) return [];
  const why = (name: string): string => {
    const path = `comparisons.${attribute}.groups.${name}`;
    const reasons = (['tpr', 'fpr'] as const).map((rate) =>
      reasonAt(ink, `${path}.${rate}.difference`),
    );
    return reasons.includes('withheld') ? w.withheld : w.undefined;
  };
  return [
    {
      kind: 'table',
      caption: w.findings.appendix.odds(attribute, groupName(ink, reference)),
      head: [w.groups.group, w.findings.appendix.signed, w.findings.appendix.absolute],
      figures: true,
      rows: groups.map(([name, odds]) => [
        groupName(ink, name),
        odds.signed === null ? why(name) : f.points(odds.signed),
        odds.absolute === null ? why(name) : f.size(odds.absolute),
      ]),
    },
  ];
}
