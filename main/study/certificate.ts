import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import type { Language } from '../contract/language.ts';
import type { Paper, ReportInputRaw } from '../contract/report.ts';
import { SOFTWARE } from '../contract/version.ts';
import { certificatePaper } from '../report/certificate-paper.ts';
import { pageOf } from '../report/page.ts';
import { beforeSeal, sealedHash } from '../report/seal.ts';
import { tableHash } from '../records/table-hash.ts';
import type { Vault } from '../vault/index.ts';
import { words } from '../words/index.ts';
import { checklistsOfRelease } from './checklists.ts';
import type { Context } from './context.ts';
import { writeWhole } from './files.ts';
import { loadTable } from './load.ts';
import { isProved, protectionOf, type Protection } from './protection.ts';

interface Request {
  readonly study: string;
  /** The protected records. */
  readonly artefact: string;
  readonly language: Language;
}

/** What a report or a certificate tells of a protection, but for who learned from it. */
export function toldOf(
  vault: Vault,
  protection: Protection,
): Omit<NonNullable<ReportInputRaw['anonymisation']>, 'learnedFrom'> {
  const { info, source, kept } = protection;
  const { plan, outcome, redaction } = kept;
  return {
    outcome,
    models: plan.models,
    hash: tableHash(loadTable(vault, info.id)),
    inputHash: tableHash(loadTable(vault, source.id)),
    plan: {
      suppressionLimit: plan.suppressionLimit,
      proved: isProved(kept),
      ...(plan.localRecoding === undefined ? {} : { localRecoding: plan.localRecoding }),
    },
    checklists: checklistsOfRelease(vault, { study: info.study, artefact: info.id }),
    ...(redaction === undefined
      ? {}
      : { redacted: redaction.redacted, decided: redaction.decisions !== null }),
  };
}

/** The certificate of protected records. @throws ARTEFACT_UNKNOWN where they are none */
export function certificateOf(vault: Vault, request: Request): Paper {
  const protection = protectionOf(vault, request);
  const { info, source, kept } = protection;
  const released = loadTable(vault, info.id).columns.map(({ name }) => name);
  const { plan, redaction } = kept;
  const redacted = redaction?.redacted.map(({ column }) => column) ?? [];
  // Records made the newest again were made by whoever made them first, and then.
  const made = kept.restored === undefined ? info : vault.artefacts.info(kept.restored);
  return certificatePaper({
    language: request.language,
    date: new Date().toISOString().slice(0, 10),
    software: SOFTWARE,
    journalHead: vault.journal.head(),
    study: vault.studies.get(request.study).name,
    records: info.name,
    madeBy: vault.people.list().find(({ id }) => id === made.madeBy)?.name ?? made.madeBy,
    madeOn: made.created.slice(0, 10),
    anonymisation: { ...toldOf(vault, protection), learnedFrom: false },
    columns: {
      removed: loadTable(vault, source.id)
        .columns.map(({ name }) => name)
        .filter((name) => !released.includes(name)),
      sensitive: Object.keys(plan.sensitive),
      unchanged: plan.insensitive.filter((name) => !redacted.includes(name)),
    },
    files: savedFiles(vault, [info.id, made.id]),
  });
}

/** SHA-256 of the files that protected records were saved to, as the journal tells. */
function savedFiles(vault: Vault, artefacts: readonly unknown[]): string[] {
  const files = vault.journal
    .list()
    .filter(
      ({ action, params }) =>
        action === 'records.exported' && artefacts.includes(params['artefact']),
    )
    .map(({ params }) => params['file']);
  return [...new Set(files.filter((hash) => typeof hash === 'string'))];
}

/** The page and the hash that stands in it. */
function sealedPage(vault: Vault, request: Request): { html: string; hash: string } {
  const html = pageOf(certificateOf(vault, request), vault.journal.head());
  const hash = sealedHash(html);
  if (hash === null) throw new ConcordError('INTERNAL', { incident: 'hash' });
  return { html, hash };
}

function note(vault: Vault, request: Request, form: 'html' | 'pdf', hash: string): void {
  const { study, artefact, language } = request;
  vault.journal.append('certificate.saved', { records: artefact, language, form, hash }, study);
}

/** What may be asked of certificates, by the names of the contract. */
export const certificateAnswers = {
  certificate: (request: Request, { vault }: Context): Paper =>
    beforeSeal(certificateOf(vault, request), words(request.language).report.facts.hashLater),
  saveCertificate: async (request: Request & { readonly ticket: string }, context: Context) => {
    const path = context.file(request.ticket);
    const { html, hash } = sealedPage(context.vault, request);
    await writeWhole(path, html);
    note(context.vault, request, 'html', hash);
    return { name: basename(path), hash };
  },
  certificatePage: (request: Request, { vault }: Context) => {
    const page = sealedPage(vault, request);
    note(vault, request, 'pdf', page.hash);
    return page;
  },
};
