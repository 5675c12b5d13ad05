import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import type { Language } from '../contract/language.ts';
import {
  REPORT_DOCUMENTS,
  type ReportDocument,
  type ReportFigures,
} from '../contract/review-calls.ts';
import { beforeSeal, sealedHash } from '../report/seal.ts';
import type { Vault } from '../vault/index.ts';
import { words } from '../words/index.ts';
import type { Context } from './context.ts';
import { writeWhole } from './files.ts';
import { reportFromVault } from './report.ts';
import { signedDocumentOf } from './sign-off.ts';

interface Request {
  readonly study: string;
  /** The reviewed model. */
  readonly artefact: string;
  readonly language: Language;
  readonly figures?: ReportFigures;
}

type PageRequest = Request & { readonly what: ReportDocument };

/** What may be asked of reports, by the names of the contract. */
export const reportAnswers = {
  preview: (request: Request, { vault }: Context) => {
    const { language, figures } = request;
    const signed = REPORT_DOCUMENTS.map((what) =>
      signedDocumentOf(vault, request, what, language, figures),
    );
    const [signedReport, signedCard] = signed;
    if (signedReport && signedCard) {
      return { report: signedReport.paper, modelCard: signedCard.paper };
    }
    const { report, modelCard } = built(vault, request);
    const later = words(request.language).report.facts.hashLater;
    return { report: beforeSeal(report, later), modelCard: beforeSeal(modelCard, later) };
  },
  save: async (request: PageRequest & { readonly ticket: string }, context: Context) => {
    const path = context.file(request.ticket);
    return { name: basename(path), hash: await saveDocument(context.vault, request, path) };
  },
  page: (request: PageRequest, { vault }: Context) => {
    const page = pageOf(vault, request);
    note(vault, request, 'pdf', page.hash);
    return page;
  },
};

/** Writes a document as a web page; gives the hash that stands in it. */
export async function saveDocument(
  vault: Vault,
  request: PageRequest,
  path: string,
): Promise<string> {
  const { html, hash } = pageOf(vault, request);
  await writeWhole(path, html);
  note(vault, request, 'html', hash);
  return hash;
}

function built(vault: Vault, { study, artefact, language, figures = 'withheld' }: Request) {
  return reportFromVault(vault, { study, model: artefact, language, figures });
}

/** The page and the hash that stands in it. */
function pageOf(vault: Vault, request: PageRequest): { html: string; hash: string } {
  const { what, language, figures } = request;
  const html =
    signedDocumentOf(vault, request, what, language, figures)?.html ??
    built(vault, request)[what === 'report' ? 'reportHtml' : 'modelCardHtml'];
  const hash = sealedHash(html);
  if (hash === null) throw new ConcordError('INTERNAL', { incident: 'hash' });
  return { html, hash };
}

/** A document that leaves the vault leaves a line in the journal, with the hash printed on it. */
function note(vault: Vault, request: PageRequest, form: 'html' | 'pdf', hash: string): void {
  const { study, artefact, language, what, figures = 'withheld' } = request;
  vault.journal.append(
    'report.saved',
    { model: artefact, what, language, form, hash, figures },
    study,
  );
}
