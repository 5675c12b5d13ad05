const DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character of an 18-character unified social credit code: GB 32100-2015, annex A (powers of 3 modulo 31). */
export function creditCodeHolds(text: string): boolean {
  let sum = 0;
  let weight = 1;
  for (let place = 0; place < 17; place++) {
    const digit = DIGITS.indexOf(text[place]!);
    if (digit < 0) return false;
    sum += digit * weight;
    weight = (weight * 3) % 31;
  }
  return DIGITS[(31 - (sum % 31)) % 31] === text[17];
}
