import { isHan } from './fold.ts';
import { lexicon, UNKNOWN_COST, type Lexicon, type Word } from './lexicon.ts';
import { evidenceOf, leftOf, rightOf, titleAt } from './name-context.ts';
import { givenCost, nameModel, unitsAt, type NameModel } from './name-model.ts';

export interface Token {
  readonly start: number;
  readonly end: number;
  /** A word ends a proper name (functional) or can be part of one; a name is a person's. */
  readonly kind: 'functional' | 'nominal' | 'name' | 'other';
  /** How much speaks for a name, in nats; only of names. */
  readonly evidence: number;
}

/** How rare names are among the words of a text, before anything speaks for one (nats). */
const NAME_COST = 5.5;
/** Evidence counts up to here: no context makes a name of what is never one. */
const MOST_EVIDENCE = 12;
const FAMILIAR_COST = 3;

/** Surnames that stand before a title as a word: 多谢医生, 上周医生说, 转氨酶高医生建议. */
const NEEDS_EDGE = new Set('谢周高包段白黄左温成');

interface Step {
  readonly end: number;
  readonly cost: number;
  readonly kind: Token['kind'];
  readonly evidence: number;
}

/**
 * Splits a text into words and names: of all ways the one of least cost, where a word costs minus the
 * logarithm of its probability and a name that of its surname and given characters less what the words
 * around it speak for it (one pass of the Viterbi algorithm over the word lattice; linear in the
 * length). What is not Han stays as runs of its own.
 */
export function segment(text: string): Token[] {
  const words = lexicon();
  const names = nameModel();
  const least = new Float64Array(text.length + 1).fill(Infinity);
  const last: (Token | undefined)[] = new Array(text.length + 1);
  least[0] = 0;
  for (let start = 0; start < text.length; start++) {
    const before = least[start]!;
    if (before === Infinity) continue;
    const relax = ({ end, cost, kind, evidence }: Step): void => {
      if (before + cost >= least[end]!) return;
      least[end] = before + cost;
      last[end] = { start, end, kind, evidence };
    };
    if (isHan(text, start)) {
      wordSteps(text, start, words, relax);
      nameSteps(text, start, words, names, relax);
    } else {
      relax({ end: otherEnd(text, start), cost: 0, kind: 'other', evidence: 0 });
    }
  }
  return backwards(last, text.length);
}

function backwards(last: readonly (Token | undefined)[], end: number): Token[] {
  const tokens: Token[] = [];
  for (let at = end; at > 0;) {
    const token = last[at]!;
    tokens.push(token);
    at = token.start;
  }
  return tokens.reverse();
}

/** A run of digits and letters, or one other character. */
function otherEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && /[0-9A-Za-z]/u.test(text[end]!)) end++;
  return Math.max(end, start + 1);
}

function wordSteps(
  text: string,
  start: number,
  { words, pairs }: Lexicon,
  relax: (step: Step) => void,
): void {
  const take = (word: Word | undefined, end: number): void =>
    relax({
      end,
      cost: word?.cost ?? UNKNOWN_COST,
      kind: word?.functional === true ? 'functional' : 'nominal',
      evidence: 0,
    });
  take(words.get(text[start]!), start + 1);
  for (const length of pairs.get(text.slice(start, start + 2)) ?? []) {
    const word = words.get(text.slice(start, start + length));
    if (word !== undefined && start + length <= text.length) take(word, start + length);
  }
}

function nameSteps(
  text: string,
  start: number,
  { words, neverNames }: Lexicon,
  model: NameModel,
  relax: (step: Step) => void,
): void {
  const first = text[start]!;
  const familiar = first === '小' || first === '老' || first === '阿';
  if (!familiar && !model.starts.has(first)) return;
  const left = leftOf(text, start);
  const take = (end: number, cost: number, evidence: number): void =>
    relax({ end, cost: cost - Math.min(evidence, MOST_EVIDENCE), kind: 'name', evidence });
  for (const size of [1, 2]) {
    const surname = text.slice(start, start + size);
    const cost = model.surnames.get(surname);
    if (cost === undefined) continue;
    for (const given of [1, 2]) {
      const end = start + size + given;
      if (end > text.length || !isHan(text, end - 1) || !isHan(text, end - given)) break;
      if (
        neverNames.has(text.slice(start, end)) ||
        words.get(text.slice(start, end))?.functional === true
      )
        continue;
      take(
        end,
        NAME_COST + cost + givenCost(model, text, start + size, end),
        evidenceOf(left, rightOf(text, end)),
      );
    }
    const titled = titleAt(text, start + size) !== undefined;
    if (titled && (left >= 1.5 || !(model.grammar.has(surname) || NEEDS_EDGE.has(surname)))) {
      take(start + size, NAME_COST + cost, left + 7);
    }
  }
  if (familiar) {
    for (const size of [1, 2]) {
      const surname = text.slice(start + 1, start + 1 + size);
      const cost = model.surnames.get(surname);
      if (cost === undefined) continue;
      const end = start + 1 + size;
      const right = rightOf(text, end);
      const likely = left >= 1.5 && !model.grammar.has(surname);
      if (right > 0) take(end, NAME_COST + FAMILIAR_COST + cost, (likely ? left : 0) + right);
    }
  }
  const units = unitsAt(text, start);
  if (units !== undefined)
    take(units.end, NAME_COST + units.cost, evidenceOf(left, rightOf(text, units.end)));
}
