import type { QualityMeasure } from '../../contract/anonymise.ts';

/** Stricter conditions and other settings of a protection, and how its search goes. */
export const further = {
  openWhole: 'Further conditions and settings (advanced)',
  summary: 'Stricter conditions (advanced)',
  openColumn: (column: string) => `Stricter conditions for ${column}`,
  whole: {
    title: 'Further conditions and settings',
    text: 'Most protections need nothing of this. Ask for more only if a rule, a contract or an expert demands it: each condition makes the records less exact.',
    populationTitle: 'The population',
    population: 'Whom were the records drawn from?',
    populationHint:
      'Some conditions count all people of whom records could have been taken, and not the records alone.',
    populations: {
      none: 'Not known, or not needed',
      size: 'The number of people is known',
      fraction: 'The share of the people is known',
      table: 'This study holds records of all of them',
    },
    people: 'Number of people',
    fraction: 'Records for 100 people, in percent',
    table: 'Records of everyone',
    tableHint:
      'They need the same columns that narrow down who it is, with a record for each person, those to be protected among them.',
    tableNone:
      'This study has no other records. Add those of everyone first, and the records to be protected after them.',
    tableGone: 'records that are no longer there',
    choose: 'Choose records',
    conditions: 'Conditions for all records',
    models: {
      kMap: {
        name: 'Count people of the population (k-map)',
        text: 'The number of records that must look the same then counts people of the population. This keeps more detail, and protects only where nobody knows who is in the records. The size of the population is needed.',
      },
      risk: {
        name: 'Average risk',
        text: 'Over all records a guess may be right so often at most. 5 percent means that a person hides among 20 on average.',
      },
      unique: {
        name: 'People who stand alone in the population',
        text: 'Of all people of the population so many at most may have no other like them, as estimated from the records. The size of the population is needed.',
      },
      presence: {
        name: 'Knowing who is in the records (δ-presence)',
        text: 'Whoever knows a person can tell only with a certainty between these two whether the person is in the records at all. Records of everyone are needed.',
      },
    },
    risk: 'Average risk at most, in percent',
    unique: 'Share of the people at most, in percent',
    least: 'Certainty at least, in percent',
    most: 'Certainty at most, in percent',
    search: 'How the records are made less exact',
    measure: 'What is to be kept best?',
    recoding: 'Must all records take the same step?',
    recodings: {
      off: {
        name: 'Yes, the same step for all records',
        text: 'The copy is easy to work with: a column is equally exact everywhere.',
      },
      on: {
        name: 'No, records that would be left out may take coarser steps (local recoding)',
        text: 'Fewer records are left out, but a column is then not equally exact everywhere.',
      },
    },
    suppressed: 'What becomes of records that are left out?',
    suppresseds: {
      drop: { name: 'They are not in the copy', text: 'Nobody can see where they stood.' },
      blank: {
        name: 'They stay as empty rows',
        text: 'What narrows down who it is and what is sensitive is emptied. The other columns stay: choose this only if the numbers of the rows matter.',
      },
    },
  },
  measures: {
    loss: {
      name: 'Detail of the values',
      text: 'Counts how many values come together under one label. Suits most purposes (loss).',
    },
    nuentropy: {
      name: 'Information',
      text: 'Like detail, but values that many records have count for more (non-uniform entropy).',
    },
    discernibility: {
      name: 'Many small groups',
      text: 'Large groups of records that look the same count as bad (discernibility).',
    },
    'average-class-size': {
      name: 'Small groups on average',
      text: 'Counts how many records look the same on average (average class size).',
    },
    precision: {
      name: 'Few steps',
      text: 'Counts how many steps each column goes down (precision).',
    },
  } satisfies Record<QualityMeasure, { name: string; text: string }>,
  column: {
    title: (column: string) => `Stricter conditions for ${column}`,
    text: (column: string) =>
      `Each of these says in another way how varied ${column} must be among people who look alike. One is enough; all that you ask for will hold.`,
    models: {
      entropy: {
        name: 'Evenly spread values (entropy l-diversity)',
        text: 'The values must be as hard to guess as l values that are equally frequent.',
      },
      recursive: {
        name: 'No value far ahead of the others (recursive (c,l)-diversity)',
        text: 'The most frequent value may occur less than c times as often as the l-th most frequent and all rarer ones together.',
      },
      closeness: {
        name: 'As varied as all records (t-closeness)',
        text: 'The shares of the values may differ by t at most from those of all records: 0 is no difference, 1 is any.',
      },
      likeness: {
        name: 'No share grown too much (β-likeness)',
        text: 'No value may be more frequent among people who look alike than β allows: with 1 a share may double.',
      },
    },
    entropyL: 'l (a number above 1)',
    recursiveC: 'c (a number above 0)',
    recursiveL: 'l (a whole number, at least 2)',
    t: 't (a number from 0 to 1)',
    beta: 'β (a number above 0)',
    distance: 'How far apart are two different values?',
    distances: {
      equal: 'All equally far',
      ordered: 'By their order',
      hierarchical: 'By the groups they belong to',
    },
    likeness: 'Which form?',
    likenesses: {
      basic: 'Basic: the same growth for each value',
      enhanced: 'Enhanced: frequent values may grow less',
    },
    order: 'Put the values in order',
    ordered: (values: string) => `From first to last: ${values}. A missing value comes last.`,
    orderedItself:
      'Numbers and dates have an order of their own. Put them in order only if some are missing.',
    groups: 'Choose the groups',
    grouped: (kind: string) => `Groups: ${kind}`,
  },
  groups: {
    title: (column: string) => `Which values of ${column} belong together?`,
    text: 'The values stay as they are in the copy. Values that come together at an early step count as close to each other.',
  },
  order: {
    title: (column: string) => `In which order do the values of ${column} stand?`,
    text: 'Neighbours count as close to each other, the first and the last as farthest apart.',
  },
  wrong: {
    entropyL: 'Enter a number above 1 for the l of evenly spread values',
    recursiveL: 'Enter a whole number of at least 2 for the l of values that are not far ahead',
    recursiveC: 'Enter a number above 0 for c',
    t: 'Enter a number from 0 to 1 for t',
    beta: 'Enter a number above 0 for β',
    order: 'Put the values in order, or choose another distance',
    groups: 'Choose the groups of the values, or choose another distance',
    people: 'Enter the number of people as a whole number',
    fraction: 'Enter how many of 100 people have a record: above 0, at most 100 percent',
    table: 'Choose the records of everyone, or say otherwise whom the records were drawn from',
    population: 'Say whom the records were drawn from: a condition that you ask for needs it',
    presenceTable: 'Choose records of everyone: δ-presence needs them',
    risk: 'Enter an average risk above 0 and at most 100 percent',
    unique: 'Enter a share of the people from 0 to 100 percent',
    least: 'Enter a least certainty from 0 to 100 percent',
    most: 'Enter a highest certainty up to 100 percent, not below the least',
  },
  check: {
    name: 'Further conditions and settings',
    records: (k: string) => `At least ${k} records look the same`,
    people: (k: string) => `At least ${k} people of the population look the same (k-map)`,
    limit: (share: string) => `At most ${share} of the records are left out`,
    entropy: (l: string) => `As hard to guess as ${l} equally frequent values`,
    recursive: (c: string, l: string) =>
      `No value far ahead of the others: recursive (c,l)-diversity with c = ${c}, l = ${l}`,
    ordered: (t: string) => `As varied as all records by their order, t = ${t}`,
    hierarchical: (t: string) => `As varied as all records by their groups, t = ${t}`,
    basic: (beta: string) => `No share grown by more than β = ${beta} (basic)`,
    enhanced: (beta: string) => `No share grown by more than β = ${beta} (enhanced)`,
    presence: (least: string, most: string) =>
      `Certainty that a person is in the records: ${least} to ${most}`,
    risk: (share: string) => `Average risk at most ${share}`,
    unique: (share: string) => `At most ${share} of the people stand alone in the population`,
    size: (people: string) => `Drawn from ${people} people`,
    fraction: (share: string) => `Drawn from people of whom ${share} have a record`,
    table: (name: string) => `Drawn from the people of ${name}`,
    measure: (name: string) => `To be kept best: ${name}`,
    local: 'Records that would be left out may take coarser steps',
    blank: 'Records that are left out stay as empty rows',
  },
  estimate: {
    title: 'How long it will take',
    working: 'Trying some combinations to see how long it takes',
    soon: 'Less than a second.',
    upTo: (most: string) => `Up to ${most}.`,
    about: (most: string) => `About ${most}.`,
    range: (least: string, most: string) => `About ${least} to ${most}.`,
    boxed: (time: string) =>
      `There are too many combinations to try them all: the best found in ${time} will be shown. Whether it is the best of all can be proved afterwards.`,
    maybeBoxed: (range: string, time: string) =>
      `${range} After ${time} the best found so far will be shown.`,
    longer: 'You can leave the page meanwhile, and keep the best found so far at any time.',
    unknown: 'It could not be estimated.',
    refused: 'This cannot be protected as it stands.',
  },
  best: {
    title: 'The best so far',
    none: 'No combination of steps has been found yet that meets everything you asked for.',
    loss: (share: string) =>
      `It loses about ${share} of the detail in the columns that are made less exact.`,
    other: (measure: string, score: string) => `${measure}: ${score} (lower is better).`,
    suppressed: (count: string, rows: string) => `${count} of ${rows} records are left out.`,
    leastLoss: (share: string) => `No combination can lose less than about ${share}.`,
    least: (score: string) => `No combination can be below ${score}.`,
    keep: 'Keep the best so far',
    keeping: 'Ending with the best so far',
  },
  proof: {
    title: 'Is it the best there is?',
    proved: 'Yes. Concord has proved that no other combination of steps keeps more.',
    open: 'This is not proved: the search ended with the best found so far.',
    openLocal:
      'This is not proved. With records at different steps a search cannot be taken up again: protect the records once more for it.',
    button: 'Prove it optimal',
    text: 'The search goes on from here. You can leave it, or end it with the best so far, at any time.',
    same: 'The search is finished: what was found before is the best there is. This is now proved.',
    better:
      'The search found better steps, and proved that they are the best there are. They take the place of those before.',
    betterOpen:
      'The search found better steps, which take the place of those before. That they are the best is not proved.',
    sameOpen: 'The search was ended before it found anything better.',
  },
  unmet: {
    text: 'With everything else as it is, any one of these would do:',
    limit: (share: string) => `Up to ${share} of the records left out`,
    demand: (model: string, value: string) => `${model}: ${value}`,
    coarser: (column: string) => `“${column}” may be hidden completely, as its last step`,
    coarserTogether: (columns: string) => `All of these may be hidden completely: ${columns}`,
  },
  result: {
    people: (number: string) =>
      `Whoever does not know whether a person is in the records is right at most 1 time in ${number}.`,
    alone:
      'After: some records look like no other. Whoever knows that a person is in the records may find that person.',
    mixed: (before: string, after: string) =>
      `Made less exact: ${before} different values became ${after}, not by the same step for all records`,
    blanked: (count: string, rows: string) =>
      `${count} of ${rows} records were emptied in the columns that narrow down who it is and in the sensitive ones, because too few others look like them.`,
  },
};
export type FurtherWords = typeof further;
