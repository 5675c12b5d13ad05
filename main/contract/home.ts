/** The states a step of a study can be in, as the task list shows them. */
export const STEP_STATES = [
  'not-started',
  'in-progress',
  'done',
  'attention',
  'cannot-start',
] as const;
export type StepState = (typeof STEP_STATES)[number];
