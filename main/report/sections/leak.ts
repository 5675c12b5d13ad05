import type { DotsChart } from '../../contract/charts.ts';
import type {
  AttackedGroup,
  AttackFigures,
  AttributeAttack,
  LeakTestResult,
  MembershipAttack,
} from '../../contract/leak-test.ts';
import type { PaperBlock, PaperSection, TableBlock } from '../../contract/report.ts';
import { words } from '../../words/index.ts';
import { groupName, type Ink } from '../ink.ts';

/**
 * Attacks are measured on the very records a model learned from. What leaves is said to two figures, and
 * only where so many stand behind it that one person moves it by no more than the last of them.
 */
const FEWEST = 100;

/** What attacks on the model found; nothing where it was not attacked. */
export function leakSections(ink: Ink): PaperSection[] {
  const { leak } = ink.input;
  if (leak === undefined) return [];
  const w = words(ink.input.language).leak;
  const { membership, attribute } = leak;
  const notPrivate: PaperBlock = { kind: 'sentences', sentences: [w.notPrivate] };
  const isShown = membership !== undefined && isMany(membership);
  return [
    {
      id: 'leak',
      title: w.section,
      blocks: [
        ...promiseBlocks(ink, leak),
        ...(membership === undefined ? [] : membershipBlocks(ink, membership)),
        ...(attribute === undefined ? [] : attributeBlocks(ink, attribute)),
        { kind: 'sentences', sentences: auditSentences(ink, leak) },
        ...(isShown ? [attackTable(ink, membership), ...groupBlocks(ink, membership)] : []),
        ...(membership === undefined ? [] : [notPrivate]),
      ],
    },
  ];
}

function isMany({ members, others }: Pick<AttackedGroup, 'members' | 'others'>): boolean {
  return Math.min(members, others) >= FEWEST;
}

function promiseBlocks({ input, f }: Ink, leak: LeakTestResult): PaperBlock[] {
  const { blocks, epsilon_lower_bound: bound, canaries } = leak;
  if (!blocks || canaries === undefined) return [];
  const w = words(input.language).leak;
  const text = w.blocked(f.decimals(bound ?? 0), f.number(canaries.epsilon));
  return [{ kind: 'attention', text }];
}

/** Of 100 cases, without what comes after the point. */
function ofHundred({ f }: Ink, share: number): string {
  return f.count(100 * share);
}

function rangeText(ink: Ink, [low, high]: readonly [number, number]): string {
  return ink.w.interval(ofHundred(ink, low), ofHundred(ink, high));
}

function membershipBlocks(ink: Ink, membership: MembershipAttack): PaperBlock[] {
  const w = words(ink.input.language).leak;
  const { references, loss, ratio, control } = membership;
  const about = references === 0 ? w.aboutAlone : w.about(ink.f.count(references));
  const { auc, interval, tpr_at_fpr_0_01: found } = ratio ?? loss;
  const sentences = [about];
  if (!isMany(membership) || auc === null || interval === null) sentences.push(w.unsure);
  else {
    if (interval[0] <= 0.5) sentences.push(w.chance);
    sentences.push(w.named(ofHundred(ink, auc), rangeText(ink, interval)));
    if (found !== null) sentences.push(w.found(rateText(ink, found)));
    const apart = control?.interval;
    if (apart && (apart[0] > 0.5 || apart[1] < 0.5)) sentences.push(w.drift);
  }
  return [{ kind: 'sentences', sentences }];
}

/** A share in whole percent. */
function rateText({ input, f }: Ink, rate: number): string {
  if (rate > 0 && rate < 0.005) return words(input.language).leak.below(f.level(0.01));
  return f.level(Math.round(100 * rate) / 100);
}

function attributeBlocks(ink: Ink, { column, members, others }: AttributeAttack): PaperBlock[] {
  const w = words(ink.input.language).leak;
  const points = (gain: number): string => ink.f.count(100 * gain);
  if (members.records < FEWEST) return [];
  const [low, high] = members.interval;
  const told = w.attribute(column, ofHundred(ink, members.with), ofHundred(ink, members.without));
  if (low <= 0) return [{ kind: 'sentences', sentences: [told, w.gainNone] }];
  const range = ink.w.interval(points(low), points(high));
  const general = others.records < FEWEST ? [] : [w.gainOthers(points(others.gain))];
  const sentences = [told, w.gain(points(members.gain), range), ...general];
  return [{ kind: 'sentences', sentences }];
}

function auditSentences({ input, f }: Ink, leak: LeakTestResult): string[] {
  const w = words(input.language).leak;
  const { canaries, epsilon_lower_bound: bound, blocks, exposure } = leak;
  const sentences: string[] = [];
  if (bound === null) sentences.push(w.noPromise);
  if (canaries !== undefined && bound !== undefined && bound !== null && !blocks) {
    sentences.push(w.bound(f.decimals(bound), f.number(canaries.epsilon)));
    if (canaries.epsilon >= canaries.largest_bound)
      sentences.push(w.outOfReach(f.decimals(canaries.largest_bound)));
  }
  if (exposure !== undefined) {
    const { mean, chance, most } = exposure.words ?? exposure.labels;
    sentences.push(w.exposure(f.decimals(mean), f.decimals(chance), f.count(most)));
  }
  return sentences;
}

function attackTable(ink: Ink, { ratio, loss, control }: MembershipAttack): TableBlock {
  const w = words(ink.input.language).leak;
  const row = (name: string, figures: Partial<AttackFigures>): string[] => [
    name,
    ...figureTexts(ink, figures),
  ];
  return {
    kind: 'table',
    caption: w.table,
    head: [w.attack, w.columns.auc, w.columns.interval, w.columns.one, w.columns.tenth],
    figures: true,
    rows: [
      ...(ratio === null ? [] : [row(w.attacks.ratio, ratio)]),
      row(w.attacks.loss, loss),
      ...(control === null ? [] : [row(w.attacks.control, control)]),
    ],
  };
}

/** AUC, its interval and both rates; of what is null or not there, why. */
function figureTexts(ink: Ink, figures: Partial<AttackFigures>): string[] {
  const w = words(ink.input.language).leak;
  const { auc, interval, tpr_at_fpr_0_01: one, tpr_at_fpr_0_001: tenth } = figures;
  const shown = <T>(value: T | null | undefined, text: (value: T) => string): string => {
    if (value === undefined) return w.unmeasured;
    return value === null ? w.reasons['too-few']! : text(value);
  };
  const two = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
  const area = new Intl.NumberFormat(ink.input.language, two).format;
  return [
    shown(auc, area),
    shown(interval, ([low, high]) => ink.w.interval(area(low), area(high))),
    ...[one, tenth].map((rate) => shown(rate, (value) => rateText(ink, value))),
  ];
}

function groupBlocks(ink: Ink, { groups }: MembershipAttack): PaperBlock[] {
  const w = words(ink.input.language).leak;
  return Object.entries(groups).flatMap(([attribute, all]) => {
    const shown = Object.entries(all).filter(([, group]) => isMany(group));
    const left = Object.entries(all).filter(([, group]) => !isMany(group));
    const names = left.map(([name]) => groupName(ink, name));
    const chart = shown.length === 0 ? [] : [groupChart(ink, attribute, shown)];
    if (names.length === 0) return chart;
    return [...chart, { kind: 'sentences', sentences: [w.left(ink.f.list(names))] } as const];
  });
}

function groupChart(
  ink: Ink,
  attribute: string,
  groups: readonly (readonly [string, AttackedGroup])[],
): DotsChart {
  const w = words(ink.input.language).leak;
  const rounded = (share: number): number => Math.round(100 * share) / 100;
  return {
    kind: 'dots',
    caption: w.chart(attribute),
    nameHead: w.group,
    valueHead: w.right,
    line: { at: 0.5, label: w.coin },
    ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: ofHundred(ink, at) })),
    rows: groups.map(([name, { auc, interval }]) => ({
      name: groupName(ink, name),
      text:
        auc === null || interval === null
          ? w.reasons['too-few']!
          : ink.w.bracketed(ofHundred(ink, auc), rangeText(ink, interval)),
      at: auc === null ? null : rounded(auc),
      low: interval === null ? null : rounded(interval[0]),
      high: interval === null ? null : rounded(interval[1]),
    })),
  };
}
