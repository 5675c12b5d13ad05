import type { EntitySpan, EntityType } from '../contract/identify.ts';
import { ACCEPTED_FROM, type ShownSpan, type TextDecision } from '../contract/text-calls.ts';

/** A decision as it is kept, with what the finding says, so that the same is known elsewhere. */
export interface KeptDecision {
  readonly decision: TextDecision;
  readonly letters: string;
  /** The type found; null for what a person has added. */
  readonly found: EntityType | null;
}

interface Ruling {
  readonly order: number;
  readonly accepted: boolean | null;
  readonly type: EntityType | null;
}

interface Addition {
  readonly start: number;
  readonly end: number;
  readonly type: EntityType;
}

interface AlikeAddition {
  readonly ruling: Ruling;
  readonly type: EntityType;
  readonly form: RegExp;
}

/** The decisions of a person, ready to be asked of each text; the later one counts. */
export class TextDecisions {
  /** By place. */
  readonly #single = new Map<string, Ruling[]>();
  /** By type and letters. */
  readonly #alike = new Map<string, Ruling[]>();
  /** By text. */
  readonly #added = new Map<string, Addition[]>();
  readonly #addedAlike = new Map<string, AlikeAddition>();

  constructor(decisions: readonly KeptDecision[]) {
    for (const [order, kept] of decisions.entries()) this.#take(order, kept);
  }

  /** The findings of a text with what was decided of each, in the order of the text. */
  apply(
    column: string,
    text: number,
    content: string,
    found: readonly EntitySpan[],
  ): readonly ShownSpan[] {
    const spans = found.map((span) => this.#ruled(column, text, content, span, span.type));
    const taken = new Set(found.map(({ start, end }) => `${start} ${end}`));
    for (const { start, end, type } of this.#additionsTo(column, text, content)) {
      if (end > content.length || taken.has(`${start} ${end}`)) continue;
      taken.add(`${start} ${end}`);
      const span = { start, end, type, confidence: 1 };
      spans.push(this.#ruled(column, text, content, span, null));
    }
    return spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  }

  #ruled(
    column: string,
    text: number,
    content: string,
    span: EntitySpan,
    found: EntityType | null,
  ): ShownSpan {
    const { start, end, type, confidence } = span;
    const rulings = [...(this.#single.get(placeOf({ column, text, start, end })) ?? [])];
    if (this.#alike.size > 0 || this.#addedAlike.size > 0) {
      const letters = content.slice(start, end);
      rulings.push(...(this.#alike.get(alikeOf(found, letters)) ?? []));
      const added = this.#addedAlike.get(letters);
      if (added !== undefined) rulings.push(added.ruling);
      rulings.sort((a, b) => a.order - b.order);
    }
    return {
      ...span,
      type: rulings.findLast((ruling) => ruling.type !== null)?.type ?? type,
      found,
      accepted:
        rulings.findLast((ruling) => ruling.accepted !== null)?.accepted ??
        confidence >= ACCEPTED_FROM,
    };
  }

  #additionsTo(column: string, text: number, content: string): Addition[] {
    const own = this.#added.get(JSON.stringify([column, text])) ?? [];
    if (this.#addedAlike.size === 0) return own;
    const alike = [...this.#addedAlike.values()].flatMap(({ type, form }) =>
      [...content.matchAll(form)].map(({ index, 0: letters }) => ({
        start: index,
        end: index + letters.length,
        type,
      })),
    );
    return [...own, ...alike];
  }

  #take(order: number, { decision, letters, found }: KeptDecision): void {
    if (decision.do === 'add') {
      const { start, end, type } = decision;
      const ruling = { order, accepted: true, type };
      put(this.#added, JSON.stringify([decision.column, decision.text]), { start, end, type });
      // What was found at the same place already is accepted under this type.
      put(this.#single, placeOf(decision), ruling);
      if (decision.alike) {
        this.#addedAlike.set(letters, { ruling, type, form: wholeWords(letters) });
      }
      return;
    }
    const ruling: Ruling = {
      order,
      accepted: decision.do === 'retype' ? null : decision.do === 'accept',
      type: decision.do === 'retype' ? decision.type : null,
    };
    if (decision.alike) put(this.#alike, alikeOf(found, letters), ruling);
    else put(this.#single, placeOf(decision), ruling);
  }
}

/**
 * What is to be taken out of a text: the accepted findings, those that overlap joined into one with
 * the type of the longer, so that no rest of a finding stays behind.
 */
export function acceptedSpans(spans: readonly ShownSpan[]): EntitySpan[] {
  const joined: { span: EntitySpan; longest: number }[] = [];
  for (const { start, end, type, confidence, accepted } of spans) {
    if (!accepted) continue;
    const last = joined.at(-1);
    if (last === undefined || start >= last.span.end) {
      joined.push({ span: { start, end, type, confidence }, longest: end - start });
      continue;
    }
    const longer = end - start > last.longest;
    last.span = {
      start: last.span.start,
      end: Math.max(last.span.end, end),
      type: longer ? type : last.span.type,
      confidence: Math.max(last.span.confidence, confidence),
    };
    last.longest = Math.max(last.longest, end - start);
  }
  return joined.map(({ span }) => span);
}

/** These letters where they do not go on in a word; Chinese has no gaps between words. */
export function wholeWords(letters: string): RegExp {
  const exact = letters.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  const wordy = /[\p{L}\p{N}]/u;
  const han = /\p{Script=Han}/u;
  const guards = (end: string): boolean => wordy.test(end) && !han.test(end);
  const before = guards([...letters].at(0) ?? '') ? String.raw`(?<![\p{L}\p{N}])` : '';
  const after = guards([...letters].at(-1) ?? '') ? String.raw`(?![\p{L}\p{N}])` : '';
  return new RegExp(`${before}${exact}${after}`, 'gu');
}

interface Spot {
  readonly column: string;
  readonly text: number;
  readonly start: number;
  readonly end: number;
}

const placeOf = ({ column, text, start, end }: Spot): string =>
  JSON.stringify([column, text, start, end]);

const alikeOf = (found: EntityType | null, letters: string): string => `${found ?? ''} ${letters}`;

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, [value]);
  else there.push(value);
}
