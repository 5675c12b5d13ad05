import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEntities } from '../../../main/identify/find.ts';

const PIECES = [
  ...[
    'Anna',
    'Lind',
    'Mr.',
    'the',
    'of',
    'at',
    '12',
    'Main St',
    'Apt.',
    '3',
    ',',
    '\n',
    '@',
    '.com',
  ],
  ...[
    '4111111111111111',
    'GB82',
    '::',
    '+44',
    '張',
    '\ud83d',
    'e\u0301',
    "'s",
    '-',
    '"',
    'IBAN',
    '5/5/1937',
  ],
];

describe('findings', () => {
  it('are in order, apart, inside the text, and the same every time', () => {
    const text = fc.oneof(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(' ')),
      fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, (given) => {
        const findings = findEntities(given);
        let end = 0;
        for (const finding of findings) {
          expect(finding.start).toBeGreaterThanOrEqual(end);
          expect(finding.end).toBeGreaterThan(finding.start);
          expect(finding.end).toBeLessThanOrEqual(given.length);
          expect(finding.confidence).toBeGreaterThan(0);
          expect(finding.confidence).toBeLessThanOrEqual(1);
          end = finding.end;
        }
        expect(findEntities(given)).toEqual(findings);
      }),
      { numRuns: 300 },
    );
  });

  it('count UTF-16 code units, also behind characters of two', () => {
    const text = '😀😀 mail a@example.org';
    expect(findEntities(text)).toMatchObject([{ start: 10, end: 23, type: 'EMAIL' }]);
  });

  it('can be asked for by type and confidence', () => {
    const text = 'Anna Lind, a@example.org';
    expect(findEntities(text, { types: ['EMAIL'] })).toHaveLength(1);
    expect(findEntities(text, { least: 0.95 }).map(({ type }) => type)).toEqual(['EMAIL']);
  });

  it('are none in an empty or blank text', () => {
    expect(findEntities('')).toEqual([]);
    expect(findEntities(' \n\t ')).toEqual([]);
  });
});

describe('hostile text', () => {
  const of = (piece: string, size: number): string =>
    piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

  const KIB = process.env['CONCORD_TEST_LONG'] === '1' ? 1024 : 128;

  it.each(['a', '1 ', 'A. ', 'a@', 'www.a', 'Anna, ', '12 Main St Apt. 3 ', 'a.b-c_'])(
    `of ${KIB} KiB of %j is read to its end`,
    (piece) => expect(Array.isArray(findEntities(of(piece, KIB * 1024)))).toBe(true),
    120_000,
  );

  it.each([
    ...['1', '1-', 'a.', ' ', '\n', 'a:', 'http://', '"\'(', 'Rue de la ', 'the corner of ', '(0)'],
    ...['GB82 ', '\ud83d', 'University of ', 'e\u0301', 'van der ', 'passport no ', 'A and B, '],
  ])('of 64 KiB of %j is read to its end', (piece) => {
    expect(Array.isArray(findEntities(of(piece, 1 << 16)))).toBe(true);
  });
});
