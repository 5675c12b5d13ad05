import { describe, expect, it, vi } from 'vitest';
import { addCells, gridNoise, type GridNoise } from '../../../main/privacy/noise.ts';
import { noiseSupply, type NoiseSupply } from '../../../main/privacy/noise-ahead.ts';
import { newRing, NoiseRing, type SharedRing } from '../../../main/privacy/noise-ring.ts';
import type { RandomSource } from '../../../main/privacy/random.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';

const SIZE = 4096;
/** Enough for a thread. */
const STEPS = 4096;
const NOISE = gridNoise({
  ...{ noiseMultiplier: 2.5, clip: 0.7, dimension: SIZE, clipSlack: 1e-6, sumError: 0 },
});

/** The system's source, which counts how often it is asked. */
function counted(): RandomSource & { asked: number } {
  const system = systemRandom();
  const source = {
    kind: 'system',
    asked: 0,
    next: () => system.next(),
    fill(words: Uint32Array) {
      source.asked++;
      system.fill(words);
    },
  };
  return source as unknown as RandomSource & { asked: number };
}

/** Noise of `count` steps that the thread made; what was made in place meanwhile is left out. */
async function fromThread(
  supply: NoiseSupply,
  random: { asked: number },
  count: number,
): Promise<Float64Array[]> {
  const found: Float64Array[] = [];
  while (found.length < count) {
    const sum = new Float64Array(SIZE);
    const { asked } = random;
    supply.add(sum);
    if (random.asked === asked) found.push(sum);
    else await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return found;
}

const filled = (value: number) => (block: Float64Array) => void block.fill(value);
const all = (ring: SharedRing): number[] => [...new Float64Array(ring.blocks)];

describe('a ring of noise', () => {
  it('gives each block once, in order, and wipes it', () => {
    const shared = newRing(3, 4);
    const ring = new NoiseRing(shared);
    expect(all(shared)).toEqual(new Array(12).fill(NaN));
    expect(ring.take(() => expect.unreachable())).toBe(false);
    let made = 0;
    ring.make(4, (block) => void block.fill(++made));
    const taken: number[] = [];
    while (ring.take((block) => void taken.push(...block)));
    expect(taken).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
    expect(all(shared)).toEqual(new Array(12).fill(NaN));
    expect(ring.take(() => expect.unreachable())).toBe(false);
  });

  it('writes over no block that is not yet taken, however often it goes round', () => {
    const shared = newRing(2, 3);
    const ring = new NoiseRing(shared);
    const taken: number[] = [];
    let made = 0;
    // The maker sleeps when all slots are full: here the taker takes whatever is there before that.
    ring.make(1000, (block) => {
      expect([...block]).toEqual([NaN, NaN]);
      while (taken.length < made) ring.take((held) => void taken.push(held[0]!));
      block.fill(made++);
    });
    while (ring.take((held) => void taken.push(held[0]!)));
    expect(taken).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  it('makes nothing while every slot holds what was not taken', () => {
    const ring = new NoiseRing(newRing(1, 4));
    const taken: number[] = [];
    const take = (): boolean => ring.take(([value]) => void taken.push(value!));
    let made = 0;
    // Where the maker would sleep, the other side takes one.
    const wait = vi.spyOn(Atomics, 'wait').mockImplementation(() => {
      take();
      return 'ok';
    });
    ring.make(40, (block) => {
      expect(made - taken.length).toBeLessThan(4);
      block.fill(++made);
    });
    wait.mockRestore();
    while (take());
    expect(taken).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('uses up a block whose use failed', () => {
    const ring = new NoiseRing(newRing(2, 2));
    ring.make(1, filled(7));
    expect(() =>
      ring.take(() => {
        throw new RangeError('half-way');
      }),
    ).toThrow('half-way');
    expect(ring.take(() => expect.unreachable())).toBe(false);
  });

  it('waits for a block that was begun, and takes no other noise in its place', () => {
    const ring = new NoiseRing(newRing(2, 4), 10);
    ring.make(1, (block) => {
      // Begun and not there: neither "make your own" nor a half-made block.
      expect(() => ring.take(() => expect.unreachable())).toThrow('did not come');
      block.fill(3);
    });
    expect(ring.take((block) => expect([...block]).toEqual([3, 3]))).toBe(true);
  });

  it('shows nothing of a block whose maker died over it', () => {
    const ring = new NoiseRing(newRing(2, 4), 10);
    let made = 0;
    const dying = (block: Float64Array): void => {
      block[0] = 1;
      if (++made === 3) throw new RangeError('died');
      block[1] = 1;
    };
    expect(() => ring.make(4, dying)).toThrow('died');
    expect(ring.take((block) => expect([...block]).toEqual([1, 1]))).toBe(true);
    expect(ring.take((block) => expect([...block]).toEqual([1, 1]))).toBe(true);
    expect(() => ring.take(() => expect.unreachable())).toThrow('did not come');
  });

  it('lets no sum pass with noise that nobody made', () => {
    const ring = new NoiseRing(newRing(2, 4));
    ring.make(1, () => {});
    expect(() => ring.take((cells) => addCells(new Float64Array(2), cells, NOISE))).toThrow(
      RangeError,
    );
  });

  it('is empty once it is closed, for both sides', () => {
    const shared = newRing(2, 2);
    const ring = new NoiseRing(shared);
    ring.make(2, filled(1));
    ring.close();
    expect(ring.take(() => expect.unreachable())).toBe(false);
    new NoiseRing(shared).make(9, () => expect.unreachable());
    ring.wipe();
    expect(all(shared)).toEqual([NaN, NaN, NaN, NaN]);
  });
});

describe('noise made ahead', () => {
  it('is used once each, on the grid, of the same deviation, round after round of the ring', async () => {
    const [random, other] = [counted(), counted()];
    const [supply, beside] = [
      noiseSupply(SIZE, STEPS, NOISE, random),
      noiseSupply(SIZE, STEPS, NOISE, other),
    ];
    const steps = [
      ...(await fromThread(supply, random, 100)),
      ...(await fromThread(beside, other, 20)),
    ];
    await Promise.all([supply.close(), beside.close()]);
    // Cells are of 2^16 and more values: two steps with the same first four are the same step.
    const heads = new Set(steps.map((step) => step.subarray(0, 4).join()));
    expect(heads.size).toBe(steps.length);
    let offGrid = 0;
    let squares = 0;
    let products = 0;
    steps.forEach((step, s) =>
      step.forEach((value, i) => {
        if (!Number.isInteger(value / NOISE.grid)) offGrid++;
        squares += value * value;
        products += value * (steps[s - 1]?.[i] ?? 0);
      }),
    );
    expect(offGrid).toBe(0);
    const count = steps.length * SIZE;
    const variance = (2.5 * NOISE.sensitivity) ** 2;
    expect(Math.abs(squares / count / variance - 1)).toBeLessThan(3.29 * Math.sqrt(2 / count));
    expect(Math.abs(products / variance)).toBeLessThan(3.29 * Math.sqrt(count));
  });

  it('is made in place once the supply is closed', async () => {
    const random = counted();
    const supply = noiseSupply(SIZE, STEPS, NOISE, random);
    await fromThread(supply, random, 1);
    await supply.close();
    const { asked } = random;
    const sum = new Float64Array(SIZE);
    supply.add(sum);
    expect(random.asked).toBeGreaterThan(asked);
    expect(new Set(sum).size).toBeGreaterThan(SIZE / 2);
  });

  it('wipes what was not used when it ends', async () => {
    const wipe = vi.spyOn(NoiseRing.prototype, 'wipe');
    const random = counted();
    const supply = noiseSupply(SIZE, STEPS, NOISE, random);
    await fromThread(supply, random, 1);
    await supply.close();
    expect(wipe).toHaveBeenCalledOnce();
    wipe.mockRestore();
  });

  it('is made in place where no thread can be had, and where it is little', async () => {
    // A function cannot be handed to a thread: it does not begin.
    const none = { ...NOISE, hindrance: () => {} } as GridNoise;
    for (const [noise, steps] of [
      [none, STEPS],
      [NOISE, 10],
    ] as const) {
      const random = counted();
      const supply = noiseSupply(SIZE, steps, noise, random);
      for (let step = 1; step <= 5; step++) {
        const { asked } = random;
        const sum = new Float64Array(SIZE);
        supply.add(sum);
        expect(random.asked).toBeGreaterThan(asked);
        expect(sum.every((value) => value !== 0)).toBe(true);
      }
      await supply.close();
    }
  });

  it('comes from the source of a test alone where there is one', async () => {
    const draw = async (): Promise<Float64Array> => {
      const supply = noiseSupply(SIZE, STEPS, NOISE, privateRandomForTests('ahead'));
      const sum = new Float64Array(SIZE);
      supply.add(sum);
      await supply.close();
      return sum;
    };
    expect(await draw()).toEqual(await draw());
  });

  it('refuses a sum of another size', async () => {
    const supply = noiseSupply(SIZE, STEPS, NOISE, systemRandom());
    expect(() => supply.add(new Float64Array(SIZE - 1))).toThrow(RangeError);
    await supply.close();
  });
});
