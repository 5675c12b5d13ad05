import { createHash } from 'node:crypto';
import {
  HASH_MARK,
  SIGNATURE_MARK,
  STATEMENT_MARK,
  type Fact,
  type Paper,
  type ReportVerification,
} from '../contract/report.ts';
import type { SignOffKept } from '../contract/sign-off.ts';
import { readSignOff } from './signed.ts';

const HASH = /<meta name="concord-content-sha256" content="([0-9a-f]{64})">/;
const HEAD = /<meta name="concord-journal-head" content="([^"]*)">/;
const STATEMENT = /<meta name="concord-statement" content="([A-Za-z0-9+/=]+)">/;
const SIGNATURE = /<meta name="concord-signature" content="([A-Za-z0-9+/=]+)">/;

/** Puts the SHA-256 of a page, taken with the mark in the hash's place, where the mark stands. */
export function seal(page: string): string {
  return page.replaceAll(HASH_MARK, sha256(page));
}

/** The hash by which a statement names a page that is not signed yet: with all marks in it. */
export function hashToSign(page: string): string {
  return sha256(page);
}

/** The same page with its hash, the statement that names it and the signature in their places. */
export function sealSigned(page: string, { statement, signature }: SignOffKept): string {
  return page
    .replaceAll(HASH_MARK, sha256(page))
    .replaceAll(STATEMENT_MARK, Buffer.from(statement, 'utf8').toString('base64'))
    .replaceAll(SIGNATURE_MARK, signature);
}

/** The hash that stands in a sealed page; null where none does. */
export function sealedHash(page: string): string | null {
  return HASH.exec(page)?.[1] ?? null;
}

/** A document as it is shown before it is saved: its hash is not known yet, and `later` says so. */
export function beforeSeal(paper: Paper, later: string): Paper {
  return withFacts(paper, (fact) =>
    fact.value === HASH_MARK ? { name: fact.name, value: later } : fact,
  );
}

/** A signed document as it is shown: hash and signature stand where its page has them. */
export function afterSigning(paper: Paper, page: string): Paper {
  const values = new Map([
    [HASH_MARK, sealedHash(page) ?? ''],
    [SIGNATURE_MARK, SIGNATURE.exec(page)?.[1] ?? ''],
  ]);
  return withFacts(paper, (fact) => ({ ...fact, value: values.get(fact.value) ?? fact.value }));
}

function withFacts(paper: Paper, change: (fact: Fact) => Fact): Paper {
  const sections = paper.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) =>
      block.kind === 'facts' ? { ...block, facts: block.facts.map(change) } : block,
    ),
  }));
  return { ...paper, sections };
}

export interface VerifyOptions {
  /** The fingerprint that the signer's key must have. */
  readonly key?: string;
  /** ISO date; only tests bring their own. */
  readonly today?: string;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Whether a saved page is as it was written. An unsigned page holds its own hash, which finds damage
 * and careless changes: whoever changes it on purpose can write a new hash, so `signer` is null. Of
 * a signed page the statement names the hash, and only the holder of the key can sign another; that
 * the key is the person's own, a fingerprint known from elsewhere tells (`key`).
 */
export function verifyReport(
  file: string | Uint8Array,
  { key, today = new Date().toISOString().slice(0, 10) }: VerifyOptions = {},
): ReportVerification {
  const page = typeof file === 'string' ? file : textOf(file);
  const head = HEAD.exec(page ?? '')?.[1];
  const found = { signer: null, head: head ? head : null };
  if (page === null) return { ok: false, ...found };
  const hash = sealedHash(page);
  const statement = STATEMENT.exec(page)?.[1];
  const signature = SIGNATURE.exec(page)?.[1];
  // A mark in place of its value would leave the hash as it is: no written page holds one.
  const isWritten = ![HASH_MARK, STATEMENT_MARK, SIGNATURE_MARK].some((one) => page.includes(one));
  if (statement === undefined || signature === undefined) {
    const isWhole = isWritten && hash !== null && sha256(page.replaceAll(hash, HASH_MARK)) === hash;
    return { ok: isWhole && key === undefined, ...found };
  }
  const text = fromBase64(statement);
  const signed = text === null ? null : readSignOff({ statement: text, signature });
  if (signed === null || hash === null) return { ok: false, ...found };
  const bare = page
    .replaceAll(statement, STATEMENT_MARK)
    .replaceAll(signature, SIGNATURE_MARK)
    .replaceAll(hash, HASH_MARK);
  const { signer, decision, at, expires } = signed;
  const isWhole =
    isWritten &&
    sha256(bare) === hash &&
    Object.values(signed.documents).includes(hash) &&
    head === signed.head &&
    page.includes(signer.fingerprint);
  // Whose signature stands in a page that was altered says nothing of the page.
  if (!isWhole) return { ok: false, ...found };
  return {
    ok: key === undefined || key === signer.fingerprint,
    ...{ signer: signer.name, head: signed.head, key: signer.fingerprint },
    ...{ pinned: key === signer.fingerprint, decision, at, expires },
    expired: expires !== null && today > expires,
  };
}

/** Null for bytes that are no UTF-8: read leniently, two files would have one text. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Null for another spelling of the same bytes than the one that was written. */
function fromBase64(text: string): string | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? textOf(bytes) : null;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
