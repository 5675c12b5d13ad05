import {
  LEVELS,
  PLAIN_SETTINGS,
  type BoostingSettings,
} from '../main/learning/boosting/settings.ts';
import { splitRows, type Split } from '../main/learning/split.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { columnOf } from '../main/records/shape.ts';
import type { Table } from '../main/records/table.ts';
import { officialAdult, planNamed } from './adult-plans.ts';
import { crossValidated, FOLDS, foldsOf, type Figures } from './boosting.ts';
import { readSet, TABLE_SETS } from './table-sets.ts';

const pairsOn = (pairs: Partial<BoostingSettings['pairs']>): BoostingSettings => ({
  ...PLAIN_SETTINGS,
  pairs: { ...PLAIN_SETTINGS.pairs, ...pairs },
});

/** One change at a time. */
const TRIED: Readonly<Record<string, BoostingSettings>> = {
  usual: PLAIN_SETTINGS,
  'bins of the middle level': { ...PLAIN_SETTINGS, fineness: LEVELS[1]!.settings.fineness },
  'sample part 1': { ...PLAIN_SETTINGS, samplePart: 1 },
  'sample part 0.5': { ...PLAIN_SETTINGS, samplePart: 0.5 },
  'sample part 0.35': { ...PLAIN_SETTINGS, samplePart: 0.35 },
  'cycles 20': { ...PLAIN_SETTINGS, cycles: 20 },
  'cycles 5': { ...PLAIN_SETTINGS, cycles: 5 },
  'no pairs': pairsOn({ usual: 0 }),
  '5 pairs': pairsOn({ usual: 5 }),
  '20 pairs': pairsOn({ usual: 20 }),
};

/** The splits of bench/tables.ts. */
const TESTED_SEEDS = [1, 2, 3, 4, 5];

/**
 * The search for the settings of plain boosting: cross-validation on training rows alone, those of
 * Adult's official split, on fewer of them, and those of diabetes-130 that are in no test part of
 * bench/tables.ts.
 */
export async function benchBoostingPlain(): Promise<object> {
  const adult = await officialAdult();
  const found: Record<string, object> = {};
  const plan = { ...planNamed('adult-boosting'), privacy: null };
  for (const rows of [undefined, 7000, 4500, 2500, 700]) {
    const name = `adult, ${rows ?? 'all'} rows`;
    found[name] = await tried(adult, foldsOf(adult, rows), plan);
  }
  const diabetes = await readSet(TABLE_SETS[0]!);
  const its = { ...planNamed('diabetes-130'), privacy: null };
  found['diabetes-130'] = await tried(diabetes, untestedFolds(diabetes, its), its);
  return { folds: FOLDS, found };
}

async function tried(
  table: Table,
  folds: readonly Split[],
  plan: ReturnType<typeof planNamed>,
): Promise<object> {
  const at: Record<string, Figures> = {};
  for (const [name, settings] of Object.entries(TRIED)) {
    at[name] = await crossValidated(table, folds, plan, settings, 1);
  }
  return at;
}

/** All rows of one person are in one fold. */
function untestedFolds(table: Table, plan: ReturnType<typeof planNamed>): Split[] {
  const tested = new Set(
    TESTED_SEEDS.flatMap((seed) => [
      ...splitRows(table, { ...plan, split: { test: 0.2, seed } }).test,
    ]),
  );
  const person = cellTexts(columnOf(table, plan.unit!.column));
  const places = new Map<string, number>();
  const foldOf = (row: number): number => {
    const name = person(row);
    if (!places.has(name)) places.set(name, places.size);
    return places.get(name)! % FOLDS;
  };
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const own = rows.filter((row) => !tested.has(row));
  return Array.from({ length: FOLDS }, (_, fold) => ({
    train: own.filter((row) => foldOf(row) !== fold),
    test: own.filter((row) => foldOf(row) === fold),
    validation: new Int32Array(0),
    neither: 0,
  }));
}
