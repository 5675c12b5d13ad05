import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/**
 * Three builds for the window. Targets are the common subset of the current and the older
 * runtime: Node 18 and Chromium 114, and CommonJS for what Electron itself loads. The engine and
 * the command line are built apart.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('main/shell/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('main/shell/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [svelte({ configFile: false })],
    build: {
      target: 'chrome114',
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      minify: true,
      rolldownOptions: { input: { index: resolve('renderer/index.html') } },
    },
  },
});
