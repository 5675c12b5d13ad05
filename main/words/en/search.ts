/** A search for settings that is paid for, on screen and in reports. Numbers arrive as text. */
export const search = {
  title: 'Settings of the training',
  asIs: 'Settings as they are (recommended)',
  asIsHint: 'All of the privacy limit goes into one model. The usual settings suit most records.',
  several: 'Try several and pay for the choice',
  severalHint:
    'About four models are trained, and the one that is best on the validation records is kept. Choosing gives something away as well, so each model gets more noise within the same limit. It takes about four times as long.',
  noPretraining:
    'A model that first learns words from the records is trained with the settings as they are: each of several trials is a whole training, and would pay for learning the words anew. Choose the settings as they are, or leave the learning of words out.',
  noValidation: 'Trying several needs validation records: choose some on the step Data first.',
  tried: (trials: string, settings: string) =>
    `${trials} models are trained on average, with settings drawn from ${settings}. How many it will be is drawn at random and stays hidden.`,
  cost: (whole: string, alone: string) =>
    `One of these models by itself would cost epsilon ${alone}; with the choice it is ${whole}.`,
  noPause: 'A search cannot be paused. If it is stopped, what it costs stays spent.',
  heading: 'How the settings were chosen',
  chose: (trials: string, settings: string) =>
    `The settings were chosen by a search that is paid for: models were trained with settings drawn from ${settings}, ${trials} on average, and the best on the validation records was kept. How many there were stays hidden, because the limit rests on it.`,
  validation:
    'The figures on the validation records are those of the best of several models, and look better than they are. The test records took no part in the choice.',
  chosen: 'Chosen',
  usual: 'usual settings',
  knobs: {
    learningRate: (value: string) => `learning rate ${value}`,
    clip: (value: string) => `clipping norm ${value}`,
    batch: (value: string) => `batch ${value}`,
    epochs: (value: string) => `${value} epochs`,
    hidden: (value: string) => `hidden layers ${value}`,
    cycles: (value: string) => `${value} cycles`,
    growth: (value: string) => `growth of the budget ${value}`,
  },
  report: {
    name: 'Choice of settings',
    value: (law: string, trials: string, settings: string) =>
      `by a search that is paid for: ${trials} trainings on average (${law}), settings drawn from ${settings}, best on the validation records kept; the number of trainings stays hidden`,
    alone: 'Epsilon of one of these trainings by itself (part of the above)',
    laws: { geometric: 'geometric law', logarithmic: 'logarithmic law', poisson: 'Poisson law' },
    best: (law: string, trials: string) => `Best of a hidden number, ${trials} on average (${law})`,
    each: (name: string) => `each of them: ${name}`,
    either: (name: string, number: string) => `or of kind ${number}: ${name}`,
  },
};
export type SearchWords = typeof search;
