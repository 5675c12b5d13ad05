import { MARGINS, REASON_CHARACTERS } from '../../../main/contract/review-names.ts';
import type { Problem } from '../../problem.ts';
import { boundOf } from '../../typed.ts';

/** Margins as they are typed. */
export interface TypedMargins {
  readonly margin: string;
  readonly ratio: string;
  readonly reason: string;
}

/** What stands in the fields of a review that is set up for the first time. */
export const USUAL: TypedMargins = {
  margin: String(100 * MARGINS.difference),
  ratio: String(MARGINS.ratio),
  reason: '',
};

/** The margins a review is started with, and what is wrong with the typed ones. */
export function marginsOf({ margin, ratio, reason }: TypedMargins): {
  readonly margins: { difference: number; ratio: number; reason?: string };
  readonly problems: readonly Problem[];
} {
  const points = boundOf(margin, false) ?? NaN;
  const share = boundOf(ratio, false) ?? NaN;
  const said = reason.trim();
  const problems: Problem[] = [];
  if (!(points > 0 && points < 100))
    problems.push({ field: 'margin', say: ({ review }) => review.marginWrong });
  if (!(share > 0 && share < 1))
    problems.push({ field: 'ratio', say: ({ review }) => review.ratioWrong });
  // In hundredths of a point, as people type them: 5 / 100 and 0.05 are the same.
  const difference = Math.round(points * 1e6) / 1e8;
  const isUsual = difference === MARGINS.difference && share === MARGINS.ratio;
  if (!isUsual && said === '')
    problems.push({ field: 'reason', say: ({ review }) => review.reasonMissing });
  if (said.length > REASON_CHARACTERS)
    problems.push({ field: 'reason', say: ({ review }) => review.reasonLong });
  return {
    margins: { difference, ratio: share, ...(said === '' ? {} : { reason: said }) },
    problems,
  };
}
