import type { SizeHistogram } from './histogram.ts';

const STEPS = 200;
const CLOSE = 1e-10;

/**
 * The number of people alone in their class of the population, by the shifted negative binomial
 * model (Chen, Keller-McNulty 1998, "Estimation of identification disclosure risk in microdata"):
 * sizes of the K classes of the population follow 1 + NB(alpha, beta), K is Shlosser's third
 * estimate (Haas, Stokes 1998), alpha and beta make the expected numbers of classes of one and of
 * two in the sample the ones found, and K beta^alpha people are alone. Null where no alpha > 0 and
 * 0 < beta < 1 do so, or the answer lies outside 0 .. people.
 */
export function snbUniques(sample: SizeHistogram, people: number): number | null {
  const shape = snbShape(sample, people);
  if (shape === null) return null;
  const uniques = shape.classes * shape.beta ** shape.alpha;
  return uniques >= 0 && uniques <= people ? uniques : null;
}

/** The classes of the population and the shape of their sizes that fit the sample best. */
export function snbShape(
  sample: SizeHistogram,
  people: number,
): (Shape & { readonly classes: number }) | null {
  const fraction = sample.records / people;
  const ones = sample.of(1);
  const twos = sample.of(2);
  if (fraction >= 1 || ones === 0 || twos === 0) return null;
  const classes = populationClasses(sample, fraction);
  if (!Number.isFinite(classes) || classes > people) return null;
  for (const beta of [0.05, 0.2, 0.5, 0.8, 0.95]) {
    for (const alpha of [0.1, 0.5, 2]) {
      const found = solve(classes, fraction, ones, twos, { alpha, beta });
      if (found !== null) return { classes, ...found };
    }
  }
  return null;
}

/** Shlosser's third estimate of the number of classes (Haas, Stokes 1998, equation 18). */
function populationClasses(sample: SizeHistogram, f: number): number {
  let numerator = 0;
  let denominator = 0;
  let unseen = 0;
  let once = 0;
  for (const [size, count] of sample.entries) {
    const missed = (1 - f) ** size;
    numerator += size * f * f * (1 - f * f) ** (size - 1) * count;
    denominator += missed * ((1 + f) ** size - 1) * count;
    unseen += missed * count;
    once += size * f * (1 - f) ** (size - 1) * count;
  }
  return sample.classes + sample.of(1) * (numerator / denominator) * (unseen / once) ** 2;
}

interface Shape {
  readonly alpha: number;
  readonly beta: number;
}

/** Newton's method on ln alpha and the logit of beta, derivatives by differences. */
function solve(classes: number, f: number, ones: number, twos: number, start: Shape): Shape | null {
  const misses = (x: number, y: number): readonly [number, number] => {
    const expected = expectedSmall(classes, f, shapeOf(x, y));
    return [expected.ones / ones - 1, expected.twos / twos - 1];
  };
  let x = Math.log(start.alpha);
  let y = Math.log(start.beta / (1 - start.beta));
  for (let step = 0; step < STEPS; step++) {
    const [a, b] = misses(x, y);
    if (!Number.isFinite(a) || !Number.isFinite(b)) return null;
    if (Math.abs(a) < CLOSE && Math.abs(b) < CLOSE) return shapeOf(x, y);
    const h = 1e-6;
    const [ax, bx] = misses(x + h, y);
    const [ay, by] = misses(x, y + h);
    const determinant = ((ax - a) * (by - b) - (ay - a) * (bx - b)) / (h * h);
    const dx = (a * (by - b) - b * (ay - a)) / h / determinant;
    const dy = (b * (ax - a) - a * (bx - b)) / h / determinant;
    const shorter = Math.min(1, 1 / Math.max(Math.abs(dx), Math.abs(dy)));
    if (!Number.isFinite(shorter)) return null;
    x -= dx * shorter;
    y -= dy * shorter;
    if (Math.abs(x) > 30 || Math.abs(y) > 30) return null;
  }
  return null;
}

function shapeOf(x: number, y: number): Shape {
  return { alpha: Math.exp(x), beta: 1 / (1 + Math.exp(-y)) };
}

/** Expected classes of one and of two in a sample of fraction f (Chen, Keller-McNulty, 3.2). */
function expectedSmall(
  classes: number,
  f: number,
  { alpha, beta }: Shape,
): { ones: number; twos: number } {
  const d = (1 - f) * (1 - beta);
  const power = (beta / (1 - d)) ** alpha;
  return {
    ones: classes * f * power * ((alpha * d) / (1 - d) + 1),
    twos:
      (classes * f * f * alpha * (1 - beta) * power * (2 - (1 - alpha) * d)) / (2 * (1 - d) ** 2),
  };
}
