import type { Role } from '../../contract/people.ts';

/** People of the vault, their passphrases and the recovery sheet, on screen. */
export const people = {
  open: 'People and their roles',
  title: 'People of this vault',
  text: 'Everybody unlocks the vault under their own name with their own passphrase. What somebody may do follows from their role.',
  caption: 'People',
  name: 'Name',
  role: 'Role',
  state: 'Passphrase and key',
  you: (name: string) => `${name} (you)`,
  own: 'has a passphrase of their own',
  first: 'has not chosen a passphrase of their own yet',
  fingerprint: 'signs with',
  remove: (name: string) => `Remove ${name}`,
  removed: 'The person was removed. What they did stays in the journal.',
  added:
    'The person was added. Tell them the first passphrase; at the first unlocking they must choose another.',
  roles: {
    steward: 'Steward',
    analyst: 'Analyst',
    reviewer: 'Reviewer',
    operator: 'Operator',
    auditor: 'Auditor',
  } satisfies Record<Role, string> as Readonly<Record<Role, string>>,
  roleHints: {
    steward: 'looks after the vault: people, budgets, deletion; may do what an analyst may',
    analyst: 'brings in records, protects them, trains and reviews models',
    reviewer: 'reads reviews, and signs models off or sends them back',
    operator: 'will use models that were signed off',
    auditor: 'reads everything but records, and changes nothing',
  } satisfies Record<Role, string> as Readonly<Record<Role, string>>,
  addTitle: 'Add a person',
  addName: 'Name of the person',
  addRole: 'What will they do?',
  addPassphrase: 'First passphrase',
  addHint:
    'At least 12 characters. You know it, so it only serves until they have chosen their own.',
  add: 'Add this person',
  working: 'Making a way in. This can take a few seconds.',
  nameMissing: 'Enter a name',
  roleMissing: 'Choose a role',
  passphraseMissing: 'Enter a first passphrase',
  changePassphrase: 'Change my passphrase',
  toSheet: 'Make a recovery sheet',

  ownTitle: 'Choose your own passphrase',
  ownFirst:
    'Your passphrase was chosen by a steward, who knows it. Choose one that only you know: what you sign is signed with it.',
  ownText: 'Choose a passphrase that only you know.',
  present: 'Present passphrase',
  wanted: 'New passphrase',
  again: 'Enter the new passphrase again',
  ownButton: 'Change the passphrase',
  presentMissing: 'Enter the present passphrase',

  sheetTitle: 'Recovery sheet of this vault',
  sheetText:
    'If you forget your passphrase, this code opens the vault and lets you choose a new one. It is kept nowhere: not in the vault, and not in a file. Print this page or write the code down, and lock the sheet away from the computer.',
  sheetOnce:
    'The code serves once. A new sheet makes this one worthless. Whoever has the sheet and the files of the vault can read everything.',
  sheetMake: 'Show the code now',
  sheetWarning: 'Show it only where nobody can look over your shoulder.',
  sheetOf: (name: string) => `Opens the vault as ${name}.`,
  code: 'Code',
  vault: 'Vault',
  print: 'Print this sheet',
  done: 'I have the sheet',

  forgotten: 'I have forgotten my passphrase',
  recoverTitle: 'Unlock with the recovery sheet',
  recoverText:
    'This opens the vault as the steward who made the sheet. Other people who have forgotten their passphrase are removed and added again by a steward.',
  recoverCode: 'Code on the sheet',
  recoverHint: 'Seven groups of four. Small letters and gaps do not matter.',
  recoverButton: 'Unlock and set the new passphrase',
  codeMissing: 'Enter the code that stands on the sheet',
};
