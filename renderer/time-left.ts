import type { SecondsLeft } from '../main/contract/job.ts';
import { showNumber } from './formats.ts';
import type { Session } from './session.svelte.ts';

/** Hours from here on: "100 minutes" is still thought in, "150 minutes" is not. */
const HOURS_FROM = 7200;

/** A range in whole minutes or hours: nobody can use seconds, and nobody can promise them. */
export function timeLeft({ from, to }: SecondsLeft, { words, tag }: Session): string {
  const w = words.screens.parts;
  if (to < 60) return w.leftSoon;
  const [unit, range] =
    to < HOURS_FROM ? ([60, w.leftMinutes] as const) : ([3600, w.leftHours] as const);
  const low = Math.max(1, Math.floor(from / unit));
  const high = Math.max(low, Math.ceil(to / unit));
  return range(showNumber(low, tag), showNumber(high, tag), high);
}
