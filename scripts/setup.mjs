/** What each command needs of the machine, and the order in which it is brought there. */
import path from 'node:path';
import { withLock } from './lock.mjs';
import { machineCache, STATE } from './paths.mjs';
import { dependencyProblem, ensureDependencies } from './setup/dependencies.mjs';
import { electronSettled, ensureElectron } from './setup/electron.mjs';
import { ensureSystem } from './setup/system.mjs';
import { ensureTensorflow, tensorflowSettled } from './setup/tensorflow.mjs';

/**
 * @typedef {{tensorflow?: boolean, window?: boolean, insist?: boolean}} Needs
 *   insist: also try again what failed before and was worked around
 */

/**
 * Sets up what is needed and missing; when nothing is, takes no lock and touches no network.
 * @param {Needs} needs
 * @returns {Promise<{missingPackages: string[]}>}
 */
export async function setUp(needs) {
  if (!isSettled(needs)) {
    await withLock(path.join(STATE, 'lock'), 'set-up', async () => {
      await ensureDependencies();
      // Large downloads are shared by all checkouts: one fetches, the others find them.
      await withLock(path.join(machineCache(), 'lock'), "this machine's downloads", async () => {
        if (needs.tensorflow) await ensureTensorflow({ insist: needs.insist ?? false });
        if (needs.window) await ensureElectron({ insist: needs.insist ?? false });
      });
    });
  }
  return { missingPackages: needs.window ? await ensureSystem() : [] };
}

function isSettled(needs) {
  if (needs.insist || dependencyProblem()) return false;
  if (needs.tensorflow && !tensorflowSettled(false)) return false;
  return !needs.window || electronSettled();
}
