import type { ColumnRole, EntityType } from '../../contract/identify.ts';

/**
 * What the name of a column can say of it. `en` is tried on the plain words of the name, `zh` on
 * the same with its Chinese characters; docs/identify.md names the rules by their ids.
 */
export interface NameRule {
  readonly id: string;
  readonly role: ColumnRole;
  readonly type?: EntityType;
  readonly en: RegExp;
  readonly zh?: RegExp;
  /** A number of this kind stands for one person, case or thing: codes that recur are none. */
  readonly numbersOne?: true;
  /** Short names that mean this only among other columns about health. */
  readonly amongHealth?: true;
}

export function fits({ en, zh }: NameRule, words: string): boolean {
  return en.test(words) || (zh?.test(words) ?? false);
}
