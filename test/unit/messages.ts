import fc from 'fast-check';
import { expect } from 'vitest';

/** Made-up messages for each call at each of the two doors. */
export const MESSAGES = process.env['CONCORD_TEST_LONG'] === '1' ? 2000 : 300;
/** What the long run owes in all. */
const LONG_TOTAL = 10_000;

const anything = fc.anything({
  maxDepth: 3,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
});

/** A message that fits, but for one field that is another, missing, or one too many. */
function nearly(valid: unknown): fc.Arbitrary<unknown> {
  if (typeof valid !== 'object' || valid === null || Array.isArray(valid)) return anything;
  const names = [...Object.keys(valid), 'more'];
  return fc.tuple(fc.constantFrom(...names), fc.option(anything)).map(([name, value]) => {
    const others = Object.entries(valid).filter(([key]) => key !== name);
    return Object.fromEntries(value === null ? others : [...others, [name, value]]);
  });
}

/** Messages for one call: anything at all, or nearly what it takes. */
export function messagesFor(valid: unknown): fc.Arbitrary<unknown> {
  return fc.oneof(anything, nearly(valid));
}

/** Counts what was sent to one door, says it, and fails when it was too little. */
export class Sent {
  readonly #door: string;
  readonly #of = new Map<string, number>();

  constructor(door: string) {
    this.#door = door;
  }

  count(call: string): void {
    this.#of.set(call, (this.#of.get(call) ?? 0) + 1);
  }

  /** @param calls all that had to be asked */
  expectEnough(calls: readonly string[]): void {
    const counts = calls.map((call) => this.#of.get(call) ?? 0);
    const all = counts.reduce((sum, count) => sum + count, 0);
    process.stdout.write(
      `${this.#door}: ${all} messages, ${MESSAGES} for each of ${calls.length} calls\n`,
    );
    for (const [index, count] of counts.entries()) {
      expect(count, calls[index]).toBeGreaterThanOrEqual(MESSAGES);
    }
    expect(all).toBeGreaterThanOrEqual(MESSAGES > 300 ? LONG_TOTAL : 0);
  }
}
