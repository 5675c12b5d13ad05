import type { PurposeField } from '../../contract/purpose.ts';

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
  } satisfies Record<PurposeField, string>,
  hints: {
    question: 'What does this study want to know?',
    purpose: 'Where, when and for what decision the model helps, and who decides in the end.',
    users: 'For example: the nurses of the follow-up clinic, after an hour of training.',
    notFor: 'For example: refusing treatment, or people under 18.',
    limits:
      'One on each line: who is missing in the records, what has changed since, what to watch.',
  } satisfies Record<PurposeField, string>,
  long: (field: string, most: string, found: string) =>
    `“${field}” can hold ${most} characters; shorten it, it has ${found}`,
};
