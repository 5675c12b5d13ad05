/** Who signs a model off: how the rules are broken. */
import { broken, unit } from './form.mjs';

/** @type {import('./form.mjs').Rule[]} */
export const SIGNING_RULES = [
  {
    id: 'sign-off',
    rule: 'Nobody signs off what they trained, what was not attacked or leaks too much; only their passphrase opens their key; a signed report is refused with any byte altered; each call is for its roles',
    tests: {
      refused: unit('study/sign-off', 'is not signed before its leak test, nor by who trained it'),
      state: unit('study/sign-off', 'loses its sign-off to an attack that finds more'),
      bytes: unit('study/sign-off', 'is refused with any byte altered'),
      marks: unit('study/sign-off', 'is refused with a mark in place of a value'),
      keys: unit('study/sign-off', 'is refused with the signature of another key'),
      first: unit('vault/signing', 'is made when a person replaces the passphrase'),
      roles: unit('engine/roles', 'is answered for its roles and refused to all others'),
    },
    breaks: [
      broken('the trainer may decide', 'refused', [
        'study/approval.ts',
        'id === trainer.id || name === trainer.name',
        'id === ""',
      ]),
      broken('a leak test that blocks is signed over', 'refused', [
        'study/approval.ts',
        "? ['LEAK_TEST_BLOCKS'] : []",
        '? [] : []',
      ]),
      broken('a later leak test changes nothing', 'state', [
        'study/approval.ts',
        "return 'blocked';",
        "return 'signed';",
      ]),
      broken('the page is not held against its hash', 'bytes', [
        'report/seal.ts',
        'sha256(bare) === hash &&',
        'true &&',
      ]),
      broken('a page may hold the marks', 'marks', [
        'report/seal.ts',
        '.some((one) => page.includes(one))',
        '.some((one) => page === one)',
      ]),
      broken('the signature is not checked', 'keys', [
        'report/signed.ts',
        'return holds ? parsed.data : null;',
        'return parsed.data;',
      ]),
      broken('a given passphrase signs', 'first', [
        'vault/people.ts',
        "if (this.hasFirstPassphrase()) throw new ConcordError('PASSPHRASE_NOT_OWN');",
        '',
      ]),
      broken('roles are not asked', 'roles', [
        'engine/router.ts',
        "who !== 'anyone' && !who.includes(role)",
        "who !== 'anyone' && !who.includes(role) && name === 'vault.status'",
      ]),
    ],
  },
];
