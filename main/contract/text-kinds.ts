/** Kinds that read free text; all others read columns of a table only. */
export const TEXT_KINDS = ['bag', 'recurrent', 'attention', 'encoder-head'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

export const isTextKind = (kind: string): kind is TextKind =>
  (TEXT_KINDS as readonly string[]).includes(kind);

/** Of a trained model: some are kinds of their own in the model's file. */
export const readsText = (kind: string): boolean =>
  isTextKind(kind) || ['tuned-encoder', 'word-counts', 'tagger'].includes(kind);

/**
 * What of a pre-trained encoder is trained with the head: nothing, its biases (BitFit: Ben Zaken et
 * al. 2022), low-rank additions to its products (LoRA: Hu et al. 2021), or all of it.
 */
export const TUNES = ['head', 'biases', 'low-rank', 'all'] as const;
export type Tune = (typeof TUNES)[number];

/** The encoder that comes with the program. */
export const BUNDLED_ENCODER = 'use-lite-en';

/** Of a sample of texts: one language in most of them, both, another, or no letters at all. */
export const TEXT_LANGUAGES = ['en', 'zh', 'mixed', 'other', 'none'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** Spans into which the texts of a record are cut to explain an answer, at most. */
export const MOST_SPANS = 30;
/** Characters of a text that is explained, at most. */
export const MOST_LETTERS = 20_000;
