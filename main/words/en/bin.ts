/** Deleting removed studies for good. */
const one = (count: number, singular: string, plural: string): string =>
  count === 1 ? singular : plural;

export const bin = {
  erase: 'Delete for good',
  eraseLabel: (study: string) => `Delete for good: “${study}”`,
  eraseAll: (shown: string) => `Delete all ${shown} for good`,
  title: (study: string) => `Delete “${study}” for good?`,
  titleAll: (shown: string) => `Delete ${shown} studies for good?`,
  lost: 'What is lost',
  holds: (shown: { records: string; models: string; reviews: string }, count: Holds) =>
    [
      `${shown.records} ${one(count.records, 'table', 'tables')} of records`,
      `${shown.models} ${one(count.models, 'model', 'models')}`,
      `${shown.reviews} ${one(count.reviews, 'review', 'reviews')}`,
    ].join(', '),
  lostText:
    'With the records go the roles of their columns, labels given by hand, hierarchies, answers and the settings of every step. The key of the study is thrown away and the place of what it held is overwritten in the vault.',
  stays: 'What stays',
  staysBudget:
    'The privacy budget that was spent of these records. If they are added again, it is still spent.',
  staysJournal: 'The journal: what was done in the study, its name, and that it was deleted.',
  staysFiles:
    'Files outside the vault: the file the records came from, and everything you have saved. Backups made until now still hold the study. Parts of the disk that the system has put aside are out of reach.',
  warning: 'This cannot be undone.',
  button: 'Delete for good',
  keep: 'Keep it',
  keepAll: 'Keep them',
  working: 'Overwriting what the study held. This can take a while.',
  erased: (study: string) => `“${study}” was deleted for good`,
  erasedAll: (shown: string) => `${shown} studies were deleted for good`,
};

interface Holds {
  readonly records: number;
  readonly models: number;
  readonly reviews: number;
}
