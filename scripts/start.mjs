/** The window, from the checkout. */
import { BUILDS, ensureBuilt } from './build.mjs';
import { foreground } from './child.mjs';
import { ROOT } from './paths.mjs';
import { say, SetupError } from './say.mjs';
import { electronRuntime } from './setup/electron.mjs';
import { setUp } from './setup.mjs';

const SMOKE_LIMIT_MS = 60_000;

/**
 * How to start the window on this machine.
 * @param {{executable: string, root: string, args: string[], display: boolean, superuser: boolean}} machine
 * @returns {{command: string, args: string[]}|{refused: string}}
 */
export function windowCommand({ executable, root, args, display, superuser }) {
  // Chromium's sandbox refuses to run as root; as any other user it stays on.
  const own = [...(superuser ? ['--no-sandbox'] : []), root, ...args];
  if (display) return { command: executable, args: own };
  if (args.includes('--smoke')) {
    return { command: 'xvfb-run', args: ['-a', executable, ...own] };
  }
  return {
    refused:
      'there is no display (DISPLAY is not set). Start it in a desktop session, ' +
      'or check that it opens with: npm start -- --smoke',
  };
}

export const hasDisplay = (env = process.env) =>
  process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** @param {string[]} args @returns {Promise<number>} */
export async function start(args) {
  const smoke = args.includes('--smoke');
  const { missingPackages } = await setUp({ tensorflow: true, window: true });
  if (missingPackages.length > 0) {
    throw new SetupError(`the window cannot open without: ${missingPackages.join(' ')}`);
  }
  const runtime = electronRuntime();
  if ('missing' in runtime) throw new SetupError(runtime.missing);
  await ensureBuilt(BUILDS.engine);
  await ensureBuilt(BUILDS.window);
  const plan = windowCommand({
    executable: runtime.path,
    root: ROOT,
    args,
    display: hasDisplay(),
    superuser: process.getuid?.() === 0,
  });
  if ('refused' in plan) throw new SetupError(plan.refused);
  const code = await foreground(plan.command, plan.args, {
    cwd: ROOT,
    ...(smoke ? { timeout: SMOKE_LIMIT_MS, onTimeout: sayTooSlow } : {}),
  });
  if (smoke && code === 0) say('the window opened, showed its first screen and closed');
  return code;
}

const sayTooSlow = () => say(`the window did not finish within ${SMOKE_LIMIT_MS / 1000} s: ended`);
