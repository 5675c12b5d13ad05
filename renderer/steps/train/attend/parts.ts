import type { Attended, AttendedSpan } from '../../../../main/contract/model-text.ts';

/** A part whose change is worth saying: its place among all, and by how much. */
export interface Move {
  readonly place: number;
  readonly span: AttendedSpan;
  readonly change: number;
}

/** A change of a probability below one point is not told, nor one much smaller than the largest. */
const LEAST_POINT = 0.01;
const LEAST_SHARE = 0.1;

/** The parts that move the answer, the strongest first. */
export function movesOf({ answer, spans }: Attended): readonly Move[] {
  const all = spans.flatMap((span, place) =>
    span.change === null ? [] : [{ place, span, change: span.change }],
  );
  const size = ({ change }: Move): number => Math.abs(change);
  const largest = Math.max(0, ...all.map(size));
  const least = Math.max(
    answer !== null && answer.value !== null ? LEAST_POINT : Number.MIN_VALUE,
    LEAST_SHARE * largest,
  );
  return all.filter((move) => size(move) >= least).sort((a, b) => size(b) - size(a));
}

/** All parts of which a change is known, the strongest first. */
export function ranked({ spans }: Attended): readonly AttendedSpan[] {
  const size = ({ change }: AttendedSpan): number => Math.abs(change ?? 0);
  return [...spans].sort((a, b) => size(b) - size(a));
}

const QUOTED = 80;

/** A part as it is quoted in a sentence: without space and marks around it, not longer than a line. */
export function quoted(text: string): string {
  const bare = text.replaceAll(/^[\p{P}\s]+|[\p{P}\s]+$/gu, '');
  const letters = [...(bare === '' ? text.trim() : bare).replaceAll(/\s+/g, ' ')];
  return letters.length <= QUOTED ? letters.join('') : `${letters.slice(0, QUOTED).join('')}…`;
}
