import type { ErrorCode, ErrorParams } from '../../contract/errors.ts';
import { show } from '../show.ts';
import { encoderErrors } from './encoder-errors.ts';
import { fileErrors } from './file-errors.ts';

/** One sentence per error code: what is wrong, where, and what to do. */
export type ErrorWords = { readonly [code in ErrorCode]: (p: ErrorParams) => string };

/**
 * An epsilon or delta to four digits: what is asked for is never told as less, nor what is left as
 * more.
 */
export function amount(value: ErrorParams[string] | undefined, round: 'up' | 'down'): string {
  if (typeof value !== 'number' || value <= 0) return show(value);
  const scale = 10 ** (3 - Math.floor(Math.log10(value)));
  if (!Number.isFinite(scale)) return show(value);
  // Noise of the last binary digits is not rounded up to a digit that is read.
  const digits =
    round === 'up' ? Math.ceil(value * scale - 1e-6) : Math.floor(value * scale + 1e-6);
  return String(Number((digits / scale).toPrecision(4)));
}

/** What a run may ask for, where that was looked for; 0 is nothing. */
function wouldFit(largest: ErrorParams[string] | undefined): string {
  if (largest === undefined) {
    return 'Ask for no more than that, or have a steward set a larger budget.';
  }
  return largest === 0
    ? 'At this delta no run like this fits any more. Ask for a smaller delta, or have a steward set a larger budget.'
    : `At this delta a run like this may ask for epsilon ${amount(largest, 'down')} at most. Ask for no more than that, or have a steward set a larger budget.`;
}

const ABSENT: Readonly<Record<string, string>> = {
  yes: 'the value given for "yes"',
  no: 'the value given for "no"',
  both: 'either of the two values given',
  some: 'one of the values given',
};

const HIERARCHY_REASONS: Readonly<Record<string, string>> = {
  empty: 'it holds no line',
  ragged: 'it has another number of levels than the first line',
  'quote-open': 'a quotation mark stays open',
  'two-generalisations': 'its value stands on an earlier line with other generalisations',
  'not-a-tree': 'a label has two different labels on the level above',
};

const BUILD_REASONS: Readonly<Record<string, string>> = {
  numbers: 'not all of its values are numbers; choose another way',
  widths: 'each width must be a whole multiple of the one before, such as 5, 10, 20',
  bounds: 'the top must be above the bottom',
  dates: 'not all of its values are dates; choose another way',
  units: 'choose at least one unit that is coarser than the values',
  levels:
    'that would make more than 20 steps; hide more characters at each step, or use fewer groups within groups',
  order: 'the order lacks values that stand in the records; open the order and add them',
  runs: 'each number must be a whole multiple of the one before, such as 2, 4, 8',
  'group-order': 'a group lies within itself; make the groups again',
  'group-names': 'each group needs a name of its own that is not a value outside the group',
  'value-twice': 'a value stands twice; make the order or the groups again',
  files: 'the files of all columns together are too large; bring a smaller one',
  size: 'it is too large; a file may have 100,000 characters, and up to 300 values can be put in order or in groups by hand',
};

const MODEL_REASONS: Readonly<Record<string, string>> = {
  'k-above-rows': 'k is above the number of records; choose a smaller k',
  'not-sensitive': 'its attribute is not among the sensitive columns of the plan; add it there',
  'hierarchy-missing': 'its attribute needs a hierarchy; name one in the plan',
  'hierarchy-no-root': 'the hierarchy of its attribute must end in one label for all values',
  'order-missing':
    'its attribute needs an order; list all its values from first to last under "order" in the plan (numbers and dates without missing cells need none)',
  'population-missing': 'it needs to know the population; give its size or a table in the plan',
  'population-small': 'the population is smaller than the number of records; give its true size',
  'population-table-missing': 'it needs a table of the population; name one in the plan',
  'minimum-above-maximum': 'its minimum is above its maximum; exchange them',
  'ranges-people':
    'ranges reach only as far as the values of their records, so that people of the population lie between them and cannot be counted; generalise by hierarchies ("search": "optimal") or give the size of the population',
  'ranges-relaxed':
    'relaxed parts may get the same ranges and become one group, which need not meet it; use the partition "strict"',
};

const POPULATION_REASONS: Readonly<Record<string, string>> = {
  'table-unreadable': 'its table cannot be read; check the name of the file',
  'size-below-rows': 'it is smaller than the number of records; give its true size',
  'column-missing': 'its table lacks this column; add it or leave the table out',
  'hierarchy-lacks-value': 'it holds values that the hierarchy lacks; add a line for each',
  'records-missing': 'records stand for people it does not hold; use the table they came from',
};

const MECHANISM_REASONS: Readonly<Record<string, string>> = {
  noise: 'give a noise multiplier from 0.001 to 1000000000',
  rate: 'give a sampling rate above 0 and at most 1',
  steps: 'give a whole number of steps, at least 1',
  count: 'give a whole number of records, at least 1',
  failure:
    'give each release a delta from 0 to 1, and all of them together less than that of the plan',
  trials: 'give from 1.01 to 1000 trials on average',
  'trial-failure': 'a trial of a search may not fail; give none of its phases a delta',
  'batch-above-dataset': 'a batch cannot hold more records than there are; give a smaller one',
  'no-phase': 'the plan holds no phase; add one',
  'mixed-neighbours':
    'it protects against replacing a record, the phases before it against adding or removing one (or the reverse); account them in two plans',
};

const TARGETS: Readonly<Record<string, string>> = {
  binary: 'one of two values',
  classes: 'one of several values',
  ordered: 'values in order',
  number: 'a number',
  tags: 'one value for each word of a text',
};

const BACKEND_REASONS: Readonly<Record<string, string>> = {
  'no-vectors': 'the processor or the runtime lacks vector instructions',
  'no-avx': 'the processor lacks AVX',
  'not-installed': 'the native library is not installed',
  'not-loading': 'the native library does not load',
  'several-rows': 'it cannot clip several rows of a person as one',
  text: 'models of text trained here need TensorFlow',
};

/** What would make a plan possible that cannot be met. */
function remedies(p: ErrorParams): string {
  const others = 'lower the demand or add a coarser level';
  const raise =
    p['limit'] === undefined ? 'Raise the limit' : `Raise the limit to ${show(p['limit'])}`;
  const named = (key: string): string => (p[key] === undefined ? '' : show(p[key]));
  const sentences = [
    `${raise}, ${others}.`,
    named('possible') &&
      `With this limit and the other models as they are, any of these would do: ${named('possible')}.`,
    named('coarser') &&
      `So would a last level with one value for all, in any of these columns: ${named('coarser')}.`,
    named('coarserTogether') &&
      `So would a last level with one value for all, in all of these columns: ${named('coarserTogether')}.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** A reason code in words; one that is not listed is shown as it is. */
function reason(words: Readonly<Record<string, string>>, p: ErrorParams): string {
  const code = show(p['reason']);
  return words[code] ?? code;
}

export const errors: ErrorWords = {
  REQUEST_MALFORMED: (p) =>
    `The request ${show(p['call'])} does not have the agreed form at ${show(p['path'])}. Send it as the contract describes.`,
  COMMAND_UNKNOWN: (p) =>
    `There is no command "${show(p['command'])}". The commands are: ${show(p['known'])}.`,
  OPTION_UNKNOWN: (p) =>
    `The command ${show(p['command'])} has no option "${show(p['option'])}". It takes: ${show(p['known'])}.`,
  OPTION_MISSING: (p) =>
    `The command ${show(p['command'])} needs ${show(p['option'])}. Add it and run the command again.`,
  OPTION_INVALID: (p) =>
    `The option ${show(p['option'])} cannot be used as given. It must be ${show(p['expected'])}.`,
  PLAN_UNREADABLE: (p) =>
    `The plan ${show(p['file'])} is not readable JSON. Check its quotes and commas.`,
  PLAN_INVALID: (p) =>
    `The plan does not fit at "${show(p['path'])}": ${show(p['expected'])}. Change that entry and run again.`,
  OUTPUT_EXISTS: (p) =>
    `The file ${show(p['file'])} exists already and was left as it is. Choose another name or add --force.`,
  OUTPUT_UNWRITABLE: (p) =>
    `The file ${show(p['file'])} cannot be written. Check that the folder exists, may be written to and has space.`,
  CANCELLED: () => 'The work was cancelled before it ended. Nothing was saved from it.',
  ...fileErrors,
  COLUMN_UNKNOWN: (p) =>
    `There is no column "${show(p['column'])}". The nearest name is "${show(p['nearest'])}".`,
  COLUMN_NOT_NUMERIC: (p) =>
    `The column "${show(p['column'])}" must hold numbers, because a lowest and a highest value were given for it or it is to be predicted as a number; row ${show(p['row'])} does not. Mend the row, give a list of values for the column, or leave the column out.`,
  REPAIR_UNFIT: (p) =>
    `Repair ${show(p['place'])} (${show(p['repair'])}) does not fit the column "${show(p['column'])}", which holds values of the kind ${show(p['type'])}. Change that repair or take it out of the list.`,
  REPAIR_LEAVES_NOTHING: (p) =>
    `Repair ${show(p['place'])} (${show(p['repair'])}) would leave no records or no columns. Take it out of the list.`,
  FILL_LEARNED_LATER: (p) =>
    `The median or most frequent value of ${show(p['columns'])} is learned when a model is trained, from its training part only, so no file can hold it. Fill with a constant here, or write "fill" into the plan of train.`,
  COLUMN_EXISTS: (p) =>
    `There is already a column "${show(p['column'])}". Give the label another name.`,
  LABEL_RULE_UNFIT: (p) =>
    `Rule ${show(p['place'])} asks whether "${show(p['column'])}" is ${show(p['test'])} something, but that column holds values of the kind ${show(p['type'])}, or the value given is not of that kind. Change the rule or take it out of the list.`,
  LABELS_NONE: () => 'No record would get a label. Change the rules, or give labels by hand first.',
  LABELLING_NOT_BEGUN: () =>
    'Labelling by hand has not been begun for these records. Name the label and its values first.',
  LABEL_VALUE_USED: (p) =>
    `Records were already given values that are missing from the new list (${show(p['count'])}). Keep those values, or take the labels back first; you can add further values.`,
  COLUMN_TYPE_MISMATCH: (p) =>
    `The column "${show(p['column'])}" cannot be read as ${show(p['type'])}: ${show(p['rows'])} cells do not fit (first in row ${show(p['row'])}). Choose another type, mend them, or name them as missing.`,
  ROLE_MISSING: (p) =>
    `These columns have no role: ${show(p['columns'])}. Say of each whether it is a quasi-identifier, sensitive or insensitive, or leave it out of the file.`,
  ROLE_CONFLICT: (p) =>
    `These columns have more than one role: ${show(p['columns'])}. Give each column one role.`,
  HIERARCHY_UNREADABLE: (p) =>
    `The hierarchy of "${show(p['column'])}" cannot be read from ${show(p['file'])}. Check the file's name.`,
  HIERARCHY_LACKS_VALUE: (p) =>
    `The hierarchy of "${show(p['column'])}" lacks ${show(p['missing'])} of the values in the records (first in row ${show(p['row'])}). Add them to the hierarchy.`,
  HIERARCHY_INVALID: (p) =>
    `The hierarchy of "${show(p['column'])}" does not hold together (line ${show(p['line'])}: ${reason(HIERARCHY_REASONS, p)}). Mend that line.`,
  HIERARCHY_NOT_BUILT: (p) =>
    `This way cannot be used for "${show(p['column'])}": ${reason(BUILD_REASONS, p)}.`,
  LEVELS_INVALID: (p) =>
    `The steps allowed for "${show(p['column'])}" must lie between 0 and ${show(p['top'])}, the least not above the most. Change them.`,
  PRIVACY_MODEL_INVALID: (p) =>
    `The privacy model "${show(p['model'])}" cannot be used: ${reason(MODEL_REASONS, p)}.`,
  PRIVACY_MODEL_UNMET: (p) =>
    `No generalisation meets the privacy models within the suppression limit: at least ${show(p['needed'])} of ${show(p['rows'])} rows would have to be suppressed, ${show(p['allowed'])} are allowed. ${remedies(p)}`,
  POPULATION_UNFIT: (p) =>
    `The population does not fit${p['column'] === undefined ? '' : ` (column "${show(p['column'])}")`}: ${reason(POPULATION_REASONS, p)}.`,
  COLUMN_EMPTY: (p) =>
    `The column "${show(p['column'])}" holds no value at all. Leave it out, or fill it first.`,
  TEXT_NONE: () => 'These records have no column of free text. There is nothing to look through.',
  TEXT_UNSEARCHED: (p) =>
    `The free text of ${show(p['column'])} has not been looked through yet. Look through the free text first, or leave the column out.`,
  FINDING_UNKNOWN: (p) =>
    `There is no such finding in ${show(p['column'])}: it may have been taken back. Open the text again.`,
  RECORD_UNKNOWN: (p) =>
    `There is no record ${show(p['record'])} in the test: it holds ${show(p['records'])}. Choose one from 1 to ${show(p['records'])}.`,
  EPSILON_INVALID: (p) =>
    `Epsilon must be a number above 0 (given: ${show(p['epsilon'])}). Values from 0.1 to 8 are usual.`,
  DELTA_INVALID: (p) => `Delta must lie between 0 and 1 (given: ${show(p['delta'])}).`,
  DELTA_TOO_LARGE: (p) =>
    `Delta ${show(p['delta'])} is too large for ${show(p['units'])} people: it must be below ${show(p['limit'])} (one in the number of people).`,
  MECHANISM_INVALID: (p) =>
    `Phase ${show(p['phase'])} of the plan cannot be accounted at "${show(p['field'])}": ${reason(MECHANISM_REASONS, p)}.`,
  ACCOUNTANT_UNAVAILABLE: (p) =>
    `The accountant "${show(p['accountant'])}" is not available here. Available: ${show(p['available'])}.`,
  CALIBRATION_IMPOSSIBLE: (p) =>
    `No amount of noise up to ${show(p['limit'])} reaches epsilon ${show(p['epsilon'])}. Ask for a larger epsilon or fewer steps.`,
  LABEL_ONE_VALUE: (p) =>
    `The label "${show(p['column'])}" has fewer than two values in the records used. Choose a label with at least two.`,
  LABEL_TOO_MANY: (p) =>
    `The label "${show(p['column'])}" has ${show(p['count'])} values; a model of this target takes up to ${show(p['allowed'])}. Join values or choose another label${p['allowed'] === 2 ? '; or set "target" to "classes" or "ordered"' : ''}.`,
  LABEL_IS_NUMBER: (p) =>
    `The label "${show(p['column'])}" holds numbers with ${show(p['count'])} different values, more than the ${show(p['allowed'])} that can be told apart as answers. Set "target" to "number" to predict the number itself, or join the values into groups first.`,
  LABEL_UNLISTED: (p) =>
    `The column "${show(p['column'])}" holds other values than those given for its answers (${show(p['count'])} rows, first in row ${show(p['row'])}). Write all exactly as they stand in the records, or leave those rows out.`,
  LABEL_VALUE_ABSENT: (p) =>
    `No record has ${ABSENT[show(p['absent'])] ?? 'this value'} in the column "${show(p['column'])}". Write it exactly as it stands in the records; "Bring in records" shows the values of a column.`,
  TAGS_MISMATCH: (p) =>
    `Row ${show(p['row'])} has not as many tags in the column "${show(p['column'])}" as its text has tokens. Both are parted by spaces, one tag for each token: mend that row, or leave it out.`,
  STATISTICS_TOO_NOISY: (p) =>
    `What the plan leaves open cannot be bought for so little: ${show(p['missing'])}. Only what stands in about ${show(p['needed'])} records or people would show, and there are ${show(p['units'])}. State these facts in the plan, leave the columns out, or raise epsilon or the share of the statistics.`,
  PUBLIC_FACTS_MISSING: (p) =>
    `Private training may not read these facts from the records: ${show(p['missing'])}. Add public bounds, categories or labels for them to the plan.`,
  MODEL_KIND_UNAVAILABLE: (p) =>
    `The model kind "${show(p['kind'])}" is not available. Available: ${show(p['available'])}.`,
  TARGET_UNAVAILABLE: (p) =>
    `A model of the kind "${show(p['kind'])}" cannot predict ${TARGETS[show(p['target'])] ?? 'this label'}. Kinds that can: ${show(p['available'])}.`,
  REASONS_UNAVAILABLE: () =>
    'There are no reasons for this model: it marks words in a text, one by one. Choose a model that predicts one answer for each record.',
  REVIEW_TARGET: () =>
    'This model predicts one of several values, and a review compares one of them with the rest. Say which value is harmful to miss.',
  MODEL_UNREADABLE: (p) =>
    `The model file ${show(p['file'])} is damaged or was not written by this program. Choose another or train again.`,
  BACKEND_UNAVAILABLE: (p) =>
    `The back-end "${show(p['backend'])}" does not work on this computer (${reason(BACKEND_REASONS, p)}). Use "auto" or "javascript".`,
  ...encoderErrors,
  SPLIT_EMPTY: (p) =>
    p['column'] === undefined
      ? `The ${show(p['part'])} part of the split has no records. Change the share that is held back.`
      : p['by'] === 'date'
        ? `The ${show(p['part'])} part of the split has no records: no entry of "${show(p['column'])}" lies between its boundaries. Move the boundaries, or hold back a share at random.`
        : `No record has the entry "${show(p['part'])}" in the column "${show(p['column'])}". Write "train" or "test" for each record, or hold back a share at random.`,
  SPLIT_NOT_PRIVATE: () =>
    'A stratified split looks at all records to place each one, so one record more could move others, and no guarantee would hold. Leave "stratify" out, or train without privacy.',
  SEARCH_NEEDS_VALIDATION: () =>
    'A search for settings judges its trials on validation records, which are outside the guarantee, and this split keeps none. Add "validation" to the split (or "validation_from", or rows marked "validation"), or leave "search" out.',
  CALIBRATION_NEEDS_VALIDATION: () =>
    'Probabilities are calibrated on validation records, which are outside the guarantee, and this split keeps none. Add "validation" to the split (or "validation_from", or rows marked "validation"), or leave "calibration" out.',
  MITIGATION_NEEDS_VALIDATION: () =>
    'Thresholds and calibrations for each group are fitted to validation records, which are outside the guarantee, and this split keeps none. Train with a validation part, or choose weights before training or a bound within it.',
  MITIGATION_TOO_FEW: (p) =>
    `Fewer than two groups of the column "${show(p['column'])}" have at least ${show(p['least'])} records with and ${show(p['least'])} without the answer, so nothing can be fitted to each of them. Choose a column with larger groups, or join small groups before.`,
  SPLIT_KEY_MISSING: () =>
    'The split asks for the key of a study, and these records stand in no study. Add --vault and --study, or leave "key" out.',
  SPLIT_DATES_UNREADABLE: (p) =>
    `The column "${show(p['column'])}" does not hold the dates or numbers that the boundaries of the split are written in. Choose a column of dates and write the boundaries as year-month-day, or a column of numbers and write numbers.`,
  PERSON_IN_BOTH_PARTS: (p) =>
    `The column "${show(p['split'])}" puts records of one person into more than one part (${show(p['count'])} values of "${show(p['column'])}", first in row ${show(p['row'])}). Put all records of a person into one part, or hold back a share of the people at random.`,
  COLUMN_TWO_USES: (p) =>
    `The column "${show(p['column'])}" is used for two things: a column is either what is predicted, what it is predicted from, what tells people apart, what splits the records, or left out. Choose another column for one of them.`,
  SCORE_INVALID: (p) =>
    `The column "${show(p['column'])}" must hold scores from 0 to 1; row ${show(p['row'])} does not.`,
  GROUP_INVALID: (p) =>
    `The column "${show(p['column'])}" has ${show(p['count'])} different values, too many for groups. Put it into bands first.`,
  GROUP_VALUES_MISSING: (p) =>
    `A private review must know the groups of "${show(p['column'])}" without a look at the records. Name the values that everybody knows it can have.`,
  GROUPS_TOO_MANY: (p) =>
    `The groups make ${show(p['cells'])} cells of counts; more than ${show(p['most'])} are mostly noise. Review fewer columns, or fewer values of each.`,
  PREDICTION_INVALID: (p) =>
    `The column "${show(p['column'])}" must hold decisions as 0 and 1 or in the values of the label; row ${show(p['row'])} does not. Mend the row or name another column.`,
  LABEL_POSITIVE_MISSING: (p) =>
    `The label "${show(p['column'])}" is not written as 0 and 1 (it has ${show(p['count'])} values). Say which value counts as positive.`,
  LABEL_POSITIVE_UNKNOWN: (p) =>
    `No record of the label "${show(p['column'])}" has the value named as positive. Write it exactly as in the file.`,
  REFERENCE_UNKNOWN: (p) =>
    `The reference group for "${show(p['column'])}" cannot be used: the column must be among the groups and somebody must be in that group. Write both as in the file.`,
  REVIEW_EMPTY: (p) =>
    `No record has both a truth in "${show(p['column'])}" and an answer of the model. Check that the columns are the right ones.`,
  VAULT_NOT_FOUND: (p) => `There is no vault at ${show(p['file'])}. Check the name, or create one.`,
  VAULT_EXISTS: (p) =>
    `There is already a vault at ${show(p['file'])}. Open it, or choose another name.`,
  VAULT_WRONG_PASSPHRASE: () =>
    'The passphrase does not open this vault. Check the keyboard layout and capital letters, and try again.',
  VAULT_DAMAGED: (p) =>
    `The vault is damaged (${show(p['part'])}). Restore it from a backup; the damaged file was left as it is.`,
  VAULT_IN_USE: () =>
    'The vault is open in another window or program. Close it there first; only one may work on it at a time.',
  VAULT_NEWER: (p) =>
    `The vault was written by a newer program (version ${show(p['found'])}, this one knows ${show(p['known'])}). Use the newer program.`,
  VAULT_BUSY: (p) =>
    `Work of ${show(p['person'])} is still going on behind the lock. Until it ends, only ${show(p['person'])} can unlock the vault.`,
  VAULT_LOCKED: () => 'The vault is locked. Unlock it with your passphrase.',
  BACKUP_DAMAGED: (p) =>
    `The backup is not whole (${show(p['part'])}). Nothing was restored from it; choose another backup.`,
  RESTORE_UNCONFIRMED: () =>
    'This vault was restored from a backup, so what was spent since is not known to it. Before private work goes on, a steward must confirm the restored vault.',
  PERSON_EXISTS: (p) =>
    `There is already a person named "${show(p['person'])}" in this vault. Give another name.`,
  PERSON_UNKNOWN: () => 'There is no such person in this vault. Look at the list of people.',
  LAST_STEWARD: (p) =>
    `${show(p['person'])} is the only steward and cannot be removed. Add another steward first.`,
  STUDY_EXISTS: (p) =>
    `There is already a study "${show(p['study'])}" in this vault. Open it, restore it if it was removed, or give another name.`,
  STUDY_NOT_REMOVED: (p) =>
    `The study "${show(p['study'])}" is not in the bin. Only a removed study can be deleted for good: remove it first.`,
  STUDY_BUSY: (p) =>
    `Work of the study "${show(p['study'])}" is still waiting or running. Let it end or cancel it, then delete the study.`,
  NOTE_TOO_LONG: (p) =>
    `The note has ${show(p['characters'])} characters and may have ${show(p['most'])}. Shorten it and save it again.`,
  STEPS_EXCEEDED: (p) =>
    `The job would run ${show(p['steps'])} steps where ${show(p['reserved'])} were reserved from the privacy budget. Start a job with its own reservation for the rest.`,
  PASSPHRASE_SAME: () => 'That is the passphrase you have now. Choose another one.',
  PASSPHRASE_NOT_OWN: () =>
    'Your passphrase was chosen by the steward who added you. Choose one that only you know first.',
  RECOVERY_WRONG: () =>
    'That is not the code of this vault’s newest recovery sheet. Compare each group of four with the sheet; a sheet serves once.',
  SIGNER_TRAINED: (p) =>
    `${show(p['person'])} trained this model and cannot decide on it. Ask a reviewer who did not train it.`,
  LEAK_TEST_MISSING: () =>
    'Nobody has tested what this model leaks. Run the leak test of this model first.',
  LEAK_TEST_BLOCKS: () =>
    'The leak test found more than the privacy limit promises. This model cannot be signed off; train it again or send it back with reasons.',
  REVIEW_MISSING: () => 'This model has not been reviewed. Review it first.',
  REVIEW_OF_OTHER: () =>
    'What you looked at is no longer what would be signed: there is a newer review or test of this model. Open it again and read it first.',
  EXPIRY_INVALID: (p) =>
    `The sign-off must end on a day after ${show(p['after'])} and no later than ${show(p['latest'])}. Choose such a day, written as YYYY-MM-DD.`,
  REASONS_MISSING: () => 'Say why the model is sent back: the reasons are kept with the decision.',
  PASSPHRASE_WEAK: (p) =>
    `The passphrase is too easy to guess. Use at least ${show(p['minimum'])} characters; several unrelated words are best.`,
  ROLE_REFUSED: (p) =>
    `Your role (${show(p['role'])}) may not do this. It takes: ${show(p['needed'])}.`,
  STUDY_UNKNOWN: (p) => `There is no study "${show(p['study'])}" in this vault.`,
  ARTEFACT_UNKNOWN: () => 'What was asked for is not in this study.',
  ARTEFACT_DAMAGED: () =>
    'What is stored does not match its seal: it was damaged or changed. Restore the vault from a backup.',
  BUDGET_EXCEEDED: (p) =>
    `This would overdraw the privacy budget of these records: asked for epsilon ${amount(p['requestedEpsilon'], 'up')} and delta ${amount(p['requestedDelta'], 'up')}, left are epsilon ${amount(p['availableEpsilon'], 'down')} and delta ${amount(p['availableDelta'], 'down')}. ${wouldFit(p['largestEpsilon'])}`,
  JOB_UNKNOWN: () => 'There is no such job. It may belong to another vault.',
  JOB_HAS_NO_BEST: () =>
    'This job does not look for a best solution, so there is nothing to keep from it. Let it end, or cancel it.',
  JOB_NOT_RESUMABLE: () =>
    'This work can neither pause nor go on: it has ended, or nothing is kept from which it could go on. Start it anew if it is still wanted.',
  PAUSED: () => 'The work stopped at a checkpoint and is kept. Let it go on when it suits.',
  SENDER_REFUSED: () => 'The request did not come from the window of this program and was refused.',
  TICKET_INVALID: () => 'The chosen file is no longer at hand. Choose it again.',
  PRINT_FAILED: () =>
    'The PDF could not be made. Save the report as a web page and print it from a browser, or start Concord again and try once more.',
  ENGINE_STOPPED: () =>
    'The working process stopped and was started again. Nothing saved was lost; unlock the vault and go on.',
  INTERNAL: (p) =>
    `Something went wrong inside the program (incident ${show(p['incident'])}). Nothing saved was lost; try again, and report the incident number if it happens again.`,
};
