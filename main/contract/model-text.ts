import { z } from 'zod';
import { call } from './call.ts';
import { MOST_LETTERS, TEXT_LANGUAGES, TUNES } from './text-kinds.ts';
import { encoderId } from './text-models.ts';

/** What a model of text reads and from where it knows words; all of it is public with the model. */
export const modelText = z.strictObject({
  columns: z.array(z.string()),
  /** The ready-made reader; name and licence are null where it is gone from this computer. */
  encoder: z
    .strictObject({
      id: encoderId,
      name: z.string().nullable(),
      licence: z.string().nullable(),
      tune: z.enum(TUNES),
    })
    .nullable(),
  /** Of a model that knows words: trained here, or counting them. `learnt`: from the training records, plainly. */
  vocabulary: z.enum(['public', 'bought', 'given', 'learnt']).nullable(),
});
export type ModelText = z.output<typeof modelText>;

const letters = z.string().max(MOST_LETTERS);

/** What an answer becomes when one span of the text is left out, the rest staying as it is. */
export const attendedSpan = z.strictObject({
  column: z.string(),
  text: letters,
  /** The score with all of it, less the score without this span: above 0 where it speaks for it. */
  change: z.number().nullable(),
});
export type AttendedSpan = z.output<typeof attendedSpan>;

export const attended = z.strictObject({
  /** Null: nothing in the record is known to the model, and it gives no answer. */
  answer: z
    .strictObject({
      /** One of the values of the label, whose probability the score is; null for a number. */
      value: z.string().nullable(),
      /** The predicted number where there are no values. */
      score: z.number(),
    })
    .nullable(),
  /** Put together they are the texts that were given, in the order of the model's columns. */
  spans: z.array(attendedSpan),
  /** What was cut off a longer text. */
  shortened: z.boolean(),
});
export type Attended = z.output<typeof attended>;

/** What a model of tags finds in a text. */
export const tagged = z.strictObject({
  /** The column of the words. */
  column: z.string(),
  /** Put together they are the text that was given. */
  pieces: z.array(
    z.strictObject({
      text: letters,
      /** Of an entity; null for what stands between two. */
      kind: z.string().nullable(),
      /** The least probability that this kind has in one of its words. */
      confidence: z.number().nullable(),
    }),
  ),
  words: z.int().nonnegative(),
  /** What was cut off a longer text. */
  shortened: z.boolean(),
});
export type Tagged = z.output<typeof tagged>;

/** Texts that are typed, or a record of the test part: from 1, in the order of the records. */
const given = z.union([
  z.strictObject({ texts: z.array(z.strictObject({ column: z.string(), text: letters })).max(8) }),
  z.strictObject({ tested: z.int().positive() }),
]);

const reference = { study: z.string().max(64), artefact: z.string().max(64) };

export const textQuestions = {
  /** In which language the columns of free text are, by a sample of their cells. */
  languages: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(reference),
    output: z.strictObject({
      texts: z.array(z.strictObject({ column: z.string(), language: z.enum(TEXT_LANGUAGES) })),
    }),
  }),
  /** What a model reads; null for models of columns alone. */
  text: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject(reference),
    output: z.strictObject({
      text: modelText.nullable(),
      /** Records of the test part, from which one can be explained. */
      tested: z.int().nonnegative(),
    }),
  }),
  /**
   * Which spans of a text move the answer: of texts that are given, where all other columns count as
   * not known, or of a record of the test part. Nothing of other records is in the answer.
   */
  attend: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, given }),
    output: attended,
  }),
  /** The entities that a model of tags finds in a text that is typed or in a record of the test part. */
  tag: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, given }),
    output: tagged,
  }),
} as const;
