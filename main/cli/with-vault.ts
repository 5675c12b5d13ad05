import { ConcordError } from '../contract/errors.ts';
import type { Name } from '../contract/index.ts';
import { requireRole } from '../engine/router.ts';
import { requireFile } from '../study/files.ts';
import { openVault, type Vault } from '../vault/index.ts';
import { required, type Arguments } from './arguments.ts';
import type { Surroundings } from './command.ts';
import { readPassphrase } from './passphrase.ts';
import { callerPath } from './paths.ts';

/** The call of the window that a command does the work of: the same roles may. */
const CALL_OF: Readonly<Record<string, Name>> = {
  train: 'train.start',
  mitigate: 'mitigation.start',
  'bin list': 'study.removed',
  'bin remove': 'study.remove',
  'bin restore': 'study.restore',
  'bin erase': 'study.erase',
  'vault ledger': 'study.ledger',
  'vault person list': 'people.list',
  'vault person add': 'people.add',
  'vault person remove': 'people.remove',
  'vault person passphrase': 'vault.changePassphrase',
  'vault person recovery': 'people.recovery',
  'sign status': 'signOff.state',
  'sign review': 'review.start',
  'sign test': 'review.leakTest',
  'sign approve': 'signOff.decide',
  'sign return': 'signOff.decide',
  'sign report': 'report.save',
};

/** @throws ROLE_REFUSED; PASSPHRASE_NOT_OWN for all but choosing another passphrase */
export function requireCall(command: string, vault: Vault): void {
  const call = Object.hasOwn(CALL_OF, command) ? CALL_OF[command] : undefined;
  if (call !== undefined) requireRole(call, vault.person.role);
  if (call !== 'vault.changePassphrase' && vault.people.hasFirstPassphrase()) {
    throw new ConcordError('PASSPHRASE_NOT_OWN');
  }
}

/** The vault of `--vault`, opened as `--person` where that is given. */
export function openGiven(command: string, given: Arguments, passphrase: string): Promise<Vault> {
  const file = requireFile(callerPath(required(command, given, 'vault')), 'VAULT_NOT_FOUND');
  const person = given.text.get('person');
  return openVault({ file, passphrase, ...(person === undefined ? {} : { person }) });
}

/** Opens the vault of `--vault` with the passphrase and closes it whatever happens. */
export async function withVault<T>(
  command: string,
  given: Arguments,
  around: Surroundings,
  use: (vault: Vault, passphrase: string) => T | Promise<T>,
): Promise<T> {
  requireFile(callerPath(required(command, given, 'vault')), 'VAULT_NOT_FOUND');
  const passphrase = await readPassphrase(command, around.say);
  const vault = await openGiven(command, given, passphrase);
  try {
    requireCall(command, vault);
    return await use(vault, passphrase);
  } finally {
    vault.close();
  }
}

/** The study of `--study`. @throws STUDY_UNKNOWN {study} */
export function studyGiven(command: string, vault: Vault, given: Arguments): string {
  const name = required(command, given, 'study');
  const study = vault.studies.find(name);
  if (study === null) throw new ConcordError('STUDY_UNKNOWN', { study: name });
  return study.id;
}
