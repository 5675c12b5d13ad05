import type { CodedColumn } from '../../records/table.ts';
import { Pace } from '../pace.ts';
import type { TaggerModel } from './model.ts';
import { schemeOf, spansOf } from './scheme.ts';
import { ofRow, scoreTags } from './score.ts';

/** A stretch of a text: an entity that was found, or what stands between two. */
export interface TextPiece {
  readonly text: string;
  /** Null: no entity. */
  readonly kind: string | null;
  /** Of an entity: the least probability that its kind has in one of its words. */
  readonly confidence: number | null;
}

/**
 * What a model of tags finds in one text; put together the pieces are that text.
 * @param words its words from left to right, each as it stands there
 * @throws as scoreTags
 */
export async function findEntities(
  model: TaggerModel,
  text: string,
  words: readonly string[],
): Promise<TextPiece[]> {
  const column: CodedColumn = {
    ...{ name: model.labels.text, type: 'text', dictionary: [words.join(' ')] },
    codes: Int32Array.of(words.length === 0 ? -1 : 0),
  };
  const record = { rows: 1, columns: [column] };
  const scored = await scoreTags(model, record, Int32Array.of(0), new Pace(undefined, undefined));
  const { predicted, confidence } = ofRow(scored, 0);
  const { kinds } = schemeOf(model.labels.values);
  const places = placesOf(text, words);
  const pieces: TextPiece[] = [];
  let at = 0;
  const upTo = (end: number): void => {
    if (end > at) pieces.push({ text: text.slice(at, end), kind: null, confidence: null });
    at = Math.max(at, end);
  };
  for (const { from, to, kind } of spansOf(predicted)) {
    upTo(places[from]!);
    const end = places[to - 1]! + words[to - 1]!.length;
    pieces.push({
      text: text.slice(at, end),
      kind: kinds[kind]!,
      confidence: confidence.subarray(from, to).reduce((least, one) => Math.min(least, one)),
    });
    at = end;
  }
  upTo(text.length);
  return pieces;
}

function placesOf(text: string, words: readonly string[]): number[] {
  let from = 0;
  return words.map((word) => {
    const place = text.indexOf(word, from);
    from = place + word.length;
    return place;
  });
}

/** One character of a script without spaces; letters, figures and what joins them; or a sign. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]\p{M}*|(?:[\p{L}\p{N}]\p{M}*)+(?:[-.,:'’_/@](?:[\p{L}\p{N}]\p{M}*)+)*|\S/gu;

/**
 * The words of a text as somebody types it, parted as corpora of names part them: marks stand by
 * themselves, Chinese characters one by one.
 */
export function typedWords(text: string): string[] {
  return text.match(WORD) ?? [];
}
