import type { TrainPlan } from '../../contract/train.ts';
import type { Table } from '../../records/table.ts';
import { chooseEngine } from '../backend.ts';
import { decodeFloats, encodeFloats } from '../floats.ts';
import { BINARY, headOf } from '../heads.ts';
import { javascriptEngine } from '../javascript.ts';
import type { Kind } from '../kind.ts';
import { lossOf } from '../layered-kind.ts';
import { architectureOf } from '../layers.ts';
import { guaranteeOf } from '../mechanism.ts';
import { weightsOf, type CountsModel } from '../model.ts';
import type { Pace } from '../pace.ts';
import { firstParameters } from '../seeded.ts';
import { wordsIn } from '../sequence/architecture.ts';
import { requireNoFeatures } from '../sequence/kind.ts';
import { settingsOfTexts } from '../settings.ts';
import { gatherRows } from '../sparse.ts';
import { trainInSteps } from '../steps.ts';
import { emphasisOf } from './emphasis.ts';
import { tokenRows } from './token-rows.ts';
import { countRows } from './word-counts.ts';
import { wordsOf } from './words.ts';

/**
 * A dense layer over how often a text says each word, by DP-SGD or plain mini-batches. A private step
 * moves the answer to a text of length L by noise of L times that of one parameter, however many words
 * are known: what is added to words that a text does not say does not touch it.
 */
export function countsKind(plan: TrainPlan): Kind {
  return {
    guarantee(target, { count, publicCount }, wanted) {
      const settings = settingsOfTexts(plan, lossOf(plan), publicCount, 0);
      const statement = guaranteeOf(plan, target, settings, count, publicCount, wanted);
      return { statement, steps: settings.steps };
    },
    check() {
      requireNoFeatures(plan);
      const layers = { inputs: 1, hidden: [] };
      chooseEngine(plan.backend, layers, BINARY, plan.unit?.maxRows ?? 1).engine.dispose();
    },
    async fit({ table, split: { train } }, { labels, targets, units }, given) {
      requireNoFeatures(plan);
      const { privacy, bought, pace } = given;
      const reading = await wordsOf({ table, plan, train, bought, pace });
      const inputs = wordsIn(reading);
      const emphasis = encodeFloats(emphasisOf(reading.words));
      const architecture = { inputs, emphasis };
      const tokens = await tokenRows(table, reading, plan.missing, train, pace);
      // As the model's file has them.
      const vectors = countRows(tokens, decodeFloats(emphasis));
      const head = headOf(labels);
      const settings =
        privacy === null
          ? settingsOfTexts(plan, head, units.rows.length, 0)
          : settingsOfTexts(plan, head, privacy.public_count, 0);
      const layers = { inputs, hidden: [] };
      const { engine, note } = chooseEngine(plan.backend, layers, head, plan.unit?.maxRows ?? 1);
      const started = performance.now();
      try {
        const first = firstParameters(engine.architecture, inputs, given.seed, head);
        const examples = { vectors, targets, units };
        const parameters = await trainInSteps(engine, examples, first, settings, given);
        return {
          content: {
            ...{ kind: 'word-counts', architecture, reading },
            weights: encodeFloats(parameters),
          },
          ...{ backend: engine.backend, note, steps: settings.steps },
          seconds: (performance.now() - started) / 1000,
        };
      } finally {
        engine.dispose();
      }
    },
  };
}

/** Rows per pass. */
const CAPACITY = 1024;

/** Scores rows into `scores`, [rows, scores]; returns how many had no tokens. Throws CANCELLED. */
export function countsScorer(
  model: CountsModel,
  table: Table,
  pace: Pace,
): (rows: Int32Array, scores: Float64Array) => Promise<number> {
  const { architecture, reading, encoder, labels } = model;
  const { inputs } = architecture;
  const emphasis = decodeFloats(architecture.emphasis);
  const head = headOf(labels);
  const engine = javascriptEngine(architectureOf({ inputs, hidden: [] }, head), CAPACITY, head);
  const weights = weightsOf(model);
  const constants = weights.subarray(weights.length - head.constants);
  engine.setParameters(weights);
  return async (rows, scores) => {
    const tokens = await tokenRows(table, reading, encoder.missing, rows, pace);
    const counts = countRows(tokens, emphasis);
    const { starts } = counts;
    const known = Int32Array.from(rows.keys()).filter((r) => starts[r + 1]! > starts[r]!);
    for (let from = 0; from < known.length; from += CAPACITY) {
      const part = known.subarray(from, from + CAPACITY);
      const answers = new Float64Array(part.length * head.scores);
      head.answers(engine.outputs(gatherRows(counts, part)), constants, answers);
      part.forEach((row, i) => {
        const answer = answers.subarray(i * head.scores, (i + 1) * head.scores);
        scores.set(answer, row * head.scores);
      });
    }
    return rows.length - known.length;
  };
}
