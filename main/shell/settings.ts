import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEFAULT_IDLE_MINUTES, IDLE_MINUTES, type IdleMinutes } from '../contract/idle.ts';
import { LANGUAGES, type Language } from '../contract/language.ts';
import { writePrivately } from './private-files.ts';

const stored = z.strictObject({
  language: z.enum(LANGUAGES),
  idleMinutes: z.literal(IDLE_MINUTES).default(DEFAULT_IDLE_MINUTES),
});
type Stored = z.output<typeof stored>;

/**
 * What is remembered outside the vault, because it is needed before unlocking, or when nobody can
 * be asked any more. Whoever edits the file gets no vault that stays open: half an hour is the most.
 */
export class Settings {
  readonly #file: string;
  #stored: Stored;

  /** @param systemLanguage what the system prefers, for the first start (BCP 47) */
  constructor(file: string, systemLanguage: string) {
    this.#file = file;
    this.#stored = read(file) ?? {
      language: languageOfSystem(systemLanguage),
      idleMinutes: DEFAULT_IDLE_MINUTES,
    };
  }

  get language(): Language {
    return this.#stored.language;
  }

  get idleMinutes(): IdleMinutes {
    return this.#stored.idleMinutes;
  }

  setLanguage(language: Language): void {
    this.#keep({ language });
  }

  setIdleMinutes(minutes: IdleMinutes): void {
    this.#keep({ idleMinutes: minutes });
  }

  #keep(change: Partial<Stored>): void {
    this.#stored = { ...this.#stored, ...change };
    writePrivately(this.#file, `${JSON.stringify(this.#stored)}\n`);
  }
}

/** Null where nothing readable is stored: a damaged settings file is no reason to stop. */
function read(file: string): Stored | null {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function languageOfSystem(tag: string): Language {
  return /^zh\b/i.test(tag) ? 'zh-CN' : 'en';
}
