import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/**
 * The engine and the command line, for Node 22 and newer. Dependencies stay in node_modules; only
 * Svelte is compiled in, because reports draw the same components as the window.
 */
export default defineConfig({
  publicDir: false,
  plugins: [svelte({ configFile: false })],
  ssr: { noExternal: ['svelte', 'esm-env', 'clsx', 'devalue'] },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'out/engine',
    // A running engine may still load chunks of the build before.
    emptyOutDir: false,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        cli: 'main/cli.ts',
        engine: 'main/engine/index.ts',
        // Threads: found by name (main/records/worker-file.ts).
        'import-worker': 'main/study/import-worker.ts',
        'leak-worker': 'main/study/leak-worker.ts',
        'repair-worker': 'main/study/repair-worker.ts',
        'train-worker': 'main/study/train-worker.ts',
        'figures-worker': 'main/study/figures-worker.ts',
        'noise-worker': 'main/privacy/noise-worker.ts',
        'column-worker': 'main/records/column-worker.ts',
        'parquet-worker': 'main/records/parquet/parquet-worker.ts',
      },
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    },
  },
});
