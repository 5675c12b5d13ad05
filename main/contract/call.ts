import type { z } from 'zod';
import type { Role } from './people.ts';

/**
 * One declaration per call. `at` says who answers (the shell of the window, or the engine);
 * `who` who may ask: 'anyone' before unlocking, else the roles that may.
 */
export interface Call<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly at: 'shell' | 'engine';
  readonly who: 'anyone' | readonly Role[];
  readonly input: Input;
  readonly output: Output;
}

export function call<Input extends z.ZodType, Output extends z.ZodType>(
  declaration: Call<Input, Output>,
): Call<Input, Output> {
  return declaration;
}
