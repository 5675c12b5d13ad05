import type { TrainPlan } from '../../contract/train.ts';
import type { Kind } from '../kind.ts';
import { binsOf } from './bins.ts';
import { boost, releasesOf } from './boost.ts';
import { glassBoxOf } from './glass-box.ts';
import { boostingGuarantee, PLAIN_RELEASES, privateReleases, settingsBehind } from './guarantee.ts';
import { binnedRows } from './rows.ts';
import { PLAIN_SETTINGS, requireBoostable, type BoostingSettings } from './settings.ts';

/**
 * Glass-box boosting: one shape function for each column, with or without privacy.
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
    check: () => undefined,
    async fit(task, prepared, given) {
      const { privacy, columns, pace } = given;
      const usual = privacy === null ? PLAIN_SETTINGS : settingsBehind(privacy, columns);
      const settings = { ...usual, ...chosen };
      const bins = prepared.encoder.features.map((feature) => binsOf(feature, settings.fineness));
      const rows = await binnedRows(task, prepared, bins, pace);
      const turns = privacy === null ? bins.length : columns;
      const started = performance.now();
      const course = await boost({
        ...{ bins, rows, settings, turns, pace },
        releases:
          privacy === null ? PLAIN_RELEASES : privateReleases(privacy, rows.sizes, given.random),
        charge: given.charge,
        checkpoint: given.checkpoint,
        resumed: given.resumed,
      });
      return {
        content: { kind: 'boosting', ...glassBoxOf(course, settings) },
        backend: 'javascript',
        note: null,
        steps: releasesOf(settings, turns),
        seconds: (performance.now() - started) / 1000,
      };
    },
  };
}
