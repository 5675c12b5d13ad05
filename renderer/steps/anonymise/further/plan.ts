import type { AnonymisePlanInput, PrivacyModel } from '../../../../main/contract/anonymise.ts';
import { numberOf } from '../hierarchy/numbers.ts';
import type { ColumnModel, OfColumn, OfWhole, WholeModel } from './settings.ts';

/** Each round of local recoding keeps at least this share of all records, or is the last. */
const ROUND_KEEPS = 0.01;

/** A typed number; NaN for what is none: nothing is protected before it was mended. */
const typed = (text: string): number => numberOf(text) ?? NaN;
const share = (percent: string): number => typed(percent) / 100;

/** What is asked of one sensitive column beyond its different values, in the order of the page. */
export function modelsOfColumn(of: OfColumn, attribute: string): PrivacyModel[] {
  const models: { readonly [M in ColumnModel]: () => PrivacyModel } = {
    entropy: () => ({ type: 'entropy-l-diversity', attribute, l: typed(of.entropyL) }),
    recursive: () => ({
      type: 'recursive-c-l-diversity',
      attribute,
      c: typed(of.recursiveC),
      l: typed(of.recursiveL),
    }),
    closeness: () => ({ type: `t-closeness-${of.distance}`, attribute, t: typed(of.t) }),
    likeness: () => ({
      type: of.likeness === 'basic' ? 'beta-likeness' : 'enhanced-beta-likeness',
      attribute,
      beta: typed(of.beta),
    }),
  };
  return of.asked.map((model) => models[model]());
}

/**
 * What is asked of all records: k people who look the same, counted in the records or in the
 * population, and the rest in the order of the page.
 */
export function modelsOfWhole(of: OfWhole, k: number): PrivacyModel[] {
  const models: { readonly [M in WholeModel]: () => PrivacyModel } = {
    kMap: () => ({ type: 'k-map', k }),
    risk: () => ({ type: 'average-risk', threshold: share(of.risk) }),
    unique: () => ({ type: 'population-uniqueness', fraction: share(of.unique) }),
    presence: () => ({
      type: 'delta-presence',
      minimum: share(of.least),
      maximum: share(of.most),
    }),
  };
  const asked = of.asked.map((model) => models[model]());
  return of.asked.includes('kMap') ? asked : [{ type: 'k-anonymity', k }, ...asked];
}

type Settings = Pick<AnonymisePlanInput, 'metric' | 'suppressed' | 'population' | 'localRecoding'>;

export function settingsOf(of: OfWhole): Settings {
  return {
    metric: of.measure,
    suppressed: of.suppressed,
    ...populationOf(of),
    ...(of.recoding === 'on' ? { localRecoding: { recordsFraction: ROUND_KEEPS } } : {}),
  };
}

function populationOf(of: OfWhole): Pick<Settings, 'population'> {
  switch (of.population) {
    case 'none':
      return {};
    case 'size':
      return { population: { size: typed(of.people) } };
    case 'fraction':
      return { population: { samplingFraction: share(of.fraction) } };
    case 'table':
      return { population: { table: of.table } };
  }
}

/** Whether the steps of a sensitive column's hierarchy count, or the order of its values. */
export function needs({ asked, distance }: OfColumn): 'hierarchy' | 'order' | null {
  if (!asked.includes('closeness') || distance === 'equal') return null;
  return distance === 'ordered' ? 'order' : 'hierarchy';
}
