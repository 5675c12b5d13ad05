import { encodedWidth, rowEncoder } from '../learning/encode.ts';
import type { Feature } from '../learning/features.ts';
import { headOf } from '../learning/heads.ts';
import { architectureOf, tensorsOf } from '../learning/layers.ts';
import { weightsOf } from '../learning/model.ts';
import type { Table } from '../records/table.ts';
import type { AdditiveGame } from './additive.ts';
import type { Side } from './answer.ts';
import { backgroundColumn, backgroundRows } from './background.ts';
import type { Explained } from './texts.ts';

type OneLayer = Extract<Explained, { kind: 'logistic' | 'linear' | 'network' }>;

/** Whether the answer is a weighted sum of what stands in the columns, and nothing else. */
export function isLinear(model: Explained): model is OneLayer {
  const { kind } = model;
  if (kind !== 'logistic' && kind !== 'linear' && kind !== 'network') return false;
  return model.architecture.hidden.length === 0 && model.labels.target !== 'ordered';
}

/**
 * A record under a model of one layer as a sum: the slots of a column belong together.
 *
 * @param record a table of one row
 */
export function linearGame(model: OneLayer, record: Table, side: Side): AdditiveGame {
  const { features, missing } = model.encoder;
  const weights = weightsOf(model);
  const [matrix, bias] = tensorsOf(architectureOf(model.architecture, headOf(model.labels)));
  const outputs = matrix!.columns;
  const sided = (offset: number): number =>
    side.weights.reduce((sum, weight, c) => sum + weight * weights[offset + c]!, 0);
  let slot = 0;
  const terms = features.map((feature) => {
    const from = slot;
    slot += encodedWidth({ features: [feature], missing });
    const term = (table: Table, rows: number): number => {
      const encode = rowEncoder(table, { features: [feature], missing });
      const found = encode(Int32Array.from({ length: rows }, (_, row) => row));
      let sum = 0;
      found.indices.forEach((at, entry) => {
        sum += found.values[entry]! * sided(matrix!.offset + (from + at) * outputs);
      });
      return sum / rows;
    };
    return { own: term(record, 1), mean: term(...backgroundTable(feature)) };
  });
  return {
    base: sided(bias!.offset) + side.shift,
    own: terms.map(({ own }) => own),
    mean: terms.map(({ mean }) => mean),
    pairs: [],
  };
}

function backgroundTable(feature: Feature): [Table, number] {
  const column = backgroundColumn(feature);
  const rows = backgroundRows(column);
  return [{ rows, columns: [column] }, rows];
}
