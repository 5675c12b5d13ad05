import type { RedactMode } from '../../contract/text-calls.ts';
import { entityTypes } from './entity-types.ts';

const one = (count: number, singular: string, plural: string): string =>
  count === 1 ? singular : plural;

/** The pages on personal data in free text. Numbers arrive as the language writes them. */
export const texts = {
  types: entityTypes,
  linkWhy: 'Some columns hold free text. Names and numbers can stand in the middle of it.',
  link: 'Look through the free text',
  list: {
    title: 'Personal data in free text',
    reading: 'Reading the free text',
    records: (name: string) => `These are the columns of free text in ${name}.`,
    none: 'These records have no column of free text. There is nothing to look through.',
    before:
      'Concord reads every text and marks names, places, dates, contact details and numbers of people. With 100,000 notes this takes minutes.',
    start: 'Look through the free text',
    older: (when: string) =>
      `The free text of earlier records was looked through on ${when}. These records are newer: they were repaired, labelled or added since, and what was found then is not carried over. Look through them again.`,
    again: 'Look through the free text again',
    after:
      'What was found will be taken out wherever the text is released. You do not have to look at each finding: look at a few, take back what is wrong and add what is missing. Then go on with the roles of the columns.',
    caution: 'No search finds everything. What it misses stays in the text.',
    table: 'The columns of free text',
    column: 'Column',
    texts: 'Different texts',
    found: 'With findings',
    looked: 'Looked at',
    what: 'Found',
    nothing: 'nothing',
    count: (type: string, accepted: string) => `${type}: ${accepted}`,
    countRejected: (type: string, accepted: string, rejected: string) =>
      `${type}: ${accepted}, and ${rejected} left in`,
    read: (column: string) => `Read ${column}`,
    unsaved: 'You have decisions that are kept as a draft. They count once you save them.',
    save: 'Save the decisions',
    saved: 'The decisions are saved. Protecting the records goes by them.',
    toRoles: 'Go on with the roles of the columns',
  },
  read: {
    title: (column: string) => `Free text in ${column}`,
    reading: 'Opening the text',
    type: 'Type',
    everyType: 'Every type',
    show: 'Texts',
    shows: {
      found: 'with findings',
      unsure: 'with findings that are not sure',
      all: 'all texts',
    },
    row: (row: string) => `Record ${row}`,
    rows: (row: string, others: string, count: number) =>
      `Record ${row}, and ${others} ${one(count, 'other record', 'other records')} with the same text`,
    looked: (looked: string, found: string) =>
      `${looked} of ${found} texts with findings looked at`,
    cut: (shown: string) =>
      `Only the first ${shown} characters are shown. What was found behind them is taken out all the same.`,
    content: 'The text with its findings',
    leftIn: (type: string) => `${type}, left in`,
    noneHere: 'Nothing is marked in this text.',
    noneFits: 'No text fits what you have chosen.',
    lastOne: 'No further text fits what you have chosen.',
    finding: 'This finding',
    place: (place: string, count: string) => `Finding ${place} of ${count} in this text`,
    letters: 'Letters',
    typeNow: 'Type',
    confidence: 'Confidence',
    added: 'added by a person',
    fate: 'What happens to it',
    out: 'It is taken out',
    stays: 'It stays in the text',
    previous: 'Previous finding',
    next: 'Next finding',
    previousText: 'Previous text',
    nextText: 'Next text',
    accept: 'Take it out',
    reject: 'Leave it in',
    acceptAlike: 'Take out all alike',
    rejectAlike: 'Leave in all alike',
    retypeTitle: 'Another type',
    newType: 'The right type',
    retype: 'Change this one',
    retypeAlike: 'Change all alike',
    addTitle: 'Add what was missed',
    addText:
      'Select the letters in this box: with the mouse, or with the arrow keys while you hold Shift.',
    addBox: 'The text, to select in',
    addNothing: 'Nothing is selected.',
    addSelected: (letters: string) => `Selected: ${letters}`,
    addMissing: 'Select the letters that were missed',
    addType: 'Type of what you add',
    add: 'Add it here',
    addAlike: 'Add it in every text',
    undo: 'Undo',
    changed: (count: string, number: number) =>
      `${count} ${one(number, 'finding was', 'findings were')} changed.`,
    undone: (count: string, number: number) =>
      `The last decision was taken back: ${count} ${one(number, 'finding', 'findings')}.`,
    nothingToUndo: 'There is nothing to undo.',
    keysTitle: 'Keys',
    keysOn: 'Use single keys on this page',
    keysText:
      'While no field has the focus: n is the next finding, p the previous one, a takes it out, r leaves it in, Shift+A and Shift+R do so for all alike, u undoes the last decision.',
    done: 'Back to the columns',
  },
  release: {
    title: 'How is free text released?',
    text: 'Free text can be left out of the copy, or released with everything that was found in it taken out. What the search missed stays in a released text.',
    field: (column: string) => `${column}`,
    ways: {
      remove: 'Leave the column out',
      tag: 'Release it; what was found is replaced by its kind, such as [NAME]',
      mask: 'Release it; what was found is covered with stars',
      pseudonym: 'Release it; what was found is replaced by a stand-in, the same one every time',
    } satisfies Record<RedactMode | 'remove', string>,
    pseudonym:
      'Text with stand-ins is pseudonymised, not anonymous: this study keeps the key with which a stand-in can be told again. Dates move by a number of days that is the same for all records of one person, if “Bring in records” says who that is; otherwise the dates of each record move by themselves.',
    unsearched:
      'The free text of these records, as they are now, has not been looked through, so it can only be left out of the copy.',
    check: (column: string) => `Free text ${column}`,
    became: {
      tag: (count: string) => `Redacted: ${count} findings replaced by their kind`,
      mask: (count: string) => `Redacted: ${count} findings covered with stars`,
      pseudonym: (count: string) =>
        `Redacted: ${count} findings replaced by stand-ins (pseudonymised, not anonymous)`,
    } satisfies Record<RedactMode, (count: string) => string>,
  },
};

export type TextsWords = typeof texts;
