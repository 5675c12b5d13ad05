/** Where a model stands and what a reviewer decides, on screen. Dates arrive as text. */
export const sign = {
  state: {
    unsigned: 'Not signed off: no reviewer has decided on this model.',
    signed: (signer: string, until: string) => `Signed off by ${signer} until ${until}.`,
    returned: (signer: string) => `Sent back by ${signer}. The model must not be used.`,
    expired: (signer: string, until: string) =>
      `The sign-off by ${signer} ended on ${until}. The model must not be used.`,
    blocked:
      'A leak test made since the sign-off found more than the privacy limit promises. The model must not be used.',
  },
  newer:
    'There is a newer review or test than those that were signed. The report shown is a draft of it.',
  heading: 'Sign-off',
  open: 'Decide on this model',
  look: 'See what was decided',
  title: 'Sign the model off, or send it back',
  reading: 'Looking up where the model stands',
  text: 'You decide in your name, on the model and on the report as it stands now. Read the report first.',
  toReport: 'Read the report',
  trainer: 'Trained by',
  signer: 'Decided by',
  date: 'Decided on',
  until: 'Valid until',
  conditions: 'Conditions',
  reasons: 'Reasons',
  none: 'none',
  fingerprint: 'Fingerprint of the key',
  notReviewer: 'Only a reviewer who did not train the model can decide on it.',
  cannotSign: 'The model cannot be signed off yet',
  decision: 'Your decision',
  decisions: { signed: 'Sign the model off', returned: 'Send the model back' },
  decisionHints: {
    signed: 'it may be used until the day you name, under your conditions',
    returned: 'it may not be used, for the reasons you give',
  },
  decisionMissing: 'Choose a decision',
  conditionsHint: 'One on each line. For example: only at the follow-up clinic.',
  untilHint: 'The last day, for example 2027-06-30; two years from now at the most.',
  untilMissing: 'Enter the last day as year-month-day, such as 2027-06-30',
  reasonsHint: 'One on each line: what must change before you would sign.',
  long: (most: string) => `Write at most 50 lines of ${most} characters each`,
  passphrase: 'Your passphrase',
  passphraseHint: 'It opens the key that you sign with.',
  passphraseMissing: 'Enter your passphrase',
  buttons: { signed: 'Sign', returned: 'Send back' },
  working: 'Writing and signing the documents. This takes a few seconds.',
  done: {
    signed:
      'The model is signed off. Report and model card now hold your signature; save them from the report.',
    returned:
      'The model is sent back. Report and model card now hold your reasons and your signature.',
  },
  journal: 'The decision stands in the journal of the vault.',
};
