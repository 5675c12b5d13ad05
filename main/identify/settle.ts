import type { EntitySpan } from '../contract/identify.ts';

/** A finder looks for some kinds of personal data in one text; its findings may overlap. */
export type Finder = (text: string) => readonly EntitySpan[];

/**
 * Of findings that overlap one is kept: the surer, then the longer, then the earlier. The result is
 * in the order of the text and does not overlap.
 */
export function settle(findings: readonly EntitySpan[]): EntitySpan[] {
  const best = findings
    .filter(({ start, end }) => start < end)
    .toSorted(
      (a, b) =>
        b.confidence - a.confidence || b.end - b.start - (a.end - a.start) || a.start - b.start,
    );
  const kept: EntitySpan[] = [];
  for (const finding of best) {
    if (kept.every(({ start, end }) => finding.end <= start || end <= finding.start)) {
      kept.push(finding);
    }
  }
  return kept.toSorted((a, b) => a.start - b.start);
}
