import type { TrainPlan } from '../contract/train.ts';
import { chooseEngine, type ChosenEngine } from './backend.ts';
import { readsVectors } from './features.ts';
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
import { headKnobs, squaredLength, type HeadKnobs } from './text-settings.ts';
import { emphasisSaid, wordsToCount } from './text/counted-words.ts';
import type { CountedWords } from './text/word-counts.ts';

/**
 * Models of layers: logistic and linear regression and networks, by DP-SGD or plain mini-batches.
 *
 * @param knobs of a head on texts: those that are tried, where they are to be chosen
 */
export function layeredKind(
  plan: TrainPlan,
  kind: LayeredKind,
  knobs: HeadKnobs = headKnobs(plan),
): Kind {
  return {
    guarantee(target, { columns, count, publicCount }, wanted) {
      const settings = settingsOf(plan, kind, lossOf(plan), publicCount, columns, knobs);
      const statement = guaranteeOf(plan, target, settings, count, publicCount, wanted);
      return { statement, steps: settings.steps };
    },
    check({ columns, publicCount }) {
      // How wide the model is shows only when all is known.
      const { hidden } = settingsOf(plan, kind, BINARY, publicCount, columns, knobs);
      const { engine } = chooseEngine(
        ...([
          plan.backend,
          { inputs: 1, hidden, isDense: readsVectors(plan) },
          BINARY,
          plan.unit?.maxRows ?? 1,
        ] as const),
      );
      engine.dispose();
    },
    async fit(task, asked, given) {
      const { privacy, columns, bought, pace } = given;
      const { table, split, vectors } = task;
      const prepared = privacy === null ? asked : atMostOne(asked);
      const of = { table, plan, train: split.train, bought, pace };
      const words = await wordsToCount(of, knobs.countsShare);
      const material = await vectorMaterial(table, prepared, split, pace, { vectors, words });
      const head = prepared.weights === undefined ? headOf(material.labels) : WEIGHTED;
      const settings =
        privacy === null
          ? settingsOf(plan, kind, head, ...plainCounts(material), knobs)
          : settingsOf(plan, kind, head, privacy.public_count, columns, knobs);
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
        const { inputs } = engine.architecture;
        const content = contentOf(settings, inputs, words, encodeFloats(parameters));
        return fitted(content, settings, chosen, (performance.now() - started) / 1000);
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
  { encoder, examples }: Material,
  { hidden }: Settings,
  head: Head,
): ChosenEngine {
  const isDense = encoder.text !== undefined;
  const layers = { inputs: examples.vectors.width, hidden, isDense };
  return chooseEngine(plan.backend, layers, head, plan.unit?.maxRows ?? 1);
}

/** The part of the model that is its kind's own. */
function contentOf(
  { kind, hidden }: Settings,
  inputs: number,
  words: CountedWords | undefined,
  weights: string,
): Fitted['content'] {
  const architecture = { inputs, hidden: [...hidden] };
  if (kind !== 'word-counts' && kind !== 'encoder-head') return { kind, architecture, weights };
  if (words === undefined) return { kind: 'encoder-head', architecture, weights };
  const { reading, share } = words;
  const counts = emphasisSaid(words.emphasis);
  return kind === 'word-counts'
    ? { kind, architecture: counts, reading, weights }
    : { kind, architecture, words: { ...counts, share, reading }, weights };
}

function fitted(
  content: Fitted['content'],
  { steps }: Settings,
  { engine, note }: ChosenEngine,
  seconds: number,
): Fitted {
  return { content, backend: engine.backend, note, steps, seconds };
}
