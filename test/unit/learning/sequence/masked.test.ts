import { describe, expect, it } from 'vitest';
import { maskedEngine } from '../../../../main/learning/sequence/masked-engine.ts';
import { pickTokens } from '../../../../main/learning/sequence/masks.ts';
import { firstParametersOf } from '../../../../main/learning/sequence/stack.ts';
import { loadTensorFlow } from '../../../../main/learning/tensorflow.ts';
import { packed } from '../../../../main/learning/text/token-rows.ts';
import { FIRST_WORD, MASK, SEPARATOR, UNKNOWN } from '../../../../main/learning/text/vocabulary.ts';
import { seededRandom } from '../../../../main/privacy/seeded.ts';
import { seededUniform } from '../fixtures.ts';
import { hasTensorFlow } from '../sequence-models.ts';

const WORDS = 40;
const draw = seededUniform(8);
const word = (): number => FIRST_WORD + Math.floor(draw() * (WORDS - FIRST_WORD));
const text = (length: number): Int32Array => Int32Array.from({ length }, word);

const LIMITS = { capacity: 8, length: 12, several: false };

const KINDS = [
  { kind: 'bag', embedding: 6, state: 8 },
  { kind: 'recurrent', embedding: 6, units: 5, state: 8 },
  { kind: 'attention', width: 6, heads: 2, layers: 1, state: 8 },
] as const;

describe('words that are picked', () => {
  const rows = packed(Array.from({ length: 400 }, () => text(40)));
  const places = Int32Array.from(rows.lengths.keys());

  it('are 15 % of a text, of which 80 % are hidden and 10 % are any word', () => {
    const how = { kind: 'attention', words: WORDS } as const;
    const { ids, picks } = pickTokens(rows, places, how, seededRandom(1));
    expect(picks!.counts.every((count) => count === 6)).toBe(true);
    const shown = picks!.words.map((_, at) => {
      const place = picks!.shares.subarray(at * 40, (at + 1) * 40).indexOf(1);
      return ids[Math.floor(at / picks!.places) * 40 + place]!;
    });
    const share = (of: (id: number, at: number) => boolean): number =>
      [...shown].filter(of).length / shown.length;
    expect(share((id) => id === MASK)).toBeCloseTo(0.8, 1);
    expect(share((id, at) => id === picks!.words[at])).toBeCloseTo(0.1 + 0.1 / 36, 1);
    // The texts themselves stay as they are.
    expect(rows.ids.includes(MASK)).toBe(false);
  });

  it('are words of the vocabulary only', () => {
    const few = packed([
      Int32Array.of(UNKNOWN, SEPARATOR, FIRST_WORD, UNKNOWN),
      Int32Array.of(UNKNOWN),
    ]);
    for (const { kind } of KINDS) {
      const { picks } = pickTokens(
        few,
        Int32Array.of(0, 1),
        { kind, words: WORDS },
        seededRandom(2),
      );
      expect([...picks!.words]).toEqual([FIRST_WORD, -1]);
    }
  });

  it('are told from the token before them, or from their neighbours without themselves', () => {
    const one = packed([Int32Array.of(UNKNOWN, UNKNOWN, FIRST_WORD, UNKNOWN)]);
    const sharesOf = (kind: 'bag' | 'recurrent') =>
      pickTokens(one, Int32Array.of(0), { kind, words: WORDS }, seededRandom(2)).picks!.shares;
    expect([...sharesOf('recurrent')]).toEqual([0, 1, 0, 0]);
    expect([...sharesOf('bag')].map((share) => Math.round(9 * share))).toEqual([3, 3, 0, 3]);
  });
});

describe.skipIf(!hasTensorFlow).each(KINDS)(
  'an engine that tells words, of kind $kind',
  (model) => {
    const loaded = loadTensorFlow();
    const tf = 'tf' in loaded ? loaded.tf : null;
    const texts = packed([text(9), text(3), new Int32Array(0), text(12), Int32Array.of(UNKNOWN)]);
    const open = () => {
      const engine = maskedEngine(tf!, model, WORDS, LIMITS, seededRandom(4));
      const random = seededUniform(9);
      const parameters = firstParametersOf(engine.stack, 3).map(
        (value) => value / 8 + random() / 5,
      );
      engine.setParameters(parameters);
      return { engine, parameters, rows: engine.gather(texts, Int32Array.of(0, 1, 2, 3, 4)) };
    };

    it('has the gradients of its losses, text by text', () => {
      const { engine, parameters, rows } = open();
      engine.backward(rows, new Float64Array(0));
      const direction = seededUniform(11);
      const along = parameters.map(() => 2 * direction() - 1);
      const slopes = Array.from({ length: 5 }, (_, r) => {
        const gradient = new Float64Array(engine.parameters);
        engine.addWeightedGradient(
          Float64Array.from({ length: 5 }, (__, i) => (i === r ? 1 : 0)),
          gradient,
        );
        return gradient.reduce((sum, value, i) => sum + value * along[i]!, 0);
      });
      const step = 2 ** -8;
      const at = (times: number): Float64Array => {
        engine.setParameters(parameters.map((value, i) => value + times * step * along[i]!));
        return engine.losses(rows);
      };
      const [above, below] = [at(1), at(-1)];
      for (const [r, slope] of slopes.entries()) {
        const found = (above[r]! - below[r]!) / (2 * step);
        expect(Math.abs(found - slope)).toBeLessThan(0.01 * (1 + Math.abs(slope)));
      }
      expect(slopes[2]).toBe(0);
      expect(slopes[4]).toBe(0);
      expect(Math.abs(slopes[0]!)).toBeGreaterThan(0);
      engine.dispose();
    });

    it('reports the lengths of these gradients', () => {
      const { engine, rows } = open();
      engine.backward(rows, new Float64Array(0));
      const norms = new Float64Array(5);
      engine.squaredNorms(Int32Array.of(0, 1, 2, 3, 4, 5), norms);
      for (let r = 0; r < 5; r++) {
        const gradient = new Float64Array(engine.parameters);
        engine.addWeightedGradient(
          Float64Array.from({ length: 5 }, (_, i) => (i === r ? 1 : 0)),
          gradient,
        );
        const length = gradient.reduce((sum, value) => sum + value ** 2, 0);
        // Never shorter; longer by what rounding may do at most.
        expect(norms[r]).toBeGreaterThanOrEqual(length * (1 - 1e-9));
        expect(norms[r]).toBeLessThanOrEqual(length * (1 + 1e-4));
      }
      engine.dispose();
    });
  },
);
