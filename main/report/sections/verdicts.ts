import type { PaperBlock, PaperSection, TableBlock } from '../../contract/report.ts';
import type { Finding, ReviewFindings, Verdict } from '../../contract/review.ts';
import { groupName, isCrossed, type Ink } from '../ink.ts';

/** Sentences of one verdict: more than these nobody reads, and the table holds all. */
const MOST_SENTENCES = 12;
const SIGNIFICANT = 0.05;
const LEAST_P = 0.001;
/** In a cell for which there is no figure: an empty one could be a lost one. */
const NONE = '–';

/** What the differences between groups amount to, in sentences; the table of all stands with the gaps. */
export function verdictSections(ink: Ink): PaperSection[] {
  const { findings } = ink.input.review;
  if (findings === undefined || findings.statements === 0) return [];
  return [
    {
      id: 'verdicts',
      title: ink.w.findings.title,
      blocks: [
        { kind: 'sentences', sentences: [...marginSentences(ink), ...verdictCounts(ink)] },
        ...listed(ink, findings, 'beyond'),
        ...listed(ink, findings, 'undecided'),
        ...notEstimable(ink, findings),
        ...listed(ink, findings, 'within'),
      ],
    },
  ];
}

/** Every comparison of the family, and how it was made. */
export function verdictBlocks(ink: Ink): PaperBlock[] {
  const { findings } = ink.input.review;
  if (findings === undefined || findings.statements === 0) return [];
  const sentences = [methods(ink, findings), ...randomness(ink)];
  return [verdictTable(ink, findings), { kind: 'sentences', sentences }];
}

function marginSentences({ input, w, f }: Ink): string[] {
  const margins = input.review.findings?.margins;
  if (margins === undefined) return [];
  const { difference, ratio, reason } = margins;
  const said = w.findings.margins(f.size(difference), f.number(ratio));
  return reason === null ? [said] : [said, w.findings.marginsReason(reason)];
}

/** How many comparisons have which verdict; nothing where the review made none. */
export function verdictCounts({ input, w, f }: Ink): string[] {
  const { findings } = input.review;
  if (findings === undefined || findings.statements === 0) return [];
  const { statements, found, not_estimable: none } = findings;
  const of = (verdict: Verdict): string =>
    f.count(found.filter((one) => one.verdict === verdict).length);
  const counts = [of('beyond'), of('within'), of('undecided')] as const;
  return [w.findings.counts(f.count(statements), ...counts, f.count(none.length))];
}

/** By single columns first, the largest differences first. */
function ordered(ink: Ink, found: readonly Finding[]): Finding[] {
  const size = ({ measure, value }: Finding): number =>
    Math.abs(measure === 'ratio' ? Math.log(value) : value);
  const depth = ({ attribute }: Finding): number => Number(isCrossed(ink, attribute));
  return found.toSorted((a, b) => depth(a) - depth(b) || size(b) - size(a));
}

function listed(ink: Ink, { found }: ReviewFindings, verdict: Verdict): PaperBlock[] {
  const all = ordered(
    ink,
    found.filter((one) => one.verdict === verdict),
  );
  return sentenceList(
    ink,
    ink.w.findings.verdicts[verdict],
    all.map((one) => sentenceOf(ink, one)),
  );
}

function sentenceList({ w, f }: Ink, title: string, sentences: readonly string[]): PaperBlock[] {
  if (sentences.length === 0) return [];
  const items = sentences.slice(0, MOST_SENTENCES);
  const rest = sentences.length - items.length;
  if (rest > 0) items.push(w.findings.others(f.count(rest)));
  return [
    { kind: 'subheading', text: title },
    { kind: 'list', items },
  ];
}

function sentenceOf(ink: Ink, finding: Finding): string {
  const { w, f } = ink;
  const { attribute, rate, measure, value, verdict, more } = finding;
  const [group, reference] = [groupName(ink, finding.group), groupName(ink, finding.reference)];
  const interval = intervalOf(ink, finding);
  const said =
    measure === 'ratio'
      ? w.findings.ratio(attribute, group, reference, f.decimals(value), interval)
      : w.findings.difference(
          ...([attribute, group, reference, rate] as const),
          ...([f.size(value), value > 0, interval] as const),
        );
  if (verdict !== 'undecided') return said;
  return more === null
    ? w.findings.notAlone(said, group)
    : w.findings.more(said, f.count(more), group);
}

function intervalOf({ w, f }: Ink, { measure, interval }: Finding): string {
  const form = measure === 'ratio' ? f.decimals : f.points;
  return w.interval(form(interval[0]), form(interval[1]));
}

function notEstimable(ink: Ink, { not_estimable: none }: ReviewFindings): PaperBlock[] {
  const { w } = ink;
  const sentences = none.map(({ attribute, group, rate, measure, reason }) =>
    w.findings.notEstimable(
      attribute,
      groupName(ink, group),
      measure === 'ratio' ? w.groups.ratio(w.figures[rate]) : w.figures[rate],
      reason === 'withheld' ? w.withheld : w.undefined,
    ),
  );
  return sentenceList(ink, w.findings.noneEstimable, sentences);
}

function verdictTable(ink: Ink, { found, not_estimable: none }: ReviewFindings): TableBlock {
  const { w, f } = ink;
  const names = w.figures;
  const p = (value: number | null): string => {
    if (value === null) return NONE;
    return value < LEAST_P ? w.findings.small(f.decimals(LEAST_P)) : f.decimals(value);
  };
  const head = (one: Pick<Finding, 'attribute' | 'group' | 'reference' | 'rate' | 'measure'>) => [
    w.bracketed(groupName(ink, one.group), one.attribute),
    groupName(ink, one.reference),
    one.measure === 'ratio' ? w.groups.ratio(names[one.rate]) : names[one.rate],
  ];
  return {
    kind: 'table',
    caption: w.findings.caption,
    head: [
      w.groups.group,
      w.findings.reference,
      w.findings.compared,
      w.findings.value,
      w.findings.verdict,
      w.findings.holm,
      w.findings.bh,
      w.findings.evidence,
    ],
    figures: false,
    rows: [
      ...found.map((one) => [
        ...head(one),
        w.bracketed(
          one.measure === 'ratio' ? f.decimals(one.value) : f.points(one.value),
          intervalOf(ink, one),
        ),
        w.findings.verdicts[one.verdict],
        p(one.holm),
        p(one.bh),
        evidence(ink, one),
      ]),
      ...none.map((one) => [
        ...head(one),
        one.reason === 'withheld' ? w.withheld : w.undefined,
        w.findings.noneEstimable,
        ...[NONE, NONE, NONE],
      ]),
    ],
  };
}

function evidence({ w }: Ink, { holm, bh }: Finding): string {
  if (holm === null || bh === null) return NONE;
  if (holm < SIGNIFICANT) return w.findings.shown;
  return bh < SIGNIFICANT ? w.findings.look : w.findings.neither;
}

function methods({ w, f }: Ink, { level, statements, tests }: ReviewFindings): string {
  return w.findings.methods(f.level(level), f.count(statements), f.count(tests));
}

/** What was drawn by lot, from which seed. */
export function randomness({ input, w, f }: Pick<Ink, 'input' | 'w' | 'f'>): string[] {
  const { randomness: drawn } = input.review;
  if (drawn === undefined) return [];
  const seed = String(drawn.seed);
  return [
    drawn.persons === null
      ? w.findings.drawn(f.count(drawn.draws), seed)
      : w.findings.drawnPersons(f.count(drawn.draws), f.count(drawn.persons), seed),
  ];
}
