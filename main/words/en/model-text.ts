import type { TextLanguage, Tune } from '../../contract/text-kinds.ts';

type EncoderTold = Readonly<Record<'name' | 'licence', string | null> & { id: string }>;

/** Models of free text. Numbers and lists arrive as already formatted text. */
export const modelText = {
  columns: 'Free text the model may read',
  columnsText:
    'The model can read free text alone, or together with the columns above. Where you are not sure, begin with the text alone.',
  column: (language: string) => `free text, ${language}`,
  columnSensitive: (language: string) => `free text, ${language}; sensitive`,
  alone: 'Use the text alone',
  languages: {
    en: 'in English',
    zh: 'in Chinese',
    mixed: 'in Chinese and in another script',
    other: 'in a language that Concord does not know',
    none: 'without any words',
  } satisfies Readonly<Record<TextLanguage, string>>,
  found: (column: string, language: string) => `“${column}” is free text ${language}.`,
  reading: 'Looking at the language of the texts',

  recommended: (kind: string) => `${kind} (recommended)`,
  reader: (languages: string, isPrivate: boolean) =>
    `A ready-made reader of ${languages} with ${isPrivate ? 'a private end' : 'an end trained here'}`,
  readerNamed: (name: string, languages: string, isPrivate: boolean) =>
    `${name}: a ready-made reader of ${languages} with ${isPrivate ? 'a private end' : 'an end trained here'}`,
  anyLanguage: 'any language',
  readerHint: (name: string, size: string, licence: string) =>
    `It has learned from public text what sentences mean; only the last step, from there and from the words that it counts to the answer, is learned from your records. Best with few records, and with privacy. ${name}, ${size}, licence ${licence}.`,
  onlyIf: (hint: string, languages: string) =>
    `${hint} Concord could not tell the language: choose it only if the texts are in ${languages}.`,
  bag: 'Counts words, trained here',
  bagHint:
    'Quick. It learns which words speak for which answer and does not look at their order. Good where single words tell much, in every language.',
  recurrent: 'Reads word after word, trained here',
  recurrentHint:
    'A recurrent network (LSTM), for which the order of words counts. It needs many more records than the kinds above and takes longer.',
  attention: 'Reads each word beside all others, trained here',
  attentionHint:
    'A small transformer. Of all kinds it needs the most records and takes the longest.',
  tagReaderHint: (name: string, size: string, licence: string) =>
    `It looks at each word with its neighbours, at how they are written and at what a ready-made reader knows of pieces of words. ${name}, ${size}, licence ${licence}.`,
  tagBag: 'Looks at how words are written, trained here',
  tagBagHint:
    'Quick. It looks at each word with its neighbours: their letters, beginnings, ends and capitals. Works in every language.',
  notProposed: 'Ready-made readers that are not proposed',
  refusedLanguage: (name: string, languages: string) =>
    `${name} knows ${languages}, and these texts are not only that.`,
  refusedStates: {
    missing: (name: string) => `${name}: its files are not on this computer.`,
    altered: (name: string) => `${name}: its files are no longer what they should be.`,
    unavailable: (name: string) => `${name} cannot run on this computer.`,
  },
  kindMissing:
    'A reader that is trained as well reads free text alone: train its end only, or leave the other columns out',
  advanced: 'Advanced settings of the ready-made reader',
  tuneShort: 'Trained with the end',
  tune: 'What of the ready-made reader is trained as well?',
  tunes: {
    head: 'Nothing, only the end',
    biases: 'Its offsets (BitFit)',
    'low-rank': 'Small additions to it (low-rank, LoRA)',
    all: 'All of it',
  } satisfies Readonly<Record<Tune, string>>,
  tuneHints: {
    head: 'Quick, and the noise of privacy meets few figures: this suits nearly always.',
    biases: 'A few figures of each layer. Takes much longer.',
    'low-rank': 'A few thousand more figures. Takes much longer.',
    all: 'Every figure takes noise under privacy: for very many records only, and it takes the longest.',
  } satisfies Readonly<Record<Tune, string>>,

  pretrain: 'Learn words first (pre-training)',
  pretrainText:
    'Before its answer the model can learn to guess words from the words around them. On the texts that Concord was measured with this brought nothing; it may pay where far more public text of the same kind is at hand.',
  pretrainTitle: 'From which texts should it learn words first?',
  pretrainWays: {
    none: 'From none: it begins with the answer',
    public: 'From public texts, which are other records of this study',
    records: 'From the records themselves',
  },
  pretrainHints: {
    none: 'This suits nearly always.',
    public: 'It costs nothing of the privacy limit.',
    records:
      'With privacy: this takes a fifth of the limit, and less is left for the answer. The page of the limit shows what each part costs.',
  },
  pretrainBag:
    'With this the model no longer counts words: it learns a few figures for each word, which takes longer, and noise harms it more.',
  pretrainRecordsPlain: 'Without privacy, as the whole training.',
  publicRecords: 'Records with public texts',
  publicColumn: 'Column with the texts',
  publicChoose: 'Choose',
  publicNone: 'To learn from public texts, bring them in as further records of this study first.',
  publicSureTitle: 'Are these texts public?',
  publicSure: 'Anyone may read these texts',
  publicSureHint:
    'No privacy limit covers them. Texts of patients, clients or applicants are not public.',
  publicRecordsMissing: 'Choose the records with the public texts',
  publicColumnMissing: 'Choose the column with the public texts',
  publicSureMissing: 'Say that anyone may read these texts, or learn words from none',
  checkPretrain: {
    public: (name: string) => `First it learns words from public texts: ${name}`,
    records: () => 'First it learns words from the records themselves',
  },

  wordsTitle: 'Which words may the model know?',
  wordsText:
    'A model that is trained here carries a list of words. A rare word in it could give away the one person who used it. So the list is public, or found with noise.',
  wordsPublic: 'Those of a public list',
  wordsPublicHint:
    'Common English words and pieces of words, and Chinese characters. It costs nothing of the privacy limit and suits nearly always.',
  wordsBought: 'Those too that many people in the records use, found with noise',
  wordsBoughtHint:
    'Words of your own field are known; what only a few people use stays out. It takes a part of the privacy limit, which the pages after this one show, and needs some thousand records.',

  checkText: 'Free text',
  checkNoColumns: 'the free text alone',
  checkEncoder: (name: string, licence: string) => `${name}, licence ${licence}`,
  checkCounts: 'The words of a text are counted as well',
  checkTune: (what: string) => `Trained with the end: ${what}`,
  tokens: {
    words: 'it reads words and pieces of words',
    characters: 'it reads characters',
    mixed: 'it reads words, and characters where a script has no spaces',
  },
  reads: 'What the model reads',
  encoder: 'Ready-made reader',
  encoderTold: ({ id, name, licence }: EncoderTold) =>
    name === null || licence === null
      ? `${id} (no longer on this computer)`
      : `${name} (${id}), licence ${licence}`,
  vocabulary: 'Words it knows',
  vocabularies: {
    public: 'those of a public list',
    bought:
      'those of a public list, and those that many people in the records use, found with noise',
    given: 'those that the plan lists',
    learnt: 'those of a public list, and those of the training records, learned without privacy',
  },
  spansFound: (of100: string) => `Of 100 entities in the texts it found ${of100} exactly.`,
  spansRight: (of100: string) => `Of 100 entities that it named, ${of100} were exactly right.`,
  usualToken: (of100: string) =>
    `Always saying “no entity” would be right for ${of100} of 100 words.`,
  spansBoth: (figure: string) => `Both in one figure (F1, from 0 to 1): ${figure}.`,
  rightToken: (of100: string) => `Of 100 words in the tested texts it tagged ${of100} rightly.`,
  aucToken: (of100: string) =>
    `Given one word of an entity and one outside, it put them in the right order ${of100} times of 100.`,
  byKind: 'Entities kind by kind',
  byKindColumns: {
    kind: 'Kind',
    count: 'In the test',
    recall: 'Found, of 100',
    precision: 'Right, of 100 named',
    f1: 'Both in one figure (F1)',
  },

  tagOpen: 'Try the model on a text',
  tagTitle: 'What the model finds in a text',
  tagText:
    'The model gives each word a tag. Words that belong together are framed, with their kind and how sure the model is.',
  tagTypedHint: 'It is not kept. Marks count as words of their own, Chinese characters one by one.',
  tagButton: 'Find entities',
  tagWorking: 'The model is reading the text',
  tagFound: (count: string) => `Entities found: ${count}`,
  tagNothing: 'The model finds no entity in this text.',
  tagNoWords: 'There is no word in this text.',
  tagTable: 'All entities, in the order of the text',
  tagEntity: 'Entity',
  tagKind: 'Kind',
  tagSure: 'How sure',
  tagLimits:
    'How sure is the least probability that the kind has in one of the words. It says what this model expects, not what is so: what it misses is not framed.',
  attendOpen: 'See what the model attends to',
  attendTitle: 'What the model attends to',
  attendText:
    'The model answers for one text, and again with each part of it left out. The parts without which the answer changes most are those it attends to.',
  attendWhich: 'For which text?',
  attendTyped: 'A text that you type',
  attendTypedHint: 'It is not kept. All other columns count as not known.',
  attendTested: 'A record of the test',
  attendTestedHint: 'The model has not learned from it.',
  attendField: (column: string) => `Text for “${column}”`,
  attendNumber: (most: string) => `Which record of the test, from 1 to ${most}`,
  attendButton: 'Show what moves the answer',
  attendWorking: 'The model is reading the text, with each part of it left out',
  attendEmpty: 'Enter a text',
  attendNumberWrong: (most: string) => `Enter a whole number from 1 to ${most}`,
  attendTooLong: (most: string) => `Shorten the text to at most ${most} characters`,
  attendAnswer: 'The answer',
  attendSays: (value: string) => `The model answers “${value}”.`,
  attendScore: (of: string, percent: string) =>
    `Reading the whole text, it gives “${of}” a probability of ${percent}.`,
  attendPredicts: (figure: string) => `With the whole text the model predicts ${figure}.`,
  attendNone: 'Nothing in this text is known to the model: it gives no answer.',
  attendMoves: 'What moves it',
  attendFor: (part: string, before: string, after: string) =>
    `Without “${part}” it would be ${after} instead of ${before}: this part speaks for it.`,
  attendAgainst: (part: string, before: string, after: string) =>
    `Without “${part}” it would be ${after} instead of ${before}: this part speaks against it.`,
  attendNothing: 'No part moves the answer much by itself.',
  attendShown: 'The text with its parts',
  attendKey:
    'A solid frame marks a part that speaks for the answer, a dashed frame one that speaks against it. The figure says by how much the answer changes, in percentage points.',
  attendKeyNumber:
    'A solid frame marks a part that raises the prediction, a dashed frame one that lowers it. The figure says by how much.',
  attendTable: 'All parts, the strongest first',
  attendPart: 'Part',
  attendColumn: 'Column',
  attendChange: 'Change in percentage points',
  attendChangeNumber: 'Change of the prediction',
  attendMore: (figure: string) => `+${figure}`,
  attendLess: (figure: string) => `−${figure}`,
  attendShortened: 'The text is longer than can be explained: only its beginning was read.',
  attendLimits:
    'Parts are left out one at a time: what two of them do only together does not show. It says what moves this model, not what is true of the person.',
};

/** The page of the encoders on this computer. */
export const encoders = {
  open: 'Text encoders on this computer',
  title: 'Text encoders',
  text: 'A text encoder is a ready-made reader: it has learned from public text what sentences mean. A model that reads free text can be built on one. All of them run on this computer, without a network.',
  reading: 'Looking at the encoders',
  none: 'There is no encoder on this computer.',
  name: 'Encoder',
  language: 'Language',
  any: 'any',
  size: 'Size',
  licence: 'Licence',
  origin: 'Comes from',
  state: 'State',
  states: {
    ready: 'ready',
    missing: 'its files are missing',
    altered: 'its files were altered',
    unavailable: 'cannot run here',
  },
  checked: (when: string) => `checked ${when}`,
  unchecked: 'not checked yet',
  compared: 'files compared when this page opened',
  came: 'came with Concord',
  actions: 'What to do',
  check: 'Check',
  checkLabel: (name: string) => `Check the files of ${name}`,
  checking: (name: string) => `Checking ${name}`,
  good: (name: string) =>
    `${name}: every file is as it should be, and it reads the test sentences.`,
  bad: {
    missing: (name: string) =>
      `${name}: files are missing. Install Concord again, or import the encoder once more.`,
    altered: (name: string) =>
      `${name}: a file is no longer what it was. Do not use it: install Concord again, or import the encoder once more from a source you trust.`,
    unavailable: (name: string) =>
      `${name}: this computer lacks what it needs to run. Models that are trained here are not affected.`,
  },
  remove: 'Remove',
  removeLabel: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText:
    'Models that were built on it keep their results but can no longer score records until it is imported again.',
  removeButton: 'Remove the encoder',
  removed: (name: string) => `${name} was removed.`,
  import: 'Import an encoder from a folder',
  importHint:
    'The folder holds a TensorFlow.js graph, its vocabulary and a description in encoder.json. The files are checked, copied and tried on test sentences. Import from a source you trust only.',
  importing: 'Checking and copying the encoder. This can take a minute.',
  imported: (name: string) => `${name} was imported and read the test sentences.`,
  stewardOnly: 'Only a steward can import or remove encoders.',
};
