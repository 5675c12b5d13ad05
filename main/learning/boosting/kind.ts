import type { TrainPlan } from '../../contract/train.ts';
import type { Table } from '../../records/table.ts';
import type { Kind, Task } from '../kind.ts';
import type { Prepared } from '../material.ts';
import type { Pace } from '../pace.ts';
import { binReader, binsOf, type Bins } from './bins.ts';
import { boost, releasesOf } from './boost.ts';
import { glassBoxOf } from './glass-box.ts';
import { boostingGuarantee, PLAIN_RELEASES, privateReleases } from './guarantee.ts';
import type { BinnedRows } from './histograms.ts';
import { boostingSettings, type BoostingSettings } from './settings.ts';

/**
 * Glass-box boosting: one shape function for each column, with or without privacy.
 *
 * @param settings other ones than the usual, for a search among them
 */
export function boostingKind(
  plan: TrainPlan,
  settings: BoostingSettings = boostingSettings(plan),
): Kind {
  return {
    guarantee(target, counts, wanted) {
      const statement = boostingGuarantee(plan, target, settings, counts, wanted);
      return { statement, steps: releasesOf(settings, counts.columns) };
    },
    check: () => undefined,
    async fit(task, prepared, given) {
      const { privacy, columns, pace } = given;
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

const CHUNK = 65_536;

/** The rows of all units in bins, one column after another. */
async function binnedRows(
  { table, split }: Task,
  { encoder, targets, units }: Prepared,
  bins: readonly Bins[],
  pace: Pace,
): Promise<BinnedRows> {
  const weights = new Float64Array(units.rows.length);
  for (let unit = 0; unit < units.count; unit++) {
    const from = units.starts[unit]!;
    const to = units.starts[unit + 1]!;
    weights.fill(1 / (to - from), from, to);
  }
  const rows = units.rows.map((place) => split.train[place]!);
  const found: Uint16Array[] = [];
  for (const [k, feature] of encoder.features.entries()) {
    found.push(await columnInBins(table, rows, { feature, bins: bins[k]!, encoder }, pace));
  }
  return {
    bins: found,
    sizes: bins.map(({ size }) => size),
    targets: Uint8Array.from(units.rows, (place) => targets[place]!),
    weights,
  };
}

interface Binned {
  readonly feature: Prepared['encoder']['features'][number];
  readonly bins: Bins;
  readonly encoder: Prepared['encoder'];
}

async function columnInBins(
  table: Table,
  rows: Int32Array,
  { feature, bins, encoder }: Binned,
  pace: Pace,
): Promise<Uint16Array> {
  const read = binReader(table, feature, bins, encoder.missing);
  const found = new Uint16Array(rows.length);
  const known = new Uint8Array(Math.min(CHUNK, rows.length));
  for (let from = 0; from < rows.length; from += CHUNK) {
    await pace.beat({ phase: 'encoding', step: from, steps: rows.length });
    read(rows.subarray(from, from + CHUNK), found.subarray(from, from + CHUNK), known);
  }
  return found;
}
