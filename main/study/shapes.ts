import type { Shape, ShapeCells } from '../contract/shapes.ts';
import { ConcordError } from '../contract/errors.ts';
import { decodeFloats } from '../learning/floats.ts';
import { positiveOf } from '../learning/labels.ts';
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
 * What each column adds to the answer of a glass-box model, the most important first; null for
 * other kinds. All of it stands in the model, so it is released already.
 * @throws ARTEFACT_UNKNOWN when the artefact is no model of the study
 */
export function modelShapes(
  vault: Vault,
  { study, artefact }: { readonly study: string; readonly artefact: string },
): { shapes: Shape[]; positive: string } | null {
  const info = vault.artefacts.list(study, 'model').find(({ id }) => id === artefact);
  const records = info?.parents[0];
  if (info === undefined || records === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
  const model = loadModel(vault.artefacts.get(artefact).toString('utf8'), info.name);
  if (model.kind !== 'boosting') return null;
  const dates = new Set(
    loadTable(vault, records).columns.flatMap(({ name, type }) => (type === 'date' ? [name] : [])),
  );
  return { shapes: shapesOf(model, dates), positive: positiveOf(model.labels) ?? '' };
}

export function shapesOf(
  { shapes, encoder }: Pick<GlassBoxModel, 'shapes' | 'encoder'>,
  dates: ReadonlySet<string>,
): Shape[] {
  const ranked = encoder.features.map((feature, k) => {
    const parts = partsOf(feature, shapes[k]!, dates.has(feature.column));
    const shown =
      feature.kind === 'numeric' ? { parts: joined(parts), others: 0 } : strongest(parts);
    return { weight: spread(parts), shape: { column: feature.column, ...shown } };
  });
  return ranked.sort((a, b) => b.weight - a.weight).map(({ shape }) => shape);
}

function partsOf(
  feature: GlassBoxModel['encoder']['features'][number],
  { cuts, values, deviations }: GlassBoxModel['shapes'][number],
  isDate: boolean,
): Part[] {
  const edge = (at: number | undefined): number | string | null =>
    at === undefined ? null : isDate ? isoDate(Math.floor(at)) : at;
  const listed: ShapeCells[] =
    feature.kind === 'numeric'
      ? Array.from({ length: cuts.length + 1 }, (_, i) => ({
          of: 'range',
          from: edge(cuts[i - 1]),
          to: edge(cuts[i]),
        }))
      : feature.values.map((value) => ({ of: 'value', value }));
  const others: ShapeCells[] = feature.kind === 'numeric' ? [] : [{ of: 'other' }];
  const effects = decodeFloats(values);
  const sure = decodeFloats(deviations);
  return [...listed, { of: 'missing' } as const, ...others].map((cells, i) => ({
    cells,
    effect: effects[i]!,
    deviation: sure[i]!,
  }));
}

const weightOf = ({ deviation }: Part): number => 1 / (deviation * deviation + 1e-12);

/** How far the column moves answers, most where most is known. */
function spread(parts: readonly Part[]): number {
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
