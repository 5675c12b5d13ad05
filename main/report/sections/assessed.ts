import type { AnonymiseOutcome } from '../../contract/anonymise.ts';
import type { Assessment } from '../../contract/assessment.ts';
import type { PaperBlock } from '../../contract/report.ts';
import type { InkOf } from '../ink.ts';

type Inked = Pick<InkOf<'language'>, 'w' | 'f'>;

/** Pairs of columns and sets of columns that are shown at most. */
const MOST_PAIRS = 8;
const MOST_SETS = 8;

/** What protection cost in terms a user feels, and how the release stands an attack. */
export function assessedBlocks(
  ink: Inked,
  outcome: Pick<AnonymiseOutcome, 'assessment' | 'risk'> | undefined,
): PaperBlock[] {
  const given = outcome?.assessment;
  if (given === undefined) return [];
  const unique = outcome?.risk.uniqueness?.fraction ?? 1;
  return [...costBlocks(ink, given), ...attackBlocks(ink, given, unique)];
}

function costBlocks({ w, f }: Inked, given: Assessment): PaperBlock[] {
  const say = w.protectionFigures.quality;
  const { accuracy, association, change } = given;
  const figure = (value: number | null, form: (value: number) => string): string =>
    value === null ? say.none : form(value);
  const sentences = [
    ...(association.meanChange === null
      ? []
      : [say.meanChange(f.decimals(association.meanChange))]),
    accuracy === null
      ? say.noAccuracy
      : say.accuracy(
          accuracy.label,
          f.count(accuracy.rows),
          figure(accuracy.original, f.share),
          figure(accuracy.protected, f.share),
          figure(accuracy.usual, f.share),
        ),
    ...(given.sampled === undefined ? [] : [say.sampled(f.count(given.sampled))]),
  ];
  return [
    { kind: 'subheading', text: say.title },
    {
      kind: 'table',
      caption: say.change,
      head: [say.column, say.shift, say.moved],
      figures: true,
      rows: Object.entries(change).map(([name, { totalVariation, earthMover }]) => [
        name,
        figure(totalVariation, f.share),
        figure(earthMover, f.share),
      ]),
    },
    ...(association.pairs.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            caption: say.association,
            head: [say.column, w.anonymisation.before, w.anonymisation.after],
            figures: true,
            rows: association.pairs
              .slice(0, MOST_PAIRS)
              .map(({ columns, before, after }) => [
                say.pair(...columns),
                figure(before, f.decimals),
                figure(after, f.decimals),
              ]),
          },
        ]),
    { kind: 'sentences', sentences },
  ];
}

/** `unique`: the share of released records that are alone in all quasi-identifiers together. */
function attackBlocks(
  { w, f }: Inked,
  { linkage, singlingOut }: Assessment,
  unique: number,
): PaperBlock[] {
  const say = w.protectionFigures.attack;
  const { people, success, guess, certain } = linkage;
  const keyOf = (columns: readonly string[]): string => [...columns].sort().join('\n');
  const after = new Map(singlingOut.after.sets.map((set) => [keyOf(set.columns), set.unique]));
  // Sets that single out little are not told; whoever is alone by some columns is alone by all.
  const most = unique === 0 ? f.share(0) : say.atMost(f.share(unique));
  const sets = singlingOut.before.sets
    .filter((set) => set.unique > 0)
    .slice(0, MOST_SETS)
    .map((set) => {
      const left = after.get(keyOf(set.columns));
      return [f.list(set.columns), f.share(set.unique), left === undefined ? most : f.share(left)];
    });
  const chance = (value: number): string =>
    value > 0 && value < 0.001 ? f.oneIn(value) : f.share(value);
  return [
    { kind: 'subheading', text: say.title },
    ...(success === null || guess === null || certain === null
      ? []
      : [
          {
            kind: 'sentences' as const,
            sentences: [
              say.linkage(f.count(people), chance(success), chance(guess), chance(certain)),
            ],
          },
        ]),
    ...(sets.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            caption: say.singling,
            head: [say.columns, say.uniqueBefore, say.uniqueAfter],
            figures: true,
            rows: sets,
          },
        ]),
  ];
}
