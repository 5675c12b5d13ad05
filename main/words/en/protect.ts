import type { ColumnRole, EntityType } from '../../contract/identify.ts';
import type { HierarchyKind } from '../../contract/hierarchy.ts';

const one = (count: number, singular: string, plural: string): string =>
  count === 1 ? singular : plural;

/** The pages of 'find personal data' and 'protect'. Numbers arrive as the language writes them. */
export const protect = {
  /** These end up in the cells of protected records. */
  labels: { missing: 'missing', other: 'other' },
  identify: {
    title: 'What does each column say about a person?',
    records: (name: string) => `These are the columns of ${name}.`,
    none: 'The study has no records yet.',
    reading: 'Looking at the columns',
    text: 'Concord proposes a role for each column, from its name and its values. You know the records: change what is wrong.',
    table: 'The columns and their roles',
    column: 'Column',
    examples: 'Examples',
    noExamples: 'no values',
    why: 'Why this is proposed',
    role: 'Role',
    roleOf: (column: string) => `Role of ${column}`,
    proposed: (role: string) => `Proposed: ${role}`,
    roles: {
      'direct-identifier': 'Names the person',
      'quasi-identifier': 'Narrows down who it is',
      sensitive: 'Sensitive',
      label: 'To be predicted',
      other: 'Other',
    } satisfies Record<ColumnRole, string>,
    rolesTitle: 'What the roles mean',
    roleTexts: {
      'direct-identifier':
        'Says by itself who it is, such as a name or a telephone number. Protected records leave it out.',
      'quasi-identifier':
        'Says who it is together with other columns, such as age and postcode. Protected records show it less exactly.',
      sensitive:
        'Nobody should learn this of a person, such as a diagnosis. It stays as it is; you can ask that it differs among people who look alike.',
      label: 'What a model is to predict. It stays as it is.',
      other: 'Says nothing about who it is. It stays as it is.',
    } satisfies Record<ColumnRole, string>,
    byName: 'The name of the column suggests this role.',
    byNameOf: (entity: string) => `The name of the column points to ${entity}.`,
    byPattern: (entity: string, share: string) =>
      `${share} of the different values hold what looks like ${entity}.`,
    byCheck: (entity: string, share: string) =>
      `${share} of the different values hold what looks like ${entity}, and what can be checked in them is right.`,
    byFailedCheck: (entity: string, share: string) =>
      `${share} of the different values hold what looks like ${entity}, but their check digits are wrong.`,
    byWords: 'The values are words that are known to say this of a person.',
    byOutcome: 'It is named like an outcome and has few values: perhaps a model is to predict it.',
    byLabelling: 'It was chosen in this study as what a model predicts, or made for that.',
    byField: 'In the field chosen for this study, columns of this name often are this.',
    byNeighbours: 'Its short name is a usual one beside other columns about health.',
    byNumber: 'It is named as a number of some kind, and most records have one of their own.',
    byDistinct: 'Nearly every record has a value of its own.',
    notBorneOut:
      'The name points to something that names a person, but a few values return again and again.',
    empty: 'The column has no values.',
    unsure: 'This is a guess. Check it.',
    byText: 'Free text can hold anything about a person.',
    byNothing: 'Nothing was found that points to a person.',
    entities: {
      PERSON: 'the name of a person',
      LOCATION: 'a place',
      ADDRESS: 'an address',
      DATE: 'a date',
      AGE: 'an age',
      NRP: 'nationality, religion, language or origin',
      PHONE: 'a telephone number',
      EMAIL: 'an e-mail address',
      URL: 'a web address',
      IP: 'a network address',
      CARD: 'a bank card number',
      ID_CARD: 'an identity card number',
      SSN: 'a social security number',
      POSTCODE: 'a postcode',
      MEDICAL_ID: 'a patient or case number',
      ORGANIZATION: 'the name of an organisation',
      TITLE: 'a title or form of address',
      IBAN: 'an international bank account number',
      ACCOUNT: 'an account number',
      PASSPORT: 'a passport number',
      LICENCE: 'the number of a licence',
      PLATE: 'a number plate',
      DEVICE_ID: 'the number of a device or vehicle',
      OTHER_ID: 'a number that stands for one person',
    } satisfies Record<EntityType, string>,
    together: 'What the columns say together',
    togetherText:
      'A record is singled out when no other has the same values. Whoever knows these things of a person can then find that person’s record.',
    together1: (column: string, share: string) =>
      `${column} alone singles out ${share} of 100 records.`,
    togetherMore: (columns: string, share: string) =>
      `${columns} together single out ${share} of 100 records.`,
    togetherFew: (columns: string) =>
      `${columns}: fewer than 1 of 100 records is singled out by what was tried.`,
    togetherAll: 'All combinations that add something',
    togetherColumns: 'Columns',
    togetherUnique: 'Singled out',
    togetherBelow5: 'Alike with at most 3 others',
    stays:
      'Concord proposes to remove this column, because it names people. With this role it stays in the protected records as it is.',
    staySummary: (columns: string, count: number) =>
      `${columns} ${one(count, 'names', 'name')} people and would stay in the protected records as ${one(count, 'it is', 'they are')}.`,
    save: 'Save the roles',
  },
  purpose: {
    title: 'What are the protected records for?',
    hint: 'Concord makes a protected copy; the records in the vault stay as they are. The more people will see the copy, the more alike its records must become.',
    missing: 'Choose what the protected records are for',
    names: {
      inside: 'Use inside our organisation',
      partner: 'Share with a partner',
      publish: 'Publish',
    },
    text: (k: string, others: string, limit: string) =>
      `Whoever looks for a person finds ${k} records or more that look the same: the person hides among ${others} others or more. Up to ${limit} of the records may be left out to reach that.`,
    publishText: 'What is published cannot be called back.',
  },
  first: {
    title: 'Find the personal data first',
    text: 'Before records can be protected, Concord needs to know what each column says about a person.',
    button: 'Find the personal data',
  },
  nothing: {
    title: 'No column to make less exact',
    text: 'No column is marked as one that narrows down who it is. Without such a column there is nothing that Concord could make less exact and check.',
    button: 'Change the roles',
  },
  removed: {
    title: 'These columns will be left out of the copy',
    text: 'They say by themselves who a person is, or are free text that can hold a name. The records in the vault keep them.',
    none: 'No column names a person by itself, so none has to be left out.',
    column: 'Column',
    reason: 'Reason',
    names: 'names the person',
    freeText: 'free text that can hold a name',
    change: 'Change the roles',
  },
  coarser: {
    making: 'Preparing the steps',
    title: (column: string) => `How may ${column} be made less exact?`,
    count: (number: string, total: string) => `Column ${number} of ${total}`,
    text: 'Concord goes down these steps only as far as it must, and takes the same step for all records. A star hides what would stand there.',
    takeRest: (count: string, number: number) =>
      `Take the proposals for the other ${count} ${one(number, 'column', 'columns')}`,
    missing: (column: string) => `Choose how ${column} may be made less exact`,
    impossible: (column: string) =>
      `${column} has too many different values, or line breaks in them: it cannot be made less exact. Mark it as a column that names the person, so that it is left out.`,
    kinds: {
      ages: 'Age groups',
      intervals: 'Ranges of numbers',
      dates: 'Month, quarter, year, ten years',
      'mask-right': 'Hide characters from the end',
      'mask-left': 'Hide characters from the beginning',
      common: 'Join the rare values',
      education: 'Levels of education (ISCED)',
      occupation: 'Groups of occupations (ISCO-08)',
      divisions: 'City, province, region of China (GB/T 2260)',
      'icd-10': 'Groups of diagnoses (ICD-10)',
      'icd-9': 'Groups of diagnoses (ICD-9)',
      countries: 'Regions of the world (UN M49)',
      tree: 'Groups of your own',
      ordered: 'Neighbours in an order',
      file: 'From a file of yours',
      hide: 'Keep or hide completely',
    } satisfies Record<HierarchyKind, string>,
    levels: (kind: string) => `${kind}: the steps`,
    level: 'Step',
    values: 'Values, for example (records)',
    different: 'How many values',
    exact: 'As it is',
    step: (number: string) => `Step ${number}`,
  },
  sensitive: {
    title: 'Must sensitive values differ among people who look alike?',
    text: 'When all people who look alike share one diagnosis, whoever finds them knows the diagnosis. Asking for different values prevents that, at the price of less exact records.',
    field: (column: string) => `${column}: different values among people who look alike`,
    none: 'Not required',
    least: (count: string) => `At least ${count}`,
  },
  check: {
    title: 'Check your answers before the records are protected',
    records: 'Records',
    purpose: 'Purpose',
    removed: 'Columns left out',
    noneRemoved: 'none',
    coarser: (column: string) => `${column} made less exact`,
    differ: (column: string) => `${column} among people who look alike`,
    unchanged: 'Columns left as they are',
    noneUnchanged: 'none',
    tooMany:
      'The columns to be made less exact have too many different values together. Choose “Keep or hide completely” for one of them, or mark it as a column that names the person.',
    text: 'A protected copy is made. The records in the vault stay as they are, and you can protect them again in another way.',
    start: 'Protect these records',
  },
  unmet: {
    title: 'The records cannot be protected this way',
    text: (needed: string, rows: string, allowed: string) =>
      `To keep every demand, at least ${needed} of ${rows} records would have to be left out. The purpose you chose allows ${allowed}.`,
    over: (count: string) => `That is ${count} too many.`,
    whatTitle: 'What you can change',
    purpose: 'Choose a purpose that asks for less, if fewer people will see the records.',
    sensitive: 'Ask for fewer different values of sensitive columns in each group.',
    more: 'Add more records: the more there are, the more people look alike.',
    button: 'Change the answers',
  },
  result: {
    title: 'The records are protected',
    reading: 'Reading the records',
    done: (name: string) =>
      `A protected copy of ${name} was made and checked against everything you asked for.`,
    risk: 'How easily someone could be found',
    before: (share: string, columns: string) =>
      `Before: whoever knows ${columns} of a person could single out about ${share} of 100 people.`,
    beforeFew: (columns: string) =>
      `Before: whoever knows ${columns} of a person could single out fewer than 1 of 100 people.`,
    after: (smallest: string) =>
      `After: a guess is right at most 1 time in ${smallest}. Each person is one of at least ${smallest} who look the same.`,
    average: (average: string) => `On average a person is one of ${average} who look the same.`,
    empty: 'After: no record is left.',
    caution:
      'This holds for whoever knows these columns and nothing else. The columns left as they are, and what is known from elsewhere, can say more.',
    lost: 'What became of each column',
    suppressed: (count: string, rows: string, number: number) =>
      `${count} of ${rows} records ${one(number, 'was', 'were')} left out, because too few others look like ${one(number, 'it', 'them')}.`,
    noneSuppressed: (rows: string) => `None of the ${rows} records had to be left out.`,
    column: 'Column',
    happened: 'In the copy',
    removed: 'Not in the copy',
    exact: (count: string) => `Kept exactly, with ${count} different values`,
    hidden: 'Hidden completely',
    coarser: (before: string, after: string, level: string, top: string) =>
      `Made less exact: ${before} different values became ${after} (step ${level} of ${top})`,
    sensitive: 'Sensitive: unchanged',
    insensitive: 'Unchanged',
    look: 'The first records, before and after',
    beforeTable: 'Before',
    afterTable: 'After',
    row: 'Record',
    out: 'Left out',
    gone: 'left out',
    missingCell: 'missing',
    kept: 'The protected copy is kept in the vault, and a model can be trained on it there. Save it as a file only to give it to somebody.',
    save: 'Save the copy as a file',
    saved: (file: string, rows: string) =>
      `${file} was saved with ${rows} records, and what stands in it was checked once more. The file is outside the vault: it is not encrypted.`,
    file: (records: string) => `${records} - protected.csv`,
    study: 'Back to the study',
    again: 'Protect them differently',
  },
};

export type ProtectWords = typeof protect;
