import type { Session } from './session.svelte.ts';

const SIGNS = ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const;
const SAY_EVERY_MS = 5000;
/** After this long without typing the answers are saved: an idle lock must lose nothing. */
const PAUSE_MS = 2000;

/** Tells the shell that somebody is there, and saves answers when typing pauses. */
export function watchPresence(session: Session): () => void {
  let said = -Infinity;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const sign = (): void => {
    if (!session.unlocked || performance.now() - said < SAY_EVERY_MS) return;
    said = performance.now();
    // Where it cannot be said there is no vault open either.
    session.client.app.active({}).catch(() => undefined);
  };
  const typed = (): void => {
    clearTimeout(pause);
    pause = setTimeout(() => session.saveDrafts(), PAUSE_MS);
  };
  for (const name of SIGNS) window.addEventListener(name, sign, { passive: true });
  window.addEventListener('input', typed);
  return () => {
    clearTimeout(pause);
    for (const name of SIGNS) window.removeEventListener(name, sign);
    window.removeEventListener('input', typed);
  };
}
