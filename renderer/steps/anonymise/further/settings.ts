import type { QualityMeasure } from '../../../../main/contract/anonymise.ts';

/** What can be asked of one sensitive column, and of the records as a whole. */
export const COLUMN_MODELS = ['entropy', 'recursive', 'closeness', 'likeness'] as const;
export type ColumnModel = (typeof COLUMN_MODELS)[number];
export const WHOLE_MODELS = ['kMap', 'risk', 'unique', 'presence'] as const;
export type WholeModel = (typeof WHOLE_MODELS)[number];

export const DISTANCES = ['equal', 'ordered', 'hierarchical'] as const;
export type Distance = (typeof DISTANCES)[number];
export const LIKENESSES = ['basic', 'enhanced'] as const;
export type Likeness = (typeof LIKENESSES)[number];
export const POPULATIONS = ['none', 'size', 'fraction', 'table'] as const;
export type PopulationKind = (typeof POPULATIONS)[number];
export const MEASURES = [
  'loss',
  'nuentropy',
  'discernibility',
  'average-class-size',
  'precision',
] as const satisfies QualityMeasure[];
export const RECODINGS = ['off', 'on'] as const;
export const SUPPRESSED = ['drop', 'blank'] as const;

/** Numbers stand as they were typed, also while they are wrong. */
export interface OfColumn {
  asked: ColumnModel[];
  entropyL: string;
  recursiveC: string;
  recursiveL: string;
  distance: Distance;
  t: string;
  likeness: Likeness;
  beta: string;
  /** The values from first to last, where a person put them in order. */
  order: string[];
}

export interface OfWhole {
  asked: WholeModel[];
  population: PopulationKind;
  people: string;
  /** In percent, as all shares here. */
  fraction: string;
  /** Other records of the study, by id: those of everyone. */
  table: string;
  risk: string;
  unique: string;
  least: string;
  most: string;
  measure: QualityMeasure;
  recoding: (typeof RECODINGS)[number];
  suppressed: (typeof SUPPRESSED)[number];
}

/** Nothing is asked; the numbers are those with which something begins that is. */
export function noneOfColumn(): OfColumn {
  return {
    asked: [],
    entropyL: '2',
    recursiveC: '3',
    recursiveL: '2',
    distance: 'equal',
    t: '0.2',
    likeness: 'enhanced',
    beta: '1',
    order: [],
  };
}

export function noneOfWhole(): OfWhole {
  return {
    asked: [],
    population: 'none',
    people: '',
    fraction: '',
    table: '',
    risk: '5',
    unique: '1',
    least: '0',
    most: '50',
    measure: 'loss',
    recoding: 'off',
    suppressed: 'drop',
  };
}
