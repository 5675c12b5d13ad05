import type { Language } from '../../../main/contract/language.ts';
import type { ReportDocument } from '../../../main/contract/review-calls.ts';
import { words } from '../../../main/words/index.ts';

/** The documents of a reviewed model, in the order in which they are offered. */
export const DOCUMENTS: readonly ReportDocument[] = ['report', 'model-card'];

/** Each language by its own name, so that it is found by who cannot read the other. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  'zh-CN': '中文',
};

const LONGEST_STUDY = 60;

/** A name for the file of a document, in the document's language, that every system takes. */
export function fileNameFor(
  study: string,
  what: ReportDocument,
  language: Language,
  ending: 'html' | 'pdf',
  now = new Date(),
): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const short = [...study].slice(0, LONGEST_STUDY).join('');
  const name = words(language).review.fileName(short, what, day);
  const plain = name
    .replace(/[\p{Cc}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return `${plain.replace(/^\.+/u, '')}.${ending}`;
}
