/**
 * Starts everything from a fresh clone with nothing but a system Node (20 or newer) and npm:
 * each command first sets up what it needs. No dependency may be imported here or below.
 */
import { say, SetupError } from './say.mjs';

const COMMANDS = {
  demo: async (args) => (await import('./concord.mjs')).concord(['demo', ...args]),
  concord: async (args) => (await import('./concord.mjs')).concord(args),
  start: async (args) => (await import('./start.mjs')).start(args),
  test: async (args) => (await import('./test.mjs')).test(args, { long: false }),
  'test:long': async (args) => (await import('./test.mjs')).test(args, { long: true }),
  'test:rules': async (args) => (await import('./rules.mjs')).rules(args),
  'bench:records': async (args) => (await import('./bench-records.mjs')).benchRecords(args),
  'bench:window': async () => (await import('./bench-window.mjs')).benchWindow(),
  lint: async (args) => (await import('./lint.mjs')).lint(args),
  setup: async () => {
    const { setUp } = await import('./setup.mjs');
    const { missingPackages } = await setUp({ tensorflow: true, window: true, insist: true });
    say('set-up is complete');
    return missingPackages.length > 0 ? 1 : 0;
  },
  build: async () => {
    await (await import('./setup.mjs')).setUp({});
    const { BUILDS, ensureBuilt } = await import('./build.mjs');
    await ensureBuilt(BUILDS.engine);
    await ensureBuilt(BUILDS.window);
    return 0;
  },
};

async function main([name, ...args]) {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    say(`Node 20 or newer is needed to start (this is ${process.versions.node})`);
    return 2;
  }
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (!command) {
    say(`usage: node scripts/run.mjs ${Object.keys(COMMANDS).join('|')} [arguments]`);
    return 2;
  }
  try {
    return await command(args);
  } catch (error) {
    say(error instanceof SetupError ? error.message : error.stack);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
