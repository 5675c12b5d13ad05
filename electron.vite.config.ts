import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/**
 * The window, for the common subset of the official runtime and the older stand-in: CommonJS for
 * Node 18 outside, Chromium 114 inside. Everything is bundled, so that the sandboxed preload asks
 * for nothing but `electron`.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node18',
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'main/shell/index.ts' },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name].cjs',
        },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'main/shell/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [svelte()],
    build: {
      target: 'chrome114',
      outDir: 'out/renderer',
      rolldownOptions: { input: { index: 'renderer/index.html' } },
    },
  },
});
