import type { AnonymiseOutcome } from '../../contract/anonymise.ts';
import type { PaperBlock, ReportInput } from '../../contract/report.ts';
import type { InkOf } from '../ink.ts';

type Inked = Pick<InkOf<'language'>, 'w' | 'f'>;
type Plan = NonNullable<ReportInput['anonymisation']>['plan'];

/** How far each column went: by levels, by the levels of each round, or by ranges of parts. */
export function levelBlocks(ink: Inked, outcome: AnonymiseOutcome, plan: Plan): PaperBlock[] {
  const { w, f } = ink;
  const say = w.protectionFigures;
  const { partition, localRecoding } = outcome;
  if (partition !== undefined) {
    const sentence = say.parts[partition.kind](f.count(partition.parts));
    return [{ kind: 'sentences', sentences: [sentence] }];
  }
  const levels: PaperBlock[] = [
    { kind: 'subheading', text: w.anonymisation.levels },
    {
      kind: 'facts',
      facts: Object.entries(outcome.levels).map(([name, level]) => ({
        name,
        value: w.anonymisation.level(f.count(level)),
      })),
    },
  ];
  if (localRecoding === undefined || localRecoding.steps.length === 0) return levels;
  const rounds = [
    {
      levels: outcome.levels,
      records: outcome.rows - localRecoding.suppressedBefore,
      score: localRecoding.firstScore,
    },
    ...localRecoding.steps,
  ];
  const asked = plan?.localRecoding;
  const limit =
    asked === undefined
      ? []
      : 'rounds' in asked
        ? [say.roundLimit.rounds(f.count(asked.rounds))]
        : [say.roundLimit.fraction(f.level(asked.recordsFraction))];
  return [
    { kind: 'subheading', text: say.rounds },
    { kind: 'sentences', sentences: [say.roundsText, ...limit] },
    {
      kind: 'table',
      caption: w.anonymisation.levels,
      head: [say.round, say.roundRecords, say.roundScore, say.roundLevels],
      figures: false,
      rows: rounds.map((round, at) => [
        f.count(at + 1),
        f.count(round.records),
        round.score === null ? w.undefined : f.number(round.score),
        f.list(
          Object.entries(round.levels).map(([name, level]) =>
            say.columnLevel(name, f.count(level)),
          ),
        ),
      ]),
    },
  ];
}
