/** Check digits of personal numbers. Each takes the bare characters, without separators. */

/** Luhn: ISO/IEC 7812-1, annex B. `digits` are ASCII digits only. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const weighed = place % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return digits.length > 1 && sum % 10 === 0;
}

/** The digit that makes `digits` + digit hold by Luhn. */
export function luhnDigit(digits: string): string {
  return [...'0123456789'].find((digit) => luhn(digits + digit)) ?? '0';
}

/** ISO/IEC 7064 MOD 97-10 over letters as 10..35: ISO 13616-1, clause 6 (IBAN), after turning. */
export function mod97(characters: string): number {
  let rest = 0;
  for (const character of characters) {
    const value = Number.parseInt(character, 36);
    rest = value > 9 ? (rest * 100 + value) % 97 : (rest * 10 + value) % 97;
  }
  return rest;
}

/** IBAN: ISO 13616-1, clause 6; the first four characters turned to the end give 1 modulo 97. */
export function ibanHolds(iban: string): boolean {
  return mod97((iban.slice(4) + iban.slice(0, 4)).toUpperCase()) === 1;
}

/** The two check digits of an IBAN: ISO 13616-1, clause 6. */
export function ibanDigits(country: string, rest: string): string {
  return String(98 - mod97(`${rest}${country}00`.toUpperCase())).padStart(2, '0');
}

/**
 * NHS number of England, Wales and the Isle of Man: NHS Data Model and Dictionary, "NHS NUMBER",
 * modulus 11 with weights 10 to 2; a remainder that asks for 10 is never issued.
 */
export function nhsHolds(digits: string): boolean {
  return /^\d{10}$/.test(digits) && nhsDigit(digits.slice(0, 9)) === digits[9];
}

/** The check digit to nine digits of an NHS number; null where none is issued. */
export function nhsDigit(nine: string): string | null {
  const sum = [...nine].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? null : String(check % 11);
}

const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const VIN_VALUES: Readonly<Record<string, number>> = Object.fromEntries([
  ...[...'0123456789'].map((digit) => [digit, Number(digit)]),
  ...[...'ABCDEFGH'].map((letter, place) => [letter, place + 1]),
  ...[...'JKLMN'].map((letter, place) => [letter, place + 1]),
  ...[
    ['P', 7],
    ['R', 9],
  ],
  ...[...'STUVWXYZ'].map((letter, place) => [letter, place + 2]),
]) as Record<string, number>;

/** Vehicle identification number: 49 CFR 565.15 (c), table IV; the ninth character is the check. */
export function vinHolds(vin: string): boolean {
  const characters = [...vin.toUpperCase()];
  const sum = characters.reduce(
    (total, character, place) => total + (VIN_VALUES[character] ?? 0) * (VIN_WEIGHTS[place] ?? 0),
    0,
  );
  return characters.length === 17 && '0123456789X'[sum % 11] === characters[8];
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check character to 17 digits: GB 11643-1999, clause 4 (ISO 7064 MOD 11-2). */
export function idCardCharacter(seventeen: string): string {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(seventeen[i]), 0);
  return '10X98765432'[sum % 11] ?? '0';
}

/** Citizen identity number of 18 characters: GB 11643-1999, clause 4. */
export function idCardHolds(id: string): boolean {
  return id.length === 18 && idCardCharacter(id.slice(0, 17)) === id[17]?.toUpperCase();
}

/** A day of the calendar written as eight digits, from the `earliest` year to 2099. */
export function dayHolds(digits: string, earliest = 1900): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].map(
    Number,
  );
  if (year === undefined || month === undefined || day === undefined) return false;
  if (year < earliest || year > 2099) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
