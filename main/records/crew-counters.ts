/*
 * Places in the counters that all threads share. A thread sleeps on the bell, and reads what it is
 * told without its event loop; it answers only when the scanner waits, whose event loop is then not
 * woken after every batch of every thread.
 */
/** Grows with everything that the threads are told. */
export const BELL = 0;
/** The number of batches that the scanner waits for: who has taken them says so. */
export const WANTED = 1;
/** From here on, the number of batches that each thread has taken. */
export const TAKEN = 2;
