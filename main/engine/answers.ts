import type { z } from 'zod';
import type { Call } from '../contract/call.ts';
import type { Contract } from '../contract/index.ts';

/** What a request's function is handed besides its input. */
type AnswerOf<C, Given> =
  C extends Call<infer Input, infer Output>
    ? (input: z.output<Input>, given: Given) => z.input<Output> | Promise<z.input<Output>>
    : never;

/** One function per call of a group; a call without its function does not compile. */
export type AnswersOf<G extends keyof Contract, Given> = {
  readonly [N in keyof Contract[G]]: AnswerOf<Contract[G][N], Given>;
};
