export type { ArtefactInfo, Artefacts, NewArtefact } from './artefacts.ts';
export { canonicalJson, type Json } from './canonical.ts';
export { hashOf } from './content-hash.ts';
export type { Person } from './context.ts';
export type { EarlyBytes } from './early-bytes.ts';
export type { JobRecord, Jobs } from './jobs.ts';
export type { Journal, JournalParams } from './journal.ts';
export { keyFileOf } from './key-file.ts';
export type { Ledger } from './ledger.ts';
export type { Candidate, Reservation, ReservationRequest } from './reservation.ts';
export {
  createVault,
  namesIn,
  openVault,
  personOf,
  recoverVault,
  type CreateOptions,
  type OpenOptions,
} from './open.ts';
export { PASSPHRASE_MINIMUM } from './passphrase.ts';
export type { NewPerson, People } from './people.ts';
export { restoreVault, type RestoreOptions } from './restore.ts';
export type { Studies } from './studies.ts';
export type { StudyInfo } from './study-row.ts';
export type { Vault } from './vault.ts';
