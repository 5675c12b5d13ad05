import type { PaperSection } from '../../contract/report.ts';
import { FIGURES, type Figure } from '../../contract/review.ts';
import { sayGroups } from '../few.ts';
import { groupName, isCrossed, reasonAt, type Ink } from '../ink.ts';

interface HiddenGroup {
  readonly attribute: string;
  readonly group: string;
  /** Its records, as text. */
  readonly n: string;
  readonly withheld: readonly Figure[];
  readonly undefined: readonly Figure[];
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

/** Groups of which some figure is not shown. */
export function hiddenGroups(ink: Ink): readonly HiddenGroup[] {
  const { groups } = ink.input.review;
  const listed = listedFigures(ink);
  return Object.entries(groups).flatMap(([attribute, members]) => {
    const sizes = sayGroups(ink, attribute, isCrossed(ink, attribute));
    return Object.entries(members).flatMap(([group, figures]) => {
      const hidden = listed.filter((name) => figures[name] === null);
      if (hidden.length === 0) return [];
      const why = (name: Figure) => reasonAt(ink, `groups.${attribute}.${group}.${name}`);
      return [
        {
          attribute,
          group,
          n: sizes.get(group) ?? ink.w.withheld,
          withheld: hidden.filter((name) => why(name) === 'withheld'),
          undefined: hidden.filter((name) => why(name) === 'undefined'),
        },
      ];
    });
  });
}

/** Every group with a figure that is not shown, by name and with the reason. */
export function withheldSection(ink: Ink): PaperSection {
  const { input, w, f } = ink;
  const hidden = hiddenGroups(ink);
  const words = w.withheldSection;
  const names = (figures: readonly Figure[]): string =>
    figures.length === listedFigures(ink).length
      ? words.all
      : f.list(figures.map((name) => w.figures[name]));
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
              ],
              figures: false,
              rows: hidden.map((group) => [
                groupName(ink, group.group),
                group.attribute,
                group.n,
                names(group.withheld),
                names(group.undefined),
              ]),
            },
          ],
  };
}
