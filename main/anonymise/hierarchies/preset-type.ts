import type { PresetKind } from '../../contract/hierarchy-kinds.ts';
import type { Language } from '../../contract/language.ts';
import type { ColumnValues } from './values.ts';

/** The labels of a value between itself and the root, fine to coarse; null where it is unknown. */
export type Place = (value: string) => readonly string[] | null;

/** A ready-made hierarchy of a public classification. */
export interface Preset {
  readonly kind: PresetKind;
  /** Labels between value and root. */
  readonly levels: number;
  /** Names of columns that may hold such values. */
  readonly named: RegExp;
  /** Whether values that fit need no such name: words do, short codes may be of something else. */
  sure(values: ColumnValues): boolean;
  place(language: Language): Place;
}

/** A name in both languages. */
export interface Named {
  readonly en: string;
  readonly zh: string;
}

export function nameIn({ en, zh }: Named, language: Language): string {
  return language === 'en' ? en : zh;
}

/** Letters and figures of a word, so that 'HS-grad' and 'hs grad' are one. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether most of the different values are words rather than figures. */
export function inWords({ texts }: ColumnValues): boolean {
  const words = texts.filter((text) => /\p{L}{2}|\p{Script=Han}/u.test(text));
  return words.length * 2 > texts.length;
}
