import {
  SIGNATURE_MARK,
  type Fact,
  type PaperBlock,
  type PaperSection,
} from '../../contract/report.ts';
import { words } from '../../words/index.ts';
import type { Ink } from '../ink.ts';

/** Whether somebody has signed, in one sentence; null while nobody has decided. */
export function decided({ input, f }: Ink): string | null {
  const { approval } = input;
  if (approval === undefined) return null;
  const w = words(input.language).approvals;
  const { decision, signer, at, expires } = approval;
  const day = f.date(at.slice(0, 10));
  return decision === 'signed' && expires !== null
    ? w.signed(signer, day, f.date(expires))
    : w.returned(signer, day);
}

export function approvalsSection(ink: Ink): PaperSection {
  const w = words(ink.input.language).approvals;
  return { id: 'approvals', title: ink.w.sections.approvals, blocks: blocksOf(ink, w) };
}

function blocksOf(ink: Ink, w: ReturnType<typeof words>['approvals']): PaperBlock[] {
  const { approval } = ink.input;
  if (approval === undefined) {
    return [
      { kind: 'attention', text: w.state },
      { kind: 'sentences', sentences: [w.text] },
      { kind: 'blanks', names: [...w.blanks] },
    ];
  }
  return [
    { kind: 'attention', text: decided(ink) ?? w.state },
    {
      kind: 'facts',
      facts: approvalFacts(ink),
    },
    { kind: 'sentences', sentences: [w.covers] },
  ];
}

/** Who decided what, and the signature; nothing while nobody has. */
export function approvalFacts(ink: Ink): Fact[] {
  const { approval } = ink.input;
  if (approval === undefined) return [];
  const w = words(ink.input.language).approvals;
  const { decision, signer, trainer, at, expires, conditions, reasons } = approval;
  const listed = (name: string, items: readonly string[]): Fact[] =>
    items.length === 0 ? [] : [{ name, value: ink.f.list(items), items: [...items] }];
  return [
    { name: w.reviewer, value: signer },
    { name: w.decision, value: w.decisions[decision] },
    ...(decision === 'signed'
      ? [{ name: w.conditions, value: ink.w.none, ...listed(w.conditions, conditions)[0] }]
      : listed(w.reasons, reasons)),
    ...(expires === null ? [] : [{ name: w.until, value: ink.f.date(expires) }]),
    { name: w.date, value: ink.f.date(at.slice(0, 10)) },
    { name: w.trainer, value: trainer },
    { name: w.key, value: approval.publicKey, code: true },
    { name: w.fingerprint, value: approval.fingerprint, code: true },
    { name: w.signature, value: SIGNATURE_MARK, code: true },
  ];
}
