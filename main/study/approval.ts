import { z } from 'zod';
import { ConcordError, type ErrorCode } from '../contract/errors.ts';
import {
  signOffKept,
  type ApprovalState,
  type Covered,
  type DecisionView,
  type ModelApproval,
  type SignStatement,
} from '../contract/sign-off.ts';
import { readSignOff } from '../report/signed.ts';
import type { ArtefactInfo, Vault } from '../vault/index.ts';
import { parseJson } from './json.ts';
import { PRIVATE_REVIEW } from './review-release.ts';

export interface ModelReference {
  readonly study: string;
  /** The model. */
  readonly artefact: string;
}

/** What a decision on a model is about: the newest of each kind that was made from this model. */
export interface Subject {
  readonly model: ArtefactInfo;
  readonly trainer: { readonly id: string; readonly name: string };
  readonly review: ArtefactInfo | undefined;
  readonly leakTest: ArtefactInfo | undefined;
  readonly others: readonly ArtefactInfo[];
}

/** Kinds of what may be found out about a model beside its review and its leak test. */
const OTHERS = ['mitigation', 'reasons', PRIVATE_REVIEW] as const;

/** @throws ARTEFACT_UNKNOWN unless it is a model of the study */
export function subjectOf(vault: Vault, { study, artefact }: ModelReference): Subject {
  const model = vault.artefacts.info(artefact);
  if (model.study !== study || model.kind !== 'model') throw new ConcordError('ARTEFACT_UNKNOWN');
  const newest = (kind: string): ArtefactInfo | undefined =>
    vault.artefacts.list(study, kind).findLast(({ parents }) => parents.includes(artefact));
  const name = vault.people.names().get(model.madeBy) ?? model.madeBy;
  return {
    model,
    trainer: { id: model.madeBy, name },
    review: newest('review'),
    leakTest: newest('leak-test'),
    others: OTHERS.map(newest).filter((found) => found !== undefined),
  };
}

/** What of a leak test counts here: whether it found more than was promised. */
const verdict = z.object({ blocks: z.boolean() });

export function blocks(vault: Vault, leakTest: ArtefactInfo): boolean {
  const parsed = verdict.safeParse(parseJson(vault.artefacts.get(leakTest.id)));
  if (!parsed.success) throw new ConcordError('ARTEFACT_DAMAGED');
  return parsed.data.blocks;
}

/** A decision that was kept, its signature checked again, and the artefact that holds it. */
export interface KnownDecision {
  readonly kept: ArtefactInfo;
  readonly statement: SignStatement;
}

/**
 * The newest decision on a model. @throws ARTEFACT_DAMAGED when its signature does not hold, is of
 * another model, or by a key that was never its signer's
 */
export function newestDecision(vault: Vault, reference: ModelReference): KnownDecision | null {
  const { study, artefact } = reference;
  const kept = vault.artefacts
    .list(study, 'sign-off')
    .findLast(({ parents }) => parents.includes(artefact));
  if (kept === undefined) return null;
  const parsed = signOffKept.safeParse(parseJson(vault.artefacts.get(kept.id)));
  const statement = parsed.success ? readSignOff(parsed.data) : null;
  const isOfThis =
    statement !== null &&
    statement.model.artefact === artefact &&
    statement.model.hash === vault.artefacts.info(artefact).hash &&
    statement.signer.id === kept.madeBy &&
    vault.people.keys.ownerOf(statement.signer.fingerprint) === statement.signer.id;
  if (!isOfThis) throw new ConcordError('ARTEFACT_DAMAGED');
  return { kept, statement };
}

export function viewOfDecision(statement: SignStatement): DecisionView {
  const { decision, signer, trainer, at, expires, conditions, reasons } = statement;
  const { publicKey, fingerprint } = signer;
  const people = { signer: signer.name, trainer: trainer.name };
  return { decision, ...people, at, expires, conditions, reasons, publicKey, fingerprint };
}

/** Whether a model may be used, what was decided last, and what hinders the person at work. */
export function approvalOf(vault: Vault, reference: ModelReference, today = day()): ModelApproval {
  const subject = subjectOf(vault, reference);
  const newest = newestDecision(vault, reference);
  const { review, leakTest, trainer } = subject;
  const returning = hindersReturning(vault, subject);
  return {
    state: stateOf(vault, subject, newest?.statement, today),
    newest: newest === null ? null : viewOfDecision(newest.statement),
    current: newest !== null && isCurrent(subject, newest.statement),
    trainer: trainer.name,
    review: review?.id ?? null,
    leakTest: leakTest?.id ?? null,
    hinders: { returning, signing: [...returning, ...hindersSigning(vault, subject)] },
  };
}

function stateOf(
  vault: Vault,
  { leakTest }: Subject,
  statement: SignStatement | undefined,
  today: string,
): ApprovalState {
  if (statement === undefined) return 'unsigned';
  if (statement.decision === 'returned') return 'returned';
  if (leakTest !== undefined && blocks(vault, leakTest)) return 'blocked';
  return statement.expires === null || today > statement.expires ? 'expired' : 'signed';
}

/** Whether the decision was of the newest review and tests. */
export function isCurrent(subject: Subject, statement: SignStatement): boolean {
  const same = (found: ArtefactInfo | undefined, covered: Covered | null): boolean =>
    found?.hash === covered?.hash && found?.id === covered?.artefact;
  const others = subject.others.map(({ id }) => id).join();
  return (
    same(subject.review, statement.review) &&
    same(subject.leakTest, statement.leakTest) &&
    others === statement.others.map(({ artefact }) => artefact).join()
  );
}

/** A name counts as well as an id: a person removed and added again is the same person. */
export function hindersReturning(vault: Vault, { trainer, review }: Subject): ErrorCode[] {
  const { id, name } = vault.person;
  const isTrainer = id === trainer.id || name === trainer.name;
  return [
    ...(isTrainer ? (['SIGNER_TRAINED'] as const) : []),
    ...(review === undefined ? (['REVIEW_MISSING'] as const) : []),
  ];
}

export function hindersSigning(vault: Vault, { leakTest }: Subject): ErrorCode[] {
  if (leakTest === undefined) return ['LEAK_TEST_MISSING'];
  return blocks(vault, leakTest) ? ['LEAK_TEST_BLOCKS'] : [];
}

/** The present day, UTC. */
export function day(): string {
  return new Date().toISOString().slice(0, 10);
}
