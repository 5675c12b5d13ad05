import type { EntitySpan } from '../contract/identify.ts';

/** A finder looks for some kinds of personal data in one text; its findings may overlap. */
export type Finder = (text: string) => readonly EntitySpan[];

/**
 * Of findings that overlap one is kept: the surer, then the longer, then the earlier. The result is
 * in the order of the text and does not overlap. Time grows with the number of findings and their
 * lengths, not with its square: a hostile text may hold a great many.
 */
export function settle(findings: readonly EntitySpan[]): EntitySpan[] {
  const best = findings
    .filter(({ start, end }) => start < end)
    .toSorted(
      (a, b) =>
        b.confidence - a.confidence || b.end - b.start - (a.end - a.start) || a.start - b.start,
    );
  const taken = new Uint8Array(best.reduce((most, { end }) => Math.max(most, end), 0));
  const kept: EntitySpan[] = [];
  for (const finding of best) {
    if (taken.subarray(finding.start, finding.end).includes(1)) continue;
    taken.fill(1, finding.start, finding.end);
    kept.push(finding);
  }
  return kept.toSorted((a, b) => a.start - b.start);
}
