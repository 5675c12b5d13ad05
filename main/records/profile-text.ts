const LONGEST = 80;

/** A value in at most 80 characters. */
export function shortened(text: string): string {
  const characters = [...text.slice(0, LONGEST * 2)];
  if (characters.length <= LONGEST) return text;
  return `${characters.slice(0, LONGEST).join('')}…`;
}
