/** Marks on one letter beyond these are dropped (UAX 15, Stream-Safe Text Format): NFKC sorts them in square time. */
const LONG_MARKS = /(\p{M}{30})\p{M}+/gu;
/** What has no width or only directs (zero-width joiners, directions, soft hyphens, tags), and variation selectors. */
const WITHOUT_WIDTH = /[\p{Cf}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu;
const BROKEN = /\p{Cs}/gu;
const APOSTROPHES = /[‘’ʼ`´]/gu;

/**
 * A text in the one form in which it is cut: without what has no width, in NFKC (full-width forms
 * become narrow, ligatures letters; Unicode Standard Annex 15), with one kind of apostrophe, in lower
 * case unless `keepsCase`. Broken surrogates become U+FFFD. Linear in the length.
 */
export function normalised(text: string, keepsCase = false): string {
  const plain = text
    .replace(BROKEN, '\u{FFFD}')
    .replace(WITHOUT_WIDTH, '')
    // Before NFKC, which would make a space and an accent of some.
    .replace(APOSTROPHES, "'")
    .replace(LONG_MARKS, '$1')
    .normalize('NFKC');
  return keepsCase ? plain : plain.toLowerCase();
}
