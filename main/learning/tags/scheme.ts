/** The tag of a token outside every entity. */
export const OUTSIDE = 'O';

const MARKED = /^([BI])-(.+)$/;
/** Marks of ends and of single tokens (IOBES, BILOU), which are not read. */
const OTHER_MARK = /^[ESLU]-/;

/**
 * How tags are read: the kinds of entity, and classes of tokens inside a model. Class 0 is outside,
 * 2k + 1 begins an entity of kind k, 2k + 2 goes on with it (IOB2: Tjong Kim Sang and Veenstra 1999).
 */
export interface Scheme {
  readonly kinds: readonly string[];
  readonly classes: number;
}

/** An entity: the tokens from .. to (excluded), and the place of its kind. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly kind: number;
}

function partsOf(tag: string): { readonly begins: boolean; readonly kind: string } {
  const marked = MARKED.exec(tag);
  if (marked === null) return { begins: false, kind: tag };
  return { begins: marked[1] === 'B', kind: marked[2]! };
}

/** Whether a tag has a mark of a scheme that is not read. */
export function isOfAnotherScheme(tag: string): boolean {
  return OTHER_MARK.test(tag);
}

/** The scheme behind a list of tags, with or without `O`. */
export function schemeOf(tags: readonly string[]): Scheme {
  const kinds = new Set(tags.filter((tag) => tag !== OUTSIDE).map((tag) => partsOf(tag).kind));
  return { kinds: [...kinds], classes: 2 * kinds.size + 1 };
}

export function kindOfClass(one: number): number {
  return one === 0 ? -1 : (one - 1) >> 1;
}

export function begins(one: number): boolean {
  return one % 2 === 1;
}

/**
 * A function giving the class of each tag of a text; -1 where a tag is of no kind of the scheme. Tags
 * of IOB1, IOB2 and bare kinds are read alike, as CoNLL's evaluation does (conlleval,
 * Tjong Kim Sang and Buchholz 2000): an entity begins at B-, or where the token before is outside or
 * of another kind.
 */
export function classReader({ kinds }: Scheme): (tags: readonly string[]) => Int32Array {
  const places = new Map(kinds.map((kind, place) => [kind, place]));
  return (tags) => {
    let before = -1;
    return Int32Array.from(tags, (tag) => {
      if (tag === OUTSIDE) {
        before = -1;
        return 0;
      }
      const { begins: isMarked, kind } = partsOf(tag);
      const place = places.get(kind);
      if (place === undefined) {
        before = -1;
        return -1;
      }
      const isFirst = isMarked || place !== before;
      before = place;
      return isFirst ? 2 * place + 1 : 2 * place + 2;
    });
  };
}

/** The entities of a text, from left to right. @param classes as `classReader` or `decode` give them */
export function spansOf(classes: ArrayLike<number>): Span[] {
  const spans: Span[] = [];
  let from = 0;
  let kind = -1;
  for (let t = 0; t <= classes.length; t++) {
    const one = t < classes.length ? classes[t]! : 0;
    const next = kindOfClass(one);
    if (kind >= 0 && (next !== kind || begins(one))) {
      spans.push({ from, to: t, kind });
      kind = -1;
    }
    if (next >= 0 && kind < 0) {
      from = t;
      kind = next;
    }
  }
  return spans;
}

/**
 * A function that writes classes as tags of the kind of list given: IOB2 where each kind of it has a
 * B-, bare kinds where none has a mark, else IOB1 (B- only between two entities of one kind, where
 * the list has it).
 */
export function tagWriter(tags: readonly string[]): (classes: ArrayLike<number>) => string[] {
  const { kinds } = schemeOf(tags);
  const listed = new Set(tags);
  const isSecond = kinds.every((kind) => listed.has(`B-${kind}`));
  const written = (one: number, before: number): string => {
    const place = kindOfClass(one);
    if (place < 0) return OUTSIDE;
    const kind = kinds[place]!;
    const [first, inside] = [`B-${kind}`, `I-${kind}`];
    if (isSecond) return begins(one) ? first : inside;
    if (begins(one) && kindOfClass(before) === place && listed.has(first)) return first;
    return listed.has(inside) || listed.has(first) ? inside : kind;
  };
  return (classes) => Array.from(classes, (one, t) => written(one, t === 0 ? 0 : classes[t - 1]!));
}
