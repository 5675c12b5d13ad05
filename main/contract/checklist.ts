import { z } from 'zod';

/**
 * What laws and standards ask of a release, held against what was done. None of them is passed by a
 * program alone: whatever only a person can know is named as such.
 */
export const CHECKLISTS = ['safe-harbor', 'wp216', 'gbt-37964'] as const;
export const checklistName = z.enum(CHECKLISTS);
export type ChecklistName = z.infer<typeof checklistName>;

/** `human`: nothing in the records can decide it. */
export const checklistVerdict = z.enum(['met', 'not-met', 'human']);
export type ChecklistVerdict = z.infer<typeof checklistVerdict>;

/** The identifiers of 45 CFR 164.514(b)(2)(i), and (b)(2)(ii). */
export const SAFE_HARBOR_ITEMS = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'I',
  'J',
  'K',
  'L',
  'M',
  'N',
  'O',
  'P',
  'Q',
  'R',
  'knowledge',
] as const;
/** Article 29 Working Party, Opinion 05/2014 (WP216), section 3, and recital 26 of the GDPR. */
export const WP216_ITEMS = [
  'singling-out',
  'linkability',
  'inference',
  'pseudonyms',
  'means',
] as const;
/** GB/T 37964-2019: identifiers (clause 3), the process and its control. */
export const GBT_37964_ITEMS = [
  'direct',
  'quasi',
  'model',
  'pseudonyms',
  'verified',
  'usable',
  'control',
] as const;

export const CHECKLIST_ITEMS = {
  'safe-harbor': SAFE_HARBOR_ITEMS,
  wp216: WP216_ITEMS,
  'gbt-37964': GBT_37964_ITEMS,
} as const satisfies Record<ChecklistName, readonly string[]>;
export type ItemOf<N extends ChecklistName> = (typeof CHECKLIST_ITEMS)[N][number];

export const checklistReason = z.enum([
  /** No released column holds such values. */
  'none-released',
  /** Free text is released: what its search missed stays in it. */
  'free-text',
  /** These released columns do. */
  'released',
  /** They are released, but coarser: whether far enough, a person must say. */
  'coarser',
  /** Only the year, or coarser, is released, and nothing that tells an age above 89. */
  'years-only',
  /** The smallest group of records that look the same. */
  'groups',
  /** The release meets a privacy model of the plan. */
  'models',
  /** The groups hold only for some of the released columns. */
  'other-columns',
  /** Every sensitive column has a condition of its own. */
  'diverse',
  /** These sensitive columns have none. */
  'not-diverse',
  'nothing-sensitive',
  /** Stand-ins stay in the release: that is pseudonymised, not anonymous. */
  'stand-ins',
  'no-stand-ins',
  /** Checked on the records as written. */
  'checked',
  /** Files beside the records, knowledge, contracts: outside what a program sees. */
  'outside',
]);
export type ChecklistReason = z.infer<typeof checklistReason>;

export const checklistItem = z.strictObject({
  item: z.string(),
  verdict: checklistVerdict,
  reason: checklistReason,
  /** The released columns that decided. */
  columns: z.array(z.string()),
});
export type ChecklistItem = z.infer<typeof checklistItem>;

export const checklist = z.strictObject({ name: checklistName, items: z.array(checklistItem) });
export type Checklist = z.infer<typeof checklist>;
