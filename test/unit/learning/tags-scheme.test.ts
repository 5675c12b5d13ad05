import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../main/learning/tags/decode.ts';
import { tagMetrics } from '../../../main/learning/tags/metrics.ts';
import { classReader, schemeOf, spansOf, tagWriter } from '../../../main/learning/tags/scheme.ts';

const TAGS = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'];
const read = classReader(schemeOf(TAGS));
const texts = fc.array(fc.array(fc.constantFrom(...TAGS), { minLength: 1, maxLength: 9 }), {
  minLength: 1,
  maxLength: 6,
});

/** Counts as conlleval does, token by token, its rules written out (version 2004-01-26). */
function conlleval(truth: readonly string[], guessed: readonly string[]) {
  const parts = (tag: string): [string, string] =>
    tag === 'O' ? ['O', ''] : [tag[0]!, tag.slice(2)];
  const starts = (before: string, tag: string): boolean => {
    const [[was, wasKind], [is, isKind]] = [parts(before), parts(tag)];
    return is === 'B' || (is === 'I' && was === 'O') || (is !== 'O' && wasKind !== isKind);
  };
  const ends = (before: string, tag: string): boolean => {
    const [[was, wasKind], [is, isKind]] = [parts(before), parts(tag)];
    return was !== 'O' && (is === 'B' || is === 'O' || wasKind !== isKind);
  };
  let [right, there, found, inside] = [0, 0, 0, false];
  for (let t = 0; t <= truth.length; t++) {
    const [before, tag] = [truth[t - 1] ?? 'O', truth[t] ?? 'O'];
    const [guessBefore, guess] = [guessed[t - 1] ?? 'O', guessed[t] ?? 'O'];
    const [end, guessEnd] = [ends(before, tag), ends(guessBefore, guess)];
    if (inside) {
      if (end && guessEnd && parts(before)[1] === parts(guessBefore)[1]) {
        inside = false;
        right++;
      } else if (end !== guessEnd || parts(tag)[1] !== parts(guess)[1]) inside = false;
    }
    const [start, guessStart] = [starts(before, tag), starts(guessBefore, guess)];
    if (start && guessStart && parts(tag)[1] === parts(guess)[1]) inside = true;
    there += Number(start);
    found += Number(guessStart);
  }
  return { right, there, found };
}

describe('schemes of tags', () => {
  it('IOB1, IOB2 and bare kinds are read alike', () => {
    const classes = [0, 1, 2, 0, 3, 1];
    expect([...read(['O', 'I-PER', 'I-PER', 'O', 'I-LOC', 'I-PER'])]).toEqual(classes);
    expect([...read(['O', 'B-PER', 'I-PER', 'O', 'B-LOC', 'B-PER'])]).toEqual(classes);
    const bare = classReader(schemeOf(['O', 'PER', 'LOC']));
    expect([...bare(['O', 'PER', 'PER', 'O', 'LOC', 'PER'])]).toEqual(classes);
    expect([...read(['I-PER', 'B-PER', 'I-ORG', 'I-PER'])]).toEqual([1, 1, -1, 1]);
  });

  it.each([
    ['IOB2', TAGS, ['B-PER', 'I-PER', 'B-PER', 'O', 'B-LOC']],
    ['IOB1', ['O', 'I-PER', 'B-PER', 'I-LOC'], ['I-PER', 'I-PER', 'B-PER', 'O', 'I-LOC']],
    ['IOB1 without B-', ['O', 'I-PER', 'I-LOC'], ['I-PER', 'I-PER', 'I-PER', 'O', 'I-LOC']],
    ['bare kinds', ['O', 'PER', 'LOC'], ['PER', 'PER', 'PER', 'O', 'LOC']],
  ])('classes are written as %s', (_, tags, written) => {
    expect(tagWriter(tags)([1, 2, 1, 0, 3])).toEqual(written);
  });

  it('what was written is read again', () => {
    fc.assert(
      fc.property(texts, (all) => {
        for (const tags of all) expect(read(tagWriter(TAGS)(read(tags)))).toEqual(read(tags));
      }),
    );
  });
});

describe('figures of tags', () => {
  it('are those of conlleval', () => {
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.constantFrom(...TAGS)), (all, stream) => {
        const guesses = all.map((tags) => tags.map(() => stream.next().value as string));
        const counts = all.map((tags, r) => conlleval(tags, guesses[r]!));
        const sum = (of: 'right' | 'there' | 'found'): number =>
          counts.reduce((whole, one) => whole + one[of], 0);
        const metrics = tagMetrics(
          TAGS,
          all.map((tags, r) => ({
            truth: read(tags),
            predicted: read(guesses[r]!),
            inside: new Float64Array(tags.length),
          })),
        );
        const { precision, recall, f1, by_kind: kinds } = metrics.spans!;
        const rate = (part: number, whole: number) => (whole === 0 ? null : part / whole);
        expect(precision).toEqual(rate(sum('right'), sum('found')));
        expect(recall).toEqual(rate(sum('right'), sum('there')));
        expect(f1).toEqual(rate(2 * sum('right'), sum('found') + sum('there')));
        expect(kinds.reduce((whole, { count }) => whole + count, 0)).toBe(sum('there'));
      }),
    );
  });

  it('of a text by hand', () => {
    const truth = read(['B-PER', 'I-PER', 'O', 'B-LOC', 'O']);
    const predicted = read(['B-PER', 'O', 'O', 'B-LOC', 'O']);
    const inside = Float64Array.of(0.9, 0.4, 0.5, 0.8, 0.1);
    const { spans, ...rest } = tagMetrics(TAGS, [{ truth, predicted, inside }]);
    expect(rest).toEqual({ accuracy: 0.8, base_rate: 0.4, auc: 5 / 6 });
    expect(spans).toEqual({
      ...{ precision: 0.5, recall: 0.5, f1: 0.5 },
      by_kind: [
        { kind: 'PER', count: 1, precision: 0, recall: 0, f1: 0 },
        { kind: 'LOC', count: 1, precision: 1, recall: 1, f1: 1 },
      ],
    });
  });
});

describe('decoding', () => {
  it('finds the best course in which nothing goes on that has not begun', () => {
    const classes = 5;
    const logits = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      ...{ minLength: 4 * classes, maxLength: 4 * classes },
    });
    fc.assert(
      fc.property(logits, (outputs) => {
        const total = (path: ArrayLike<number>): number =>
          Array.from(path).reduce((sum, one, t) => sum + outputs[t * classes + one]!, 0);
        let best = -Infinity;
        for (let code = 0; code < classes ** 4; code++) {
          const path = [0, 1, 2, 3].map((t) => Math.floor(code / classes ** t) % classes);
          if (isSound(path)) best = Math.max(best, total(path));
        }
        const found = decode(Float64Array.from(outputs), classes);
        expect(isSound(found)).toBe(true);
        expect(total(found)).toBeCloseTo(best, 9);
      }),
      { numRuns: 30 },
    );
    expect(decode(new Float64Array(0), classes)).toHaveLength(0);
  });

  it('spans follow from classes', () => {
    expect(spansOf([1, 2, 1, 0, 4])).toEqual([
      { from: 0, to: 2, kind: 0 },
      { from: 2, to: 3, kind: 0 },
      { from: 4, to: 5, kind: 1 },
    ]);
  });
});

/** 2k + 2 stands only behind 2k + 1 or itself. */
function isSound(path: ArrayLike<number>): boolean {
  return Array.from(path).every(
    (one, t) =>
      one === 0 || one % 2 === 1 || (t > 0 && (path[t - 1] === one || path[t - 1] === one - 1)),
  );
}
