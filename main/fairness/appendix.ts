import type { AttributeAppendix, ReviewAppendix, ReviewOptions } from '../contract/review.ts';
import type { ScoreDraws } from './draws.ts';
import type { Grouping, Reference } from './groups.ts';
import type { Measurement } from './metrics.ts';
import { percentiles } from './quantiles.ts';
import { reasonOf, type WithholdRule } from './withhold.ts';

/** One attribute as the appendix takes it. */
export interface AppendixGroups {
  readonly grouping: Grouping;
  readonly measured: readonly Measurement[];
  readonly reference: Reference | null;
  /** Drawn anew, for the interval of the calibration gap; null where no intervals are asked for. */
  readonly scores: ScoreDraws | null;
}

/**
 * Indices that need more explaining than a gap between two rates. Benefit of a person: 1, one more if
 * the decision is the favourable one, one less if the truth is. Undefined where the mean benefit is 0.
 * Sources: generalised entropy (alpha 2) and Theil index (alpha 1) of benefits: Speicher et al. 2018,
 * KDD, 2239-2248, sections 3.2 and 3.4; differential fairness, smoothed by a Dirichlet prior of
 * concentration 1: Foulds et al. 2020, ICDE, 1918-1921; average odds: Bellamy et al. 2019.
 */
export function appendixOf(
  overall: Measurement,
  all: readonly AppendixGroups[],
  { favourable, intervals }: Pick<ReviewOptions, 'favourable' | 'intervals'>,
  rule: WithholdRule,
): ReviewAppendix {
  const isShown = reasonOf('accuracy', overall.figures.accuracy, rule) === null;
  const benefits = isShown ? benefitsOf(overall, favourable) : [];
  return {
    favourable,
    generalized_entropy: entropy(benefits),
    theil: theil(benefits),
    attributes: Object.fromEntries(
      all.map((one) => [
        one.grouping.attribute,
        attributeAppendix(one, isShown, favourable, intervals, rule),
      ]),
    ),
  };
}

/** How many people have which benefit. */
interface Benefit {
  readonly people: number;
  readonly benefit: number;
}

function benefitsOf(
  { counts: { tp, fp, tn, fn } }: Measurement,
  favourable: ReviewOptions['favourable'],
): Benefit[] {
  const [more, less] = favourable === 'positive' ? [fp, fn] : [fn, fp];
  return [
    { people: more, benefit: 2 },
    { people: tp + tn, benefit: 1 },
    { people: less, benefit: 0 },
  ];
}

function meanOf(benefits: readonly Benefit[]): readonly [people: number, mean: number] {
  const people = benefits.reduce((sum, one) => sum + one.people, 0);
  const sum = benefits.reduce((all, one) => all + one.people * one.benefit, 0);
  return [people, sum / people];
}

function indexOf(benefits: readonly Benefit[], term: (relative: number) => number): number | null {
  const [people, mean] = meanOf(benefits);
  if (!(mean > 0)) return null;
  const of = ({ people: some, benefit }: Benefit): number =>
    some === 0 ? 0 : some * term(benefit / mean);
  return benefits.reduce((sum, one) => sum + of(one), 0) / people;
}

const entropy = (benefits: readonly Benefit[]): number | null =>
  indexOf(benefits, (relative) => (relative ** 2 - 1) / 2);
const theil = (benefits: readonly Benefit[]): number | null =>
  indexOf(benefits, (relative) => (relative === 0 ? 0 : relative * Math.log(relative)));

function attributeAppendix(
  { grouping, measured, reference, scores }: AppendixGroups,
  isShown: boolean,
  favourable: ReviewOptions['favourable'],
  level: number | undefined,
  rule: WithholdRule,
): AttributeAppendix {
  const { names } = grouping;
  const large = (at: number): boolean =>
    reasonOf('selection_rate', measured[at]!.figures.selection_rate, rule) === null;
  const kept = [...names.keys()].filter(large);
  const enough = isShown && kept.length > 1;
  const groups = kept.map((at) => {
    const [people, benefit] = meanOf(benefitsOf(measured[at]!, favourable));
    return { people, benefit };
  });
  const gap = (name: 'tpr' | 'fpr' | 'calibration_in_the_large'): number | null => {
    const values = measured
      .filter(({ figures }) => reasonOf(name, figures[name], rule) === null)
      .map(({ figures }) => figures[name].value ?? NaN);
    return values.length < 2 ? null : Math.max(...values) - Math.min(...values);
  };
  const [tpr, fpr, calibration] = [gap('tpr'), gap('fpr'), gap('calibration_in_the_large')];
  const base = reference === null ? -1 : names.indexOf(reference.group);
  return {
    average_odds_gap: tpr === null || fpr === null ? null : (tpr + fpr) / 2,
    calibration_gap: calibration,
    ...(level === undefined || scores === null || calibration === null
      ? {}
      : { calibration_gap_interval: calibrationInterval(measured, scores, level, rule) }),
    between_generalized_entropy: enough ? entropy(groups) : null,
    between_theil: enough ? theil(groups) : null,
    differential_fairness: enough ? differentialFairness(kept.map((at) => measured[at]!)) : null,
    average_odds: Object.fromEntries(
      [...names.keys()]
        .filter((at) => at !== base && base >= 0)
        .map((at) => [names[at]!, averageOdds(measured[at]!, measured[base]!, rule)]),
    ),
    left_out: names.filter((_, at) => !kept.includes(at)),
  };
}

function averageOdds(group: Measurement, base: Measurement, rule: WithholdRule) {
  const difference = (rate: 'tpr' | 'fpr'): number => {
    const known = [group, base].every(
      ({ figures }) => reasonOf(rate, figures[rate], rule) === null,
    );
    return known ? (group.figures[rate].value ?? NaN) - (base.figures[rate].value ?? NaN) : NaN;
  };
  const [tpr, fpr] = [difference('tpr'), difference('fpr')];
  if (Number.isNaN(tpr + fpr)) return { signed: null, absolute: null };
  return { signed: (fpr + tpr) / 2, absolute: (Math.abs(fpr) + Math.abs(tpr)) / 2 };
}

function differentialFairness(groups: readonly Measurement[]): number {
  const logs = groups.map(({ shares: { selection_rate: share } }) => {
    const smoothed = (count: number): number => Math.log((count + 0.5) / (share.total + 1));
    return [smoothed(share.count), smoothed(share.total - share.count)] as const;
  });
  const reachOf = (outcome: 0 | 1): number => {
    const values = logs.map((both) => both[outcome]);
    return Math.max(...values) - Math.min(...values);
  };
  return Math.max(reachOf(0), reachOf(1));
}

/** Only where all groups of the gap have been drawn. */
function calibrationInterval(
  measured: readonly Measurement[],
  { bias }: ScoreDraws,
  level: number,
  rule: WithholdRule,
): [number, number] | null {
  const groups = measured.length;
  const shown = [...measured.keys()].filter((at) => {
    const { figures } = measured[at]!;
    const name = 'calibration_in_the_large';
    return reasonOf(name, figures[name], rule) === null;
  });
  const gaps = new Float64Array(bias.length / groups);
  for (const draw of gaps.keys()) {
    const values = shown.map((at) => bias[draw * groups + at]!);
    gaps[draw] = Math.max(...values) - Math.min(...values);
  }
  const interval = percentiles(gaps, level);
  return interval && [interval[0], interval[1]];
}
