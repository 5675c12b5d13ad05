import { createHash } from 'node:crypto';
import { encodeTexts, type EncodeOptions } from '../learning/encoder/encode-texts.ts';
import type { LoadedEncoder } from '../learning/encoder/loaded-encoder.ts';
import { vectorsForPlan, type TextVectors } from '../learning/encoder/text-vectors.ts';
import { textsOf } from '../learning/encoder/texts.ts';
import { readsVectors } from '../learning/features.ts';
import { tableHash } from '../records/table-hash.ts';
import type { Table } from '../records/table.ts';
import type { TrainPlan } from '../contract/train.ts';
import type { Control } from './context.ts';
import { vaultEncoders } from './encoders.ts';
import { loadTable } from './load.ts';
import type { Vault } from '../vault/index.ts';

/** Changes when the same texts and encoder would give other vectors. */
const WAY = 'concord text vectors 1';

interface Wanted {
  readonly study: string;
  /** Content hash of the records that `table` holds. */
  readonly hash: string;
  readonly table: Table;
  readonly columns: readonly string[];
  /** Cells with one of these texts are missing. */
  readonly missing?: readonly string[];
}

/**
 * Vectors [rows, dimensions] of the records' texts: found in the vault where these records, columns
 * and encoder were asked before, else computed and kept there for the next time.
 * @throws COLUMN_UNKNOWN, STUDY_UNKNOWN, CANCELLED
 */
export async function vectorsOfRecords(
  vault: Vault,
  { study, hash, table, columns, missing = [] }: Wanted,
  encoder: LoadedEncoder,
  options: EncodeOptions = {},
): Promise<Float32Array> {
  const texts = textsOf(table, columns, missing);
  const asked = JSON.stringify([WAY, hash, columns, missing, encoder.sha256]);
  const key = createHash('sha256').update(asked).digest('hex');
  const kept = vault.textVectors.get(study, key);
  if (kept?.length === 4 * texts.length * encoder.dimensions) {
    return new Float32Array(Uint8Array.from(kept).buffer);
  }
  const vectors = await encodeTexts(encoder, texts, options);
  const { buffer, byteOffset, byteLength } = vectors;
  vault.textVectors.put(study, key, new Uint8Array(buffer, byteOffset, byteLength));
  return vectors;
}

/**
 * The vectors that a plan's texts are trained on, by the encoders of the program and of the vault;
 * undefined for a plan that reads none. Throws as `vectorsForPlan`.
 */
export async function vectorsOfTraining(
  vault: Vault,
  asked: { readonly study: string; readonly artefact: string; readonly plan: TrainPlan },
  { signal, progress }: Pick<Control, 'signal' | 'progress'>,
): Promise<TextVectors | undefined> {
  const { study, artefact, plan } = asked;
  if (!readsVectors(plan)) return undefined;
  const table = loadTable(vault, artefact);
  const hash = tableHash(table);
  // A share alone: how many different texts there are is a figure of the records.
  const told = ({ done, total }: { done: number; total: number }): void =>
    progress({ done: Math.floor((100 * done) / total), total: 100, unit: 'encoding' });
  return vectorsForPlan(
    table,
    plan,
    { signal, progress: told },
    {
      stores: [vaultEncoders(vault)],
      read: (encoder, { columns, missing }, how) =>
        vectorsOfRecords(vault, { study, hash, table, columns, missing }, encoder, how),
    },
  );
}
