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
