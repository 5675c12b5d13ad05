import type { Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { rowEncoder, type VectorOf } from './encode.ts';
import { encodingWith, vectorsForRows } from './encoder/text-vectors.ts';
import type { TextFeature } from './features.ts';
import type { EncoderStore } from './encoder/open-encoder.ts';
import { tunedScorer } from './encoder/tuned-scorer.ts';
import { headOf } from './heads.ts';
import { javascriptEngine } from './javascript.ts';
import { calibrateByGroup } from './mitigation/by-group.ts';
import { glassBoxScorer } from './boosting/predict.ts';
import type { LayeredModel, TagModel, TrainedModel } from './model.ts';
import { layersOf, taggerOf, weightsOf } from './model.ts';
import { Pace } from './pace.ts';
import { sequenceScorer } from './sequence/scorer.ts';
import type { TrainProgress } from './pace.ts';
import { gatherRows } from './sparse.ts';
import { scoreTags } from './tags/score.ts';
import { wordsCountedBy } from './text/counted-words.ts';

export interface Scores {
  /**
   * Probability of the positive one of two values or the predicted number, [n]; of several values the
   * probability of each, [n, values], which add up to 1. NaN where the model abstains.
   */
  readonly scores: Float64Array;
  /** Of tags alone, whose scores are those of tokens (tags/score.ts): where each row's tokens begin. */
  readonly starts?: Int32Array;
  /** Rows without any known feature: there is nothing to judge them by. */
  readonly abstained: number;
}

export interface ScoreOptions {
  /** Rows to score, in this order; all by default. */
  readonly rows?: Int32Array;
  /** Of the texts of all rows, where they are known already. */
  readonly vectorOf?: VectorOf | undefined;
  /** Where the encoder of a model is found if it is not the one of the program. */
  readonly encoders?: readonly EncoderStore[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: TrainProgress) => void) | undefined;
}

/** Rows at once: a text has up to a thousand entries. */
const CHUNK = 1024;

/**
 * Scores rows of a table. Throws COLUMN_UNKNOWN where a column of the model is absent, CANCELLED, and
 * BACKEND_UNAVAILABLE {backend, reason} for a model of text without the library that it needs.
 */
export async function scoreTable(
  model: TrainedModel,
  table: Table,
  options: ScoreOptions = {},
): Promise<Scores> {
  for (const feature of model.encoder.features) columnNamed(table, feature.column);
  for (const name of textOf(model)?.columns ?? []) columnNamed(table, name);
  const rows = options.rows ?? Int32Array.from({ length: table.rows }, (_, row) => row);
  const pace = new Pace(options.signal, options.progress);
  if ('tagger' in model) return scoreTags(taggerOf(model), table, rows, pace);
  const vectorOf = options.vectorOf ?? (await vectorsFor(model, table, rows, options, pace));
  const { score, dispose } = scorerOf(model, table, pace, vectorOf);
  const width = headOf(model.labels).scores;
  const scores = new Float64Array(rows.length * width).fill(NaN);
  let abstained = 0;
  try {
    for (let from = 0; from < rows.length; from += CHUNK) {
      await pace.beat({ phase: 'testing', step: from, steps: rows.length });
      abstained += await score(rows.subarray(from, from + CHUNK), scores.subarray(from * width));
    }
  } finally {
    dispose?.();
  }
  calibrateByGroup(model, table, rows, scores);
  return { scores, abstained };
}

interface Scorer {
  /** Scores a chunk of rows, at most CHUNK, into `scores`; returns how many were not known. */
  readonly score: (rows: Int32Array, scores: Float64Array) => number | Promise<number>;
  readonly dispose?: () => void;
}

function textOf({ encoder }: TrainedModel): TextFeature | undefined {
  return 'text' in encoder ? encoder.text : undefined;
}

/** Undefined for a model that reads no vectors of texts. */
async function vectorsFor(
  model: TrainedModel,
  table: Table,
  rows: Int32Array,
  { encoders }: ScoreOptions,
  pace: Pace,
): Promise<VectorOf | undefined> {
  const text = textOf(model);
  if (text === undefined) return undefined;
  const { missing } = model.encoder;
  return vectorsForRows(table, text, { missing, rows }, encodingWith(pace), encoders);
}

function scorerOf(
  model: Exclude<TrainedModel, TagModel>,
  table: Table,
  pace: Pace,
  vectorOf?: VectorOf,
): Scorer {
  if (model.kind === 'tuned-encoder') return tunedScorer(model, table, pace);
  if ('text' in model) return sequenceScorer(model, table, pace);
  return {
    score:
      model.kind === 'boosting'
        ? glassBoxScorer(model, table)
        : layerScorer(model, table, vectorOf),
  };
}

function layerScorer(
  model: LayeredModel,
  table: Table,
  vectorOf: VectorOf | undefined,
): Scorer['score'] {
  const words = wordsCountedBy(model);
  const encode = rowEncoder(table, model.encoder, { vectorOf, words });
  const head = headOf(model.labels);
  const engine = javascriptEngine(layersOf(model, words), CHUNK, head);
  const weights = weightsOf(model);
  const constants = weights.subarray(weights.length - head.constants);
  engine.setParameters(weights);
  return (rows, scores) => {
    const chunk = encode(rows);
    const places = Int32Array.from(chunk.known.keys()).filter((r) => chunk.known[r] === 1);
    const known = places.length === chunk.rows ? chunk : gatherRows(chunk, places);
    const answers = new Float64Array(places.length * head.scores);
    head.answers(engine.outputs(known), constants, answers);
    places.forEach((row, i) => {
      const answer = answers.subarray(i * head.scores, (i + 1) * head.scores);
      scores.set(answer, row * head.scores);
    });
    return chunk.rows - places.length;
  };
}
