import type { Language } from '../contract/language.ts';
import type { Control } from '../study/context.ts';
import type { Arguments, CommandForm } from './arguments.ts';

/** The surroundings of a command: its language, where words for people go, how it is stopped. */
export interface Surroundings extends Control {
  readonly language: Language;
  /** Words for people, on stderr. */
  say(line: string): void;
}

export interface Command {
  readonly form: CommandForm;
  /** The one JSON object of the answer; `lines` are for people instead of it. */
  run(given: Arguments, around: Surroundings): Promise<CommandAnswer>;
}

export interface CommandAnswer {
  readonly json: object;
  readonly lines?: readonly string[];
}
