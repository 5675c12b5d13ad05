import type { EntitySpan } from '../../contract/identify.ts';
import { span } from './addresses.ts';
import { isName } from './lexicon.ts';
import type { Reading } from './reading.ts';
import type { Run } from './runs.ts';
import type { Token } from './tokens.ts';
import type { Weights } from './weigh.ts';

/** What a run may be; `settled` where that is known already. */
export interface Weighed {
  readonly run: Run;
  readonly weights: Weights;
  readonly settled: boolean;
}
interface Seen {
  readonly run: Run;
  readonly finding: EntitySpan | null;
}

/** Whether nothing but a comma and "and" or "or" stands between two runs. */
function joined(tokens: readonly Token[], one: Run, other: Run): boolean {
  const between = tokens.slice(one.end, other.from);
  return (
    between.length > 0 &&
    between.length < 4 &&
    between.every(({ text }) => /^(?:,|and|&|or|the|,)$/.test(text)) &&
    between[0]?.text !== 'the'
  );
}

/** By so much the first reading of a run must lead for the run to speak for its neighbours. */
const CLEAR = 1;
const COMPANY = 1.6;

/**
 * Lists hold things of one kind: what stands beside a clear place or organisation in "Dublin,
 * Peebles and Texas" is more likely one too.
 */
export function alike({ tokens }: Reading, seen: readonly Weighed[]): Weighed[] {
  const result: Weighed[] = [];
  for (let from = 0; from < seen.length;) {
    let end = from + 1;
    for (; end < seen.length; end++) {
      const [one, other] = [seen[end - 1], seen[end]];
      if (one === undefined || other === undefined || !joined(tokens, one.run, other.run)) break;
    }
    const list = seen.slice(from, end);
    const clear = new Set(list.flatMap(({ weights }) => clearType(weights) ?? []));
    const [type] = clear.size === 1 ? [...clear] : [];
    result.push(
      ...(type === undefined || list.length < (type === 'PERSON' ? 3 : 2)
        ? list
        : list.map((one) => towards(one, type))),
    );
    from = end;
  }
  return result;
}

function clearType(weights: Weights): keyof Weights | null {
  const ranked = (Object.entries(weights) as [keyof Weights, number][]).sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (first === undefined || first[1] < 1.5) return null;
  return first[1] - (second?.[1] ?? 0) >= CLEAR ? first[0] : null;
}

const towards = (one: Weighed, type: keyof Weights): Weighed =>
  one.settled || one.run.honorific >= 0
    ? one
    : { ...one, weights: { ...one.weights, [type]: one.weights[type] + COMPANY } };

/** In a list ("Usamov and Bowers", "Anna, Grace, May") what may be a name is one beside a name. */
export function withLists({ tokens }: Reading, seen: readonly Seen[]): EntitySpan[] {
  const people = seen.map(({ finding }) => finding?.type === 'PERSON' && finding.confidence > 0.45);
  const mayBe = ({ run }: Seen): boolean =>
    run.end - run.from <= 2 && isName(tokens[run.from]?.key ?? '');
  const beside = (place: number, step: 1 | -1): boolean => {
    const [one, other] = [seen[place], seen[place + step]];
    if (one === undefined || other === undefined) return false;
    const listed =
      step === 1 ? joined(tokens, one.run, other.run) : joined(tokens, other.run, one.run);
    return listed && (people[place + step] === true || mayBe(other));
  };
  return seen.flatMap((one, place) => {
    if (one.finding !== null) return [one.finding];
    if (!mayBe(one) || (!beside(place, -1) && !beside(place, 1))) return [];
    return [span(tokens, one.run, 'PERSON', 0.5)];
  });
}
