/**
 * The switches of the window's command line. A packaged program knows its own and refuses every
 * other; in development (and under test drivers, which add debugging switches themselves) the
 * same table only names what is to be noted in the log.
 */

/** Switches that open a door: never accepted by a packaged program. */
export const DANGEROUS_SWITCHES = [
  '--allow-file-access-from-files',
  '--allow-running-insecure-content',
  '--auth-server-whitelist',
  '--disable-features',
  '--disable-site-isolation-trials',
  '--disable-web-security',
  '--enable-blink-features',
  '--enable-features',
  '--enable-logging',
  '--gpu-launcher',
  '--host-resolver-rules',
  '--host-rules',
  '--ignore-certificate-errors',
  '--inspect',
  '--inspect-brk',
  '--inspect-port',
  '--inspect-publish-uid',
  '--js-flags',
  '--load-extension',
  '--log-net-log',
  '--no-sandbox',
  '--no-zygote',
  '--proxy-auto-detect',
  '--proxy-bypass-list',
  '--proxy-pac-url',
  '--proxy-server',
  '--remote-debugging-pipe',
  '--remote-debugging-port',
  '--renderer-cmd-prefix',
  '--renderer-process-limit',
  '--require',
  '--ssl-key-log-file',
  '--unsafely-treat-insecure-origin-as-secure',
  '--user-data-dir',
  '--utility-cmd-prefix',
  '-r',
] as const;
export type DangerousSwitch = (typeof DANGEROUS_SWITCHES)[number];

export interface Verdict {
  /** Names of what a packaged program does not accept; not empty: it must exit. */
  readonly refused: readonly string[];
  /** Names of dangerous switches seen in development. */
  readonly noted: readonly DangerousSwitch[];
  readonly smoke: boolean;
  /** Another folder for the user's data; development and tests only. */
  readonly userData: string | null;
}

/** Judges everything after the name of the executable. */
export function judgeArguments(args: readonly string[], packaged: boolean): Verdict {
  const refused: string[] = [];
  const noted: DangerousSwitch[] = [];
  let smoke = false;
  let userData: string | null = null;

  for (const arg of args) {
    const { name, value } = divide(arg);
    if (arg === '--smoke') {
      smoke = true;
    } else if (packaged) {
      refused.push(name);
    } else if (name === '--user-data-dir' && value !== '') {
      userData = value;
    } else {
      const dangerous = DANGEROUS_SWITCHES.find((known) => known === name);
      if (dangerous !== undefined) noted.push(dangerous);
    }
  }
  return { refused, noted, smoke, userData };
}

/** The switch without its value: Chromium reads case, one dash and (on Windows) a slash alike. */
function divide(arg: string): { name: string; value: string } {
  const equals = arg.indexOf('=');
  const name = equals < 0 ? arg : arg.slice(0, equals);
  const value = equals < 0 ? '' : arg.slice(equals + 1);
  const lower = name.toLowerCase();
  if (/^-[a-z]{2}/.test(lower)) return { name: `-${lower}`, value };
  return { name: lower, value };
}
