import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { LANGUAGES, type Language } from '../contract/language.ts';
import { writePrivately } from './private-files.ts';

const stored = z.strictObject({ language: z.enum(LANGUAGES) });

/** What is remembered outside the vault, because it is needed before unlocking. */
export class Settings {
  readonly #file: string;
  #language: Language;

  /** @param systemLanguage what the system prefers, for the first start (BCP 47) */
  constructor(file: string, systemLanguage: string) {
    this.#file = file;
    this.#language = read(file) ?? languageOfSystem(systemLanguage);
  }

  get language(): Language {
    return this.#language;
  }

  setLanguage(language: Language): void {
    this.#language = language;
    writePrivately(this.#file, `${JSON.stringify({ language })}\n`);
  }
}

/** Null where nothing readable is stored: a damaged settings file is no reason to stop. */
function read(file: string): Language | null {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8'))).language;
  } catch {
    return null;
  }
}

function languageOfSystem(tag: string): Language {
  return /^zh\b/i.test(tag) ? 'zh-CN' : 'en';
}
