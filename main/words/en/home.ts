/** The list of studies and the page of one: its steps, the bin, the sample and its tour. */
const one = (count: number, singular: string, plural: string): string =>
  count === 1 ? singular : plural;

export const home = {
  sample: 'Try with sample records',
  sampleText:
    'The sample holds 6,000 records of an invented clinic. Nobody in them exists, so you can try everything.',
  remove: 'Remove this study',
  removeText:
    'A removed study leaves the list. Nothing of it is destroyed, and you can bring it back.',
  removed: (study: string) => `“${study}” was removed`,
  bin: (shown: string, count: number) => `${shown} removed ${one(count, 'study', 'studies')}`,
  binWhen: 'Removed',
  restore: 'Bring back',
  restoreLabel: (study: string) => `Bring back “${study}”`,
  restored: (study: string) => `“${study}” is back in the list`,
  action: 'What can be done',
  steps: 'Steps',
  stepsText: 'You can leave at any time: what you have done stays, and long work goes on.',
  reasons: {
    'needs-records': 'Bring in records first',
    'needs-roles': 'Find the personal data first',
    'needs-model': 'Train a model first',
    'job-paused': 'Paused: it can go on where it stopped',
    'job-failed': 'The last attempt failed: open the step to see why',
    'job-interrupted': 'The work was interrupted: open the step to go on',
    'newer-records': 'There are newer records: do this step again for them',
    'newer-model': 'There is a newer model: review it as well',
  },
  leave: {
    message: 'Work is still running',
    detail:
      'It can go on in the background, with the vault locked. If you stop it, training keeps what it has done up to its last checkpoint and can go on later; other work starts anew.',
    background: 'Go on in the background',
    stop: 'Stop and close',
    stay: 'Stay here',
  },
  tour: {
    title: (place: string, total: string) => `A short tour: ${place} of ${total}`,
    notes: [
      'These records are already in the encrypted vault. Open “Bring in records” to see what each column holds and what looks odd in it.',
      'Open “Find personal data”. Names, phone numbers and identity cards are proposed as direct identifiers, and you see why. You decide.',
      'Open “Protect the records”. Concord makes people look alike in groups, and shows what an attacker could have learnt before and after.',
      'Open “Train a model”. What is publicly known of the sample is filled in already. One slider chooses between stronger privacy and a sharper model.',
      'Open “Review the model”. The sample is biased on purpose against two districts: see whether the review finds it.',
    ] as readonly string[],
    next: 'Next note',
    previous: 'Previous note',
    leave: 'Leave the tour',
  },
};
