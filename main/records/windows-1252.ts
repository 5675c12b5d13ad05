/**
 * Characters of the bytes 0x80 to 0x9f (WHATWG Encoding, index windows-1252); '' for the five that
 * stand for none. All other bytes are the character of that number.
 */
export const WINDOWS_1252_HIGH: readonly string[] = [
  ...['€', '', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '', 'Ž', ''],
  ...['', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '', 'ž', 'Ÿ'],
];

/** Text of Windows-1252 bytes; -(position + 1) of the first byte that stands for no character. */
export function windows1252Text(bytes: Uint8Array): string | number {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const bad = /[\x81\x8d\x8f\x90\x9d]/.exec(latin);
  if (bad) return -bad.index - 1;
  return latin.replace(
    /[\x80-\x9f]/g,
    (character) => WINDOWS_1252_HIGH[character.charCodeAt(0) - 0x80] as string,
  );
}
