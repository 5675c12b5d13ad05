import type { Problem } from '../problem.ts';

/** The same lower bound as the vault's, which decides; here it saves a wait. */
const MINIMUM = 12;

/** What is wrong with a new passphrase that is asked for twice. */
export function newPassphraseProblems(first: string, second: string): Problem[] {
  if (first === '') return [{ field: 'first', say: (words) => words.screens.create.missing }];
  if ([...first].length < MINIMUM) {
    return [{ field: 'first', say: (words) => words.screens.create.short }];
  }
  if (first !== second) return [{ field: 'second', say: (words) => words.screens.create.differs }];
  return [];
}
