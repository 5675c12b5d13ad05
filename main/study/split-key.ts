import { hkdfSync } from 'node:crypto';
import type { SplitPlan } from '../contract/split.ts';
import type { Vault } from '../vault/index.ts';

const KEY_BYTES = 32;

/**
 * The key under which a study's records are drawn into parts, as text, where the split asks for it:
 * the same as long as the study lives, and nowhere outside the vault. So nobody outside can work
 * out in which part a record stands.
 */
export function splitKeyFor(vault: Vault, study: string, split: SplitPlan): string | undefined {
  if (!('key' in split) || split.key === undefined) return undefined;
  return vault.studies.withKey(study, (key) =>
    Buffer.from(hkdfSync('sha256', key, study, 'concord split 1', KEY_BYTES)).toString('hex'),
  );
}
