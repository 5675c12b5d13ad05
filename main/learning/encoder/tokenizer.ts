/** What an encoder reads: the numbers of a text's pieces, without marks at its ends or padding. */
export interface EncoderTokenizer {
  /** Numbers of pieces, in order; none for an empty text. Linear in the length of the text. */
  tokens(text: string): number[];
}
