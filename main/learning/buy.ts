import { ConcordError } from '../contract/errors.ts';
import type { AnyPhase, Phase } from '../contract/privacy.ts';
import type {
  BoughtStatistic,
  PrivacyStatement,
  TrainPlan,
  WantedStatistic,
} from '../contract/train.ts';
import type { RandomSource } from '../privacy/random.ts';
import { countValues, type Contributions } from '../privacy/statistics/contributions.ts';
import { deviationOf, type CountNoise } from '../privacy/statistics/counts.ts';
import {
  frequentValues,
  releaseThreshold,
  type SelectionNoise,
} from '../privacy/statistics/frequent-values.ts';
import { evenGrid, HALF, privateQuantile } from '../privacy/statistics/quantile.ts';
import { cellsFor, privateBounds, privateShape } from '../privacy/statistics/range.ts';
import { cellTexts } from '../records/cell-text.ts';
import type { Column, Table } from '../records/table.ts';
import { privateCentre } from './centre.ts';
import { columnNamed } from './columns.ts';
import { vectorsByRow, type TextVectors } from './encoder/text-vectors.ts';
import { categoryReader, numberReader, publicFeature, quantityOfText } from './features.ts';
import { encodeFloats } from './floats.ts';
import { groupReader } from './mitigation/groups.ts';
import type { Pace } from './pace.ts';
import { plainText } from './plain-text.ts';
import { boughtWords, unitsForWord } from './text/buy-words.ts';
import { nameOf } from './wanted.ts';

type Found = BoughtStatistic['found'];
const NOTHING: Found = { is: 'nothing' };
/** Even steps between a column's bounds among which its median is chosen. */
const MEDIAN_STEPS = 1000;

/** What statistics look at: rows of the table by the unit they belong to, training part only. */
export interface Bought {
  readonly table: Table;
  readonly plan: TrainPlan;
  readonly units: Contributions;
  readonly random: RandomSource;
  /** Of the plan's texts, where a frozen encoder reads them. */
  readonly vectors?: TextVectors | undefined;
}

/**
 * Buys what the statement says, with the noise of its phases; all of it must have been charged.
 * Each statistic takes what was found before as given, which the accounting of adaptive
 * composition covers. Throws CANCELLED between two of them.
 */
export async function buyStatistics(
  of: Bought,
  statement: PrivacyStatement,
  pace: Pace,
): Promise<BoughtStatistic[]> {
  const bought: BoughtStatistic[] = [];
  const { wanted = [] } = statement.statistics ?? {};
  for (const [place, one] of wanted.entries()) {
    await pace.beat({ phase: 'encoding', step: place, steps: wanted.length });
    const phase = statisticAt(statement, place);
    if (one.kind === 'vocabulary') {
      const values = await boughtWords(of, noiseOf(phase, statement), pace);
      bought.push({ ...one, found: foundValues(values) });
    } else if (one.kind === 'centre') {
      bought.push({ ...one, found: foundCentre(of, noiseOf(phase, statement), statement) });
    } else if (one.kind === 'groups') {
      bought.push({ ...one, found: foundCells(of, one.column, noiseOf(phase, statement), bought) });
    } else {
      const shop = new Shop(of, one.column, statement, phase);
      bought.push({ ...one, found: shop.find(one.kind, bought) });
    }
  }
  return bought;
}

function foundValues(values: string[]): Found {
  return values.length === 0 ? NOTHING : { is: 'values', values };
}

function foundCentre(
  { units, vectors, random }: Bought,
  { noiseMultiplier }: SelectionNoise,
  { public_count: publicCount }: PrivacyStatement,
): Found {
  if (vectors === undefined) throw new RangeError('texts are read by their encoder first');
  const { dimensions } = vectors;
  const how = { noiseMultiplier, publicCount, dimensions };
  const centre = privateCentre(units, vectorsByRow(vectors), how, random);
  return centre === null ? NOTHING : { is: 'centre', vector: encodeFloats(centre) };
}

/** Units of each group with each value of the label; a row without either counts in none. */
function foundCells(
  { table, plan, units, random }: Bought,
  column: string,
  noise: SelectionNoise,
  before: readonly BoughtStatistic[],
): Found {
  const { found } = before.find(({ kind }) => kind === 'labels') ?? {};
  const values = found?.is === 'values' ? found.values : (plan.labels ?? []);
  const label = categoryReader(columnNamed(table, plan.label), values, plan.missing);
  const group = groupReader(table, column, plan.missing);
  const counts = countValues(units, (row) => {
    const [place, name] = [label(row), group(row)];
    return place < 0 || name === null ? null : JSON.stringify([name, place]);
  });
  const cells = frequentValues(counts, noise, random).map(({ value, count }) => {
    const [name, place] = JSON.parse(value) as [string, number];
    return { group: name, label: values[place] ?? '', count };
  });
  return cells.length === 0 ? NOTHING : { is: 'cells', cells };
}

/** What is bought of one column. */
type ColumnKind = Exclude<WantedStatistic['kind'], 'vocabulary' | 'centre' | 'groups'>;

/** One column, and the noise of what is bought of it. */
class Shop {
  readonly #of: Bought;
  readonly #column: Column;
  readonly #publicCount: number;
  readonly #noise: SelectionNoise;

  constructor(of: Bought, name: string, statement: PrivacyStatement, phase: Phase) {
    this.#of = of;
    this.#column = columnNamed(of.table, name);
    this.#publicCount = statement.public_count;
    this.#noise = noiseOf(phase, statement);
  }

  find(kind: ColumnKind, before: readonly BoughtStatistic[]): Found {
    switch (kind) {
      case 'labels':
      case 'categories':
        return this.#values();
      case 'bounds':
      case 'either':
        return this.#facts(kind);
      case 'median':
        return this.#median(before);
      case 'mode':
        return this.#mode();
    }
  }

  #values(): Found {
    return foundValues(this.#frequent().map(({ value }) => value));
  }

  #mode(): Found {
    const [first, ...others] = this.#frequent();
    if (first === undefined) return NOTHING;
    const most = others.reduce((best, next) => (next.count > best.count ? next : best), first);
    return { is: 'fill', value: most.value };
  }

  #frequent(): ReturnType<typeof frequentValues> {
    const { units, plan, random } = this.#of;
    const counts = countValues(units, valueReader(this.#column, plan.missing));
    return frequentValues(counts, this.#noise, random);
  }

  #facts(kind: 'bounds' | 'either'): Found {
    const { units, plan, random } = this.#of;
    const quantity = quantityReader(this.#column, plan.missing);
    const { isNumber, range } = privateShape(units, quantity, this.#noise, random);
    if (kind === 'either' && !isNumber) return this.#values();
    if (range === null) return NOTHING;
    const cells = cellsFor(this.#publicCount, this.#noise);
    const number = numberReader(this.#column, plan.missing);
    return {
      is: 'bounds',
      ...privateBounds(units, number, range, cells, this.#noise, random),
    };
  }

  #median(before: readonly BoughtStatistic[]): Found {
    const { plan, units, random } = this.#of;
    const feature = publicFeature(this.#column, plan, before);
    if (feature?.kind !== 'numeric') return NOTHING;
    const { lower, upper } = feature;
    const read = numberReader(this.#column, plan.missing);
    const values = Float64Array.from(rowsOf(units), read).filter((v) => !Number.isNaN(v));
    const grid = evenGrid(lower, upper, MEDIAN_STEPS);
    return { is: 'fill', value: privateQuantile(values, grid, HALF, this.#noise, random) };
  }
}

function rowsOf(units: Contributions): Int32Array {
  return units.rows.subarray(0, units.starts[units.count]);
}

/** What is bought has the first phases of a statement; none of them is a search. */
function statisticAt({ phases }: { readonly phases: readonly AnyPhase[] }, place: number): Phase {
  const phase = phases[place];
  if (phase === undefined || phase.mechanism === 'selection') {
    throw new RangeError('a statistic has a phase of its own');
  }
  return phase;
}

function noiseOf(phase: Phase, { max_rows }: PrivacyStatement): SelectionNoise {
  return {
    noiseMultiplier: phase.noise_multiplier,
    contributions: max_rows ?? 1,
    delta: 'delta' in phase ? (phase.delta ?? 0) : 0,
  };
}

/**
 * A row's value as text, null where it is missing. Numbers and dates have one writing each, so that
 * it does not matter whether other records made the column one of numbers or of words.
 */
function valueReader(column: Column, missing: readonly string[]): (row: number) => string | null {
  const place = categoryReader(column, [], missing);
  const text = cellTexts(column);
  const known = new Map<string, string>();
  return (row) => {
    if (place(row) === -1) return null;
    const cell = text(row);
    const found = known.get(cell) ?? plainText(cell);
    known.set(cell, found);
    return found;
  };
}

/** A row's number, NaN where the cell is no number, null where it is missing. */
function quantityReader(
  column: Column,
  missing: readonly string[],
): (row: number) => number | null {
  if ('values' in column && column.type !== 'boolean') {
    const place = categoryReader(column, [], missing);
    return (row) => (place(row) === -1 ? null : column.values[row]!);
  }
  const value = valueReader(column, missing);
  return (row) => {
    const text = value(row);
    return text === null ? null : quantityOfText(text);
  };
}

/** Of the units, what may be lost in the noise before a statistic is not worth its price. */
const MOST_LOST = 0.25;

/**
 * Throws STATISTICS_TOO_NOISY {missing, needed, units} where what would be bought could show
 * nothing: a value would have to stand in so many units to be seen. From public figures alone.
 */
export function requireWorth(statement: PrivacyStatement): void {
  const units = statement.public_count;
  const { wanted = [] } = statement.statistics ?? {};
  const needed = wanted.map(({ kind }, place) =>
    unitsNeeded(kind, noiseOf(statisticAt(statement, place), statement)),
  );
  const most = Math.max(0, ...needed);
  if (most <= MOST_LOST * units) return;
  const missing = wanted.filter((_, place) => needed[place]! > MOST_LOST * units).map(nameOf);
  throw new ConcordError('STATISTICS_TOO_NOISY', { missing, needed: Math.ceil(most), units });
}

/** Units of which a statistic tells nothing. */
function unitsNeeded(kind: WantedStatistic['kind'], noise: SelectionNoise): number {
  if (kind === 'median') {
    // The exponential mechanism is off by more with probability 0.1 at most.
    return noise.noiseMultiplier * noise.contributions * 2 * Math.log((MEDIAN_STEPS + 1) / 0.1);
  }
  if (kind === 'vocabulary') return unitsForWord(noise);
  // A mean that is not worth much is shrunk by what it is not.
  if (kind === 'centre') return 0;
  return kind === 'bounds' ? clearCount(noise) : releaseThreshold(noise);
}

function clearCount(noise: CountNoise): number {
  return 4 * deviationOf(noise);
}
