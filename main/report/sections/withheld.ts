import type { PaperSection } from '../../contract/report.ts';
import {
  FIGURES,
  NUMBER_FIGURES,
  SURE_RECORDS,
  type Figure,
  type FigureReason,
} from '../../contract/review.ts';
import { sayGroups } from '../few.ts';
import { groupName, isCrossed, reasonAt, type Ink } from '../ink.ts';

interface HiddenGroup {
  readonly attribute: string;
  readonly group: string;
  /** Its records, as text. */
  readonly n: string;
  /** Figures by their names in the language. */
  readonly withheld: readonly string[];
  readonly undefined: readonly string[];
  readonly uncertain: readonly string[];
}

/** Other names of figures that are listed already, and what no score means for everyone. */
const LISTED = FIGURES.filter((name) => name !== 'precision' && name !== 'recall');
const NEEDS_SCORE: ReadonlySet<Figure> = new Set([
  'auc',
  'loss',
  'brier',
  'calibration_in_the_large',
  'ece',
] as const);

function listedFigures({ input }: Ink): readonly Figure[] {
  const { score } = input.review.asked;
  return LISTED.filter((name) => score !== null || !NEEDS_SCORE.has(name));
}

/** Figures a group can have, by name, with the path of each. */
function figuresOf(ink: Ink, attribute: string, group: string) {
  const { input, w } = ink;
  const { groups, numbers } = input.review;
  const at = `groups.${attribute}.${group}`;
  return numbers === undefined
    ? listedFigures(ink).map((name) => ({
        name: w.figures[name],
        path: `${at}.${name}`,
        value: groups[attribute]?.[group]?.[name] ?? null,
      }))
    : NUMBER_FIGURES.map((name) => ({
        name: w.findings.numbers.figures[name],
        path: `numbers.${at}.${name}`,
        value: numbers.groups[attribute]?.[group]?.[name] ?? null,
      }));
}

/** Groups of which some figure is not shown. */
export function hiddenGroups(ink: Ink): readonly HiddenGroup[] {
  return listedGroups(ink).filter(
    ({ withheld, undefined: without }) => withheld.length + without.length > 0,
  );
}

/** Groups of which some figure is not shown, or shown as uncertain. */
function listedGroups(ink: Ink): readonly HiddenGroup[] {
  const { groups, uncertain } = ink.input.review;
  const unsure = new Set(uncertain);
  return Object.entries(groups).flatMap(([attribute, members]) => {
    const sizes = sayGroups(ink, attribute, isCrossed(ink, attribute));
    return Object.keys(members).flatMap((group) => {
      const figures = figuresOf(ink, attribute, group);
      const hidden = figures.filter(({ value }) => value === null);
      const shaky = figures.filter(({ value, path }) => value !== null && unsure.has(path));
      if (hidden.length + shaky.length === 0) return [];
      const of = (reason: FigureReason): string[] =>
        hidden.filter(({ path }) => reasonAt(ink, path) === reason).map(({ name }) => name);
      return [
        {
          attribute,
          group,
          n: sizes.get(group) ?? ink.w.withheld,
          ...{ withheld: of('withheld'), undefined: of('undefined') },
          uncertain: shaky.map(({ name }) => name),
        },
      ];
    });
  });
}

/** Every group with a figure that is not shown, by name and with the reason. */
export function withheldSection(ink: Ink): PaperSection {
  const { input, w, f } = ink;
  const hidden = listedGroups(ink);
  const words = w.withheldSection;
  const all = input.review.numbers ? NUMBER_FIGURES.length : listedFigures(ink).length;
  const names = (figures: readonly string[]): string =>
    figures.length === all ? words.all : f.list(figures);
  const isUnsure = hidden.some(({ uncertain }) => uncertain.length > 0);
  return {
    id: 'withheld',
    title: w.sections.withheld,
    blocks:
      hidden.length === 0
        ? [{ kind: 'sentences', sentences: [words.none] }]
        : [
            {
              kind: 'table',
              caption: words.caption,
              head: [
                w.groups.group,
                words.attribute,
                w.figures.n,
                words.few(f.count(input.review.asked.min_denominator)),
                words.nothing,
                ...(isUnsure ? [w.findings.uncertainHead(f.count(SURE_RECORDS))] : []),
              ],
              figures: false,
              rows: hidden.map((group) => [
                groupName(ink, group.group),
                group.attribute,
                group.n,
                names(group.withheld),
                names(group.undefined),
                ...(isUnsure ? [names(group.uncertain)] : []),
              ]),
            },
          ],
  };
}
