import type { Phase, SelectionPhase } from '../contract/privacy.ts';
import { trialLaw, type TrialLaw } from './trials.ts';

/** Orders at which a trial's divergence is looked at for what the choice adds: a flat minimum. */
const ORDERS = [1.5, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 63, 128, 256, 512, 1024];
/** Sums of a law are known to fewer digits than this adds. */
const ROUND_UP = 1e-9;

/** Divergence of one trial at an order. */
type TrialRdp = (phases: readonly Phase[], order: number) => number;

interface Curve {
  readonly law: TrialLaw;
  readonly points: readonly { readonly order: number; readonly rdp: number }[];
}

/** A bisection asks for every order of the same phase. */
const curves = new WeakMap<SelectionPhase, Curve>();

/**
 * Renyi divergence bound of a search at one order, from that of its trials: Papernot and Steinke
 * 2022, theorem 2 (negative binomial) and theorem 6 (Poisson, here without its zero); proof in
 * docs/accounting.md, "Selection".
 */
export function selectionRdp(phase: SelectionPhase, order: number, trialRdp: TrialRdp): number {
  const { law, points } = curveOf(phase, trialRdp);
  const rdp = worst(phase, order, trialRdp);
  const often = Math.log(phase.expected_trials) / (order - 1);
  return rdp + (choiceAt(law, points, order) + often) * (1 + ROUND_UP);
}

function curveOf(phase: SelectionPhase, trialRdp: TrialRdp): Curve {
  const known = curves.get(phase);
  if (known !== undefined) return known;
  const points = ORDERS.map((order) => ({ order, rdp: worst(phase, order, trialRdp) }));
  const curve = { law: trialLaw(phase), points };
  curves.set(phase, curve);
  return curve;
}

/** Settings are drawn without a look at the records: no trial costs more than the dearest of them. */
function worst({ of }: SelectionPhase, order: number, trialRdp: TrialRdp): number {
  return Math.max(...of.map((phases) => trialRdp(phases, order)));
}

/** What comes of choosing among the trials rather than of any one of them. */
function choiceAt(law: TrialLaw, points: Curve['points'], order: number): number {
  if (law.is === 'poisson') {
    const x = -Math.log1p(-1 / order);
    return law.mean * Math.min(1, ...points.map((point) => deltaFrom(point, x)));
  }
  const logGamma = -Math.log(law.gamma);
  const terms = points.map(({ order: at, rdp }) => (1 - 1 / at) * rdp + logGamma / at);
  return (1 + law.eta) * Math.min(logGamma, ...terms);
}

/**
 * Delta at epsilon `x` (the conversion of `epsilonFromRdp` the other way round), at most the total
 * variation (Pinsker; Bretagnolle and Huber).
 */
function deltaFrom({ order, rdp }: Curve['points'][number], x: number): number {
  const converted = Math.exp((order - 1) * (rdp - x + Math.log1p(-1 / order)) - Math.log(order));
  return Math.min(converted, Math.sqrt(rdp / 2), Math.sqrt(-Math.expm1(-rdp)));
}
