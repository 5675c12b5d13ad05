/** Without use for this many minutes the vault is locked; a person chooses among these. */
export const IDLE_MINUTES = [1, 2, 5, 10, 15, 30] as const;
export type IdleMinutes = (typeof IDLE_MINUTES)[number];
export const DEFAULT_IDLE_MINUTES: IdleMinutes = 10;
