/* How the steps of models of layers are made: the words of a plan, without its schemas. */

/** How a unit's gradient is brought to at most the clipping norm: cut, or scaled to nearly it. */
export const CLIPPINGS = ['flat', 'automatic'] as const;
export type Clipping = (typeof CLIPPINGS)[number];
export const OPTIMISERS = ['momentum', 'adam', 'sgd'] as const;
export type OptimiserName = (typeof OPTIMISERS)[number];
/** How the learning rate changes from step to step. */
export const SCHEDULES = ['constant', 'cosine'] as const;
export type Schedule = (typeof SCHEDULES)[number];
/** Which mean of the iterates the model is. */
export const AVERAGINGS = ['late', 'exponential', 'none'] as const;
export type Averaging = (typeof AVERAGINGS)[number];
/** On which records probabilities are fitted afterwards: those of the validation part. */
export const CALIBRATIONS = ['validation'] as const;
