import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTITY_TYPES, type EntitySpan } from '../../../main/contract/identify.ts';
import type { TextDecision } from '../../../main/contract/text-calls.ts';
import { showsFinding } from '../../../main/identify/check-redacted.ts';
import { PackedSpans } from '../../../main/identify/packed-spans.ts';
import {
  acceptedSpans,
  TextDecisions,
  type KeptDecision,
} from '../../../main/identify/text-decisions.ts';

const NOTE = 'Anna Ashdown, 47, called; Anna was not there.';
const NAME: EntitySpan = { start: 0, end: 12, type: 'PERSON', confidence: 0.8 };
const AGE: EntitySpan = { start: 14, end: 16, type: 'AGE', confidence: 0.3 };

const spot = { column: 'note', text: 0, start: 0, end: 12, alike: false };
const kept = (
  decision: TextDecision,
  found: KeptDecision['found'] = 'PERSON',
  content = NOTE,
): KeptDecision => ({ decision, letters: content.slice(decision.start, decision.end), found });
const applied = (decisions: readonly KeptDecision[], text = 0, column = 'note', content = NOTE) =>
  new TextDecisions(decisions).apply(column, text, content, [NAME, AGE]);

describe('findings without a decision', () => {
  it('are taken out, but for those of low confidence', () => {
    expect(applied([]).map(({ accepted }) => accepted)).toEqual([true, false]);
  });
});

describe('decisions', () => {
  it('count at their place only, the later one before the earlier', () => {
    const reject = kept({ do: 'reject', ...spot });
    expect(applied([reject])[0]?.accepted).toBe(false);
    expect(applied([reject], 1)[0]?.accepted).toBe(true);
    expect(applied([reject], 0, 'letter')[0]?.accepted).toBe(true);
    expect(applied([reject, kept({ do: 'accept', ...spot })])[0]?.accepted).toBe(true);
  });

  it('count for all alike in every text and column, but not for other letters', () => {
    const reject = kept({ do: 'reject', ...spot, alike: true });
    expect(applied([reject], 7, 'letter')[0]?.accepted).toBe(false);
    const other = NOTE.replace('Ashdown', 'Bramley');
    expect(applied([reject], 7, 'letter', other)[0]?.accepted).toBe(true);
    const one = kept({ do: 'accept', ...spot, text: 7 });
    expect(applied([reject, one], 7)[0]?.accepted).toBe(true);
    expect(applied([one, reject], 7)[0]?.accepted).toBe(false);
  });

  it('change the type and leave the rest', () => {
    const retype = kept({ do: 'retype', ...spot, type: 'ORGANIZATION' });
    expect(applied([retype])[0]).toMatchObject({
      type: 'ORGANIZATION',
      found: 'PERSON',
      accepted: true,
    });
  });

  it('add what was missed, here or wherever the same whole word stands', () => {
    const here = { ...spot, start: 26, end: 30, type: 'PERSON' } as const;
    const one = applied([kept({ do: 'add', ...here }, null)]);
    expect(one.filter(({ found }) => found === null)).toMatchObject([{ start: 26, end: 30 }]);
    expect(applied([kept({ do: 'add', ...here }, null)], 3)).toHaveLength(2);

    const everywhere = [kept({ do: 'add', ...here, alike: true }, null)];
    const elsewhere = new TextDecisions(everywhere).apply('letter', 3, 'Annabel saw Anna.', []);
    expect(elsewhere).toMatchObject([{ start: 12, end: 16, type: 'PERSON', accepted: true }]);
    const chinese = kept(
      { do: 'add', ...spot, start: 0, end: 2, alike: true, type: 'PERSON' },
      null,
      '王芳来过',
    );
    expect(new TextDecisions([chinese]).apply('letter', 3, '昨天王芳来过', [])).toHaveLength(1);
  });

  it('take an addition back again, and one that was found is accepted by adding it', () => {
    const here = { ...spot, start: 26, end: 30 } as const;
    const add = kept({ do: 'add', ...here, type: 'PERSON' }, null);
    const back = kept({ do: 'reject', ...here }, null);
    expect(applied([add, back]).find(({ start }) => start === 26)?.accepted).toBe(false);
    const age = kept({ do: 'add', ...spot, start: 14, end: 16, type: 'AGE' }, 'AGE');
    expect(applied([age])).toHaveLength(2);
    expect(applied([age])[1]).toMatchObject({ found: 'AGE', accepted: true });
  });
});

describe('what is taken out', () => {
  it('joins findings that overlap, so that no rest of one stays', () => {
    const add = kept({ do: 'add', ...spot, start: 5, end: 16, type: 'OTHER_ID' }, null);
    expect(acceptedSpans(applied([add]))).toMatchObject([{ start: 0, end: 16, type: 'PERSON' }]);
  });

  it('never overlaps and covers every accepted finding', () => {
    const span = fc
      .tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }), fc.boolean())
      .map(([start, length, accepted]) => ({
        start,
        end: start + length,
        type: 'PERSON' as const,
        confidence: 1,
        found: null,
        accepted,
      }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
        const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
        const out = acceptedSpans(sorted);
        for (const [place, { start }] of out.entries()) {
          expect(start).toBeGreaterThanOrEqual(out[place - 1]?.end ?? 0);
        }
        for (const { start, end, accepted } of spans) {
          const covered = out.some((one) => one.start <= start && end <= one.end);
          if (accepted) expect(covered).toBe(true);
        }
      }),
    );
  });
});

describe('packed findings', () => {
  it('are the same after they were written and read', () => {
    const span = fc.record({
      start: fc.nat(1e6),
      end: fc.nat(1e6),
      type: fc.constantFrom(...ENTITY_TYPES),
      confidence: fc.nat(200).map((steps) => steps / 200),
    });
    fc.assert(
      fc.property(fc.array(fc.array(span, { maxLength: 5 }), { maxLength: 800 }), (texts) => {
        const builder = PackedSpans.builder(texts.length);
        for (const found of texts) builder.add(found);
        const again = PackedSpans.fromBytes(Buffer.from(builder.done().toBytes()));
        expect(texts.map((_, text) => again?.of(text))).toEqual(texts);
      }),
      { numRuns: 20 },
    );
  });

  it('are none when the bytes are others', () => {
    const builder = PackedSpans.builder(1);
    builder.add([NAME]);
    const bytes = Buffer.from(builder.done().toBytes());
    expect(PackedSpans.fromBytes(bytes.subarray(1))).toBeNull();
    bytes.writeUInt32LE(2, 8);
    expect(PackedSpans.fromBytes(bytes)).toBeNull();
  });
});

describe('the look at a redacted text', () => {
  const marks = ['[NAME]', '[AGE]'];
  const findings = [NAME, { ...AGE, confidence: 1 }];
  it('passes what was taken out, also where the same letters stand elsewhere', () => {
    expect(showsFinding(NOTE, findings, '[NAME], [AGE], called; Anna was not there.', marks)).toBe(
      false,
    );
    const years = 'Ann, 4, called 4 times.';
    const four = [{ ...AGE, start: 5, end: 6 }];
    expect(showsFinding(years, four, 'Ann, *, called 4 times.', marks)).toBe(false);
    expect(showsFinding(years, four, 'Ann, 4, called 4 times.', marks)).toBe(true);
  });

  it('sees a finding that is left, or that went elsewhere', () => {
    expect(showsFinding(NOTE, findings, NOTE, marks)).toBe(true);
    expect(showsFinding(NOTE, findings, '[NAME], [AGE], called 47.', marks)).toBe(true);
  });
});
