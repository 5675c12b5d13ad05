const one = (count: number, singular: string, plural: string): string =>
  count === 1 ? singular : plural;

/** Step 3: how a column is made coarser, set up by the person. Numbers arrive as the language writes them. */
export const hierarchies = {
  fits: (share: string) => `${share} of the records have a value it knows.`,
  unplaced: (values: string, records: string, number: number) =>
    `${values} ${one(number, 'value', 'values')} (${records} records) ${one(number, 'is', 'are')} not known to it and ${one(number, 'goes', 'go')} under “other”.`,
  fileHint: 'A table you made: the value first, then what it becomes at each step.',
  handHint: (kind: 'tree' | 'ordered'): string =>
    kind === 'tree'
      ? 'You put the values into groups. Until you do, they are kept or hidden completely.'
      : 'You put the values in order.',
  ranges: {
    widths: 'Width of the ranges',
    widthsHint:
      'One number for each step, each a multiple of the one before. For example 5, 10, 20',
    origin: 'A range begins at',
    bottom: 'Join all values below',
    top: 'Join all values from here up',
    widthsWrong: 'Write the widths as numbers above 0, such as 5, 10, 20',
    numberWrong: (field: string) => `${field}: write a number, or leave the field empty`,
    originWrong: 'Write a number at which a range begins, such as 0',
  },
  dates: {
    title: 'Steps',
    units: {
      day: 'Day, without the time',
      month: 'Month',
      quarter: 'Quarter',
      year: 'Year',
      decade: 'Ten years',
    },
    missing: 'Choose at least one step',
  },
  mask: {
    step: 'Characters hidden at each step',
    wrong: 'Write a whole number, at least 1',
  },
  file: {
    choose: 'Choose a file',
    again: 'Choose another file',
    missing: 'Choose a file, or another way',
    text: 'CSV without a heading. Each line: the value as it stands in the records; then one label for each step; the last one the same in all lines, such as *.',
  },
  editTree: 'Make or change the groups',
  editOrder: 'Change the order',
  refused: 'What you set up before does not fit these records any more.',
  counts: 'See how many records each value has',
  countsStep: 'Step to look at',
  countsTable: (step: string) => `Records by value: ${step}`,
  countsSome: (shown: string, all: string) => `${shown} of ${all} values, from first to last.`,
  value: 'Value',
  records: 'Records',
  limits: 'Limit how far this column may go',
  limitsText: 'Without a limit Concord chooses among all steps.',
  least: 'At least',
  most: 'At most',
  limited: (kind: string, least: string, most: string) => `${kind}; from “${least}” to “${most}”`,
  change: {
    undo: 'Undo the last change',
    reading: 'Reading the values',
    drag: 'You can also drag with the mouse.',
  },
  tree: {
    title: (column: string) => `Groups of ${column}`,
    text: 'Tick values or groups, then make a group of them or move them. A group may lie in a group.',
    none: 'In no group',
    groupName: 'Name of the group',
    newName: 'Name of a new group',
    make: 'Make a group of the ticked',
    target: 'Group to move to',
    move: 'Move the ticked',
    ungroup: (name: string) => `Dissolve the group ${name}`,
    tickGroup: (name: string) => `The group ${name}`,
    done: 'Use these groups',
    ungroupShort: 'Dissolve',
    ticked: (count: string) => `Ticked: ${count}`,
    value: (value: string, records: string) => `${value} (${records})`,
    empty: 'No value is in it.',
    tickFirst: 'Tick the values or groups first',
    nameFirst: 'Give the new group a name',
    nameTaken: 'Choose a name that no group and no value has',
    intoItself: 'A group cannot be moved into itself',
    made: (name: string) => `The group ${name} was made.`,
    moved: (name: string) => `Moved to ${name}.`,
    dissolved: (name: string) => `The group ${name} was dissolved.`,
    undone: 'The last change was undone.',
  },
  order: {
    title: (column: string) => `Order of ${column}`,
    text: 'Put the values in an order that makes sense, such as from mild to severe. Neighbours are joined first.',
    up: (value: string) => `Move ${value} up`,
    down: (value: string) => `Move ${value} down`,
    done: 'Use this order',
    upShort: 'Up',
    downShort: 'Down',
    runs: 'How many neighbours are joined',
    runsHint: 'One number for each step, each a multiple of the one before. For example 2, 4, 8',
    runsWrong: 'Write whole numbers from 2 up, such as 2, 4, 8',
    moved: (value: string, place: string, all: string) =>
      `${value} is now number ${place} of ${all}.`,
  },
};

export type HierarchyWords = typeof hierarchies;
