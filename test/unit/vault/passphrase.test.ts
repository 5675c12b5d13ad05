import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { normalisePassphrase, requireStrong } from '../../../main/vault/passphrase.ts';
import { STRETCH_COST, stretchCost, stretchPassphrase } from '../../../main/vault/stretch.ts';

const isWeak = (passphrase: string): boolean => {
  try {
    requireStrong(passphrase);
    return false;
  } catch (error) {
    if (error instanceof ConcordError) expect(error.params).toEqual({ minimum: 12 });
    return true;
  }
};

describe('the strength of a passphrase', () => {
  it.each([
    '',
    'elevenchars',
    'aaaaaaaaaaaaaaaaaaaa',
    'abababababab',
    'passwopasswo',
    'abcdefghijklmnop',
    '012345678901',
    '987654321098',
    '\u0065\u0301'.repeat(11) + '𝐀',
  ])('refuses %j', (passphrase) => expect(isWeak(passphrase)).toBe(true));

  it.each([
    'four quiet herons wade',
    'Tr4vel-by-Ferry',
    '春江潮水连海平海上明月共潮生',
    'éàüßøñçœæ-þð',
  ])('takes %j', (passphrase) => expect(isWeak(passphrase)).toBe(false));

  it('is the same however the letters were composed or how wide they were typed', () => {
    expect(normalisePassphrase('cafe\u0301 Ｃｏｎｃｏｒｄ１２')).toBe('café Concord12');
  });
});

describe('Argon2id', () => {
  // Reference implementation (github.com/P-H-C/phc-winner-argon2, src/test.c, version 0x13).
  it.each([
    [2, 65_536, 1, '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'],
    [1, 65_536, 1, 'f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98'],
  ])('gives the published bytes (t=%i, m=%i, p=%i)', async (passes, memoryKiB, lanes, hex) => {
    const cost = { algorithm: 'argon2id', passes, memoryKiB, lanes } as const;
    const key = await stretchPassphrase('password', Buffer.from('somesalt'), cost);
    expect(key.toString('hex')).toBe(hex);
  });

  it('costs 64 MiB and three passes unless a test says otherwise', () => {
    expect(STRETCH_COST).toEqual({ algorithm: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1 });
    expect(stretchCost.safeParse({ ...STRETCH_COST, memoryKiB: 2 ** 30 }).success).toBe(false);
  });
});
