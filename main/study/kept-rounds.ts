import { z } from 'zod';
import type { LevelsOfRows } from '../anonymise/generalised.ts';

/** The levels of each round and the round of each row (-1: none), as kept beside a plan. */
export const keptRounds = z.object({
  levels: z.array(z.record(z.string(), z.int().nonnegative())),
  ofRow: z.array(z.int().min(-1)),
});

export function roundsToKeep(rounds: LevelsOfRows | null): z.infer<typeof keptRounds> | null {
  return rounds && { levels: [...rounds.levels], ofRow: [...rounds.ofRow] };
}

export function roundsOf(kept: z.infer<typeof keptRounds> | null): LevelsOfRows | null {
  return kept && { levels: kept.levels, ofRow: Int32Array.from(kept.ofRow) };
}
