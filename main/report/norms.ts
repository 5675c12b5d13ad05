import type { coverage } from '../words/en/coverage.ts';

type CoverageWords = typeof coverage;
export type Norm = keyof CoverageWords['norms'];
/** Something a report can hold. */
export type Element = keyof CoverageWords['elements'];

type NeedsOf<N extends Norm> = Readonly<
  Record<keyof CoverageWords['norms'][N]['points'], readonly Element[]>
>;

/**
 * What a report must hold for it to say something on each point: Mitchell et al. 2019, section 4;
 * Regulation (EU) 2024/1689, Annex IV; NIST AI 100-1, sections 3 and 5; ISO/IEC 42001:2023, Annex A;
 * Personal Information Protection Law, art. 55 and 56; WHO 2021, section 5.
 */
export const NORMS: { readonly [N in Norm]: NeedsOf<N> } = {
  'model-cards': {
    details: ['model', 'software'],
    use: ['purpose', 'users', 'notFor'],
    factors: ['groups'],
    metrics: ['margins', 'intervals'],
    evaluation: ['records', 'heldOut'],
    training: ['records', 'split', 'labels'],
    analyses: ['quality', 'groups', 'crossed'],
    ethics: ['harm', 'privacy', 'risks'],
    caveats: ['limits', 'watch'],
  },
  'ai-act': {
    general: ['purpose', 'users', 'software', 'model'],
    development: ['model', 'records', 'labels', 'split', 'protection', 'heldOut', 'reasons'],
    control: ['limits', 'quality', 'groups', 'approval'],
    metrics: ['margins', 'intervals', 'calibration'],
    risks: ['risks', 'mitigation', 'leak'],
    changes: ['journal'],
    standards: ['standards'],
    declaration: ['declaration'],
    market: ['watch'],
  },
  nist: {
    govern: ['policy', 'approval', 'journal'],
    map: ['purpose', 'users', 'harm', 'limits'],
    valid: ['quality', 'heldOut', 'intervals', 'calibration'],
    safe: ['risks', 'notFor'],
    secure: ['leak'],
    accountable: ['model', 'records', 'approval'],
    explainable: ['reasons'],
    private: ['privacy', 'protection'],
    fair: ['groups', 'crossed', 'mitigation'],
    manage: ['risks', 'watch'],
  },
  iso: {
    policies: ['policy'],
    organisation: ['approval', 'watch'],
    resources: ['records', 'model', 'software'],
    impact: ['harm', 'groups', 'risks'],
    lifecycle: ['model', 'quality', 'approval', 'watch', 'journal'],
    data: ['records', 'split', 'labels', 'protection'],
    information: ['purpose', 'limits', 'notFor'],
    use: ['users', 'notFor', 'approval'],
    others: ['suppliers'],
  },
  pipl: {
    occasion: ['purpose', 'records'],
    purpose: ['purpose', 'records', 'protection'],
    impact: ['groups', 'leak', 'risks'],
    measures: ['protection', 'privacy', 'ledger'],
    record: ['journal', 'approval'],
  },
  who: {
    autonomy: ['users', 'privacy', 'notFor'],
    wellbeing: ['purpose', 'quality', 'risks'],
    transparency: ['model', 'records', 'reasons'],
    responsibility: ['approval', 'watch'],
    equity: ['groups', 'crossed', 'mitigation'],
    sustainable: ['watch', 'limits'],
  },
};
