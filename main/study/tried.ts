import type {
  Criterion,
  MitigationFit,
  MitigationMethod,
  MitigationPlan,
  TriedModel,
} from '../contract/mitigation.ts';
import { CRITERIA, MITIGATION_GAPS } from '../contract/mitigation.ts';
import type { ReviewResult } from '../contract/review.ts';

/** What is asked of every try. */
export interface Asked {
  readonly groups: string;
  readonly criterion: Criterion;
  readonly bound: number;
}

/** The plan of one way. */
export function planOfTry(method: MitigationMethod, asked: Asked): MitigationPlan {
  const { groups, criterion, bound } = asked;
  switch (method) {
    case 'constrained':
      return { method, groups, criterion, bound };
    case 'thresholds':
      return { method, groups, criterion };
    default:
      return { method, groups };
  }
}

type About = Pick<TriedModel, 'method' | 'model' | 'paid'> & { readonly fit: MitigationFit | null };

/** What a comparison keeps of the review of a model: both families of criteria, whatever was asked. */
export function triedModelOf(about: About, review: ReviewResult, column: string): TriedModel {
  const { accuracy } = review.overall;
  const own = review.intervals?.overall.accuracy;
  const gaps = CRITERIA.map((criterion) => {
    const gap = MITIGATION_GAPS[criterion];
    return [
      criterion,
      {
        value: review.gaps[column]?.[gap] ?? null,
        interval: review.gap_draws?.[column]?.[gap]?.interval ?? null,
      },
    ] as const;
  });
  return {
    ...about,
    refused: null,
    accuracy: { value: accuracy, interval: own ?? null },
    gaps: Object.fromEntries(gaps) as TriedModel['gaps'],
    groups: Object.entries(review.groups[column] ?? {}).map(([name, figures]) => ({
      ...{ name, n: figures.n, accuracy: figures.accuracy },
      ...{ selection_rate: figures.selection_rate, tpr: figures.tpr, fpr: figures.fpr },
      calibration_in_the_large: figures.calibration_in_the_large,
    })),
  };
}

/** A way that could not be gone. */
export function refusedTry(method: MitigationMethod, code: string): TriedModel {
  const none = { value: null, interval: null };
  return {
    ...{ method, model: null, paid: null, refused: code, fit: null, accuracy: none, groups: [] },
    gaps: Object.fromEntries(CRITERIA.map((one) => [one, none])) as TriedModel['gaps'],
  };
}
