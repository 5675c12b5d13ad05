/** Guard of packaging: only the official Electron runtime may reach users. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { say } from './say.mjs';
import { electronRuntime } from './setup/electron.mjs';

/**
 * @param {ReturnType<typeof electronRuntime>} runtime
 * @returns {string|undefined} why nothing may be packaged with it
 */
export function packagingRefusal(runtime) {
  if ('missing' in runtime) return `there is no Electron runtime to package: ${runtime.missing}`;
  if (runtime.official) return undefined;
  return (
    `Electron ${runtime.version} is a stand-in for development and tests: it is out of support and ` +
    'must not reach users. Provide the official runtime (ELECTRON_MIRROR or ' +
    'ELECTRON_OVERRIDE_DIST_PATH), run npm run setup, then repeat'
  );
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const refusal = packagingRefusal(electronRuntime());
  say(
    refusal ?? 'this runtime may be packaged; building installers is not part of this version yet',
  );
  process.exitCode = refusal ? 1 : 0;
}
