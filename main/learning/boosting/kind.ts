import { ConcordError } from '../../contract/errors.ts';
import type { TrainPlan } from '../../contract/train.ts';
import type { Table } from '../../records/table.ts';
import type { Kind } from '../kind.ts';
import { featureColumns } from '../features.ts';
import { binsOf } from './bins.ts';
import { boost, planOf } from './boost.ts';
import { glassBoxOf } from './glass-box.ts';
import { boostingGuarantee, PLAIN_RELEASES, privateReleases, settingsBehind } from './guarantee.ts';
import { outcomeOf } from './outcome.ts';
import { pairsOf, statedPlaces } from './pairs.ts';
import { binnedRows } from './rows.ts';
import { plainSettings, requireBoostable, type BoostingSettings } from './settings.ts';

/**
 * Glass-box boosting: one shape function for each column and for chosen pairs of
 * them, with or without privacy.
 *
 * @param chosen other settings than the usual, for a search among them
 */
export function boostingKind(plan: TrainPlan, chosen?: Partial<BoostingSettings>): Kind {
  requireBoostable(plan);
  return {
    guarantee(target, counts, wanted) {
      const statement = boostingGuarantee(plan, target, counts, wanted, chosen);
      const own = statement.phases.slice(wanted.length);
      const steps = own.reduce((sum, phase) => sum + phase.steps, 0);
      return { statement, steps };
    },
    check: (_counts, { table }) => requirePairs(plan, table),
    async fit(task, prepared, given) {
      const { privacy, columns, pace, random } = given;
      const usual =
        privacy === null
          ? plainSettings(prepared.units.count)
          : settingsBehind(plan, privacy, columns);
      const settings = { ...usual, ...chosen };
      const { features } = prepared.encoder;
      const bins = features.map((feature) => binsOf(feature, settings.fineness));
      const outcome = outcomeOf(prepared.labels);
      const rows = await binnedRows(task, prepared, bins, pace);
      const turns = privacy === null ? bins.length : columns;
      const wish = pairsOf(plan, settings.pairs.usual, turns);
      requirePairs(plan, task.table);
      const stated = wish.stated && statedPlaces(wish.stated, features);
      const pairs = { count: wish.count, stated };
      const started = performance.now();
      const course = await boost({
        ...{ bins, rows, outcome, settings, turns, pairs, pace },
        releases:
          privacy === null
            ? PLAIN_RELEASES
            : privateReleases(
                privacy,
                { ...outcome, sizes: rows.sizes, settings, pairs: wish },
                random,
              ),
        charge: given.charge,
        checkpoint: given.checkpoint,
        resumed: given.resumed,
      });
      return {
        content: { kind: 'boosting', ...glassBoxOf(course, outcome, settings) },
        backend: 'javascript',
        note: null,
        steps: planOf(settings, turns, pairs).steps,
        seconds: (performance.now() - started) / 1000,
      };
    },
  };
}

/** Throws PLAN_INVALID where a stated pair has a column that is no feature. */
function requirePairs(plan: TrainPlan, table: Table): void {
  const names = new Set(featureColumns(table, plan).map(({ name }) => name));
  const others = pairsOf(plan, 0, names.size)
    .stated?.flat()
    .filter((name) => !names.has(name));
  if (others?.[0] === undefined) return;
  throw new ConcordError('PLAN_INVALID', {
    path: `model.pairs.${others[0]}`,
    expected: 'a pair is made of feature columns',
  });
}
