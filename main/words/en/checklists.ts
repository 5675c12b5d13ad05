import type {
  ChecklistName,
  ChecklistReason,
  ChecklistVerdict,
  ItemOf,
} from '../../contract/checklist.ts';

/** What laws and standards ask of a release. Lists of columns arrive joined. */
export const checklists = {
  title: 'Laws and standards',
  open: 'Hold the copy against laws and standards',
  text: 'Three lists of what a release must meet. Concord answers what can be seen in the records. What nobody can see there is left to a person, so that no list as a whole is ever met by the program alone.',
  reading: 'Looking at the released columns',
  notLegal: 'This is a help for your own judgement. It is not legal advice.',
  demand: 'What is asked',
  answer: 'Answer',
  why: 'Why',
  clause: (clause: string, demand: string) => `${clause}: ${demand}`,
  counts: (met: string, notMet: string, human: string) =>
    `Met: ${met}. Not met: ${notMet}. For a person to judge: ${human}.`,
  verdicts: {
    met: 'Met',
    'not-met': 'Not met',
    human: 'A person must judge',
  } satisfies Record<ChecklistVerdict, string>,
  names: {
    'safe-harbor': 'HIPAA Safe Harbor (45 CFR 164.514(b)(2))',
    wp216: 'GDPR recital 26 and the three questions of WP216',
    'gbt-37964': 'GB/T 37964-2019, guide for de-identifying personal information',
  } satisfies Record<ChecklistName, string>,
  reasons: {
    'none-released': () => 'No released column was found to hold any.',
    'free-text': (columns: string) =>
      `${columns}: free text is released. What the search missed stays in it.`,
    released: (columns: string) => `Released: ${columns}.`,
    coarser: (columns: string) =>
      `${columns}: released less exactly. Whether that is far enough, the records do not say.`,
    'years-only': (columns: string) =>
      `${columns}: no day, month or quarter is released, and no age above 89 by itself.`,
    groups: (_columns: string, smallest: string | null) =>
      smallest === null
        ? 'No record is left.'
        : `The smallest group of records that look the same has ${smallest}.`,
    models: () =>
      'The release meets the conditions of the plan, checked on the records as written.',
    'other-columns': (columns: string) =>
      `The groups hide people only from those who do not know these released columns: ${columns}.`,
    diverse: (columns: string) =>
      `${columns}: a condition makes the values differ within each group.`,
    'not-diverse': (columns: string) =>
      `${columns}: nothing was asked of the values within a group. All its members may share one.`,
    'nothing-sensitive': () => 'No released column is marked as sensitive.',
    'stand-ins': (columns: string) =>
      `${columns}: names were replaced by stand-ins. That is pseudonymised, not anonymous: whoever has the key of the study can tell who is meant.`,
    'no-stand-ins': () => 'No stand-ins are in the release.',
    checked: () => 'Every condition was checked on the records as written, by separate code.',
    outside: () => 'The records cannot tell.',
  } satisfies Record<ChecklistReason, (columns: string, smallest: string | null) => string>,
  items: {
    'safe-harbor': {
      A: 'No names',
      B: 'No place smaller than a state, but for large three-digit ZIP areas',
      C: 'Of dates only the year; ages above 89 in one group',
      D: 'No telephone numbers',
      E: 'No fax numbers',
      F: 'No e-mail addresses',
      G: 'No social security numbers',
      H: 'No medical record numbers',
      I: 'No health plan numbers',
      J: 'No account numbers',
      K: 'No numbers of certificates or licences',
      L: 'No vehicle numbers or number plates',
      M: 'No device numbers',
      N: 'No web addresses',
      O: 'No network (IP) addresses',
      P: 'No finger or voice prints, and the like',
      Q: 'No photographs of faces, and the like',
      R: 'No other number, characteristic or code of one person',
      knowledge:
        'You do not know that what is left, alone or with other information, could identify a person',
    },
    wp216: {
      'singling-out': 'Question 1: is it still possible to single out an individual?',
      linkability: 'Question 2: is it still possible to link records relating to an individual?',
      inference: 'Question 3: can information be inferred concerning an individual?',
      pseudonyms: 'Recital 26: pseudonymised data stay personal data',
      means: 'Recital 26: which means are reasonably likely to be used to identify a person?',
    },
    'gbt-37964': {
      direct:
        'Identifying and processing identifiers: direct identifiers are found and removed or changed',
      quasi: 'Identifying and processing identifiers: quasi-identifiers are found and changed',
      model: 'Processing identifiers: a model bounds the risk of re-identification',
      pseudonyms: 'Stand-ins are kept apart from what leads back',
      verified: 'Verification and approval: the result is verified',
      usable: 'Goal of de-identification: the data stay as useful as possible',
      control: 'Approval, monitoring and review: the release is approved, and watched afterwards',
    },
  } satisfies {
    [N in ChecklistName]: Readonly<Record<ItemOf<N>, string>>;
  },
};
export type ChecklistWords = typeof checklists;
