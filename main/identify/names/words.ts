/**
 * The name of a column as plain words: full-width letters made narrow, snake, kebab and camel case
 * taken apart, a number at the end set off ('dateOfBirth' -> 'date of birth', 'diag_1' and 'diag1'
 * -> 'diag 1', 'A1Cresult' -> 'a1cresult'). Chinese stays as it stands.
 */
export function wordsOf(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(\p{Script=Latin}{3})(\p{Nd}+)(?= |$)/gu, '$1 $2')
    .trim();
}
