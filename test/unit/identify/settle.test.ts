import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENTITY_TYPES, type EntitySpan } from '../../../main/contract/identify.ts';
import { settle } from '../../../main/identify/settle.ts';

const span: fc.Arbitrary<EntitySpan> = fc
  .record({
    start: fc.nat(60),
    length: fc.nat(12),
    type: fc.constantFrom(...ENTITY_TYPES),
    confidence: fc.constantFrom(0.3, 0.6, 0.9),
  })
  .map(({ start, length, type, confidence }) => ({ start, end: start + length, type, confidence }));

const overlap = (a: EntitySpan, b: EntitySpan): boolean => a.start < b.end && b.start < a.end;

test('findings that are kept do not overlap, and what is dropped gave way to a surer one', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 20 }), (findings) => {
      const kept = settle(findings);
      for (const [place, one] of kept.entries()) {
        expect(one.start).toBeLessThan(one.end);
        if (place > 0) expect(kept[place - 1]?.end).toBeLessThanOrEqual(one.start);
      }
      for (const dropped of findings.filter((one) => one.start < one.end && !kept.includes(one))) {
        const winner = kept.find(
          (one) => overlap(one, dropped) && one.confidence >= dropped.confidence,
        );
        expect(winner).toBeDefined();
      }
    }),
  );
});

test('of equally sure findings the longer is kept', () => {
  const short: EntitySpan = { start: 4, end: 8, type: 'PERSON', confidence: 0.6 };
  const long: EntitySpan = { start: 0, end: 10, type: 'ADDRESS', confidence: 0.6 };
  expect(settle([short, long])).toEqual([long]);
});
