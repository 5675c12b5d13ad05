/** The list of studies and the page of one: its steps, the bin, the sample and its tour. */
const one = (count: number, singular: string, plural: string): string =>
  count === 1 ? singular : plural;

export const home = {
  sample: 'Try with sample records',
  sampleText:
    'The sample holds 6,000 records of an invented clinic. None of these people exist, so you can try everything.',
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
  stepsText:
    'Go from top to bottom. You can leave at any time: what you have done stays, and long work goes on.',
  stepHints: {
    import: 'Copy a file into the vault and see what its columns hold',
    identify: 'Say which columns name a person or narrow down who it is',
    anonymise: 'Make a copy in which people look alike, to share it or to train on it',
    train: 'Let the computer learn to answer a yes-or-no question from the records',
    review: 'See how good the model is, and for whom, and save the report',
  },
  allDone: 'Every step is completed. The report can be saved again under “Review the model”.',
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
    end: 'End the tour',
    title: (place: string, total: string) => `A short tour: ${place} of ${total}`,
    notes: [
      'These records are already in the encrypted vault. Open “Bring in records” to see what each column holds.',
      'Open “Find personal data”. Names, phone numbers and identity cards are proposed as columns that name the person, and you see why. You decide, and save the roles.',
      'Open “Protect the records”. Concord makes a copy in which people look alike, and shows how easily someone could be found before and after. The records themselves stay as they are.',
      'Open “Train a model”. Choose the records as they were added: what is publicly known of their columns is filled in already. One slider chooses between stronger privacy and a sharper model.',
      'Open “Review the model”. The sample is biased on purpose against two districts: see whether the review finds it. At its end you can save the report.',
    ] as readonly string[],
    next: 'Next note',
    previous: 'Previous note',
    leave: 'Leave the tour',
  },
};
