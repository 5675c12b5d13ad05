import type { EntityType } from '../../main/contract/identify.ts';
import type { Finder } from '../../main/identify/settle.ts';
import type { LabelledNote } from './notes.ts';

interface Counts {
  labelled: number;
  found: number;
  right: number;
}
export interface Score extends Counts {
  precision: number;
  recall: number;
  f1: number;
}
export interface Measured {
  readonly byType: ReadonlyMap<EntityType, Score>;
  readonly aware: Score;
  readonly any: Score;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: EntityType;
}

const overlap = (a: Span, b: Span): number => {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared <= 0 ? 0 : shared / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
};

/** Precision, recall and F1 by type, over all types, and whatever the type; a span counts from an overlap of .5 (intersection over union) on. */
export function measure(notes: readonly LabelledNote[], find: Finder): Measured {
  const types = new Map<EntityType, Counts>();
  const aware = counts();
  const any = counts();
  const missed: string[] = [];
  const wrong: string[] = [];
  const of = (type: EntityType): Counts => {
    const known = types.get(type) ?? counts();
    types.set(type, known);
    return known;
  };
  for (const { text, spans } of notes) {
    const found = find(text);
    const say = ({ start, end, type }: Span): string =>
      `${type} ${text.slice(Math.max(0, start - 8), start)}[${text.slice(start, end)}]${text.slice(end, end + 6)}`;
    pair(spans, found, true, (label, hit) => {
      if (label !== undefined) of(label.type).labelled++;
      if (hit !== undefined) of(hit.type).found++;
      if (label !== undefined && hit !== undefined) of(label.type).right++;
      else if (label !== undefined) missed.push(say(label));
      else if (hit !== undefined) wrong.push(say(hit));
      add(aware, label, hit);
    });
    pair(spans, found, false, (label, hit) => add(any, label, hit));
  }
  const byType = new Map([...types].map(([type, one]) => [type, score(one)] as const));
  return { byType, aware: score(aware), any: score(any), missed, wrong };
}

/** Pairs each label with the finding that overlaps it most; the rest comes alone. */
function pair(
  labels: readonly Span[],
  found: readonly Span[],
  byType: boolean,
  take: (label: Span | undefined, hit: Span | undefined) => void,
): void {
  const free = new Set(found);
  for (const label of labels) {
    const [hit] = [...free]
      .filter((one) => overlap(label, one) >= 0.5 && (!byType || one.type === label.type))
      .sort((a, b) => overlap(label, b) - overlap(label, a));
    if (hit !== undefined) free.delete(hit);
    take(label, hit);
  }
  for (const hit of free) take(undefined, hit);
}

const counts = (): Counts => ({ labelled: 0, found: 0, right: 0 });

function add(sum: Counts, label: Span | undefined, hit: Span | undefined): void {
  if (label !== undefined) sum.labelled++;
  if (hit !== undefined) sum.found++;
  if (label !== undefined && hit !== undefined) sum.right++;
}

function score(one: Counts): Score {
  const precision = one.found === 0 ? 1 : one.right / one.found;
  const recall = one.labelled === 0 ? 1 : one.right / one.labelled;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { ...one, precision, recall, f1 };
}

/** The table of docs/identify-chinese.md. */
export function asTable({ byType, aware, any }: Measured): string {
  const row = (name: string, { labelled, precision, recall, f1 }: Score): string =>
    `| ${name} | ${labelled} | ${precision.toFixed(3)} | ${recall.toFixed(3)} | ${f1.toFixed(3)} |`;
  return [
    '| type | labelled | precision | recall | F1 |',
    '|---|---:|---:|---:|---:|',
    ...[...byType].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, one]) => row(type, one)),
    row('all, type-aware', aware),
    row('all, whatever the type', any),
  ].join('\n');
}
