import { ConcordError } from '../contract/errors.ts';
import { role as roleOf } from '../contract/people.ts';
import { ROLES } from '../contract/roles.ts';
import { peopleOf } from '../study/people.ts';
import { recoverVault, type Vault } from '../vault/index.ts';
import { requireFile } from '../study/files.ts';
import { required, type Arguments } from './arguments.ts';
import type { CommandAnswer, Surroundings } from './command.ts';
import { readPassphrases } from './passphrase.ts';
import { callerPath } from './paths.ts';
import { openGiven, requireCall } from './with-vault.ts';

type Action = (vault: Vault, given: Arguments, more: readonly string[]) => Promise<object>;

const listed = (vault: Vault): object => ({ people: peopleOf(vault), head: vault.journal.head() });

/** What each action asks for beside the passphrase of `--person`, and does. */
const ACTIONS: Readonly<Record<string, { readonly passphrases: 1 | 2; readonly run: Action }>> = {
  list: { passphrases: 1, run: (vault) => Promise.resolve(listed(vault)) },
  add: {
    passphrases: 2,
    async run(vault, given, [passphrase = '']) {
      const name = required('vault person add', given, 'name');
      const role = roleOf.safeParse(required('vault person add', given, 'role'));
      if (!role.success) {
        throw new ConcordError('OPTION_INVALID', { option: '--role', expected: ROLES.join(', ') });
      }
      await vault.people.add({ name, role: role.data, passphrase });
      return listed(vault);
    },
  },
  remove: {
    passphrases: 1,
    run(vault, given) {
      const name = required('vault person remove', given, 'name').normalize('NFC');
      vault.people.remove(vault.people.list().find((one) => one.name === name)?.id ?? name);
      return Promise.resolve(listed(vault));
    },
  },
  passphrase: {
    passphrases: 2,
    async run(vault, _given, [wanted = '', present = '']) {
      await vault.people.changePassphrase(present, wanted);
      return listed(vault);
    },
  },
  recovery: {
    passphrases: 1,
    run: async (vault) => ({
      code: await vault.people.makeRecoveryCode(),
      vault: vault.status().id,
    }),
  },
};

const KNOWN = [...Object.keys(ACTIONS), 'recover'];

/**
 * `vault person list|add|remove|passphrase|recovery|recover --vault FILE --person WHO`. Passphrases are
 * lines of standard input (or of the file named by CONCORD_PASSPHRASE_FILE): the present one of
 * `--person` first, then the one that is given or wanted; `recover` takes the code, then the new one.
 */
export async function personCommand(
  given: Arguments,
  around: Surroundings,
): Promise<CommandAnswer> {
  const [, name = 'list'] = given.files;
  const command = `vault person ${name}`;
  if (name === 'recover') return recover(command, given, around);
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw new ConcordError('COMMAND_UNKNOWN', { command, known: KNOWN });
  const [present = '', ...more] = await readPassphrases(command, around.say, action.passphrases);
  const vault = await openGiven(command, given, present);
  try {
    requireCall(command, vault);
    return { json: await action.run(vault, given, [...more, present]) };
  } finally {
    vault.close();
  }
}

async function recover(
  command: string,
  given: Arguments,
  around: Surroundings,
): Promise<CommandAnswer> {
  const file = requireFile(callerPath(required(command, given, 'vault')), 'VAULT_NOT_FOUND');
  const [code = '', passphrase = ''] = await readPassphrases(command, around.say, 2);
  const vault = await recoverVault({ file, code, passphrase });
  try {
    return { json: listed(vault) };
  } finally {
    vault.close();
  }
}
