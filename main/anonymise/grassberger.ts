import type { HistogramTest } from './histogram-test.ts';

/** A sum this little above the bound is rounding, not a difference of counts. */
const ROUNDING = 1e-12;
/** ARX counts a class's values in a table of at least so many places, at most so full. */
const LEAST_PLACES = 8;
const FULL = 0.75;

/**
 * Entropy l-diversity with Grassberger's entropy estimate (Grassberger 2003, "Entropy estimates
 * from insufficient samplings"; Stammler, Katzenbeisser, Hamacher 2016) instead of the plug-in
 * one, which falls short in small classes: G(n) - (1/n) sum f G(f) >= ln l, with at least floor(l)
 * values. As in ARX no part of the sum may exceed the bound n (G(n) - ln l) either. G(1) is below
 * 0, so that the order of the values matters: it is that of ARX's table. This only ever rejects
 * more than the estimate would. A class merged from passing classes need not pass.
 */
export function grassbergerDiverse(l: number): HistogramTest {
  const logL = Math.log(l);
  const holds: HistogramTest['holds'] = ({ distinct, values, counts }, size) => {
    if (distinct < Math.floor(l)) return false;
    const bound = size * (grassbergerNumber(size) - logL);
    let sum = 0;
    for (const at of placesOf(values, distinct)) {
      sum += counts[at]! * grassbergerNumber(counts[at]!);
      if (sum > bound + ROUNDING) return false;
    }
    return true;
  };
  return { holds, certain: () => 0 };
}

const EULER_GAMMA = 0.5772156649015329;
/** G(0) stands for nothing; G(1) = -gamma - ln 2. */
const grassbergerNumbers = [0, -EULER_GAMMA - Math.LN2];

/** G(2) = 2 + G(1), G(2i + 1) = G(2i), G(2i + 2) = G(2i) + 2 / (2i + 1) (equations 27, 28). */
function grassbergerNumber(count: number): number {
  for (let n = grassbergerNumbers.length; n <= count; n++) {
    const before = grassbergerNumbers[n - 1]!;
    grassbergerNumbers.push(n % 2 === 1 ? before : before + 2 / (n - 1));
  }
  return grassbergerNumbers[count]!;
}

/**
 * The order in which a table with linear probing holds the values (codes by first appearance in
 * the records) that are put in one after the other: the home of a value is its code modulo the
 * places, of which there are twice as many once more than three quarters are taken.
 */
function placesOf(values: Int32Array, distinct: number): readonly number[] {
  let places = emptyPlaces(LEAST_PLACES);
  for (let at = 0; at < distinct; at++) {
    put(places, values, at);
    if (at + 1 > places.length * FULL) {
      const larger = emptyPlaces(places.length * 2);
      for (const known of places) if (known >= 0) put(larger, values, known);
      places = larger;
    }
  }
  return places.filter((at) => at >= 0);
}

function emptyPlaces(count: number): number[] {
  return new Array<number>(count).fill(-1);
}

function put(places: number[], values: Int32Array, at: number): void {
  let place = values[at]! % places.length;
  while (places[place]! >= 0) place = (place + 1) % places.length;
  places[place] = at;
}
