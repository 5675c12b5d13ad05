/** Of a document whose figures are one differentially private release. Figures arrive formatted. */
export const noise = {
  title: 'Figures with noise',
  otherGroup: '(all other values)',
  text: (epsilon: string, certainty: string) =>
    `Every figure about groups of people in this document comes from one differentially private release, at epsilon ${epsilon}. ${certainty}`,
  certainty: (percent: string) =>
    `Whoever had thought it an even chance that a certain person is among the records reviewed can be ${percent} sure at most after reading it.`,
  cells: (cells: string, deviation: string) =>
    `The records reviewed were counted in ${cells} cells (groups crossed with each other, with the truth and with the score), and each count got random noise of a standard deviation of ${deviation}. Counts are therefore not exact, and may not add up.`,
  intervals:
    'Intervals hold this noise beside the chance in who was reviewed. Scores are known to a twentieth only. A figure that the noise would drown is withheld.',
  rows: (count: string) =>
    `The guarantee is for a person with all their records, of which ${count} count at most.`,
  leftOut:
    'What was counted exactly is left out of this version: how the records were split and labelled, how they were anonymised, and what was found by mitigation, the leak test and the search for reasons.',
  limits:
    'The guarantee covers the trained model. The figures about groups of people in this document have a guarantee of their own (see “Figures with noise”).',
  plain:
    'The model was trained without differential privacy. The guarantee here is for the records reviewed; what the model has learned from its training records is not covered by it.',
};
