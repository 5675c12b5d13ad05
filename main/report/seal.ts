import { createHash } from 'node:crypto';
import { HASH_MARK, type Paper, type ReportVerification } from '../contract/report.ts';

const HASH = /<meta name="concord-content-sha256" content="([0-9a-f]{64})">/;
const HEAD = /<meta name="concord-journal-head" content="([^"]*)">/;

/** Puts the SHA-256 of a page, taken with the mark in the hash's place, where the mark stands. */
export function seal(page: string): string {
  return page.replaceAll(HASH_MARK, sha256(page));
}

/** The hash that stands in a sealed page; null where none does. */
export function sealedHash(page: string): string | null {
  return HASH.exec(page)?.[1] ?? null;
}

/** A document as it is shown before it is saved: its hash is not known yet, and `later` says so. */
export function beforeSeal(paper: Paper, later: string): Paper {
  const sections = paper.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) =>
      block.kind === 'facts'
        ? {
            ...block,
            facts: block.facts.map((fact) =>
              fact.value === HASH_MARK ? { name: fact.name, value: later } : fact,
            ),
          }
        : block,
    ),
  }));
  return { ...paper, sections };
}

/**
 * Whether a saved page is as it was written. This finds damage and careless changes; whoever
 * changes a page on purpose can write a new hash, so it says nothing of who wrote it: `signer` is
 * null until reports are signed.
 */
export function verifyReport(page: string): ReportVerification {
  const hash = sealedHash(page);
  const head = HEAD.exec(page)?.[1];
  return {
    ok: hash !== null && sha256(page.replaceAll(hash, HASH_MARK)) === hash,
    signer: null,
    head: head ? head : null,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
