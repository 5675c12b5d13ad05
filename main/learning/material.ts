import { ConcordError } from '../contract/errors.ts';
import type { BoughtStatistic, TrainPlan } from '../contract/train.ts';
import { cellTexts } from '../records/cell-text.ts';
import type { Table } from '../records/table.ts';
import type { Examples } from './clipped-sum.ts';
import { columnNamed } from './columns.ts';
import type { EncodedRows, VectorOf } from './encode.ts';
import { encodedWidth, joinRows, rowEncoder } from './encode.ts';
import { meanOf } from './centre.ts';
import { vectorsByRow, type TextVectors } from './encoder/text-vectors.ts';
import type { Encoder, TextFeature } from './features.ts';
import { learntEncoder, publicEncoder, textColumns } from './features.ts';
import { decodeFloats, encodeFloats } from './floats.ts';
import { withLearnedFills } from './fill.ts';
import { signedTargets } from './heads.ts';
import type { Labels } from './labels.ts';
import { labelValues, requireFittingLabel, requireTwoValues, targetsOf } from './labels.ts';
import type { Pace } from './pace.ts';
import { plainText } from './plain-text.ts';
import type { Split } from './split.ts';
import { lacksLabelFacts } from './target.ts';
import type { CountedWords } from './text/word-counts.ts';
import { personUnits, rowUnits, type Units } from './units.ts';

/** What is trained on, and what it was made with. */
export interface Material {
  readonly encoder: Encoder;
  readonly labels: Labels;
  readonly examples: Examples;
}

/** What is known before rows are put into the form in which a model takes them. */
export interface Prepared {
  readonly encoder: Encoder;
  readonly labels: Labels;
  /** As `targetsOf` gives them, one for each training row. */
  readonly targets: Float64Array;
  readonly units: Units;
  readonly weights?: RowWeights;
}

/** How much each training row counts, about 1 on average. */
export interface RowWeights {
  /** One for each training row. */
  readonly ofRows: Float64Array;
  /** No row may count more; in private training it follows from what was released, not from the rows. */
  readonly most: number;
}

/** Makes ready what a plain plan trains on; what it does not state is learnt from its training rows. */
export function plainFacts(
  table: Table,
  plan: TrainPlan,
  { train }: Split,
  vectors?: TextVectors,
): Prepared {
  const labels = labelValues(table, plan, train);
  const targets = targetsOf(table, labels, plan.missing, train);
  requireTwoTargets(labels, targets);
  const columns = withLearnedFills(table, learntEncoder(table, plan, train), plan, train);
  const encoder = withTexts(columns, plan, vectors, (vectorOf, { dimensions }) =>
    meanOf(train, vectorOf, dimensions),
  );
  const units = unitsOf(table, plan, train, (place) => !Number.isNaN(targets[place]));
  return someFeature({ encoder, labels, targets, units }, plan);
}

/** The same for a private plan: facts are public or bought. */
export function privateFacts(
  table: Table,
  plan: TrainPlan,
  { train }: Split,
  bought: readonly BoughtStatistic[],
  vectors?: TextVectors,
): Prepared {
  const isBought = bought.some(({ column }) => column === plan.label);
  const labels = labelValues(table, isBought ? withPlainPositive(plan) : plan, train, bought);
  const targets = targetsOf(table, labels, plan.missing, train, isBought ? 'skip' : 'refuse');
  if (!isBought) requireTwoTargets(labels, targets);
  const encoder = withTexts(publicEncoder(table, plan, bought), plan, vectors, () =>
    boughtCentre(bought),
  );
  const units = unitsOf(table, plan, train, (place) => !Number.isNaN(targets[place]));
  return someFeature({ encoder, labels, targets, units }, plan);
}

/** Texts that all hold an entity hold tokens outside of one as well. */
function requireTwoTargets(labels: Labels, targets: Float64Array): void {
  if (labels.target === 'tags' && targets.includes(1)) return;
  requireTwoValues(targets, labels.column);
}

/** The encoder with the feature of the plan's texts, where a frozen encoder reads them. */
function withTexts(
  { features, missing }: Encoder,
  plan: TrainPlan,
  vectors: TextVectors | undefined,
  centreOf: (vectorOf: VectorOf, vectors: TextVectors) => Float64Array | null,
): Encoder {
  if (vectors === undefined) return { features, missing };
  const centre = centreOf(vectorsByRow(vectors), vectors);
  const { encoder, sha256, dimensions } = vectors;
  const text: TextFeature = {
    ...{ columns: textColumns(plan), encoder, sha256, dimensions },
    ...(centre === null ? {} : { centre: encodeFloats(centre) }),
  };
  return { features, missing, text };
}

function boughtCentre(bought: readonly BoughtStatistic[]): Float64Array | null {
  const found = bought.find(({ kind }) => kind === 'centre')?.found;
  return found?.is === 'centre' ? decodeFloats(found.vector) : null;
}

function someFeature(prepared: Prepared, { text }: TrainPlan): Prepared {
  if (prepared.encoder.features.length > 0 || text !== undefined) return prepared;
  throw new ConcordError('PLAN_INVALID', { path: 'features', expected: 'no column is left' });
}

/** Bought values are in their plain writing, so the positive one is put into it as well. */
function withPlainPositive(plan: TrainPlan): TrainPlan {
  return plan.positive === undefined ? plan : { ...plan, positive: plainText(plan.positive) };
}

/**
 * The units of a private plan before anything is bought: those with a row whose label is not
 * missing and, where the plan states its facts, fits them. Throws what labelValues and targetsOf
 * throw.
 */
export function privateUnits(table: Table, plan: TrainPlan, train: Int32Array): Units {
  requireFittingLabel(table, plan);
  if (lacksLabelFacts(plan)) {
    const missing = new Set(plan.missing);
    const text = cellTexts(columnNamed(table, plan.label));
    return unitsOf(table, plan, train, (place) => {
      const value = text(train[place]!);
      return value !== '' && !missing.has(value);
    });
  }
  const labels = labelValues(table, plan, train);
  const targets = targetsOf(table, labels, plan.missing, train);
  requireTwoTargets(labels, targets);
  return unitsOf(table, plan, train, (place) => !Number.isNaN(targets[place]));
}

function unitsOf(
  table: Table,
  plan: TrainPlan,
  train: Int32Array,
  takesPart: (place: number) => boolean,
): Units {
  const places = Int32Array.from(train.keys()).filter(takesPart);
  return plan.unit === undefined
    ? rowUnits(places)
    : personUnits(table, plan.unit, train, places, plan.missing);
}

/** What of a plan's texts stands in its rows. */
interface MaterialTexts {
  readonly vectors?: TextVectors | undefined;
  readonly words?: CountedWords | undefined;
}

/** Rows as vectors, for models of layers. */
export async function vectorMaterial(
  table: Table,
  { encoder, labels, targets, units, weights }: Prepared,
  { train }: Split,
  pace: Pace,
  { vectors: texts, words }: MaterialTexts = {},
): Promise<Material> {
  const vectorOf = texts && vectorsByRow(texts);
  const encode = rowEncoder(table, encoder, { vectorOf, words });
  const vectors = await encodeAll(encode, encodedWidth(encoder, words), train, pace);
  const aims = weights === undefined ? targets : signedTargets(targets, weights.ofRows);
  return { encoder, labels, examples: { vectors, targets: aims, units } };
}

/** Rows at once: a text has up to a thousand entries. */
const CHUNK = 1024;

async function encodeAll(
  encode: (rows: Int32Array) => EncodedRows,
  width: number,
  rows: Int32Array,
  pace: Pace,
): Promise<EncodedRows> {
  const parts: EncodedRows[] = [];
  for (let from = 0; from < rows.length; from += CHUNK) {
    await pace.beat({ phase: 'encoding', step: from, steps: rows.length });
    parts.push(encode(rows.subarray(from, from + CHUNK)));
  }
  return joinRows(parts, width);
}
