import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { personName, role } from '../contract/people.ts';
import { writeWhole } from './safe-write.ts';
import { stretchCost } from './stretch.ts';

/** The newest form of the key file this program knows: with a recovery sheet's way in. */
export const KEY_FILE_VERSION = 2;
const WITHOUT_RECOVERY = 1;

const base64 = z.base64().max(1024);

/** One person's way in: the vault's data key, wrapped by what their passphrase gives. */
export const keySlot = z.strictObject({
  id: z.uuid(),
  name: personName,
  role,
  cost: stretchCost,
  salt: base64,
  wrapped: base64,
});
export type KeySlot = z.infer<typeof keySlot>;

const keyFileBody = z.strictObject({
  format: z.literal('concord-keys'),
  version: z.union([z.literal(WITHOUT_RECOVERY), z.literal(KEY_FILE_VERSION)]),
  vault: z.uuid(),
  generation: z.int().positive(),
  slots: z.array(keySlot).min(1).max(1000),
  /** Opened by the code of the recovery sheet, as the steward who made it. */
  recovery: keySlot.optional(),
});
export type KeyFile = z.infer<typeof keyFileBody>;

/** The oldest form that holds what this body holds: earlier programs read as much as they can. */
export function versionFor(recovery: KeySlot | undefined): KeyFile['version'] {
  return recovery === undefined ? WITHOUT_RECOVERY : KEY_FILE_VERSION;
}

export function keyFileOf(file: string): string {
  return `${file}.keys`;
}

/**
 * Two equal lines, each a SHA-256 and the JSON it is of, an empty line between: a torn write or a
 * damaged byte, wherever it is, spares one of them.
 */
export function encodeKeyFile(body: KeyFile): string {
  const json = JSON.stringify(body);
  const line = `${checksum(json)} ${json}\n`;
  return `${line}\n${line}`;
}

export function writeKeyFile(file: string, body: KeyFile, beside?: string): void {
  writeWhole(keyFileOf(file), encodeKeyFile(body), beside);
}

export interface ReadKeyFile {
  readonly body: KeyFile;
  /** False when one of the two copies was lost; the next write mends it. */
  readonly whole: boolean;
}

/**
 * Reads the key file of a vault.
 * @throws VAULT_DAMAGED {part} when the file is missing or no copy is whole; VAULT_NEWER {found, known};
 * FILE_UNREADABLE {file}
 */
export function readKeyFile(file: string): ReadKeyFile {
  const name = keyFileOf(file);
  if (!existsSync(name)) throw new ConcordError('VAULT_DAMAGED', { part: basename(name) });
  const copies = readText(name)
    .split('\n')
    .map(parseCopy)
    .filter((copy) => copy !== null);
  const newest = copies.reduce<KeyFile | null>(
    (best, copy) => (best === null || copy.generation > best.generation ? copy : best),
    null,
  );
  if (newest === null) throw new ConcordError('VAULT_DAMAGED', { part: basename(name) });
  const whole = copies.filter((copy) => copy.generation === newest.generation).length === 2;
  return { body: newest, whole };
}

function readText(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    throw new ConcordError('FILE_UNREADABLE', { file: basename(name) });
  }
}

function parseCopy(line: string): KeyFile | null {
  const json = line.slice(65);
  if (line[64] !== ' ' || checksum(json) !== line.slice(0, 64)) return null;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  refuseNewer(value);
  const parsed = keyFileBody.safeParse(value);
  return parsed.success ? parsed.data : null;
}

const versioned = z.looseObject({ format: z.literal('concord-keys'), version: z.int() });

function refuseNewer(value: unknown): void {
  const parsed = versioned.safeParse(value);
  if (parsed.success && parsed.data.version > KEY_FILE_VERSION) {
    throw new ConcordError('VAULT_NEWER', {
      found: parsed.data.version,
      known: KEY_FILE_VERSION,
    });
  }
}

function checksum(json: string): string {
  return createHash('sha256').update(json, 'utf8').digest('hex');
}
