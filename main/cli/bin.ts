import { ConcordError } from '../contract/errors.ts';
import { studiesInBin } from '../study/bin.ts';
import type { Vault } from '../vault/index.ts';
import type { Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { studyGiven, withVault } from './with-vault.ts';

const ACTIONS: Readonly<Record<string, (vault: Vault, given: Arguments) => void>> = {
  list: () => undefined,
  remove: (vault, given) => vault.studies.remove(studyGiven('bin remove', vault, given)),
  restore: (vault, given) => void vault.studies.restore(studyGiven('bin restore', vault, given)),
  erase(vault, given) {
    const all = given.flags.has('all') && !given.text.has('study');
    const ids = all
      ? vault.studies.removed().map(({ id }) => id)
      : [studyGiven('bin erase', vault, given)];
    vault.studies.erase(ids);
  },
};

/** `bin list|remove|restore|erase --vault FILE [--study NAME | --all]`; says what the bin then holds. */
export const binCommand: Command = {
  form: {
    files: ['ACTION'],
    options: { vault: 'text', person: 'text', study: 'text', all: 'flag' },
  },
  async run(given, around) {
    const [name = ''] = given.files;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) {
      const known = Object.keys(ACTIONS);
      throw new ConcordError('COMMAND_UNKNOWN', { command: `bin ${name}`, known });
    }
    return withVault(`bin ${name}`, given, around, (vault) => {
      action(vault, given);
      return { json: { studies: studiesInBin(vault), head: vault.journal.head() } };
    });
  },
};
