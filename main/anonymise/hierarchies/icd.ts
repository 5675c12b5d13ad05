import list from '../../../resources/presets/icd.json' with { type: 'json' };
import type { Language } from '../../contract/language.ts';
import { nameIn, type Named, type Preset } from './preset-type.ts';
import type { ColumnValues } from './values.ts';

/** As written: 'I25.1', 'I251', 'I25.103', with the dagger or asterisk of the standard. */
const ICD10 = /^([A-Z]\d[0-9AB])(?:\.?[0-9A-Z]{1,4})?(?:\.?x\d{0,3})?[†*+]?$/iu;
/** '250.83', 'V57', 'E849.0'; figures lose leading zeros in a table: '8.45' is 008.45. */
const ICD9 = /^(?:(\d{1,3})|(V\d{2})|(E\d{3}))(?:\.\d{0,2})?$/iu;
const NAMED = /diag|icd|disease|诊断|疾病|病因|死因/iu;

interface Chapter extends Named {
  readonly from: string;
  readonly to: string;
}

function chapterName(chapter: Chapter, language: Language): string {
  const range = `${chapter.from}-${chapter.to}`;
  const name = nameIn(chapter, language);
  return language === 'en' ? `${name} (${range})` : `${name}（${range}）`;
}

function within<C extends Chapter>(chapters: readonly C[], category: string): C | undefined {
  return chapters.find(
    ({ from, to }) => category.length === from.length && from <= category && category <= to,
  );
}

/** A block of a chapter by its range, as 'I20-I25'; the whole chapter where it has none. */
function blockOf(chapter: Chapter & { readonly blocks: string }, category: string): string {
  const blocks = chapter.blocks.split(' ');
  const block = blocks.find((range) => {
    const [from = '', to = ''] = range.split('-');
    return from <= category && category <= to;
  });
  return block ?? `${chapter.from}-${chapter.to}`;
}

/** Value, category of three characters, block, chapter. */
export const icd10: Preset = {
  kind: 'icd-10',
  levels: 3,
  named: NAMED,
  // 'A43' alone may be anything; 'A43.1' over several chapters is not.
  sure: ({ texts }) =>
    texts.some((text) => ICD10.test(text) && text.includes('.')) &&
    new Set(texts.map((text) => text.charAt(0))).size >= 3,
  place: (language) => (value) => {
    const category = ICD10.exec(value.trim())?.[1]?.toUpperCase();
    const chapter = category === undefined ? undefined : within(list.chapters10, category);
    if (category === undefined || chapter === undefined) return null;
    return [category, blockOf(chapter, category), chapterName(chapter, language)];
  },
};

/** Value, category, chapter; the figures of other things look the same, so the name must say it. */
export const icd9: Preset = {
  kind: 'icd-9',
  levels: 2,
  named: NAMED,
  sure: (_: ColumnValues) => false,
  place: (language) => (value) => {
    const [, figures, v, e] = ICD9.exec(value.trim()) ?? [];
    const category = figures?.padStart(3, '0') ?? (v ?? e)?.toUpperCase();
    const chapter = category === undefined ? undefined : within(list.chapters9, category);
    return category === undefined || chapter === undefined
      ? null
      : [category, chapterName(chapter, language)];
  },
};
