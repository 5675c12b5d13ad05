import type { Table } from '../../records/table.ts';
import { headOf, type Head } from '../heads.ts';
import type { SequenceModel } from '../model.ts';
import { weightsOf } from '../model.ts';
import type { Pace } from '../pace.ts';
import { tokenRows } from '../text/token-rows.ts';
import { withColumns } from './columns.ts';
import { layersOf, wordsIn } from './architecture.ts';
import { sequenceEngine, type SequenceEngine } from './engine.ts';
import type { TokenRows } from './layer.ts';
import { passLimits, requireTensorFlow } from './kind.ts';
import { stackOf } from './stack.ts';

interface SequenceScorer {
  /** Scores rows into `scores`, [rows, scores]; returns how many had no tokens. Throws CANCELLED. */
  score(rows: Int32Array, scores: Float64Array): Promise<number>;
  dispose(): void;
}

/** Opens a model over tokens for a table. Throws BACKEND_UNAVAILABLE {backend, reason}. */
export function sequenceScorer(model: SequenceModel, table: Table, pace: Pace): SequenceScorer {
  const { architecture, text, encoder, labels } = model;
  const tf = requireTensorFlow({ backend: 'auto' });
  const head = headOf(labels);
  const stack = stackOf(layersOf(tf, architecture, wordsIn(text), head), head);
  const limits = passLimits(text.length);
  const engine = sequenceEngine(tf, stack, head, limits);
  engine.setParameters(weightsOf(model));
  return {
    async score(rows, scores) {
      const tokens = await tokenRows(table, text, encoder.missing, rows, pace);
      const found = withColumns(tokens, table, encoder, rows);
      return answerTexts(engine, head, found.rows, scores, found.known);
    },
    dispose: () => engine.dispose(),
  };
}

/**
 * Answers of texts into `scores`, [rows, scores]; of those of which nothing is known none. Returns how many.
 *
 * @param isKnown of each row; left out: those with tokens
 */
export function answerTexts(
  engine: SequenceEngine,
  head: Head,
  tokens: TokenRows,
  scores: Float64Array,
  isKnown: ArrayLike<number> = tokens.lengths,
): number {
  const known = Int32Array.from(tokens.lengths.keys()).filter((r) => isKnown[r]! > 0);
  // Texts of one length go together, so that little of a pass is padding.
  known.sort((a, b) => tokens.lengths[a]! - tokens.lengths[b]!);
  for (let from = 0; from < known.length; from += engine.capacity) {
    const part = known.subarray(from, from + engine.capacity);
    const answers = new Float64Array(part.length * head.scores);
    head.answers(engine.outputs(engine.gather(tokens, part)), engine.constants, answers);
    part.forEach((row, i) => {
      const answer = answers.subarray(i * head.scores, (i + 1) * head.scores);
      scores.set(answer, row * head.scores);
    });
  }
  return tokens.rows - known.length;
}
