import type { ReidentificationRisk } from '../../contract/anonymise.ts';
import { isAtRisk } from '../sample-models.ts';
import { sizeHistogram } from './histogram.ts';
import { estimateUniqueness } from './uniqueness.ts';

/** A record whose class is found with a chance above this is at risk, unless the plan says else. */
export const USUAL_THRESHOLD = 0.1;

export interface RiskContext {
  readonly threshold: number;
  /** People of the population; null where the plan does not know it. */
  readonly people: number | null;
  /** Rows of the whole file over those people. */
  readonly samplingFraction: number | null;
}

/**
 * Re-identification risk of records in classes of these sizes (El Emam, Dankar 2008; Dankar, El
 * Emam 2010). Prosecutor, who knows that the person is in the file: 1 / size. Journalist, who does
 * not: 1 / people of the class in the population, of which `peopleOfClass` counts them; with the
 * population's size alone they are estimated as size / sampling fraction; without either the
 * prosecutor's risk bounds the journalist's. Marketer: the share of records re-identified, the
 * mean of the journalist's risk over records. Null where no record remains.
 */
export function reidentificationRisk(
  sizes: Int32Array,
  peopleOfClass: Float64Array | null,
  { threshold, people, samplingFraction }: RiskContext,
): ReidentificationRisk {
  const fraction = peopleOfClass === null ? (samplingFraction ?? 1) : 1;
  const expected = peopleOfClass ?? Float64Array.from(sizes, (size) => size / fraction);
  const basis = peopleOfClass !== null ? 'table' : samplingFraction !== null ? 'size' : 'sample';
  const journalist = attack(sizes, expected, threshold);
  const records = sizes.reduce((sum, size) => sum + size, 0);
  const histogram = sizeHistogram(sizes);
  const unique = histogram.of(1);
  return {
    threshold,
    prosecutor: attack(sizes, Float64Array.from(sizes), threshold),
    journalist: { ...journalist, basis },
    marketer: journalist.average,
    uniqueness: {
      records: unique,
      fraction: records === 0 ? null : unique / records,
      population:
        people === null || records === 0
          ? null
          : {
              people,
              samplingFraction: records / people,
              ...estimateUniqueness(histogram, people),
            },
    },
  };
}

interface Attack {
  readonly highest: number | null;
  readonly average: number | null;
  readonly recordsAtRisk: number | null;
}

/** The chance 1 / among of each record of a class, at most, on average, and above the threshold. */
function attack(sizes: Int32Array, among: Float64Array, threshold: number): Attack {
  if (sizes.length === 0) return { highest: null, average: null, recordsAtRisk: null };
  let highest = 0;
  let found = 0;
  let atRisk = 0;
  let records = 0;
  sizes.forEach((size, c) => {
    const others = among[c]!;
    highest = Math.max(highest, 1 / others);
    found += size / others;
    records += size;
    if (isAtRisk(others, threshold)) atRisk += size;
  });
  return { highest, average: found / records, recordsAtRisk: atRisk / records };
}
