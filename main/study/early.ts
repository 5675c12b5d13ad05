import type { EarlyBytes, Vault } from '../vault/index.ts';

type Write = (bytes: Uint8Array) => Promise<EarlyBytes>;

/**
 * Lends a way to write the bytes of large artefacts ahead of the transaction that keeps them: in
 * short pieces, between which the engine hears a wish to cancel. What `work` has written and not
 * kept when it fails is deleted. @throws CANCELLED and what `work` throws
 */
export async function withEarly<T>(
  vault: Vault,
  study: string,
  signal: AbortSignal,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  const written: EarlyBytes[] = [];
  try {
    return await work(async (bytes) => {
      const early = await vault.artefacts.early.write(study, bytes, signal);
      written.push(early);
      return early;
    });
  } catch (error) {
    for (const early of written) await vault.artefacts.early.discard(early);
    throw error;
  }
}
