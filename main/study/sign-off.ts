import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { LANGUAGES, type Language } from '../contract/language.ts';
import { paper, type Paper } from '../contract/report.ts';
import {
  REPORT_DOCUMENTS,
  type ReportDocument,
  type ReportFigures,
} from '../contract/review-calls.ts';
import type {
  Covered,
  DecideRequest,
  ModelApproval,
  SignOffKept,
  SignStatement,
} from '../contract/sign-off.ts';
import { pageToSign } from '../report/page.ts';
import { afterSigning, hashToSign, sealSigned } from '../report/seal.ts';
import { fingerprintOf } from '../report/signed.ts';
import { canonicalJson, type ArtefactInfo, type Json, type Vault } from '../vault/index.ts';
import {
  approvalOf,
  day,
  hindersReturning,
  hindersSigning,
  isCurrent,
  newestDecision,
  subjectOf,
  viewOfDecision,
  type ModelReference,
  type Subject,
} from './approval.ts';
import { parseJson, putJson } from './json.ts';
import { reportFromVault } from './report.ts';
import { PRIVATE_REVIEW } from './review-release.ts';

/** No sign-off outlives so many days: what it rests on grows old. */
const MOST_DAYS = 731;
const DAY = 86_400_000;

/** One document as it was signed, for the window and as a page. */
const signedDocument = z.strictObject({ paper, html: z.string() });
const signedDocuments = z.record(z.string(), signedDocument);
type SignedDocuments = z.output<typeof signedDocuments>;

const keyOf = (what: ReportDocument, language: Language, figures: ReportFigures): string =>
  `${what}/${language}${figures === 'private' ? '/private' : ''}`;

/**
 * Signs a model off or sends it back, in the name of the person at work. Decision, documents and the
 * journal's line are kept in one transaction.
 * @throws SIGNER_TRAINED {person}, REVIEW_MISSING, REVIEW_OF_OTHER, LEAK_TEST_MISSING,
 * LEAK_TEST_BLOCKS, EXPIRY_INVALID {after, latest}, REASONS_MISSING, ROLE_REFUSED, PASSPHRASE_NOT_OWN,
 * VAULT_WRONG_PASSPHRASE
 */
export async function decide(vault: Vault, request: DecideRequest): Promise<ModelApproval> {
  const { study, artefact, decision, conditions, reasons } = request;
  const subject = subjectOf(vault, request);
  requireDecidable(vault, subject, request);
  const isSigned = decision === 'signed';
  const expires = isSigned ? expiryOf(request.expires) : null;
  if (!isSigned && reasons.length === 0) throw new ConcordError('REASONS_MISSING');

  let pages: ReadonlyMap<string, { readonly paper: Paper; readonly page: string }> = new Map();
  let text = '';
  const { signature } = await vault.people.sign(request.passphrase, (publicKey) => {
    // Work that ended while the passphrase was stretched may have changed what would be signed.
    requireDecidable(vault, subjectOf(vault, request), request);
    const statement: Omit<SignStatement, 'documents'> = {
      format: 'concord-sign-off-1',
      ...{ vault: vault.status().id, study, decision },
      model: coveredOf(subject.model),
      lineage: lineageOf(vault, subject.model).map(coveredOf),
      review: coveredOf(subject.review!),
      leakTest: subject.leakTest === undefined ? null : coveredOf(subject.leakTest),
      others: subject.others.map(coveredOf),
      head: vault.journal.head(),
      conditions: isSigned ? conditions : [],
      reasons: isSigned ? [] : reasons,
      expires,
      trainer: subject.trainer,
      signer: {
        ...{ id: vault.person.id, name: vault.person.name },
        publicKey: publicKey.toString('base64'),
        fingerprint: fingerprintOf(publicKey),
      },
      at: new Date().toISOString(),
    };
    pages = pagesOf(vault, { study, artefact }, statement);
    const documents = Object.fromEntries(
      [...pages].map(([key, { page }]) => [key, hashToSign(page)]),
    );
    text = canonicalJson({ ...statement, documents } as unknown as Json);
    return Buffer.from(text, 'utf8');
  });
  const kept: SignOffKept = { statement: text, signature: signature.toString('base64') };
  keep(vault, subject, request, kept, pages);
  return approvalOf(vault, { study, artefact });
}

function requireDecidable(vault: Vault, subject: Subject, request: DecideRequest): void {
  const { role, name } = vault.person;
  if (role !== 'reviewer') throw new ConcordError('ROLE_REFUSED', { role, needed: 'reviewer' });
  const [hinder] = [
    ...hindersReturning(vault, subject),
    ...(request.decision === 'signed' ? hindersSigning(vault, subject) : []),
  ];
  if (hinder !== undefined) throw new ConcordError(hinder, { person: name });
  const { review, leakTest } = request;
  const isSeen = review === subject.review?.id && leakTest === (subject.leakTest?.id ?? null);
  if (!isSeen) throw new ConcordError('REVIEW_OF_OTHER');
}

function expiryOf(expires: string | null): string {
  const latest = new Date(Date.now() + MOST_DAYS * DAY).toISOString().slice(0, 10);
  if (expires === null || expires <= day() || expires > latest) {
    throw new ConcordError('EXPIRY_INVALID', { after: day(), latest });
  }
  return expires;
}

const coveredOf = ({ id, kind, hash }: ArtefactInfo): Covered => ({ artefact: id, kind, hash });

/** Everything the model was made from, and what was made with it: how it was trained. */
function lineageOf(vault: Vault, model: ArtefactInfo): ArtefactInfo[] {
  const { ancestors } = vault.artefacts.lineage(model.id);
  const beside = model.job === null ? [] : vault.artefacts.ofJob(model.job);
  const known = new Map([...ancestors, ...beside].map((one) => [one.id, one]));
  known.delete(model.id);
  return [...known.values()];
}

/**
 * Report and model card in both languages, and once more with the figures of the private release where
 * there is one, with marks in place of hash and signature.
 */
function pagesOf(
  vault: Vault,
  { study, artefact }: ModelReference,
  statement: Omit<SignStatement, 'documents'>,
): ReadonlyMap<string, { readonly paper: Paper; readonly page: string }> {
  const approval = viewOfDecision({ ...statement, documents: {} });
  const { head, others } = statement;
  const hasRelease = others.some(({ kind }) => kind === PRIVATE_REVIEW);
  const figures: readonly ReportFigures[] = hasRelease ? ['withheld', 'private'] : ['withheld'];
  return new Map(
    LANGUAGES.flatMap((language) =>
      figures.flatMap((shown) => {
        const request = { study, model: artefact, language, approval, figures: shown };
        const built = reportFromVault(vault, request);
        return REPORT_DOCUMENTS.map((what) => {
          const drawn = what === 'report' ? built.report : built.modelCard;
          const made = { paper: drawn, page: pageToSign(drawn, head) };
          return [keyOf(what, language, shown), made] as const;
        });
      }),
    ),
  );
}

function keep(
  vault: Vault,
  { model, review, leakTest, others }: Subject,
  { study, decision, expires }: DecideRequest,
  kept: SignOffKept,
  pages: ReadonlyMap<string, { readonly paper: Paper; readonly page: string }>,
): void {
  const documents: SignedDocuments = Object.fromEntries(
    [...pages].map(([key, { paper: drawn, page }]) => {
      const html = sealSigned(page, kept);
      return [key, { paper: afterSigning(drawn, html), html }];
    }),
  );
  const seen = [review, leakTest, ...others].filter((one) => one !== undefined);
  const parents = [model, ...seen].map(({ id }) => id);
  const made = { study, name: model.name };
  vault.transaction(() => {
    const signed = putJson(vault, { ...made, kind: 'sign-off', parents }, kept);
    putJson(vault, { ...made, kind: 'signed-documents', parents: [signed.id] }, documents);
    const action = decision === 'signed' ? 'model.signed-off' : 'model.returned';
    const of = { model: model.id, signOff: signed.id, review: review?.id ?? null };
    const { hash } = signed;
    vault.journal.append(
      action,
      {
        ...of,
        leakTest: leakTest?.id ?? null,
        expires: decision === 'signed' ? expires : null,
        hash,
      },
      study,
    );
  });
}

/**
 * A document of a model as it was signed, while the decision is of the newest review and tests; null
 * where nobody has decided, or something newer was found out.
 */
export function signedDocumentOf(
  vault: Vault,
  reference: ModelReference,
  what: ReportDocument,
  language: Language,
  figures: ReportFigures = 'withheld',
): { readonly paper: Paper; readonly html: string } | null {
  const newest = newestDecision(vault, reference);
  if (newest === null || !isCurrent(subjectOf(vault, reference), newest.statement)) return null;
  const kept = vault.artefacts
    .list(reference.study, 'signed-documents')
    .findLast(({ parents }) => parents.includes(newest.kept.id));
  if (kept === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
  const parsed = signedDocuments.safeParse(parseJson(vault.artefacts.get(kept.id)));
  const found = parsed.success ? parsed.data[keyOf(what, language, figures)] : undefined;
  if (found === undefined && figures === 'private') return null;
  if (found === undefined) throw new ConcordError('ARTEFACT_DAMAGED');
  return found;
}

/** What may be asked of sign-offs, by the names of the contract. */
export const signOffAnswers = {
  state: (reference: ModelReference, { vault }: { readonly vault: Vault }) =>
    approvalOf(vault, reference),
  decide: (request: DecideRequest, { vault }: { readonly vault: Vault }) => decide(vault, request),
};
