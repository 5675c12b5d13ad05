import type { PurposeField, WatchField } from '../../contract/purpose.ts';

/** Purpose and limits, asked for before the report. */
export const purpose = {
  title: 'What is the model for, and what is it not for?',
  text: 'What you write here stands in the report and in the model card as you write it, whichever language they are in. What is left empty is named there as not stated. Name no person of the records.',
  labels: {
    question: 'Question',
    purpose: 'Purpose and intended use',
    users: 'Who may use it',
    notFor: 'Not to be used for',
    limits: 'Known limits and cautions',
    risks: 'What can still go wrong',
    watcher: 'Who watches, and how often',
    watching: 'What else is watched',
  } satisfies Record<PurposeField | WatchField, string>,
  hints: {
    question: 'What does this study want to know?',
    purpose: 'Where, when and for what decision the model helps, and who decides in the end.',
    users: 'For example: the nurses of the follow-up clinic, after an hour of training.',
    notFor: 'For example: refusing treatment, or people under 18.',
    limits:
      'One on each line: who is missing in the records, what has changed since, what to watch.',
    risks: 'One on each line: harm that remains although all was done, and who would bear it.',
    watcher: 'For example: the clinic’s data clerk, on the first Monday of each month.',
    watching: 'One on each line, beside what the report proposes from the review.',
  } satisfies Record<PurposeField | WatchField, string>,
  watchTitle: 'Once the model is used',
  watchText:
    'The report proposes from the review what to watch and from which figures on to look into it. Somebody must be named who does it.',
  long: (field: string, most: string, found: string) =>
    `“${field}” can hold ${most} characters; shorten it, it has ${found}`,
};
