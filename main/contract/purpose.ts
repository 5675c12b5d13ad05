/** What people say of a study for its report, in their own words; the same names in every place. */
export const PURPOSE_FIELDS = ['question', 'purpose', 'users', 'notFor', 'limits'] as const;
export type PurposeField = (typeof PURPOSE_FIELDS)[number];

/** The same of what remains and of who looks at the model once it is used. */
export const WATCH_FIELDS = ['risks', 'watcher', 'watching'] as const;
export type WatchField = (typeof WATCH_FIELDS)[number];

/** The longest text of one field, in UTF-16 code units. */
export const PURPOSE_CHARACTERS = 2000;
