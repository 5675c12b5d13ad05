import type { SizeHistogram } from './histogram.ts';
import { logGamma } from './log-gamma.ts';

const STEPS = 200;
const HALVINGS = 60;
const ENOUGH = 1e-12;

export interface Point {
  readonly theta: number;
  readonly alpha: number;
}

/**
 * The number of people alone in their class of the population, by Pitman's sampling formula
 * (Hoshino 2001, "Applying Pitman's sampling formula to microdata disclosure risk assessment"):
 * theta and alpha by maximum likelihood (Newton's method, each step shortened until the likelihood
 * rises), then Gamma(theta + 1) / Gamma(theta + alpha) people^alpha. Null when there is no maximum
 * with 0 < alpha < 1 and theta > -alpha, or the answer lies outside 0 .. people.
 */
export function pitmanUniques(sample: SizeHistogram, people: number): number | null {
  const found = mostLikely(sample);
  if (found === null) return null;
  const { theta, alpha } = found;
  const uniques = Math.exp(
    logGamma(theta + 1) - logGamma(theta + alpha) + alpha * Math.log(people),
  );
  return uniques >= 0 && uniques <= people ? uniques : null;
}

/** The theta and alpha under which the sample's sizes are most likely. */
export function mostLikely(sample: SizeHistogram): Point | null {
  let point = startOf(sample);
  let here = derivatives(sample, point);
  for (let step = 0; step < STEPS; step++) {
    const next = better(sample, point, here);
    if (next === null) return isStationary(sample, here) ? point : null;
    const moved = Math.abs(next.theta - point.theta) / Math.max(1, Math.abs(next.theta));
    const turned = Math.abs(next.alpha - point.alpha);
    point = next;
    here = derivatives(sample, point);
    if (moved < ENOUGH && turned < ENOUGH) return isStationary(sample, here) ? point : null;
  }
  return isStationary(sample, here) ? point : null;
}

/** Hoshino's moment estimates where they lie within the domain, else its middle. */
function startOf(sample: SizeHistogram): Point {
  const { classes: u, records: n } = sample;
  const ones = sample.of(1);
  const c = (ones * (ones - 1)) / Math.max(1, sample.of(2));
  const theta = (n * u * c - ones * (n - 1) * (2 * u + c)) / (2 * ones * u + ones * c - n * c);
  const alpha = (theta * (ones - n) + (n - 1) * ones) / (n * u);
  return isInside({ theta, alpha }) ? { theta, alpha } : { theta: Math.max(1, u / 10), alpha: 0.5 };
}

function isInside({ theta, alpha }: Point): boolean {
  return alpha > 0 && alpha < 1 && theta > -alpha && Number.isFinite(theta);
}

interface Derivatives {
  readonly likelihood: number;
  readonly byTheta: number;
  readonly byAlpha: number;
  readonly thetaTheta: number;
  readonly thetaAlpha: number;
  readonly alphaAlpha: number;
}

/**
 * The log likelihood, sum ln(theta + i alpha) over i < classes - sum ln(theta + i) over i <
 * records + per class the sum of ln(i - alpha) over i < size, with its derivatives.
 */
function derivatives(sample: SizeHistogram, { theta, alpha }: Point): Derivatives {
  let likelihood = 0;
  let byTheta = 0;
  let byAlpha = 0;
  let thetaTheta = 0;
  let thetaAlpha = 0;
  let alphaAlpha = 0;
  for (let i = 1; i < sample.classes; i++) {
    const inverse = 1 / (theta + i * alpha);
    likelihood -= Math.log(inverse);
    byTheta += inverse;
    byAlpha += i * inverse;
    thetaTheta -= inverse * inverse;
    thetaAlpha -= i * inverse * inverse;
    alphaAlpha -= i * i * inverse * inverse;
  }
  for (let i = 1; i < sample.records; i++) {
    const inverse = 1 / (theta + i);
    likelihood += Math.log(inverse);
    byTheta -= inverse;
    thetaTheta += inverse * inverse;
  }
  // The sums over i < size are carried on from each size to the next.
  let logs = 0;
  let inverses = 0;
  let squares = 0;
  let done = 1;
  for (const [size, count] of sample.entries) {
    for (; done < size; done++) {
      const inverse = 1 / (done - alpha);
      logs -= Math.log(inverse);
      inverses += inverse;
      squares += inverse * inverse;
    }
    likelihood += count * logs;
    byAlpha -= count * inverses;
    alphaAlpha -= count * squares;
  }
  return { likelihood, byTheta, byAlpha, thetaTheta, thetaAlpha, alphaAlpha };
}

/** Newton's step, or where it leads away from the maximum the steepest one; null when none helps. */
function better(sample: SizeHistogram, from: Point, here: Derivatives): Point | null {
  const determinant = here.thetaTheta * here.alphaAlpha - here.thetaAlpha ** 2;
  const newton = {
    theta: (here.thetaAlpha * here.byAlpha - here.alphaAlpha * here.byTheta) / determinant,
    alpha: (here.thetaAlpha * here.byTheta - here.thetaTheta * here.byAlpha) / determinant,
  };
  const rises = newton.theta * here.byTheta + newton.alpha * here.byAlpha > 0;
  const scale = Math.max(1, from.theta ** 2);
  const direction = rises ? newton : { theta: here.byTheta * scale, alpha: here.byAlpha };
  for (let halving = 0, part = 1; halving < HALVINGS; halving++, part /= 2) {
    const to = {
      theta: from.theta + part * direction.theta,
      alpha: from.alpha + part * direction.alpha,
    };
    if (isInside(to) && derivatives(sample, to).likelihood >= here.likelihood) return to;
  }
  return null;
}

function isStationary(sample: SizeHistogram, { byTheta, byAlpha }: Derivatives): boolean {
  return Math.abs(byTheta) < 1e-6 && Math.abs(byAlpha) < 1e-6 * Math.max(1, sample.classes);
}
