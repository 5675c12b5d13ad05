import { z } from 'zod';
import { anonymiseOutcome, localRecoding, privacyModel } from './anonymise.ts';
import { chart, dotsChart } from './charts.ts';
import { checklist } from './checklist.ts';
import { labelPlan } from './label.ts';
import { LANGUAGES } from './language.ts';
import { reasonsFound } from './reasons.ts';
import { leakTestResult } from './leak-test.ts';
import { reviewResult } from './review.ts';
import { mitigationTold } from './mitigation.ts';
import { modelText } from './model-text.ts';
import { decision, decisionView } from './sign-off.ts';
import { redactedColumn } from './text-calls.ts';
import { splitStatement } from './split.ts';
import { harm, templateName } from './template.ts';
import { privacyStatement } from './train.ts';
import { ledgerReport } from './vault.ts';

/**
 * What a report and a model card are written from, and the document both become: plain data that
 * the window draws and that is saved as a page. All text in a document is final; nothing in it is
 * markup.
 */

const text = z.string().max(20_000);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Whether the figures come from records the model had not learned from. */
export const testedOn = z.enum(['held-out', 'training', 'unknown']);

export const reportInput = z.strictObject({
  language: z.enum(LANGUAGES),
  date: z.iso.date(),
  software: z.strictObject({ name: z.string(), version: z.string() }),
  /** Head of the journal when the report was written; null where there is no vault. */
  journalHead: z.string().max(200).nullable(),
  /** In the words of the people of the study; what is missing is shown as not stated. */
  study: z.strictObject({
    name: text.optional(),
    question: text.optional(),
    purpose: text.optional(),
    users: text.optional(),
    notFor: text.optional(),
    limits: z.array(text).max(2000).optional(),
    /** What remains that can go wrong, and who looks at it how often once the model is used. */
    risks: z.array(text).max(2000).optional(),
    watcher: text.optional(),
    watching: z.array(text).max(2000).optional(),
    /** What the people of the study said it is of, and which error does more harm in it. */
    field: z.strictObject({ template: templateName, harm: harm.nullable() }).optional(),
  }),
  /** The records under review. */
  data: z.strictObject({
    name: text.optional(),
    hash: hash.optional(),
    testedOn,
    /** What is known of the records the model learned from. */
    training: z.strictObject({ name: text.optional(), hash: hash.optional() }).optional(),
    /** How the records the model learned from were parted from those under review. */
    split: splitStatement.optional(),
  }),
  /** How the truth was given, where that was done in this study. */
  label: z
    .strictObject({
      hand: z.int().nonnegative(),
      rules: z.int().nonnegative(),
      otherwise: z.int().nonnegative(),
      unlabelled: z.int().nonnegative(),
      /** Records without a label were left out. */
      leftOut: z.boolean(),
      /** Who gave labels by hand, and from which day to which. */
      people: z.array(text).max(1000),
      days: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).nullable(),
      /** In their order, and the label of all others. */
      plan: labelPlan.pick({ rules: true, otherwise: true }),
    })
    .optional(),
  model: z.strictObject({
    kind: z.string(),
    /** Where it predicts one of several: the review compares one of them with all others. */
    values: z.array(z.string()).optional(),
    parameters: z.int().nonnegative().optional(),
    backend: z.string().optional(),
    features: z.array(z.string()).optional(),
    excluded: z.array(z.string()).optional(),
    /** What it reads of free text. */
    text: modelText.optional(),
    hash: hash.optional(),
    /** Its probabilities were fitted to validation records, which no guarantee covers. */
    calibrated: z.boolean().optional(),
    /** The column by whose values its decisions or probabilities differ, fitted to validation records. */
    byGroup: z.string().optional(),
  }),
  review: reviewResult,
  /** What the model's answers rest on, where that was looked for. */
  reasons: reasonsFound.optional(),
  /** What was tried with this model against gaps between groups. */
  mitigation: mitigationTold.optional(),
  /** What attacks on the model found, where it was attacked. */
  leak: leakTestResult.optional(),
  anonymisation: z
    .strictObject({
      outcome: anonymiseOutcome,
      models: z.array(privacyModel),
      /** Content hash of the protected records, and of the records they were made from. */
      hash: hash.optional(),
      inputHash: hash.optional(),
      plan: z
        .strictObject({
          suppressionLimit: z.number().min(0).max(1),
          /** No other generalisation within the limit scores better. */
          proved: z.boolean(),
          localRecoding: localRecoding.optional(),
        })
        .optional(),
      checklists: z.array(checklist).optional(),
      /** The model learned from the protected records; else they are a copy made beside it. */
      learnedFrom: z.boolean(),
      /** Free text that was released with its findings taken out. */
      redacted: z.array(redactedColumn).optional(),
      /** A person has looked at the findings and decided of some; else they were taken as found. */
      decided: z.boolean().optional(),
    })
    .optional(),
  /** null: trained without differential privacy; absent: nothing is known. */
  privacy: privacyStatement.nullable().optional(),
  /** What the records of the model had given away in all when the report was made. */
  ledger: ledgerReport.pick({ budget: true, plain: true, filter: true, planned: true }).optional(),
  /** What a reviewer has decided on the model; absent while nobody has. */
  approval: decisionView.optional(),
});
export type ReportInput = z.output<typeof reportInput>;
export type ReportInputRaw = z.input<typeof reportInput>;

const fact = z.strictObject({
  name: z.string(),
  value: z.string(),
  code: z.boolean().optional(),
  /** Shown as a list in place of the value, which holds the same in one line. */
  items: z.array(z.string()).optional(),
});

const table = z.strictObject({
  kind: z.literal('table'),
  caption: z.string(),
  head: z.array(z.string()),
  /** The first cell of a row is its heading. */
  rows: z.array(z.array(z.string())),
  /** Cells after the first are figures. */
  figures: z.boolean(),
});
export type TableBlock = z.output<typeof table>;

export const paperBlock = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sentences'), sentences: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('list'), items: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('attention'), text: z.string() }),
  z.strictObject({ kind: z.literal('facts'), facts: z.array(fact) }),
  z.strictObject({ kind: z.literal('subheading'), text: z.string() }),
  table,
  dotsChart,
  z.strictObject({ kind: z.literal('chart'), chart }),
  /** Lines to be filled in by hand. */
  z.strictObject({ kind: z.literal('blanks'), names: z.array(z.string()) }),
]);
export type PaperBlock = z.output<typeof paperBlock>;
export type Fact = z.output<typeof fact>;

export const paperSection = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  title: z.string(),
  blocks: z.array(paperBlock),
});
export type PaperSection = z.output<typeof paperSection>;

export const paper = z.strictObject({
  language: z.enum(LANGUAGES),
  title: z.string(),
  subtitle: z.string(),
  contents: z.string(),
  sections: z.array(paperSection),
});
export type Paper = z.output<typeof paper>;

/** Stands for the hash of the content until it is known (report/seal.ts). */
export const HASH_MARK = '{content-sha-256}';
/** Stand for the signed statement and its signature while the hash is taken. */
export const STATEMENT_MARK = '{sign-off-statement}';
export const SIGNATURE_MARK = '{sign-off-signature}';

export const reportVerification = z.strictObject({
  /** The file is as it was written, by the key that is named or asked for. */
  ok: z.boolean(),
  signer: z.string().nullable(),
  /** Head of the journal when it was written. */
  head: z.string().nullable(),
  /** Of a signed file: by which key, what was decided, and whether that still holds. */
  key: z.string().optional(),
  pinned: z.boolean().optional(),
  decision: decision.optional(),
  at: z.string().optional(),
  expires: z.string().nullable().optional(),
  expired: z.boolean().optional(),
});
export type ReportVerification = z.output<typeof reportVerification>;
