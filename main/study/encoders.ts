import { ConcordError } from '../contract/errors.ts';
import type { EncoderState, EncoderView } from '../contract/encoders.ts';
import { BUNDLED_ENCODER } from '../contract/text-models.ts';
import { importEncoder } from '../learning/encoder/import-encoder.ts';
import { loadEncoder } from '../learning/encoder/loaded-encoder.ts';
import { encoderManifest, readChecked, type EncoderSource } from '../learning/encoder/manifest.ts';
import { allEncoders, findEncoder, type EncoderStore } from '../learning/encoder/open-encoder.ts';
import { selfCheck } from '../learning/encoder/self-check.ts';
import type { Vault } from '../vault/index.ts';
import type { Context } from './context.ts';
import { readImportFrom } from './encoder-folder.ts';

/** What an encoder is, without looking at its files. */
export function encoderFacts({ manifest }: Pick<EncoderSource, 'manifest'>): EncoderFacts {
  const { id, name, language, dimensions, licence, provenance } = manifest.description;
  return {
    ...{ id, name, dimensions, licence, provenance },
    languages: language === 'mul' ? [] : [language],
    bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
    bundled: id === BUNDLED_ENCODER,
  };
}

type EncoderFacts = Omit<EncoderView, 'state' | 'checked'>;

/** The encoder with what a check finds: every file against its hash, then a few sentences. */
export async function checkedEncoder(source: EncoderSource): Promise<EncoderView> {
  const state = await stateOf(async () => {
    const encoder = await loadEncoder(source);
    try {
      await selfCheck(encoder, source.manifest.description.graph);
    } finally {
      encoder.dispose();
    }
  });
  return { ...encoderFacts(source), state, checked: new Date().toISOString() };
}

async function stateOf(check: () => Promise<unknown>): Promise<EncoderState> {
  try {
    await check();
    return 'ready';
  } catch (error) {
    if (!(error instanceof ConcordError)) throw error;
    if (error.code === 'ENCODER_MISSING') return 'missing';
    if (error.code === 'ENCODER_ALTERED') return 'altered';
    return 'unavailable';
  }
}

/** The encoders kept in a vault. */
export function vaultEncoders(vault: Vault): EncoderStore {
  return {
    sources: () =>
      Promise.resolve(
        vault.encoders.list().map(({ id, manifest }): EncoderSource => ({
          manifest: encoderManifest.parse(JSON.parse(manifest)),
          read: (path) => Promise.resolve(vault.encoders.read(id, path)),
        })),
      ),
  };
}

/** The answers to the window's calls about encoders. */
export const encoderAnswers = {
  list: async (_: unknown, { vault }: Context) => {
    const kept = new Map(vault.encoders.list().map((encoder) => [encoder.id, encoder]));
    const views = (await allEncoders([vaultEncoders(vault)])).map(
      async (source): Promise<EncoderView> => {
        const facts = encoderFacts(source);
        const { state, checked } = kept.get(facts.id) ?? {
          state: await stateOf(() => readChecked(source)),
          checked: null,
        };
        return { ...facts, state, checked };
      },
    );
    return { encoders: await Promise.all(views) };
  },
  import: async ({ ticket }: { ticket: string }, context: Context) => {
    const { vault } = context;
    const { manifest, files } = await importEncoder(readImportFrom(context.file(ticket)));
    const { id } = manifest.description;
    vault.encoders.keep(id, JSON.stringify(manifest), files);
    const { state, checked } = vault.encoders.list().find((kept) => kept.id === id)!;
    return { encoder: { ...encoderFacts({ manifest }), state, checked } };
  },
  check: async ({ encoder }: { encoder: string }, { vault }: Context) => {
    const view = await checkedEncoder(await findEncoder(encoder, [vaultEncoders(vault)]));
    vault.encoders.mark(encoder, view.state);
    return { encoder: view };
  },
  remove: ({ encoder }: { encoder: string }, { vault }: Context) => {
    vault.encoders.remove(encoder);
    return {};
  },
};
