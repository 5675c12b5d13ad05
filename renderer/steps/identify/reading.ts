import type { Client } from '../../../main/contract/index.ts';

type Answer<F extends (input: never) => Promise<unknown>> = Awaited<ReturnType<F>>;
export type TextsFound = Answer<Client['identify']['texts']>;
export type ShownText = NonNullable<Answer<Client['identify']['text']>>;
export type Span = ShownText['spans'][number];
export type EntityType = Span['type'];
export type Show = 'found' | 'unsure' | 'all';

/** Below this a finding is worth a look; the contract's own constant would bring its schemas along. */
export const SURE_FROM = 0.6;

/** A stretch of text outside of findings, or a finding by its place among them. */
export interface Piece {
  readonly letters: string;
  readonly span: number | null;
}

/** The text cut at its findings. Of what stands in two findings the first shows it. */
export function piecesOf(content: string, spans: readonly Span[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [place, { start, end }] of spans.entries()) {
    if (end <= at) continue;
    if (start > at) pieces.push({ letters: content.slice(at, start), span: null });
    pieces.push({ letters: content.slice(Math.max(at, start), end), span: place });
    at = end;
  }
  if (at < content.length) pieces.push({ letters: content.slice(at), span: null });
  return pieces;
}

/** The findings that a person steps through, by their places. */
export function placesToVisit(
  spans: readonly Span[],
  type: EntityType | '',
  show: Show,
): readonly number[] {
  return [...spans.keys()].filter((place) => {
    const span = spans[place];
    if (span === undefined || (type !== '' && span.type !== type)) return false;
    return show !== 'unsure' || span.confidence < SURE_FROM;
  });
}

/**
 * Where a place in a text field lies in the text it shows: the field has one sign for each end of
 * a line, whatever the text has.
 */
export function placeInText(content: string, inField: number): number {
  let shown = 0;
  let at = 0;
  while (shown < inField && at < content.length) {
    at += content[at] === '\r' && content[at + 1] === '\n' ? 2 : 1;
    shown++;
  }
  return at;
}

/** A selection of a text field as a place in the text, without the blanks around; null for none. */
export function selectionIn(
  content: string,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } | null {
  let start = placeInText(content, Math.min(from, to));
  let end = placeInText(content, Math.max(from, to));
  while (start < end && /\s/u.test(content[start] ?? '')) start++;
  while (start < end && /\s/u.test(content[end - 1] ?? '')) end--;
  return start < end ? { start, end } : null;
}

export type Key =
  'next' | 'previous' | 'accept' | 'reject' | 'acceptAlike' | 'rejectAlike' | 'undo';

const KEYS: Readonly<Record<string, Key>> = {
  n: 'next',
  p: 'previous',
  a: 'accept',
  r: 'reject',
  A: 'acceptAlike',
  R: 'rejectAlike',
  u: 'undo',
};

/** What a key means on the page; null while it is typed into a field, or for another program. */
export function keyOf(event: KeyboardEvent): Key | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  const { target } = event;
  const inField =
    target instanceof HTMLElement && target.closest('input, select, textarea, summary') !== null;
  return inField ? null : (KEYS[event.key] ?? null);
}
