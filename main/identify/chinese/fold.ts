/** Full-width forms that numbers and fields are written with; each is one UTF-16 unit on either side. */
const FULL_WIDTH = /[\uff01-\uff5e\u3000〇]/gu;
/** The circle that stands for a zero in a year: 二○二四年; elsewhere it hides a name. */
const ROUND_ZERO = /(?<=[一二三四五六七八九零〇○])○(?=[一二三四五六七八九零〇○年])/gu;

/**
 * The text with full-width digits, letters and signs in their ASCII form and of the same length, so
 * that offsets hold in the original.
 */
export function fold(text: string): string {
  return text.replace(ROUND_ZERO, '零').replace(FULL_WIDTH, (sign) => {
    if (sign === '\u3000') return ' ';
    if (sign === '〇') return '零';
    return String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
  });
}

export function isHan(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x4e00 && code <= 0x9fff;
}
