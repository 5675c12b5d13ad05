/** What reports and certificates say of the figures of a protection. Numbers arrive as text. */
export const protectionFigures = {
  caution:
    'Less exact is not anonymous: the figures hold against somebody who knows only the columns that were made less exact.',
  atRiskProsecutor: (threshold: string) =>
    `Share of records found with a chance above ${threshold}, the person being known to be in them (prosecutor)`,
  journalistHighest: 'For a person who may or may not be in the records, at worst (journalist)',
  journalistAverage: 'For a person who may or may not be in the records, on average (journalist)',
  atRiskJournalist: (threshold: string) =>
    `Share of records found with a chance above ${threshold}, the person perhaps not being in them (journalist)`,
  unique: 'Records that look like no other',
  uniquePeople: 'People who are alone in the population, estimated',
  classes: 'Groups of records that look the same',
  averageClass: 'Records in such a group, on average',
  bases: {
    sample:
      'Nothing was said of the population, so the journalist’s risk is put as high as the prosecutor’s.',
    size: (people: string) =>
      `The journalist’s risk is estimated from the size of the population: ${people} people.`,
    table: (people: string) =>
      `The journalist’s risk was counted in a table of the population: ${people} people.`,
  },
  estimators: {
    none: 'no record is unique',
    pitman: 'Pitman’s model',
    zayatz: 'Zayatz’s model',
    snb: 'the SNB model',
  },
  estimated: (models: string) =>
    `People alone in the population are estimated by the model that suits the sampling fraction (Dankar and others, 2012): ${models}.`,
  rounds: 'Rounds of generalisation',
  roundsText:
    'What a round left out was generalised again in the next one, as records of their own. Each record stands at the levels of the round that kept it.',
  round: 'Round',
  roundRecords: 'Records kept',
  roundScore: 'Measure of the round',
  roundLevels: 'Levels',
  columnLevel: (column: string, level: string) => `${column}: ${level}`,
  roundLimit: {
    fraction: (share: string) => `Each round had to keep at least ${share} of all records.`,
    rounds: (count: string) => `There could be ${count} rounds after the first.`,
  },
  parts: {
    strict: (count: string) =>
      `The records were divided into ${count} parts, each with ranges of its own; records of equal values stayed together.`,
    relaxed: (count: string) =>
      `The records were divided into ${count} parts, each with ranges of its own; records of equal values may stand in different parts.`,
  },
  quality: {
    title: 'What the protection cost',
    change: 'How far the values of each column moved',
    column: 'Column',
    shift: 'Distribution changed (0% not at all, 100% completely)',
    moved: 'Values moved, in shares of the range',
    none: 'none',
    association:
      'Columns that go together (Cramér’s V: 0 not at all, 1 completely), most changed first',
    pair: (first: string, second: string) => `${first} and ${second}`,
    meanChange: (change: string) =>
      `On average over all pairs of columns, how strongly they go together changed by ${change}.`,
    accuracy: (label: string, rows: string, before: string, after: string, usual: string) =>
      `A simple model of “${label}”, trained and tested on ${rows} records, was right for ${before} of them before and for ${after} after. Always giving the more common answer would be right for ${usual}.`,
    noAccuracy: 'No column with two values was there from which a simple model could be made.',
    sampled: (rows: string) =>
      `How far values moved and which columns go together was measured on ${rows} evenly spread records.`,
  },
  attack: {
    title: 'The release under attack',
    linkage: (people: string, success: string, guess: string, certain: string) =>
      `For ${people} people, those left out among them, the columns made less exact were taken as known and the nearest released record was looked for. It was the person’s own in ${success} of the cases (a blind guess: ${guess}), and the only nearest one in ${certain}.`,
    singling: 'Columns by which single records stand out',
    columns: 'Columns',
    uniqueBefore: 'Alone before',
    uniqueAfter: 'Alone after',
    atMost: (share: string) => `at most ${share}`,
  },
};
export type ProtectionFigures = typeof protectionFigures;
