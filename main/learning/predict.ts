import type { Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { rowEncoder } from './encode.ts';
import type { EncodedRows } from './encode.ts';
import { javascriptEngine, sigmoid } from './javascript.ts';
import { glassBoxScorer } from './boosting/predict.ts';
import type { LayeredModel, TrainedModel } from './model.ts';
import { weightsOf } from './model.ts';
import { Pace } from './pace.ts';
import type { TrainProgress } from './pace.ts';
import { gatherRows } from './sparse.ts';

export interface Scores {
  /** Probability of the positive label per row [n]; NaN where the model abstains. */
  readonly scores: Float64Array;
  /** Rows without any known feature: there is nothing to judge them by. */
  readonly abstained: number;
}

export interface ScoreOptions {
  /** Rows to score, in this order; all by default. */
  readonly rows?: Int32Array;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: TrainProgress) => void) | undefined;
}

const CHUNK = 4096;

/** Scores rows of a table. Throws COLUMN_UNKNOWN where a feature's column is absent, CANCELLED. */
export async function scoreTable(
  model: TrainedModel,
  table: Table,
  options: ScoreOptions = {},
): Promise<Scores> {
  for (const feature of model.encoder.features) columnNamed(table, feature.column);
  const rows = options.rows ?? Int32Array.from({ length: table.rows }, (_, row) => row);
  const score =
    model.kind === 'boosting' ? glassBoxScorer(model, table) : layerScorer(model, table);
  const pace = new Pace(options.signal, options.progress);
  const scores = new Float64Array(rows.length).fill(NaN);
  let abstained = 0;
  for (let from = 0; from < rows.length; from += CHUNK) {
    await pace.beat({ phase: 'testing', step: from, steps: rows.length });
    abstained += score(rows.subarray(from, from + CHUNK), scores.subarray(from));
  }
  return { scores, abstained };
}

/** Scores a chunk of rows, at most CHUNK, into `scores`; returns how many were not known. */
type Scorer = (rows: Int32Array, scores: Float64Array) => number;

function layerScorer(model: LayeredModel, table: Table): Scorer {
  const encode = rowEncoder(table, model.encoder);
  const engine = javascriptEngine(model.architecture, CHUNK);
  engine.setParameters(weightsOf(model));
  return (rows, scores) => scoreChunk(encode(rows), (known) => engine.logits(known), scores);
}

/** Scores the known rows of a chunk into `scores`; returns how many were not known. */
function scoreChunk(
  chunk: EncodedRows,
  logits: (rows: EncodedRows | ReturnType<typeof gatherRows>) => Float64Array,
  scores: Float64Array,
): number {
  const known = Int32Array.from({ length: chunk.rows }, (_, r) => r).filter((r) => chunk.known[r]);
  const found = logits(known.length === chunk.rows ? chunk : gatherRows(chunk, known));
  known.forEach((row, i) => (scores[row] = sigmoid(found[i]!)));
  return chunk.rows - known.length;
}
