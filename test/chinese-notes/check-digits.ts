/** Numbers with the check digit they need, computed the slow way and apart from the product's code. */

/** GB 11643-1999 (ISO 7064 MOD 11-2): the digits times powers of 2, check included, leave 1. */
export function idCardWith(stem: string): string {
  const sum = [...stem].reduce((rest, digit) => ((rest + Number(digit)) * 2) % 11, 0);
  const check = (12 - sum) % 11;
  return stem + (check === 10 ? 'X' : String(check));
}

export function luhnWith(stem: string): string {
  for (let digit = 0; digit < 10; digit++) {
    const sum = [...stem, String(digit)]
      .reverse()
      .map((d, place) => (place % 2 === 0 ? Number(d) : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(d)]!))
      .reduce((a, b) => a + b, 0);
    if (sum % 10 === 0) return stem + digit;
  }
  throw new Error('no digit fits');
}

const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100-2015: weights are the powers of 3 modulo 31. */
export function creditCodeWith(stem: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of stem) {
    sum += CREDIT.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return stem + CREDIT[(31 - (sum % 31)) % 31]!;
}
