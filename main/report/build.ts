import { ConcordError } from '../contract/errors.ts';
import { reportInput, type Paper, type ReportInputRaw } from '../contract/report.ts';
import { cardPaper } from './card-paper.ts';
import { withoutFewGroups } from './few-groups.ts';
import { inkFor } from './ink.ts';
import { pageOf } from './page.ts';
import { reportPaper } from './report-paper.ts';

export interface BuiltReport {
  /** The documents as data, for the window. */
  readonly report: Paper;
  readonly modelCard: Paper;
  /** The same as self-contained pages. */
  readonly reportHtml: string;
  readonly modelCardHtml: string;
}

/**
 * Writes the report and the model card of a reviewed model in one language. Parts that were not
 * done or not given are named as such; counts of 1 to 10, and the figures of groups of so many, are
 * not said. Throws REQUEST_MALFORMED for input outside the contract.
 */
export function buildReport(input: ReportInputRaw): BuiltReport {
  const parsed = reportInput.safeParse(input);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new ConcordError('REQUEST_MALFORMED', { call: 'report', path });
  }
  const ink = inkFor({ ...parsed.data, review: withoutFewGroups(parsed.data.review) });
  const report = reportPaper(ink);
  const modelCard = cardPaper(ink);
  const head = parsed.data.journalHead;
  return {
    report,
    modelCard,
    reportHtml: pageOf(report, head),
    modelCardHtml: pageOf(modelCard, head),
  };
}
