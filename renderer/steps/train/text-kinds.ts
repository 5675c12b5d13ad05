import type { EncoderView } from '../../../main/contract/encoders.ts';
import { isTextKind, type TextLanguage } from '../../../main/contract/text-kinds.ts';
import type { TrainAnswers as Answers } from '../../../main/contract/train-draft.ts';

/** What is known of the texts and of the encoders on this computer. */
export interface TextFacts {
  readonly languages: readonly { readonly column: string; readonly language: TextLanguage }[];
  readonly encoders: readonly EncoderView[];
}

export const NO_TEXT_FACTS: TextFacts = { languages: [], encoders: [] };

/** The language of several columns together. */
export function languageOf(columns: readonly string[], { languages }: TextFacts): TextLanguage {
  const found = new Set(
    languages.filter(({ column }) => columns.includes(column)).map(({ language }) => language),
  );
  found.delete('none');
  const [only = 'none'] = found;
  if (found.size <= 1) return only;
  return found.has('other') ? 'other' : 'mixed';
}

/** Whether an encoder reads such texts; of a language that is not told, one that knows others may. */
export function knows(encoder: EncoderView, language: TextLanguage): boolean {
  // 'zh-Hans' is Chinese.
  const languages = encoder.languages.map((tag) => tag.toLowerCase().split('-')[0]);
  if (languages.length === 0 || language === 'none') return true;
  if (language === 'mixed') return languages.includes('en') && languages.includes('zh');
  if (language === 'other') return languages.some((one) => one !== 'en' && one !== 'zh');
  return languages.includes(language);
}

/** Encoders that can be chosen for such texts: where the language is not told, the person may know. */
export function usable(
  { encoders }: TextFacts,
  language: TextLanguage,
  tags = false,
): readonly EncoderView[] {
  // Words are read by their pieces, which are those of the program's own encoder.
  return encoders
    .filter((one) => one.bundled || !tags)
    .filter((one) => one.state === 'ready' && (language === 'other' || knows(one, language)));
}

type Choice = Pick<Answers, 'kind' | 'encoder'>;

/** What is proposed: a reader that knows the language, those that know only it first; else a bag. */
export function proposedFor(columns: readonly string[], facts: TextFacts, tags = false): Choice {
  const language = languageOf(columns, facts);
  const [first] = usable(facts, language, tags)
    .filter((one) => knows(one, language))
    .sort((a, b) => (a.languages.length || Infinity) - (b.languages.length || Infinity));
  return first === undefined
    ? { kind: 'bag', encoder: '' }
    : { kind: 'encoder-head', encoder: first.id };
}

/** How texts are cut: a model that need not know both scripts is half as large. */
export function tokensFor(columns: readonly string[], facts: TextFacts): Answers['tokens'] {
  const language = languageOf(columns, facts);
  return language === 'en' ? 'words' : language === 'zh' ? 'characters' : 'mixed';
}

/** A reader of which more than the end is trained reads texts and no columns of a table beside them. */
export function readsAlone({ kind, tune }: Pick<Answers, 'kind' | 'tune'>): boolean {
  return kind === 'encoder-head' && tune !== 'head';
}

/** Whether a choice fits texts of these columns. */
export function fits(
  { kind, encoder }: Choice,
  columns: readonly string[],
  facts: TextFacts,
  tags = false,
): boolean {
  if (!isTextKind(kind)) return false;
  const language = languageOf(columns, facts);
  if (kind === 'encoder-head')
    return usable(facts, language, tags).some(({ id }) => id === encoder);
  return !tags || kind === 'bag';
}
