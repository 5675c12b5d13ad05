import type { PairShape, Shape, ShapeCells, ShapesFound } from '../contract/shapes.ts';
import { ConcordError } from '../contract/errors.ts';
import { decodeFloats } from '../learning/floats.ts';
import { loadModel, type GlassBoxModel } from '../learning/model.ts';
import { isoDate } from '../records/date-text.ts';
import type { Vault } from '../vault/index.ts';
import { loadTable } from './load.ts';

/** More than this nobody reads; neighbours that differ least are shown as one. */
const MOST_RANGES = 12;
const MOST_VALUES = 12;

interface Part {
  readonly cells: ShapeCells;
  readonly effect: number;
  readonly deviation: number;
}

/**
 * What each column, and each pair of them, adds to the answer of a glass-box model, the most important
 * first; null for other kinds. All of it stands in the model, so it is released already.
 * @throws ARTEFACT_UNKNOWN when the artefact is no model of the study
 */
export function modelShapes(
  vault: Vault,
  { study, artefact }: { readonly study: string; readonly artefact: string },
): ShapesFound | null {
  const info = vault.artefacts.list(study, 'model').find(({ id }) => id === artefact);
  const records = info?.parents[0];
  if (info === undefined || records === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
  const model = loadModel(vault.artefacts.get(artefact).toString('utf8'), info.name);
  if (model.kind !== 'boosting') return null;
  const dates = new Set(
    loadTable(vault, records).columns.flatMap(({ name, type }) => (type === 'date' ? [name] : [])),
  );
  return shapesOf(model, dates);
}

type Content = Pick<GlassBoxModel, 'shapes' | 'pairs' | 'encoder' | 'labels'>;

export function shapesOf(model: Content, dates: ReadonlySet<string>): ShapesFound {
  const { labels } = model;
  const isNumber = labels.target === 'number';
  const answers = isNumber
    ? [labels.column]
    : labels.target === undefined
      ? [labels.values[1]]
      : [...labels.values];
  return {
    scale: isNumber ? 'number' : 'odds',
    views: answers.map((answer, score) => {
      const look: Look = {
        ...{ score, scores: answers.length, dates },
        unit: isNumber ? labels.upper - labels.lower : 1,
      };
      return { answer, shapes: columnShapes(model, look), pairs: pairShapes(model, look) };
    }),
  };
}

/** Which score is looked at, in which unit. */
interface Look {
  readonly score: number;
  readonly scores: number;
  readonly unit: number;
  readonly dates: ReadonlySet<string>;
}

function columnShapes({ shapes, encoder }: Content, look: Look): Shape[] {
  const ranked = encoder.features.map((feature, k) => {
    const parts = partsOf(feature, shapes[k]!, look);
    const shown =
      feature.kind === 'numeric' ? { parts: joined(parts), others: 0 } : strongest(parts);
    return { weight: spread(parts), shape: { column: feature.column, ...shown } };
  });
  return ranked.sort((a, b) => b.weight - a.weight).map(({ shape }) => shape);
}

function partsOf(
  feature: GlassBoxModel['encoder']['features'][number],
  { cuts, values, deviations }: GlassBoxModel['shapes'][number],
  look: Look,
): Part[] {
  const effects = effectsOf(values, look);
  const sure = deviationsIn(deviations, look);
  return cellsOf(feature, cuts, look.dates).map((cells, i) => ({
    cells,
    effect: effects[i]!,
    deviation: sure[i]!,
  }));
}

/** The cells of every bin of a feature. */
function cellsOf(
  feature: GlassBoxModel['encoder']['features'][number],
  cuts: readonly number[],
  dates: ReadonlySet<string>,
): ShapeCells[] {
  const missing = { of: 'missing' } as const;
  if (feature.kind === 'category') {
    const values = feature.values.map((value): ShapeCells => ({ of: 'value', value }));
    return [...values, missing, { of: 'other' }];
  }
  const edge = (at: number | undefined): number | string | null =>
    at === undefined ? null : dates.has(feature.column) ? isoDate(Math.floor(at)) : at;
  const ranges = Array.from({ length: cuts.length + 1 }, (_, i): ShapeCells => ({
    of: 'range',
    from: edge(cuts[i - 1]),
    to: edge(cuts[i]),
  }));
  return [...ranges, missing];
}

/** What every bin adds to the score that is looked at; of several scores against their mean. */
function effectsOf(values: string, { score, scores, unit }: Look): number[] {
  const numbers = decodeFloats(values);
  const size = numbers.length / scores;
  return Array.from({ length: size }, (_, bin) => {
    if (scores === 1) return numbers[bin]! * unit;
    let sum = 0;
    for (let at = bin; at < numbers.length; at += size) sum += numbers[at]!;
    return numbers[score * size + bin]! - sum / scores;
  });
}

function deviationsIn(deviations: string, { score, scores, unit }: Look): number[] {
  const numbers = decodeFloats(deviations);
  const size = numbers.length / scores;
  return Array.from({ length: size }, (_, bin) => numbers[score * size + bin]! * unit);
}

function pairShapes({ shapes, pairs = [], encoder }: Content, look: Look): PairShape[] {
  const ranked = pairs.map(({ features, bins, values, deviations }) => {
    const across = features.map((k, side) => {
      const cells = cellsOf(encoder.features[k]!, shapes[k]!.cuts, look.dates);
      return coarseCells(cells, bins[side]!);
    }) as [ShapeCells[], ShapeCells[]];
    const names = features.map((k) => encoder.features[k]!.column) as [string, string];
    const columns = across[1].length;
    const inRows = (numbers: readonly number[]): number[][] =>
      across[0].map((_, row) => numbers.slice(row * columns, (row + 1) * columns));
    const [effects, sure] = [effectsOf(values, look), deviationsIn(deviations, look)];
    const parts = effects.map((effect, at) => ({ effect, deviation: sure[at]! }));
    const shape = { columns: names, across, effects: inRows(effects), deviations: inRows(sure) };
    return { weight: spread(parts), shape };
  });
  return ranked.sort((a, b) => b.weight - a.weight).map(({ shape }) => shape);
}

/** The cells of each coarse bin: a range from its first bin to its last, or whatever is left over. */
function coarseCells(cells: readonly ShapeCells[], bins: readonly number[]): ShapeCells[] {
  return Array.from({ length: Math.max(...bins) + 1 }, (_, group): ShapeCells => {
    const inside = cells.filter((_cells, bin) => bins[bin] === group);
    const [first, last] = [inside[0]!, inside.at(-1)!];
    if (inside.length === 1) return first;
    return first.of === 'range' && last.of === 'range'
      ? { of: 'range', from: first.from, to: last.to }
      : { of: 'other' };
  });
}

type Sure = Pick<Part, 'effect' | 'deviation'>;

const weightOf = ({ deviation }: Sure): number => 1 / (deviation * deviation + 1e-12);

/** How far the column moves answers, most where most is known. */
function spread(parts: readonly Sure[]): number {
  const whole = parts.reduce((sum, part) => sum + weightOf(part), 0);
  return parts.reduce((sum, part) => sum + weightOf(part) * part.effect ** 2, 0) / whole;
}

/** Neighbouring ranges put together until few are left, the most alike first (Ward 1963). */
function joined(parts: readonly Part[]): Part[] {
  const left = [...parts];
  const ranges = (): number => left.filter(({ cells }) => cells.of === 'range').length;
  while (ranges() > MOST_RANGES) {
    let least = { at: 0, cost: Infinity };
    for (let at = 0; at + 1 < ranges(); at++) {
      const cost = costOf(left[at]!, left[at + 1]!);
      if (cost < least.cost) least = { at, cost };
    }
    left.splice(least.at, 2, union(left[least.at]!, left[least.at + 1]!));
  }
  return left;
}

function costOf(a: Part, b: Part): number {
  const [first, second] = [weightOf(a), weightOf(b)];
  return ((a.effect - b.effect) ** 2 * first * second) / (first + second);
}

function union(a: Part, b: Part): Part {
  const [first, second] = [weightOf(a), weightOf(b)];
  const mean = (x: number, y: number): number => (x * first + y * second) / (first + second);
  const from = a.cells.of === 'range' ? a.cells.from : null;
  const to = b.cells.of === 'range' ? b.cells.to : null;
  return {
    cells: { of: 'range', from, to },
    effect: mean(a.effect, b.effect),
    // Neighbours were smoothed together: being two makes them no surer.
    deviation: mean(a.deviation, b.deviation),
  };
}

/** The values that move the answer most, from the highest effect to the lowest. */
function strongest(parts: readonly Part[]): { parts: Part[]; others: number } {
  const most = [...parts]
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .slice(0, MOST_VALUES);
  return {
    parts: most.sort((a, b) => b.effect - a.effect),
    others: parts.length - most.length,
  };
}
