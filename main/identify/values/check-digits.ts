/** Remainder of a long decimal number, digit by digit: no number here fits into a double. */
function remainder(digits: string, modulus: number): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % modulus;
  return rest;
}

/** Check digits of an IBAN: ISO 13616-1:2020, clause 6 (ISO/IEC 7064 MOD 97-10). */
export function ibanHolds(text: string): boolean {
  const plain = text.replace(/ /g, '').toUpperCase();
  const turned = plain.slice(4) + plain.slice(0, 4);
  return (
    remainder(
      turned.replace(/[A-Z]/g, (letter) => String(parseInt(letter, 36))),
      97,
    ) === 1
  );
}

/** Check digit of a British NHS number: NHS Data Dictionary, 'NHS NUMBER' (modulus 11). */
export function nhsHolds(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  let sum = 0;
  for (let place = 0; place < 9; place++) sum += Number(digits[place]) * (10 - place);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}

const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const VIN_LETTERS: Readonly<Record<string, number>> = Object.fromEntries(
  [...'ABCDEFGH', ...'JKLMN', 'P', 'R', ...'STUVWXYZ'].map((letter) => [
    letter,
    // I, O and Q do not occur; S begins its row at 2.
    letter >= 'S' ? letter.charCodeAt(0) - 81 : ((letter.charCodeAt(0) - 65) % 9) + 1,
  ]),
);

/** Check digit of a vehicle identification number: 49 CFR 565.15(c). */
export function vinHolds(text: string): boolean {
  const sum = VIN_WEIGHTS.reduce((total, weight, place) => {
    const sign = text[place]?.toUpperCase() ?? '';
    return total + weight * (VIN_LETTERS[sign] ?? Number(sign));
  }, 0);
  return '0123456789X'[sum % 11] === text[8]?.toUpperCase();
}

/** A day of the calendar written as eight digits, in the years 1900 to 2099. */
export function dayHolds(text: string): boolean {
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)].map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  if (year < 1900 || year > 2099) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
