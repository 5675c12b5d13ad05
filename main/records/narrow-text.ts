const WIDE = /[\uff01-\uff5e\u3000\u2212]/;
const EACH = /[\uff01-\uff5e\u3000\u2212]/g;

/**
 * Full-width letters, digits and signs as their ASCII ones (Unicode block FF01 to FF5E, the
 * ideographic space, the minus sign U+2212); all else stays. For reading cells only: what is kept
 * of a text is the text.
 */
export function narrow(text: string): string {
  if (!WIDE.test(text)) return text;
  return text.replace(EACH, (sign) => {
    if (sign === '\u3000') return ' ';
    if (sign === '\u2212') return '-';
    return String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
  });
}
