import { z } from 'zod';
import { call } from './call.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import { passphrase } from './people.ts';
import { SIGN_OFF_CHARACTERS, SIGN_OFF_LINES } from './sign-off-limits.ts';

/** Who answers for a model: what is signed, and what is asked about it. */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const id = z.string().max(64);

const said = z.string().trim().min(1).max(SIGN_OFF_CHARACTERS);
const list = z.array(said).max(SIGN_OFF_LINES);

export const DECISIONS = ['signed', 'returned'] as const;
export const decision = z.enum(DECISIONS);
export type Decision = z.output<typeof decision>;

/** An artefact by the hash of its bytes. */
const covered = z.strictObject({ artefact: id, kind: z.string(), hash: sha256 });
export type Covered = z.output<typeof covered>;

/**
 * What a reviewer signs, in canonical JSON: whoever has it, the signature and the public key can
 * tell that nothing it names was changed since. `documents` are the SHA-256 of report and model card
 * by document and language, taken with marks where hash, statement and signature stand.
 */
export const signStatement = z.strictObject({
  format: z.literal('concord-sign-off-1'),
  vault: id,
  study: id,
  decision,
  model: covered,
  /** What it was made from and with: records, labels, repairs, protection, and how it was trained. */
  lineage: z.array(covered),
  review: covered,
  /** Absent only from a model that is sent back. */
  leakTest: covered.nullable(),
  /** What else was found out about the model: mitigation, reasons. */
  others: z.array(covered),
  documents: z.record(z.string(), sha256),
  /** Head of the journal at that moment. */
  head: z.string(),
  conditions: list,
  reasons: list,
  /** The last day on which it holds, UTC; null where the model is sent back. */
  expires: z.iso.date().nullable(),
  trainer: z.strictObject({ id, name: z.string() }),
  signer: z.strictObject({ id, name: z.string(), publicKey: z.base64(), fingerprint: sha256 }),
  at: z.iso.datetime(),
});
export type SignStatement = z.output<typeof signStatement>;

/** As it is kept: the very text that was signed, and the signature (Ed25519, RFC 8032). */
export const signOffKept = z.strictObject({ statement: z.string(), signature: z.base64() });
export type SignOffKept = z.output<typeof signOffKept>;

/** 'blocked': an attack since then found more than was promised. */
export const APPROVAL_STATES = ['unsigned', 'signed', 'returned', 'expired', 'blocked'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** A decision as screens and documents show it. */
export const decisionView = z.strictObject({
  decision,
  signer: z.string(),
  trainer: z.string(),
  at: z.iso.datetime(),
  expires: z.iso.date().nullable(),
  conditions: z.array(z.string()),
  reasons: z.array(z.string()),
  publicKey: z.string(),
  fingerprint: sha256,
});
export type DecisionView = z.output<typeof decisionView>;

const codes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

export const modelApproval = z.strictObject({
  state: z.enum(APPROVAL_STATES),
  /** The newest decision, whatever became of it. */
  newest: decisionView.nullable(),
  /** It was of the newest review and tests: its documents are the ones to be read. */
  current: z.boolean(),
  trainer: z.string(),
  /** What a decision of now would be about; to be handed back with it. */
  review: id.nullable(),
  leakTest: id.nullable(),
  /** Why the person at work could not sign, and why not even send back. */
  hinders: z.strictObject({ signing: z.array(z.enum(codes)), returning: z.array(z.enum(codes)) }),
});
export type ModelApproval = z.output<typeof modelApproval>;

const reference = { study: id, artefact: id };

export const decideRequest = z.strictObject({
  ...reference,
  review: id,
  leakTest: id.nullable(),
  decision,
  conditions: list,
  reasons: list,
  expires: z.union([z.null(), z.iso.date()]),
  passphrase,
});
export type DecideRequest = z.output<typeof decideRequest>;

export const signOff = {
  state: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: z.strictObject(reference),
    output: modelApproval,
  }),
  /** Signs a model off or sends it back; the passphrase opens the signing key. */
  decide: call({ at: 'engine', who: ['reviewer'], input: decideRequest, output: modelApproval }),
} as const;
