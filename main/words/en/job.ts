/** Long work of any kind on screen. Numbers arrive as already formatted text. */
export const job = {
  titles: {
    import: 'Adding the records',
    identify: 'Looking through the free text',
    repair: 'Repairing the records',
    label: 'Labelling the records',
    anonymise: 'Protecting the records',
    train: 'Training the model',
    review: 'Reviewing the model',
    reasons: 'Finding the reasons',
    mitigation: 'Trying ways to narrow the gaps',
    'leak-test': 'Testing what the model gives away',
    'review-private': 'Making a version with noise',
  },
  addingFile: (file: string) => `Adding ${file}`,
  about: {
    import: 'The file is read, and its records are copied into the encrypted vault.',
    identify: 'Every text is read for names, numbers, addresses and other personal data.',
    repair: 'The repairs are made one after the other; the records before them stay as they are.',
    label: 'The labels are put beside the records; the records before them stay as they are.',
    anonymise: 'Concord looks for the most exact records that meet everything you asked for.',
    train: 'The model learns from the records in small steps.',
    review: 'The model is measured on records that it has not learned from.',
    reasons:
      'One column after the other is shuffled among the held-out records, to see how much worse the model gets.',
    mitigation:
      'Each way makes a model of its own, and all are compared on records that nothing was fitted to.',
    'leak-test':
      'Models of comparison are trained in the same way, and the model is attacked with their help.',
    'review-private':
      'The records held out are counted once, with random noise. The price stays taken from the ledger, whatever happens.',
  },
  leaveTrain:
    'You can leave this page or lock the vault: the work goes on. If you close the window, you are asked whether it goes on in the background or stops. If it stops, it can go on later from its last checkpoint.',
  leave:
    'You can leave this page or lock the vault: the work goes on. If you close the window, you are asked whether it goes on in the background or stops. If it stops, it has to start anew.',
  progress: 'Progress',
  queued: 'Waiting for other work to end',
  starting: 'Getting ready',
  done: {
    bytes: (done: string, total: string) => `${done} of ${total} read`,
    rows: (done: string, total: string) => `${done} of ${total} records`,
    texts: (done: string, total: string) => `${done} of ${total} different texts`,
    encoding: (done: string, total: string) =>
      `The ready-made reader reads the texts: ${done} of ${total} parts`,
    steps: (done: string, total: string) => `${done} of ${total} steps`,
    nodes: (done: string, total: string) => `${done} of at most ${total} combinations looked at`,
    parts: (done: string, total: string) => `${done} of ${total} parts`,
    search: () => 'Several settings are being tried; how far it is stays hidden until the end',
  },
  spent: 'Taken from the ledger',
  charged: 'Paid for so far',
  chargedValue: (done: string, total: string) => `${done} of ${total} steps`,
  curve: 'How the training goes',
  curvePrivate:
    'The ledger counts the whole price from the beginning. The broken line shows how much of it the steps paid for so far would cost by themselves.',
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel',
  giveUp: 'Give up this work',
  losing: {
    title: 'Cancel this training?',
    giveUpTitle: 'Give up this training?',
    learned: 'What the model has learned so far is lost: no model is kept. Your answers are.',
    price: (amount: string) =>
      `The cost (${amount}) stays taken from the ledger, because the records have been used. Training again costs anew.`,
    pause: 'To stop it only for now, pause it instead: it can then go on at no further cost.',
    cancel: 'Cancel the training',
    giveUp: 'Give up the training',
    goOn: 'Let it go on',
    keep: 'Keep it',
  },
  pausing: 'Stopping at the next checkpoint',
  cancelling: 'Stopping',
  paused:
    'The work is paused at a checkpoint. It goes on when you say so, also another day and after the window was closed.',
  finished: 'The work is done.',
  failed: 'The work ended with a problem. No result was kept.',
  cancelled: {
    import: 'Adding the records was cancelled. Nothing of them was kept.',
    identify: 'The search was cancelled. Nothing of it was kept.',
    repair: 'The repairs were cancelled. The records are as they were.',
    label: 'The work was cancelled. The records are as they were; your labels are kept.',
    anonymise: 'The work was cancelled. Your answers are kept.',
    train: 'The training was cancelled. No model was kept; your answers are.',
    review: 'The review was cancelled. Nothing of it was kept.',
    reasons: 'The search for reasons was cancelled. Nothing of it was kept.',
    mitigation:
      'The tries were cancelled. Models that were finished before are kept; the comparison is not.',
    'leak-test': 'The leak test was cancelled. Nothing of it was kept.',
    'review-private':
      'The work was cancelled. Nothing of it was kept, and the price stays taken from the ledger.',
  },
  interrupted: {
    import: 'The work was interrupted before it ended. Nothing of it was kept: start it again.',
    identify: 'The search was interrupted before it ended. Nothing of it was kept: start it again.',
    repair: 'The repairs were interrupted before they ended. The records are as they were.',
    label:
      'The work was interrupted before it ended. The records are as they were; your labels are kept.',
    anonymise:
      'The work was interrupted before it ended. Your answers are kept: start it again from them.',
    train:
      'The training was interrupted: Concord was closed, or its working process stopped. What was done up to the last checkpoint is kept, and nothing further is taken from the ledger when it goes on.',
    review: 'The review was interrupted before it ended. Nothing of it was kept: start it again.',
    reasons:
      'The search for reasons was interrupted before it ended. Nothing of it was kept: start it again.',
    mitigation:
      'The tries were interrupted before they ended. Models that were finished before are kept.',
    'leak-test':
      'The leak test was interrupted before it ended. Nothing of it was kept: start it again.',
    'review-private':
      'The work was interrupted before it ended. Nothing of it was kept, and the price stays taken from the ledger.',
  },
  staysTaken: 'What was taken from the ledger stays taken, because the records had been used.',
  again: {
    import: 'Choose the file again',
    identify: 'Back to the free text',
    repair: 'Choose the repairs again',
    label: 'Back to the labels',
    anonymise: 'Back to the answers',
    train: 'Change the answers and try again',
    review: 'Choose the groups again',
    reasons: 'Find the reasons again',
    mitigation: 'Choose the ways again',
    'leak-test': 'Back to the leak test',
    'review-private': 'Back to the version with noise',
  },
  againProof: 'Back to what was found before',
  againSample: 'Back to the studies',
  toStudy: 'Back to the study',
};
export type JobWords = typeof job;
