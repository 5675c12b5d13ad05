/** A line or a paragraph of a condition or a reason, in the words of the reviewer. */
export const SIGN_OFF_CHARACTERS = 1000;
/** So many conditions, or reasons, at the most. */
export const SIGN_OFF_LINES = 50;
