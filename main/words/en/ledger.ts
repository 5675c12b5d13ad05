/** How what was spent of a privacy budget is counted, on screen and in reports. */
export const ledger = {
  title: 'What has been spent, counted three ways',
  way: 'Way of counting',
  spent: 'Spent',
  meaning: 'Meaning',
  budget: 'Budget in all',
  budgetText: 'What all work on these records may give away together.',
  plain: 'Added up',
  plainText:
    'The prices of all work one by one: always valid, and more than is really given away once there are several.',
  filter: 'Counted together',
  filterText:
    'All work together, although each piece may have been chosen by the results before it. It begins with a fixed part and then grows more slowly; work is refused where both this and adding up exceed the budget.',
  planned: 'If all had been planned beforehand',
  plannedText:
    'What the same work would cost as one plan made before any result was seen. It is for comparison only and decides nothing.',
  none: 'no figure',
  amount: (epsilon: string, delta: string) => `epsilon ${epsilon}, delta ${delta}`,
};
export type LedgerWords = typeof ledger;
