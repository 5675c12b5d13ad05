import type { Language } from '../contract/language.ts';
import * as en from './en/index.ts';
import * as zh from './zh/index.ts';

export type Words = typeof en;

const ALL: { readonly [language in Language]: Words } = { en, 'zh-CN': zh };

/** Every sentence a person reads, in one language. */
export function words(language: Language): Words {
  return ALL[language];
}
