import { ConcordError } from '../contract/errors.ts';
import { ledgerOf } from '../study/ledger.ts';
import { createVault, restoreVault, type Vault } from '../vault/index.ts';
import { required, type Arguments } from './arguments.ts';
import type { Command, CommandAnswer, Surroundings } from './command.ts';
import { readPassphrase } from './passphrase.ts';
import { callerPath } from './paths.ts';
import { personCommand } from './person.ts';
import { studyGiven, withVault } from './with-vault.ts';

interface Action {
  /** A further word the action takes. */
  readonly file?: string;
  run(vault: Vault, given: Arguments): CommandAnswer;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  status: { run: (vault) => ({ json: vault.status() }) },
  verify: { run: (vault, given) => ({ json: vault.verify(given.text.get('head')) }) },
  journal: {
    run: (vault) => ({ json: { head: vault.journal.head(), entries: allEntries(vault) } }),
  },
  ledger: {
    run: (vault, given) => ({ json: ledgerOf(vault, studyGiven('vault ledger', vault, given)) }),
  },
  budget: { run: setBudget },
  backup: {
    run(vault, given) {
      const target = callerPath(required('vault backup', given, 'out'));
      vault.backup(target);
      return { json: { file: target, head: vault.journal.head() } };
    },
  },
  'confirm-restored': {
    run(vault) {
      vault.confirmRestored();
      return { json: { awaitingConfirmation: vault.status().awaitingConfirmation } };
    },
  },
};

const KNOWN = ['create', 'restore', 'person', ...Object.keys(ACTIONS)];

/** `vault create|status|verify|backup|restore|journal|ledger|budget|person --vault FILE`. */
export const vaultCommand: Command = {
  form: {
    files: ['ACTION'],
    optional: ['WHAT'],
    options: {
      vault: 'text',
      person: 'text',
      study: 'text',
      set: 'text',
      head: 'text',
      out: 'text',
      from: 'text',
      ...{ name: 'text', role: 'text' },
    },
  },
  async run(given, around) {
    const [name = ''] = given.files;
    if (name === 'create') return create(given, around);
    if (name === 'restore') return restore(given, around);
    if (name === 'person') return personCommand(given, around);
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) {
      throw new ConcordError('COMMAND_UNKNOWN', { command: `vault ${name}`, known: KNOWN });
    }
    return withVault(`vault ${name}`, given, around, (vault) => action.run(vault, given));
  },
};

async function create(given: Arguments, around: Surroundings): Promise<CommandAnswer> {
  const file = callerPath(required('vault create', given, 'vault'));
  const passphrase = await readPassphrase('vault create', around.say);
  const vault = await createVault({
    file,
    passphrase,
    person: given.text.get('person') ?? 'Steward',
  });
  try {
    return { json: vault.status() };
  } finally {
    vault.close();
  }
}

async function restore(given: Arguments, around: Surroundings): Promise<CommandAnswer> {
  const file = callerPath(required('vault restore', given, 'vault'));
  const from = callerPath(required('vault restore', given, 'from'));
  const passphrase = await readPassphrase('vault restore', around.say);
  const vault = await restoreVault({ from, file, passphrase });
  try {
    return { json: vault.status() };
  } finally {
    vault.close();
  }
}

function setBudget(vault: Vault, given: Arguments): CommandAnswer {
  const [epsilon, delta, ...more] = required('vault budget', given, 'set').split(',').map(Number);
  if (epsilon === undefined || delta === undefined || more.length > 0) {
    throw new ConcordError('OPTION_INVALID', { option: '--set', expected: 'EPSILON,DELTA' });
  }
  const { source } = vault.ledger.ofStudy(studyGiven('vault budget', vault, given));
  return { json: vault.ledger.setBudget(source, { epsilon, delta }) };
}

function allEntries(vault: Vault): object[] {
  const entries: object[] = [];
  for (let page = vault.journal.list(1); page.length > 0;) {
    entries.push(...page);
    page = vault.journal.list((page.at(-1)?.number ?? 0) + 1);
  }
  return entries;
}
