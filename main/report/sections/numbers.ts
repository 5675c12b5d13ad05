import type { PaperBlock, PaperSection, TableBlock } from '../../contract/report.ts';
import { NUMBER_FIGURES, type NumberFigure, type NumberReview } from '../../contract/review.ts';
import { sayCount, sayGroups } from '../few.ts';
import { groupName, isCrossed, reasonText, type Ink } from '../ink.ts';
import { randomness } from './verdicts.ts';

/** Errors of predicted numbers: everybody, by group, between groups. */
export function numbersSection(ink: Ink, numbers: NumberReview): PaperSection {
  return {
    id: 'numbers',
    title: ink.w.findings.numbers.title,
    blocks: numbersBlocks(ink, numbers),
  };
}

export function numbersBlocks(ink: Ink, numbers: NumberReview): PaperBlock[] {
  const { input, w } = ink;
  const said = w.findings.numbers;
  const attributes = Object.keys(numbers.groups);
  const line = [w.overall, sayCount(ink, input.review.overall.n), ...cells(ink, numbers, null)];
  return [
    numberTable(ink, said.all, [line]),
    ...attributes.map((attribute) => {
      const sizes = sayGroups(ink, attribute, isCrossed(ink, attribute));
      const rows = Object.keys(numbers.groups[attribute] ?? {}).map((group) => [
        groupName(ink, group),
        sizes.get(group) ?? w.withheld,
        ...cells(ink, numbers, { attribute, group }),
      ]);
      return numberTable(ink, said.byGroup(attribute), rows);
    }),
    ...(attributes.length === 0
      ? [{ kind: 'attention' as const, text: w.groups.none }]
      : [gapTable(ink, numbers, attributes)]),
    { kind: 'sentences', sentences: [said.methods, said.noVerdicts, ...randomness(ink)] },
  ];
}

/** Sentences of the summary. */
export function numberSentences(ink: Ink, { overall, groups }: NumberReview): string[] {
  const { input, w, f } = ink;
  const said = w.findings.numbers;
  const number = (value: number): string => f.number(Number(value.toPrecision(4)));
  const sentences = [said.records(sayCount(ink, input.review.overall.n), input.review.asked.label)];
  if (overall.mae !== null) sentences.push(said.mean(number(overall.mae)));
  const bias = overall.mean_residual;
  if (bias !== null) sentences.push(said.bias(number(Math.abs(bias)), bias > 0));
  for (const [attribute, members] of Object.entries(groups)) {
    if (isCrossed(ink, attribute)) continue;
    const known = Object.entries(members).flatMap(([name, { mae }]) =>
      mae === null ? [] : [{ name: groupName(ink, name), mae }],
    );
    known.sort((a, b) => a.mae - b.mae);
    const [low] = known;
    const high = known.at(-1);
    if (!low || !high || low === high) continue;
    sentences.push(said.groups(attribute, number(low.mae), low.name, number(high.mae), high.name));
  }
  return sentences;
}

function numberTable({ w }: Ink, caption: string, rows: string[][]): TableBlock {
  const { figures } = w.findings.numbers;
  const head = [w.groups.group, w.figures.n, ...NUMBER_FIGURES.map((name) => figures[name])];
  return { kind: 'table', caption, head, figures: true, rows };
}

function cells(
  ink: Ink,
  numbers: NumberReview,
  of: { readonly attribute: string; readonly group: string } | null,
): string[] {
  const figures = of === null ? numbers.overall : numbers.groups[of.attribute]?.[of.group];
  const intervals =
    of === null ? numbers.intervals?.overall : numbers.intervals?.groups[of.attribute]?.[of.group];
  const path = of === null ? 'overall' : `groups.${of.attribute}.${of.group}`;
  return NUMBER_FIGURES.map((name) =>
    numberText(ink, name, figures?.[name] ?? null, intervals?.[name] ?? null, `numbers.${path}`),
  );
}

function gapTable(ink: Ink, numbers: NumberReview, attributes: readonly string[]): TableBlock {
  const { w } = ink;
  return {
    kind: 'table',
    caption: w.findings.numbers.gaps,
    head: [w.gapsSection.criterion, ...attributes],
    figures: true,
    rows: NUMBER_FIGURES.map((name) => [
      w.findings.numbers.figures[name],
      ...attributes.map((attribute) => {
        const value = numbers.gaps[attribute]?.[name] ?? null;
        const interval = numbers.intervals?.gaps[attribute]?.[name] ?? null;
        return numberText(ink, name, value, interval, `numbers.gaps.${attribute}`);
      }),
    ]),
  };
}

function numberText(
  ink: Ink,
  name: NumberFigure,
  value: number | null,
  interval: readonly [number, number] | null,
  path: string,
): string {
  const { w, f } = ink;
  if (value === null) return reasonText(ink, `${path}.${name}`);
  const form = (one: number): string => f.number(Number(one.toPrecision(4)));
  if (interval === null) return form(value);
  return w.bracketed(form(value), w.interval(form(interval[0]), form(interval[1])));
}
