/** The pages for a version of the report whose figures are differentially private. */
export const noisy = {
  legend: 'Which figures',
  withheld: 'Exact, with small counts withheld',
  private: (epsilon: string) => `With noise, at epsilon ${epsilon}`,
  make: 'Make a version with noise',
  title: 'A version with noise',
  text: 'Exact figures tell a little about the people behind them, even where small counts are withheld. In this version every figure about groups comes from counts with random noise, and the ledger of the records pays for it once. Use it for a report that many will read. Intervals become wider.',
  reading: 'Looking up what is known of the groups',
  values: (column: string) => `Values of ${column}`,
  valuesHint:
    'One a line. Write what everybody knows the column can hold: nothing is looked up in the records. All other values count as one group.',
  price: 'How much noise',
  left: (epsilon: string) => `The ledger of these records has ${epsilon} of epsilon left.`,
  prices: ['Much noise', 'Some noise', 'Little noise'] as readonly string[],
  priceHint: (epsilon: string, certainty: string) =>
    `Costs epsilon ${epsilon}: who thought it an even chance that a person is among the records can be ${certainty} sure at most.`,
  unitRow: 'The guarantee is for each record.',
  unitPerson: 'The guarantee is for each person with all their records, as in the training.',
  noValues: 'Write at least one value',
  noPrice: 'Choose how much noise',
  start: 'Pay the price and make it',
};
