/** What the lines at the end of the demo are made of; figures arrive formatted. */
export interface DemoFigures {
  readonly rows: string;
  readonly columns: string;
  readonly identifiers: readonly string[];
  /** Columns of free text that are released, and what was taken out of them. */
  readonly texts: readonly string[];
  readonly replaced: string;
  readonly kinds: readonly { readonly type: string; readonly count: string }[];
  readonly classes: string;
  readonly smallest: string;
  readonly suppressed: string;
  readonly riskBefore: string;
  readonly riskAfter: string;
  readonly epsilon: string;
  readonly delta: string;
  readonly accuracy: string;
  readonly auc: string;
  readonly parity: string;
  readonly odds: string;
  readonly left: string;
  readonly backend: string;
  readonly seconds: string;
  readonly folder: string;
  readonly files: readonly string[];
}

const STEPS: Readonly<Record<string, string>> = {
  import: 'Importing the sample records',
  identify: 'Finding personal data',
  texts: 'Reading the notes for personal data',
  anonymise: 'Protecting: generalising until every group has 5 people',
  train: 'Training with differential privacy',
  review: 'Reviewing by group',
};

export const demo = {
  study: 'Who misses follow-up?',
  question: 'Which patients are likely to miss their follow-up appointment?',
  limits: [
    'The records are invented; no figure of this report is about real people.',
    'Bias was planted in them on purpose: patients of the outer districts were reminded less, and their visits were sometimes wrongly written down as missed.',
  ] as readonly string[],
  about: {
    purpose:
      'Help the clinic to call first those who are most likely to miss their next appointment. A nurse decides whom to call.',
    users: 'The nurses of the follow-up clinic.',
    notFor: 'Refusing, delaying or shortening treatment.',
    risks: [
      'Patients of the outer districts may be called more often without need, because their visits were written down wrongly.',
    ],
    watcher: 'The data clerk of the clinic, on the first Monday of each month.',
  },
  step: (step: string): string => `${STEPS[step] ?? step} …`,
  summary: (f: DemoFigures): string[] => [
    `Records      ${f.rows} invented patients, ${f.columns} columns`,
    `Identified   direct identifiers: ${f.identifiers.join(', ')}`,
    `Free text    ${f.replaced} findings taken out of ${f.texts.join(', ')}: ${f.kinds.map(({ type, count }) => `${type} ${count}`).join(', ')} …`,
    `Protected    ${f.classes} groups, the smallest of ${f.smallest}; ${f.suppressed} rows suppressed`,
    `Risk         highest chance of being singled out: ${f.riskBefore} before, ${f.riskAfter} after`,
    `Privacy      epsilon ${f.epsilon} at delta ${f.delta}; left in the ledger: ${f.left}`,
    `Model        accuracy ${f.accuracy}, AUC ${f.auc} on held-out rows (back-end: ${f.backend})`,
    `Fairness     gap between districts: selection ${f.parity}, equalized odds ${f.odds}`,
    `             (bias was planted: the report shows where)`,
    `Took         ${f.seconds} s`,
    `Written to   ${f.folder}: ${f.files.join(', ')}`,
  ],
};
