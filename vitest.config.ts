import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { svelte } from '@sveltejs/vite-plugin-svelte';

/** What V8 made of the sources is kept for the many threads and processes that run them again. */
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '.cache', 'test', 'compiled');

/*
 * Threads of the sources are stripped of their types by machine code that calls back into JavaScript. Once
 * such a call is compiled anew in several threads at a time, V8 13.6 may end the process ("Check failed:
 * jit_page.has_value()", WasmImportWrapperCache::Free). What is built has no types to strip.
 */
const NO_NEW_WRAPPERS = ['--wasm-wrapper-tiering-budget=1000000000'];

/** Unit, vector and fault tests run in Node; renderer tests in a light DOM. */
export default defineConfig({
  test: {
    // One worker less than there are cores would leave half of two idle.
    maxWorkers: '100%',
    projects: [
      {
        plugins: [svelte()],
        test: {
          name: 'engine',
          environment: 'node',
          include: ['test/unit/**/*.test.ts', 'test/vectors/**/*.test.ts'],
          exclude: ['test/unit/renderer/**'],
          pool: 'forks',
          isolate: false,
          execArgv: NO_NEW_WRAPPERS,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['test/unit/renderer/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          environment: 'node',
          include: ['test/faults/**/*.test.ts'],
          pool: 'forks',
          execArgv: NO_NEW_WRAPPERS,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
