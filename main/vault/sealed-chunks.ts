import { deriveKey, NONCE_BYTES, seal, unseal } from './aead.ts';

export const CHUNK_BYTES = 1 << 20;

/**
 * Seals bytes in pieces, as in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015):
 * a key for this artefact alone, the piece's number as its nonce, and a mark on the last piece, so
 * that pieces cannot be changed, swapped, dropped or carried to another artefact.
 */
export function* sealInChunks(
  studyKey: Uint8Array,
  artefact: string,
  bytes: Uint8Array,
): Generator<Buffer> {
  const key = artefactKey(studyKey, artefact);
  try {
    const chunks = chunksOf(bytes.length);
    for (let number = 0; number < chunks; number++) {
      const piece = bytes.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES);
      const last = number === chunks - 1;
      yield seal(key, nonceOf(number, last), piece, associated(artefact, number, last));
    }
  } finally {
    key.fill(0);
  }
}

/** The bytes again, or null when any piece is not exactly what was sealed in its place. */
export function unsealChunks(
  studyKey: Uint8Array,
  artefact: string,
  length: number,
  sealed: Iterable<Uint8Array>,
): Buffer | null {
  const key = artefactKey(studyKey, artefact);
  const bytes = Buffer.alloc(length);
  const chunks = chunksOf(length);
  let number = 0;
  try {
    for (const chunk of sealed) {
      const last = number === chunks - 1;
      const piece = unseal(key, nonceOf(number, last), chunk, associated(artefact, number, last));
      const at = number * CHUNK_BYTES;
      if (piece === null || piece.length !== Math.min(CHUNK_BYTES, length - at)) return null;
      bytes.set(piece, at);
      number++;
    }
    return number === chunks ? bytes : null;
  } finally {
    key.fill(0);
  }
}

/** Nothing is one empty piece: its absence would otherwise go unnoticed. */
export function chunksOf(length: number): number {
  return Math.max(1, Math.ceil(length / CHUNK_BYTES));
}

function artefactKey(studyKey: Uint8Array, artefact: string): Buffer {
  return deriveKey(studyKey, artefact, 'concord artefact 1');
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt8(last ? 1 : 0, 0);
  nonce.writeUInt32BE(number, NONCE_BYTES - 4);
  return nonce;
}

function associated(artefact: string, number: number, last: boolean): Buffer {
  return Buffer.from(`concord artefact ${artefact} ${number} ${last ? 'last' : 'more'}`, 'utf8');
}
