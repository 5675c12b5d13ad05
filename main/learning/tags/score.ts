import type { Table } from '../../records/table.ts';
import { decodeFloats } from '../floats.ts';
import type { Pace } from '../pace.ts';
import { tokenReader } from './cells.ts';
import { decode } from './decode.ts';
import { taggerEngine } from './engine.ts';
import { sentenceMaker } from './material.ts';
import type { TaggerModel } from './model.ts';
import { kindOfClass, schemeOf } from './scheme.ts';

/**
 * Numbers that a score says of each token: its class, the probability of an entity, and that of what its
 * class says it is: the kind of entity, be it the first token of one or not, or none.
 */
export const PER_TOKEN = 3;
const CHUNK = 256;

export interface TagScores {
  /** [tokens, PER_TOKEN] */
  readonly scores: Float64Array;
  /** Row r has the tokens starts[r] .. starts[r + 1]. */
  readonly starts: Int32Array;
  /** Rows without any token. */
  readonly abstained: number;
}

/** Tags the texts of rows. Throws COLUMN_UNKNOWN, what `openVectors` throws, CANCELLED. */
export async function scoreTags(
  model: TaggerModel,
  table: Table,
  rows: Int32Array,
  pace: Pace,
): Promise<TagScores> {
  const read = tokenReader(table, model.labels.text, model.encoder.missing);
  const { classes } = schemeOf(model.labels.values);
  const make = await sentenceMaker(model.tagger);
  const { features, vectors } = make.widths;
  const engine = taggerEngine({ features, vectors, classes }, CHUNK, 1);
  engine.setParameters(decodeFloats(model.weights));
  const starts = new Int32Array(rows.length + 1);
  const parts: Float64Array[] = [];
  for (let from = 0; from < rows.length; from += CHUNK) {
    await pace.beat({ phase: 'testing', step: from, steps: rows.length });
    const texts = Array.from(rows.subarray(from, from + CHUNK), read);
    const source = make.sentences(texts);
    const outputs = engine.outputs({ source, chosen: Int32Array.from(texts.keys()) });
    for (let r = 0; r < texts.length; r++) {
      const [first, end] = [source.starts[r]!, source.starts[r + 1]!];
      parts.push(answers(outputs.subarray(first * classes, end * classes), classes));
      starts[from + r + 1] = starts[from + r]! + end - first;
    }
  }
  const scores = new Float64Array(starts.at(-1)! * PER_TOKEN);
  parts.forEach((part, r) => {
    scores.set(part, starts[r]! * PER_TOKEN);
  });
  return { scores, starts, abstained: parts.filter(({ length }) => length === 0).length };
}

function answers(outputs: Float64Array, classes: number): Float64Array {
  const path = decode(outputs, classes);
  const scores = new Float64Array(path.length * PER_TOKEN);
  path.forEach((one, t) => {
    const logits = outputs.subarray(t * classes, (t + 1) * classes);
    const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
    const sum = logits.reduce((all, logit) => all + Math.exp(logit - most), 0);
    const share = (c: number): number => Math.exp(logits[c]! - most) / sum;
    const kind = kindOfClass(one);
    scores[t * PER_TOKEN] = one;
    scores[t * PER_TOKEN + 1] = 1 - share(0);
    scores[t * PER_TOKEN + 2] = kind < 0 ? share(0) : share(2 * kind + 1) + share(2 * kind + 2);
  });
  return scores;
}

/** Of row r's tokens the classes, the probabilities of an entity, and those of what the classes say. */
export function ofRow(
  { scores, starts }: Pick<TagScores, 'scores' | 'starts'>,
  r: number,
): {
  readonly predicted: Int32Array;
  readonly inside: Float64Array;
  readonly confidence: Float64Array;
} {
  const count = starts[r + 1]! - starts[r]!;
  const at = (t: number): number => (starts[r]! + t) * PER_TOKEN;
  return {
    predicted: Int32Array.from({ length: count }, (_, t) => scores[at(t)]!),
    inside: Float64Array.from({ length: count }, (_, t) => scores[at(t) + 1]!),
    confidence: Float64Array.from({ length: count }, (_, t) => scores[at(t) + 2]!),
  };
}
