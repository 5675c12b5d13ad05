import type { AnonymisePlan, PrivacyModel } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import { RollUp } from './classes.ts';
import { strictestDemands } from './demands.ts';
import { measureOf } from './measures.ts';
import { compileModels } from './models.ts';
import { group, type EncodedRecords, type Prepared } from './prepare.ts';
import { searchLattice } from './search.ts';
import type { Table } from '../records/table.ts';

/** What would make a plan possible; each by itself, everything else as it is. */
interface Remedies {
  /** The smallest suppression limit with which the plan could be met, rounded up. */
  readonly limit: number;
  /** The strictest demands that could be met within the limit. */
  readonly possible: readonly string[];
  /** Columns of which a further level, one value for all, would do. */
  readonly coarser: readonly string[];
  /** Those of which several would have to get such a level, where none does by itself. */
  readonly coarserTogether: readonly string[];
}

/** An unmet plan: how many records at least it would suppress, and may. */
interface Unmet {
  readonly records: EncodedRecords;
  readonly prepared: Prepared;
  readonly plan: AnonymisePlan;
  readonly population: Table | null;
  readonly needed: number;
  readonly allowed: number;
  readonly signal: AbortSignal | undefined;
}

/** Searches for remedies end after this; what they have not answered is then not named. */
const PATIENCE_MILLISECONDS = 10_000;

/**
 * What would make a plan possible that cannot be met. Every demand is tried at all levels, so that
 * what is named is the strictest there is, unless that takes longer than 10 seconds: then what is
 * named will do, but a stricter demand or another column might too. Throws CANCELLED.
 */
export async function wouldDo(unmet: Unmet): Promise<Remedies> {
  const { plan, prepared, records, needed } = unmet;
  const late = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  const canBeMet = (models: readonly PrivacyModel[], some: Prepared): Promise<boolean> =>
    isMet({ ...unmet, prepared: some }, models, late);
  const possible = await strictestDemands(plan.models, (models) => canBeMet(models, prepared));
  const open = prepared.quasi.filter(
    ({ hierarchy }) => hierarchy.level(hierarchy.height - 1).labels.length > 1,
  );
  const among = (quasi: EncodedRecords['quasi']): Promise<boolean> =>
    canBeMet(plan.models, group({ ...records, quasi }, plan, unmet.population));
  const coarser: string[] = [];
  for (const column of open) {
    // At every finer level of this column the plan is unmet already.
    if (await among(records.quasi.filter((one) => one.name !== column.name))) {
      coarser.push(column.name);
    }
  }
  const isOpen = new Set(open.map(({ name }) => name));
  // Some models hold where only some of the columns are at their further level.
  const topped = records.quasi.map((one) =>
    isOpen.has(one.name) ? { ...one, hierarchy: one.hierarchy.withTop() } : one,
  );
  const isTogether = coarser.length === 0 && open.length > 1 && (await among(topped));
  const together = isTogether ? open : [];
  return {
    limit: limitFor(needed, prepared.tupleOfRow.length),
    possible,
    coarser,
    coarserTogether: together.map(({ name }) => name),
  };
}

/** Whether any levels meet the models within what may be suppressed; false when it is late. */
async function isMet(
  { prepared, plan, allowed, signal }: Unmet,
  demanded: readonly PrivacyModel[],
  late: AbortSignal,
): Promise<boolean> {
  const { base, hierarchies, sensitive, tupleOfRow, people } = prepared;
  const models = compileModels(demanded, sensitive, tupleOfRow, base, people);
  const top = hierarchies.map(({ height }) => height - 1);
  const coarsest = models.judge(new RollUp(base, true).merge(base, top)!);
  if (coarsest.suppressed <= allowed) return true;
  // Whatever fails there fails everywhere.
  if (models.inherited) return false;
  const either = AbortSignal.any([late, ...(signal === undefined ? [] : [signal])]);
  const problem = { base, models, measure: measureOf(plan, base), allowed };
  try {
    // Any levels will do: the search is asked to stop before it begins.
    const { best } = await searchLattice(problem, { signal: either, stop: AbortSignal.abort() });
    return best !== null;
  } catch (error) {
    const isLate = error instanceof ConcordError && error.code === 'CANCELLED' && !signal?.aborted;
    if (isLate) return false;
    throw error;
  }
}

/** The least limit of four decimals that allows so many records. */
export function limitFor(needed: number, rows: number): number {
  const least = Math.ceil((needed / rows) * 10_000 - 1e-9) / 10_000;
  return Math.floor(least * rows) >= needed ? least : Math.min(1, least + 0.0001);
}
