import { ConcordError } from '../contract/errors.ts';
import type { ImportOptions } from '../contract/import.ts';
import { encodeTable } from '../records/codec.ts';
import type { FileFacts, ReadResult } from '../records/csv-reader.ts';
import { tableHash } from '../records/table-hash.ts';
import type { Table } from '../records/table.ts';
import type { ArtefactInfo, EarlyBytes, Vault } from '../vault/index.ts';
import type { Context, Control, Work } from './context.ts';
import { withEarly } from './early.ts';
import { readRequestOf, type PlaceInput } from './place.ts';
import { putJson } from './json.ts';
import { prepareRecords, type PreparedRecords } from './prepare.ts';
import { keptProfile } from './profile.ts';
import type { ReadRequest } from './read.ts';
import { requireSpace } from './space.ts';

interface Target {
  readonly study: string;
  /** The name shown for the records: that of the file, without its folder. */
  readonly name: string;
}

/** One file, or all that a window may ask for. */
export type ImportRequest = Target &
  ({ readonly path: string; readonly options: ImportOptions } | { readonly read: ReadRequest });

/** Step 1 as a job: the file becomes a sealed table and its profile. */
export function importWork(vault: Vault, request: ImportRequest): Work {
  const read =
    'read' in request
      ? request.read
      : { from: { paths: [request.path] }, options: request.options };
  return {
    kind: 'import',
    study: request.study,
    async run(control) {
      await requireSpace(vault.file, read);
      await withEarly(vault, request.study, control.signal, async (write) =>
        keep(vault, request, await prepareRecords({ read }, control, write), control.job),
      );
    },
  };
}

/** The same for few records that are read from elsewhere, in the thread of the engine. */
export function recordsWork(
  vault: Vault,
  target: Target,
  read: (control: Control) => Promise<ReadResult>,
): Work {
  return {
    kind: 'import',
    study: target.study,
    async run(control) {
      const { table, facts } = await read(control);
      const breathe = (): Promise<void> => hearCancel(control.signal);
      await breathe();
      const summary = keptProfile(table, facts);
      await breathe();
      const bytes = encodeTable(table);
      await breathe();
      const source = tableHash(table);
      await breathe();
      keep(vault, target, { bytes, summary, source, rows: table.rows }, control.job);
    },
  };
}

/** Gives a wish to cancel its turn to arrive, and follows it. @throws CANCELLED */
async function hearCancel(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new ConcordError('CANCELLED');
}

/** Records and profile of a table, kept at once. */
export function saveRecords(
  vault: Vault,
  target: Target,
  table: Table,
  facts: FileFacts,
): ArtefactInfo {
  const summary = keptProfile(table, facts);
  const bytes = encodeTable(table);
  return keep(vault, target, { bytes, summary, source: tableHash(table), rows: table.rows });
}

/** Records, profile and journal entry in one transaction. */
function keep(
  vault: Vault,
  { study, name }: Target,
  { bytes, summary, source, rows }: PreparedRecords<Uint8Array | EarlyBytes>,
  job?: string,
): ArtefactInfo {
  return vault.transaction(() => {
    const records = vault.artefacts.put({
      study,
      kind: 'source-records',
      name,
      bytes,
      ...(job === undefined ? {} : { job }),
    });
    putJson(vault, { study, kind: 'profile', name, parents: [records.id], job }, summary);
    vault.ledger.register(study, source, rows);
    vault.journal.append('records.imported', { artefact: records.id, source, rows }, study);
    return records;
  });
}

/** The import of files chosen, or text pasted, in the window. */
export function startImport(
  context: Context,
  input: PlaceInput & { study: string; name: string; missing?: string[] | undefined },
): { job: string } {
  const study = context.vault.studies.get(input.study).id;
  const read = readRequestOf(context, input, input.missing);
  return { job: context.start(importWork(context.vault, { study, name: input.name, read })) };
}
