import { TEST, TRAIN, VALIDATION } from './part.ts';

export interface Shares {
  readonly test: number;
  readonly validation: number;
}

/**
 * Draws the same share of every stratum, to the nearest unit: each stratum's units in the order of
 * their hash, the first for the test. One unit more can move others of its stratum, so it is for
 * training without privacy only.
 *
 * @param hashes of the units, 53 bits each
 * @param strata of the units
 * @returns the part of each unit
 */
export function stratifiedParts(
  hashes: Float64Array,
  strata: readonly string[],
  { test, validation }: Shares,
): Uint8Array {
  const members = new Map<string, number[]>();
  for (const [unit, stratum] of strata.entries()) {
    const known = members.get(stratum);
    if (known === undefined) members.set(stratum, [unit]);
    else known.push(unit);
  }
  const parts = new Uint8Array(hashes.length).fill(TRAIN);
  for (const units of members.values()) {
    units.sort((a, b) => hashes[a]! - hashes[b]! || a - b);
    const tested = Math.round(units.length * test);
    const held = Math.round(units.length * (test + validation));
    for (const unit of units.slice(0, tested)) parts[unit] = TEST;
    for (const unit of units.slice(tested, held)) parts[unit] = VALIDATION;
  }
  return parts;
}
