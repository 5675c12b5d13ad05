import { randomBytes } from 'node:crypto';
import type { Role } from '../contract/people.ts';
import { deriveKey, KEY_BYTES, unwrapKey, wrapKey } from './aead.ts';
import { canonicalJson } from './canonical.ts';
import type { KeySlot } from './key-file.ts';
import { stretchPassphrase, type StretchCost } from './stretch.ts';

const SALT_BYTES = 16;

export interface SlotOwner {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** Wraps the data key for one person. */
export async function makeSlot(
  vault: string,
  owner: SlotOwner,
  passphrase: string,
  dataKey: Uint8Array,
  cost: StretchCost,
): Promise<KeySlot> {
  const salt = randomBytes(SALT_BYTES);
  const key = await stretchPassphrase(passphrase, salt, cost);
  const slot = { id: owner.id, name: owner.name, role: owner.role, cost };
  try {
    const wrapped = wrapKey(key, dataKey, boundTo(vault, slot));
    return { ...slot, salt: salt.toString('base64'), wrapped: wrapped.toString('base64') };
  } finally {
    key.fill(0);
  }
}

/** The data key, or null when the passphrase is another one or the slot was edited. */
export async function openSlot(
  vault: string,
  slot: KeySlot,
  passphrase: string,
): Promise<Buffer | null> {
  const key = await stretchPassphrase(passphrase, Buffer.from(slot.salt, 'base64'), slot.cost);
  try {
    const dataKey = unwrapKey(key, Buffer.from(slot.wrapped, 'base64'), boundTo(vault, slot));
    return dataKey?.length === KEY_BYTES ? dataKey : null;
  } finally {
    key.fill(0);
  }
}

/**
 * The key under which the person's signing key is sealed: from their passphrase, not from the data
 * key, so that nobody else with a way into the vault can sign for them. The caller zeroes it.
 */
export async function signingSeal(
  vault: string,
  slot: KeySlot,
  passphrase: string,
): Promise<Buffer> {
  const key = await stretchPassphrase(passphrase, Buffer.from(slot.salt, 'base64'), slot.cost);
  try {
    return deriveKey(key, `${vault} ${slot.id}`, 'concord signing 1');
  } finally {
    key.fill(0);
  }
}

/** What the wrapped key vouches for: a role or name edited in the file no longer opens. */
function boundTo(vault: string, slot: SlotOwner & { readonly cost: StretchCost }): Buffer {
  const { id, name, role, cost } = slot;
  return Buffer.from(canonicalJson({ format: 'concord-slot-1', vault, id, name, role, cost }));
}
