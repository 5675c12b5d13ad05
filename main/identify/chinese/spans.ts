import type { EntitySpan, EntityType } from '../../contract/identify.ts';

/** A span of group `group` (or the whole match) of each match of `form`, kept where `holds` gives a confidence. */
export function matchSpans(
  text: string,
  form: RegExp,
  type: EntityType,
  confidence: number | ((value: string, at: number) => number | undefined),
  group = 0,
): EntitySpan[] {
  const spans: EntitySpan[] = [];
  for (const match of text.matchAll(form)) {
    const value = match[group];
    if (value === undefined || value === '') continue;
    const start = match.index + (group === 0 ? 0 : match[0].lastIndexOf(value));
    const sure = typeof confidence === 'number' ? confidence : confidence(value, start);
    if (sure === undefined) continue;
    spans.push({ start, end: start + value.length, type, confidence: sure });
  }
  return spans;
}

/**
 * Of findings that overlap the surer is kept, then the longer, then the earlier; in the order of the
 * text. Takes n log n: hostile text can hold as many findings as it has characters.
 */
export function withoutOverlap(spans: readonly EntitySpan[]): EntitySpan[] {
  const kept: EntitySpan[] = [];
  const best = spans.toSorted(
    (a, b) =>
      b.confidence - a.confidence || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const taken = new Set<number>();
  for (const span of best) {
    let free = true;
    for (let at = span.start; free && at < span.end; at++) free = !taken.has(at);
    if (!free) continue;
    for (let at = span.start; at < span.end; at++) taken.add(at);
    kept.push(span);
  }
  return kept.sort((a, b) => a.start - b.start);
}
