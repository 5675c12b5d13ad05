/** Can a download host be reached? Asked before any long download, so that 'no' is quick. */

const PROBE_LIMIT_MS = 5_000;

/**
 * @param {string} url any answer, even an error status, counts as reached
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function isReachable(url, env = process.env) {
  // Behind a proxy only the downloader itself knows the way; it has its own limit.
  if (env.HTTPS_PROXY || env.https_proxy) return true;
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
    return true;
  } catch {
    return false;
  }
}
