import type { DotsChart } from '../../contract/charts.ts';
import { CRITERIA, type TriedModel } from '../../contract/mitigation.ts';
import type { PaperBlock, PaperSection, ReportInput, TableBlock } from '../../contract/report.ts';
import { words, type Words } from '../../words/index.ts';
import { isFew, sayCount } from '../few.ts';
import { groupName, named, type Ink } from '../ink.ts';

type Figure = TriedModel['accuracy'];
type Told = NonNullable<ReportInput['mitigation']>;

/** What was tried against gaps between groups, before and after; none where nothing was. */
export function mitigationSections(ink: Ink): PaperSection[] {
  const { mitigation: found } = ink.input;
  if (found === undefined) return [];
  const m = words(ink.input.language).mitigation;
  const told = withoutFew(found);
  const blocks: PaperBlock[] = [
    { kind: 'sentences', sentences: about(ink, m, told) },
    { kind: 'list', items: told.tries.filter(isMade).map((one) => lineOf(ink, m, one, told)) },
    ...(told.tries.length > 1 ? [beforeAndAfter(ink, m, told)] : []),
    ...charts(ink, m, told),
    groupTable(ink, m, told),
    { kind: 'list', items: notes(ink, m, told) },
  ];
  return [{ id: 'mitigation', title: m.section, blocks }];
}

const isMade = ({ refused }: TriedModel): boolean => refused === null;

function nameOf(m: Words['mitigation'], { method }: Pick<TriedModel, 'method'>): string {
  return method === 'none' ? m.none : m.methods[method];
}

/** No gap in which a group of 1 to 10 records stands, nor a figure of such a group. */
function withoutFew(found: Told): Told {
  const none = { value: null, interval: null };
  return {
    ...found,
    tries: found.tries.map((one) => {
      const groups = one.groups.filter(({ n }) => !isFew(n));
      if (groups.length === one.groups.length) return one;
      const gaps = Object.fromEntries(CRITERIA.map((criterion) => [criterion, none]));
      return { ...one, groups, gaps: gaps as TriedModel['gaps'] };
    }),
  };
}

function about(ink: Ink, m: Words['mitigation'], found: Told): string[] {
  const { f } = ink;
  const count = f.count(found.tries.length - 1);
  return [
    m.tried(found.groups, count, sayCount(ink, found.tested)),
    m.aim(m.criteria[found.criterion], f.size(found.bound)),
    m.notDropping(found.groups),
    ...(found.reported === undefined
      ? []
      : [m.reported(found.reported === 'none' ? m.none : m.methods[found.reported])]),
  ];
}

function lineOf(
  ink: Ink,
  m: Words['mitigation'],
  one: TriedModel,
  { tries: [before] }: Told,
): string {
  const { f } = ink;
  const [now, then] = [one.accuracy.value, before?.accuracy.value ?? null];
  if (now === null || then === null || before === undefined) return nameOf(m, one);
  const isFirst = one.method === 'none';
  const gaps = (['demographic-parity', 'equalised-odds'] as const).map((criterion) => {
    const after = gapText(ink, one.gaps[criterion]);
    return isFirst
      ? m.firstGap(m.criteria[criterion], after)
      : m.lineGap(m.criteria[criterion], after, gapText(ink, before.gaps[criterion]));
  });
  const right = isFirst
    ? m.first(f.share(now))
    : m.line(nameOf(m, one), f.share(now), f.points(now - then));
  return [right, ...gaps].join(m.between);
}

function gapText({ w, f }: Ink, { value }: Figure): string {
  return value === null ? w.withheld : f.share(value);
}

function withInterval(ink: Ink, figure: Figure): string {
  const { w, f } = ink;
  if (figure.value === null || figure.interval === null) return gapText(ink, figure);
  const [low, high] = figure.interval;
  return w.bracketed(f.share(figure.value), w.interval(f.share(low), f.share(high)));
}

function beforeAndAfter(ink: Ink, m: Words['mitigation'], { tries }: Told): TableBlock {
  return {
    kind: 'table',
    caption: m.table,
    head: [m.model, m.accuracy, ...CRITERIA.map((criterion) => m.criteria[criterion])],
    figures: true,
    rows: tries
      .filter(isMade)
      .map((one) => [
        nameOf(m, one),
        withInterval(ink, one.accuracy),
        ...CRITERIA.map((criterion) => withInterval(ink, one.gaps[criterion])),
      ]),
  };
}

/** Ends of the axis: gaps are seldom large. */
const ENDS = [0.1, 0.2, 0.4, 1];

function charts(ink: Ink, m: Words['mitigation'], { tries, bound }: Told): DotsChart[] {
  const { f } = ink;
  return (['demographic-parity', 'equalised-odds'] as const).map((criterion) => {
    const made = tries.filter(isMade).map((one) => ({ one, figure: one.gaps[criterion] }));
    const largest = Math.max(
      bound,
      ...made.map(({ figure }) => figure.interval?.[1] ?? figure.value ?? 0),
    );
    const end = ENDS.find((at) => at >= largest) ?? 1;
    const placed = (value: number | null): number | null => value && value / end;
    return {
      kind: 'dots',
      caption: m.chart(m.criteria[criterion]),
      nameHead: m.model,
      valueHead: m.gap,
      line: { at: bound / end, label: m.boundLine(f.share(bound)) },
      ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: f.level(at * end) })),
      rows: made.map(({ one, figure }) => ({
        ...{ name: nameOf(m, one), text: withInterval(ink, figure), at: placed(figure.value) },
        low: placed(figure.interval?.[0] ?? null),
        high: placed(figure.interval?.[1] ?? null),
      })),
    };
  });
}

function groupTable(ink: Ink, m: Words['mitigation'], found: Told): TableBlock {
  const { f } = ink;
  const share = (value: number | null): string => gapText(ink, { value, interval: null });
  return {
    kind: 'table',
    caption: m.groupTable(found.groups),
    head: [m.model, m.group, m.selected, m.found, m.falsely, m.bias],
    figures: false,
    rows: found.tries
      .filter(isMade)
      .flatMap((one) =>
        one.groups.map((group) => [
          nameOf(m, one),
          groupName(ink, group.name),
          share(group.selection_rate),
          share(group.tpr),
          share(group.fpr),
          group.calibration_in_the_large === null
            ? ink.w.withheld
            : f.points(group.calibration_in_the_large),
        ]),
      ),
  };
}

function notes(ink: Ink, m: Words['mitigation'], { tries, criterion, bound }: Told) {
  const { f } = ink;
  const needsGroup = tries.some(
    (one) => isMade(one) && (one.method === 'thresholds' || one.method === 'calibration'),
  );
  return [
    ...tries.flatMap((one) => {
      const method = nameOf(m, one);
      const { fit, refused, paid } = one;
      if (refused !== null) {
        const known = Object.hasOwn(m.refusals, refused);
        return [m.refusedLine(method, known ? named(m.refusals, refused) : m.refusedElse)];
      }
      const gap = one.gaps[criterion].value;
      const { gap: left = null, lottery_gap: best = null } = fit ?? {};
      return [
        ...(one.method === 'constrained' && gap !== null
          ? [gap <= bound ? m.kept(method) : m.unkept(method, f.share(gap))]
          : []),
        ...(one.method === 'thresholds' && left !== null && best !== null
          ? [m.lottery(f.share(left), f.share(best))]
          : []),
        ...(fit !== null && fit.too_few.length > 0
          ? [m.tooFew(method, f.list(fit.too_few.map((name) => `“${groupName(ink, name)}”`)))]
          : []),
        ...(paid === null ? [] : [m.paid(method, f.number(paid.epsilon))]),
      ];
    }),
    ...(needsGroup ? [m.needsGroup] : []),
    ...(tries.some(({ paid }) => paid !== null) ? [m.spread] : []),
  ];
}
