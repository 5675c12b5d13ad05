import type { TrainPlan } from '../contract/train.ts';
import { chooseEngine, type ChosenEngine } from './backend.ts';
import { encodedWidth } from './encode.ts';
import { encodeFloats } from './floats.ts';
import { BINARY, cumulativeHead, headOf, numberHead, softmaxHead, WEIGHTED } from './heads.ts';
import type { Head } from './heads.ts';
import type { Fitted, Kind } from './kind.ts';
import { vectorMaterial, type Material, type Prepared } from './material.ts';
import { guaranteeOf } from './mechanism.ts';
import { lengthened } from './optimiser.ts';
import { firstParameters } from './seeded.ts';
import { settingsOf, type LayeredKind, type Settings } from './settings.ts';
import { trainInSteps } from './steps.ts';
import { statedTarget } from './target.ts';
import { squaredLength } from './text-settings.ts';

/** Models of layers: logistic and linear regression and networks, by DP-SGD or plain mini-batches. */
export function layeredKind(plan: TrainPlan, kind: LayeredKind): Kind {
  return {
    guarantee(target, { columns, count, publicCount }, wanted) {
      const settings = settingsOf(plan, kind, lossOf(plan), publicCount, columns);
      const statement = guaranteeOf(plan, target, settings, count, publicCount, wanted);
      return { statement, steps: settings.steps };
    },
    check({ columns, publicCount }) {
      // How wide the model is shows only when all is known.
      const { hidden } = settingsOf(plan, kind, BINARY, publicCount, columns);
      const { engine } = chooseEngine(
        ...([
          plan.backend,
          { inputs: 1, hidden, isDense: kind === 'encoder-head' },
          BINARY,
          plan.unit?.maxRows ?? 1,
        ] as const),
      );
      engine.dispose();
    },
    async fit(task, asked, given) {
      const prepared = given.privacy === null ? asked : atMostOne(asked);
      const material = await vectorMaterial(
        ...([task.table, prepared, task.split, given.pace, task.vectors] as const),
      );
      const { privacy, columns } = given;
      const head = prepared.weights === undefined ? headOf(material.labels) : WEIGHTED;
      const settings =
        privacy === null
          ? settingsOf(plan, kind, head, ...plainCounts(material))
          : settingsOf(plan, kind, head, privacy.public_count, columns);
      const most = privacy === null ? 1 : (asked.weights?.most ?? 1);
      const own: Settings = {
        ...settings,
        optimiser: (...of) => lengthened(settings.optimiser(...of), most),
      };
      const chosen = engineFor(plan, material, settings, head);
      const started = performance.now();
      try {
        const { engine } = chosen;
        const beside = privacy === null ? material.encoder.features.length : columns;
        const active = kind === 'encoder-head' ? squaredLength(beside) : beside;
        const first = firstParameters(engine.architecture, active, given.seed, head);
        const parameters = await trainInSteps(engine, material.examples, first, own, given);
        return fitted(parameters, settings, chosen, (performance.now() - started) / 1000);
      } finally {
        chosen.engine.dispose();
      }
    },
  };
}

/**
 * Weights of at most 1, so that clipping does not take away again what weights give: what counts most
 * is clipped no sooner than it would be without weights. The optimiser makes up for it.
 */
function atMostOne(prepared: Prepared): Prepared {
  const { weights } = prepared;
  if (weights === undefined) return prepared;
  const ofRows = weights.ofRows.map((weight) => weight / weights.most);
  return { ...prepared, weights: { ofRows, most: 1 } };
}

/** What of a loss shows in the guarantee; for values that are still to be bought as for any number. */
export function lossOf(plan: TrainPlan): Pick<Head, 'curvature' | 'reach' | 'outputs'> {
  switch (statedTarget(plan)) {
    case 'classes':
      return softmaxHead(2);
    case 'ordered':
      return cumulativeHead(2);
    case 'number':
      return numberHead(0, 1);
    default:
      return BINARY;
  }
}

function plainCounts({ examples, encoder }: Material): [number, number] {
  return [examples.units.rows.length, encoder.features.length];
}

function engineFor(
  plan: TrainPlan,
  { encoder }: Material,
  { hidden }: Settings,
  head: Head,
): ChosenEngine {
  const isDense = encoder.text !== undefined;
  const layers = { inputs: encodedWidth(encoder), hidden, isDense };
  return chooseEngine(plan.backend, layers, head, plan.unit?.maxRows ?? 1);
}

function fitted(
  parameters: Float64Array,
  { kind, hidden, steps }: Settings,
  { engine, note }: ChosenEngine,
  seconds: number,
): Fitted {
  const architecture = { inputs: engine.architecture.inputs, hidden: [...hidden] };
  return {
    content: { kind, architecture, weights: encodeFloats(parameters) },
    backend: engine.backend,
    note,
    steps,
    seconds,
  };
}
