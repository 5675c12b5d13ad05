import type { BrowserWindow } from 'electron';

const PATIENCE_MS = 45_000;

/**
 * Resolves true when the window shows its first screen: pages name themselves once they have
 * their answers from the engine, so a title other than the bare page's proves the whole way.
 */
export async function firstScreenShown(
  window: Pick<BrowserWindow, 'on'>,
  engineReady: () => boolean,
): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE_MS);
    window.on('page-title-updated', (_event, title) => {
      if (title === 'Concord' || !engineReady()) return;
      clearTimeout(timer);
      resolve(true);
    });
  });
}
