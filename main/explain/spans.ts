/** Fewer parts say too little of what moves an answer. */
const LEAST = 6;
/** After an ASCII mark a space must follow: 3.5 and e.g. a web address stay whole. */
const CLAUSE = /.*?(?:[,;:.!?…]+(?=\s)|[，；：、。！？…\n]+)\s*|.+$/gsu;

/**
 * Cuts a text into parts that make it up when put together: its words where they are few, else its
 * clauses, else its sentences; where none of them come to between 6 and `most`, runs of about equally
 * many words or sentences.
 *
 * @param most parts, at least 1
 */
export function spansOf(text: string, most: number): string[] {
  const words = wordsOf(text);
  if (words.length <= most) return words;
  const sentences = segmentsOf(text, 'sentence').map(({ segment }) => segment);
  for (const parts of [text.match(CLAUSE) ?? [], sentences]) {
    if (parts.length >= Math.min(LEAST, most) && parts.length <= most) return [...parts];
  }
  return inRuns(sentences.length > most ? sentences : words, most);
}

/** Each word with what stands between it and the next; what stands before the first is part of it. */
function wordsOf(text: string): string[] {
  const parts: string[] = [];
  let hasWord = false;
  for (const { segment, isWordLike } of segmentsOf(text, 'word')) {
    const starts = parts.length === 0 || (isWordLike === true && hasWord);
    if (starts) parts.push(segment);
    else parts[parts.length - 1] += segment;
    hasWord ||= isWordLike === true;
  }
  return parts;
}

function segmentsOf(text: string, granularity: 'word' | 'sentence'): Intl.SegmentData[] {
  return [...new Intl.Segmenter('und', { granularity }).segment(text)];
}

function inRuns(parts: readonly string[], runs: number): string[] {
  return Array.from({ length: runs }, (_, run) => {
    const at = (place: number): number => Math.floor((place * parts.length) / runs);
    return parts.slice(at(run), at(run + 1)).join('');
  });
}
