import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import type { ImportedEncoder, ReadImport } from '../learning/encoder/import-encoder.ts';
import { encoderManifest, type EncoderSource } from '../learning/encoder/manifest.ts';
import type { EncoderStore } from '../learning/encoder/open-encoder.ts';

const MANIFEST = 'manifest.json';

/** Where the command line keeps imported encoders: the user's data, by the custom of the system. */
export function usualEncoderFolder(env: NodeJS.ProcessEnv = process.env): string {
  const data =
    process.platform === 'win32'
      ? (env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Application Support')
        : (env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'));
  return join(data, 'concord', 'encoders');
}

/** Reads the files of a folder that an encoder is imported from; links are not followed. */
export function readImportFrom(folder: string): ReadImport {
  return async (path, limit) => {
    const file = join(folder, path);
    try {
      const facts = await lstat(file);
      if (!facts.isFile()) return null;
      if (facts.size > limit) return 'too-large';
      const bytes = await readFile(file);
      return bytes.length > limit ? 'too-large' : bytes;
    } catch {
      return null;
    }
  };
}

/** Imported encoders as folders of a folder: their files and `manifest.json` with the hashes. */
export class EncoderFolder implements EncoderStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Folders without a readable manifest are passed over. */
  async sources(): Promise<readonly EncoderSource[]> {
    if (!existsSync(this.#folder)) return [];
    const names = await readdir(this.#folder).catch(() => []);
    const found = await Promise.all(names.toSorted().map((name) => this.#source(name)));
    return found.filter((source) => source !== null);
  }

  /**
   * Written beside and renamed: a crash leaves no half encoder. @throws ENCODER_EXISTS {encoder}
   * unless `force`; OUTPUT_UNWRITABLE {file}
   */
  async keep({ manifest, files }: ImportedEncoder, force = false): Promise<void> {
    const { id } = manifest.description;
    const target = join(this.#folder, id);
    if (existsSync(target) && !force) throw new ConcordError('ENCODER_EXISTS', { encoder: id });
    const partial = `${target}.partial-${process.pid}`;
    try {
      await mkdir(partial, { recursive: true });
      for (const [path, bytes] of files) await writeFile(join(partial, path), bytes);
      await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
      await rm(target, { recursive: true, force: true });
      await rename(partial, target);
    } catch {
      await rm(partial, { recursive: true, force: true }).catch(() => undefined);
      throw new ConcordError('OUTPUT_UNWRITABLE', { file: basename(target) });
    }
  }

  async #source(name: string): Promise<EncoderSource | null> {
    const folder = join(this.#folder, name);
    try {
      const text = await readFile(join(folder, MANIFEST), 'utf8');
      const manifest = encoderManifest.parse(JSON.parse(text));
      if (manifest.description.id !== name) return null;
      return { manifest, read: (path) => readFile(join(folder, path)).catch(() => null) };
    } catch {
      return null;
    }
  }
}
