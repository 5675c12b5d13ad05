import { z } from 'zod';
import { role } from './people.ts';
import { ACCOUNTANTS } from './privacy.ts';

/** What screens and the command line see of the vault: shapes only. */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const head = z.string().regex(/^\d+:[0-9a-f]{64}$/);

export const vaultPerson = z.strictObject({
  id: z.string(),
  name: z.string(),
  role,
  added: z.string(),
});
export type VaultPerson = z.infer<typeof vaultPerson>;

export const vaultStatus = z.strictObject({
  id: z.string(),
  created: z.string(),
  person: z.strictObject({ id: z.string(), name: z.string(), role }),
  people: z.array(vaultPerson),
  studies: z.number().int(),
  artefacts: z.number().int(),
  jobs: z.strictObject({
    queued: z.number().int(),
    running: z.number().int(),
    paused: z.number().int(),
    interrupted: z.number().int(),
  }),
  head,
  /** True in a restored copy until a steward confirms it: no budget can be reserved before. */
  awaitingConfirmation: z.boolean(),
});
export type VaultStatus = z.infer<typeof vaultStatus>;

export const privacyAmount = z.strictObject({
  epsilon: z.number().nonnegative(),
  delta: z.number().nonnegative(),
});
export type PrivacyAmount = z.infer<typeof privacyAmount>;

/** 'open' while its job lives; all others have ended, and none gives its budget back. */
export const RESERVATION_STATES = ['open', 'done', 'failed', 'cancelled', 'interrupted'] as const;
export const reservationState = z.enum(RESERVATION_STATES);
export type ReservationState = z.infer<typeof reservationState>;

export const ledgerEntry = z.strictObject({
  job: z.string(),
  kind: z.string(),
  epsilon: z.number(),
  delta: z.number(),
  steps_charged: z.number().int(),
  steps_reserved: z.number().int(),
  state: reservationState,
  at: z.string(),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** What jobs cost by adding up Renyi divergences of one order, at the part of delta that is its own. */
export const ledgerFilter = privacyAmount.extend({ order: z.number().gt(1) });

/**
 * The ledger of some source records: reserved by living jobs, spent by those that ended, both added
 * up plainly. `available`: what plain addition leaves. `filter` is null where there is none; a job
 * fits where plain addition or the filter stays within the budget.
 */
export const ledgerView = z.strictObject({
  source: sha256,
  records: z.number().int(),
  budget: privacyAmount,
  reserved: privacyAmount,
  spent: privacyAmount,
  available: privacyAmount,
  plain: privacyAmount,
  filter: ledgerFilter.nullable(),
  entries: z.array(ledgerEntry),
});
export type LedgerView = z.infer<typeof ledgerView>;

/**
 * The same, and what all jobs together would cost at the budget's delta if all had been planned
 * beforehand: no promise, because they were not. Null where nothing was reserved or no figure exists.
 */
export const ledgerReport = ledgerView.extend({
  planned: privacyAmount.extend({ accountant: z.enum(ACCOUNTANTS) }).nullable(),
});
export type LedgerReport = z.infer<typeof ledgerReport>;

export const journalEntryView = z.strictObject({
  number: z.number().int(),
  time: z.string(),
  person: z.string(),
  action: z.string(),
  study: z.string().nullable(),
  params: z.record(z.string(), z.unknown()),
  hash: sha256,
});
export type JournalEntryView = z.infer<typeof journalEntryView>;

export const journalCheck = z.strictObject({
  ok: z.boolean(),
  entries: z.number().int(),
  head,
  problem: z.enum(['missing', 'unlinked', 'edited', 'cut-off', 'older-or-other']).nullable(),
  /** The number of the entry where the problem shows. */
  at: z.number().int().nullable(),
});
export type JournalCheck = z.infer<typeof journalCheck>;

export const vaultCheck = z.strictObject({
  ok: z.boolean(),
  pages: z.number().int(),
  database: z.strictObject({ ok: z.boolean(), problems: z.number().int() }),
  journal: journalCheck,
  ledger: z.strictObject({
    ok: z.boolean(),
    entries: z.number().int(),
    /** Jobs and records whose figures differ from what the journal tells. */
    differences: z.array(z.string()),
  }),
  artefacts: z.strictObject({ count: z.number().int(), damaged: z.array(z.string()) }),
});
export type VaultCheck = z.infer<typeof vaultCheck>;

/**
 * What is kept outside the vault to know a rolled-back copy by: the head of the journal, and per
 * source records (named by a keyed hash) what was spent or reserved by then.
 */
export const vaultAnchor = z.strictObject({
  vault: z.string(),
  head,
  ledgers: z.array(
    z.strictObject({ records: sha256, epsilon: z.number().nonnegative(), delta: z.number() }),
  ),
});
export type VaultAnchor = z.infer<typeof vaultAnchor>;

/** The note beside a backup: what it must consist of. */
export const backupManifest = z.strictObject({
  format: z.literal('concord-backup'),
  version: z.literal(1),
  vault: z.string(),
  created: z.string(),
  head,
  database: z.strictObject({ bytes: z.number().int(), sha256 }),
  keys: z.strictObject({ bytes: z.number().int(), sha256 }),
});
export type BackupManifest = z.infer<typeof backupManifest>;
