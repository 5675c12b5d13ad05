import type { EntitySpan } from '../contract/identify.ts';

/**
 * Whether a text that was redacted by mask or tag still shows a finding: each finding's letters may
 * stand in it as often as outside of all findings, and not once more. From the texts alone, the
 * slow and obvious way. `marks` are the tags; masks are runs of `*`.
 */
export function showsFinding(
  original: string,
  findings: readonly EntitySpan[],
  redacted: string,
  marks: readonly string[],
): boolean {
  const bare = (text: string): string => {
    let rest = text;
    for (const mark of marks) rest = rest.replaceAll(mark, '\u0000');
    return rest.replace(/\*+/g, '\u0000');
  };
  let outside = '';
  let end = 0;
  for (const finding of findings) {
    outside += `${original.slice(end, finding.start)}\u0000`;
    end = finding.end;
  }
  outside = bare(outside + original.slice(end));
  const left = bare(redacted);
  return findings.some((finding) => {
    const letters = original.slice(finding.start, finding.end);
    return times(letters, left) > times(letters, outside);
  });
}

function times(letters: string, text: string): number {
  return text.split(letters).length - 1;
}
