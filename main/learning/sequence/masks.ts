import { uniform, type WordSource } from '../../privacy/random.ts';
import { gatherTokens } from '../text/token-rows.ts';
import { FIRST_WORD, MASK } from '../text/vocabulary.ts';
import type { SequenceArchitecture } from './architecture.ts';
import type { TokenRows } from './layer.ts';

/** Some tokens of each text of a pass, which its other tokens are to tell. */
export interface Picks {
  /** Of every text as many as of the one with the most. */
  readonly places: number;
  /** [rows, places, length]: what of the tokens' states speaks of a picked one. */
  readonly shares: Float32Array;
  /** The picked token itself, -1 where a text has fewer; [rows, places]. */
  readonly words: Int32Array;
  /** How many a text has; [rows]. */
  readonly counts: Int32Array;
}

/** Texts from which tokens were picked; `ids` are what the model is shown. */
export interface PickedRows extends TokenRows {
  readonly picks?: Picks;
}

/** Of its tokens a text has this share picked, one at least (Devlin et al. 2019, section 3.1). */
const PICKED = 0.15;
/** And no more than this: what a pass holds grows with them. */
const MOST_PICKED = 24;
/** A picked token is shown as MASK, as any word, or (the rest) as it is. */
const [AS_MASK, AS_ANY] = [0.8, 0.1];
/** Tokens on each side that speak of a picked one in a bag (Mikolov et al. 2013, arXiv:1301.3781). */
const AROUND = 5;

/**
 * Picks words of the chosen texts at random, each text by draws of its own: masked tokens for a
 * transformer (Devlin et al. 2019, arXiv:1810.04805, section 3.1), the next token for a recurrent model,
 * the middle one of its neighbours for a bag. Only words of the vocabulary are picked.
 *
 * @param words numbers of tokens, padding included
 */
export function pickTokens(
  source: TokenRows,
  chosen: Int32Array,
  { kind, words }: { readonly kind: SequenceArchitecture['kind']; readonly words: number },
  random: WordSource,
): PickedRows {
  const rows = gatherTokens(source, chosen);
  const { ids, length } = rows;
  const first = kind === 'recurrent' ? 1 : 0;
  const picked = Array.from(rows.lengths, (size, r) => {
    const places = Array.from({ length: Math.max(0, size - first) }, (_, t) => t + first);
    return someOf(
      places.filter((t) => ids[r * length + t]! >= FIRST_WORD),
      random,
    );
  });
  return withPicks(rows, picked, kind, (id) => shown(id, words, random));
}

/** These texts with the one token of each that is hidden, by its place. */
export function hideTokens(
  source: TokenRows,
  places: Int32Array,
  kind: SequenceArchitecture['kind'],
): PickedRows {
  const rows = { ...source, ids: source.ids.slice() };
  const picked = Array.from(places, (place) => [place]);
  return withPicks(rows, picked, kind, () => MASK);
}

/** @param rows whose `ids` become what is shown, if the kind sees a picked token at all */
function withPicks(
  rows: TokenRows,
  picked: readonly (readonly number[])[],
  kind: SequenceArchitecture['kind'],
  show: (id: number) => number,
): PickedRows {
  const { ids, length } = rows;
  const places = picked.reduce((most, { length: one }) => Math.max(most, one), 1);
  const shares = new Float32Array(rows.rows * places * length);
  const words = new Int32Array(rows.rows * places).fill(-1);
  for (const [r, all] of picked.entries()) {
    for (const [i, t] of all.entries()) {
      words[r * places + i] = ids[r * length + t]!;
      const into = shares.subarray((r * places + i) * length, (r * places + i + 1) * length);
      if (kind === 'attention') into[t] = 1;
      else if (kind === 'recurrent') into[t - 1] = 1;
      else shareAround(into, t, rows.lengths[r]!);
    }
    if (kind !== 'attention') continue;
    for (const t of all) ids[r * length + t] = show(ids[r * length + t]!);
  }
  const counts = Int32Array.from(picked, ({ length: one }) => one);
  return { ...rows, picks: { places, shares, words, counts } };
}

/** The share of these that is picked, without putting back. */
function someOf(places: number[], random: WordSource): number[] {
  if (places.length === 0) return [];
  const count = Math.min(MOST_PICKED, Math.max(1, Math.round(PICKED * places.length)));
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(uniform(random) * (places.length - i));
    [places[i], places[other]] = [places[other]!, places[i]!];
  }
  return places.slice(0, count);
}

function shareAround(into: Float32Array, t: number, size: number): void {
  const [from, to] = [Math.max(0, t - AROUND), Math.min(size, t + AROUND + 1)];
  const others = to - from - 1;
  if (others === 0) return;
  into.fill(1 / others, from, to);
  into[t] = 0;
}

function shown(id: number, words: number, random: WordSource): number {
  const draw = uniform(random);
  if (draw < AS_MASK) return MASK;
  if (draw >= AS_MASK + AS_ANY) return id;
  return FIRST_WORD + Math.floor(uniform(random) * (words - FIRST_WORD));
}
