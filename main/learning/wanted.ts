import { ConcordError } from '../contract/errors.ts';
import type { Phase } from '../contract/privacy.ts';
import {
  STATISTICS_SHARE,
  type PrivacyStatement,
  type TrainPlan,
  type WantedStatistic,
} from '../contract/train.ts';
import { priceStatistics, type Need } from '../privacy/statistics/planner.ts';
import type { Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { featureColumns, readsVectors, statedFeature, textColumns } from './features.ts';
import { lacksLabelFacts, statedTarget } from './target.ts';
import { vocabularySource } from './text/words.ts';

/**
 * What a private plan leaves open and must buy, from the plan and the header alone: the values of
 * the label, the facts of each column, the fills, the words of texts or the mean of
 * their vectors, how large the groups of a mitigation are. Throws the errors of `featureColumns` and of
 * `statedFeature`, COLUMN_NOT_NUMERIC for the median of categories, PLAN_INVALID where a column is
 * said to be two things, and PUBLIC_FACTS_MISSING {missing} where the plan buys nothing (share 0).
 */
export function wantedStatistics(table: Table, plan: TrainPlan): readonly WantedStatistic[] {
  const columns = featureColumns(table, plan);
  requireOneKind(table, plan);
  const { fill = {} } = plan;
  for (const name of Object.keys(fill)) columnNamed(table, name);
  const wanted: WantedStatistic[] = [];
  if (lacksLabelFacts(plan)) {
    const kind = statedTarget(plan) === 'number' ? 'bounds' : 'labels';
    wanted.push({ column: plan.label, kind });
  }
  const fills: WantedStatistic[] = [];
  for (const column of columns) {
    const how = Object.hasOwn(fill, column.name) ? fill[column.name] : undefined;
    const stated = statedFeature(column, plan);
    const kind = stated === null ? openKind(column.name, plan, how) : null;
    if (kind !== null) wanted.push({ column: column.name, kind });
    if (how === undefined) continue;
    if (how === 'median' && (stated?.kind === 'category' || kind === 'categories')) {
      throw new ConcordError('COLUMN_NOT_NUMERIC', { column: column.name, row: 1 });
    }
    fills.push({ column: column.name, kind: how });
  }
  if (vocabularySource(plan) === 'bought') {
    wanted.push({ column: textColumns(plan).join(' + '), kind: 'vocabulary' });
  }
  // A head does without a centre as well, only less exactly: who buys nothing is not refused.
  if (readsVectors(plan) && shareOf(plan) > 0) {
    wanted.push({ column: textColumns(plan).join(' + '), kind: 'centre' });
  }
  const { mitigation } = plan;
  if (mitigation?.method === 'reweighing' || mitigation?.method === 'constrained') {
    columnNamed(table, mitigation.groups);
    wanted.push({ column: mitigation.groups, kind: 'groups' });
  }
  const all = [...wanted, ...fills];
  if (all.length > 0 && shareOf(plan) === 0) {
    const missing = all.map(nameOf);
    throw new ConcordError('PUBLIC_FACTS_MISSING', { missing });
  }
  return all;
}

/** A wanted statistic as errors name it. */
export function nameOf({ column, kind }: WantedStatistic): string {
  return `${column}: ${kind === 'either' ? 'bounds or categories' : kind}`;
}

/** Who asks for a median says that the column holds numbers. */
function openKind(
  column: string,
  { statistics }: TrainPlan,
  fill: 'median' | 'mode' | undefined,
): WantedStatistic['kind'] {
  if (statistics?.categories.includes(column) === true) return 'categories';
  return fill === 'median' || statistics?.bounds.includes(column) === true ? 'bounds' : 'either';
}

function requireOneKind(table: Table, { statistics }: TrainPlan): void {
  if (statistics === undefined) return;
  for (const name of [...statistics.bounds, ...statistics.categories]) columnNamed(table, name);
  const both = statistics.bounds.find((name) => statistics.categories.includes(name));
  if (both === undefined) return;
  throw new ConcordError('PLAN_INVALID', {
    path: `statistics.bounds.${both}`,
    expected: 'a column has either bounds or categories, not both',
  });
}

export function shareOf({ statistics }: Pick<TrainPlan, 'statistics'>): number {
  return statistics?.share ?? STATISTICS_SHARE;
}

/** How each is bought. The values of a label are frequent: they need far less. */
const NEEDS: Readonly<Record<WantedStatistic['kind'], Need>> = {
  labels: { mechanism: 'discrete_gaussian', steps: 1, weight: 2, mayFail: true },
  bounds: { mechanism: 'discrete_gaussian', steps: 2, weight: 1, mayFail: false },
  categories: { mechanism: 'discrete_gaussian', steps: 1, weight: 1, mayFail: true },
  either: { mechanism: 'discrete_gaussian', steps: 2, weight: 1, mayFail: true },
  median: { mechanism: 'exponential', steps: 1, weight: 1, mayFail: false },
  mode: { mechanism: 'discrete_gaussian', steps: 1, weight: 1, mayFail: true },
  vocabulary: { mechanism: 'gaussian', steps: 1, weight: 1, mayFail: true },
  centre: { mechanism: 'gaussian', steps: 1, weight: 1, mayFail: false },
  groups: { mechanism: 'discrete_gaussian', steps: 1, weight: 1, mayFail: true },
};

/** The phase of each wanted statistic, in the same order, and what all cost by themselves. */
export function priceWanted(
  wanted: readonly WantedStatistic[],
  plan: TrainPlan,
  { epsilon, delta }: NonNullable<TrainPlan['privacy']>,
): { readonly phases: readonly Phase[]; readonly epsilon: number } {
  const needs = wanted.map(({ kind }) => NEEDS[kind]);
  const { accountant } = plan;
  const contributions = plan.unit?.maxRows;
  return priceStatistics(needs, {
    ...{ epsilon, delta, share: shareOf(plan), accountant },
    contributions,
  });
}

/** The steps that are charged before the first step of training. */
export function statisticsSteps({ phases, statistics }: PrivacyStatement): number {
  const bought = statistics?.wanted.length ?? 0;
  return phases.slice(0, bought).reduce((sum, { steps }) => sum + steps, 0);
}
