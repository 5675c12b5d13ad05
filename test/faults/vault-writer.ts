/**
 * Writes into a vault until it is killed, and says on its standard output what was done, one JSON
 * line each, only after the vault has answered.
 */
import { createHash, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openVault } from '../../main/vault/index.ts';

const [file = '', passphrase = '', sourceHash = ''] = process.argv.slice(2);
const vault = await openVault({ file, passphrase });
const [study] = vault.studies.list();
if (study === undefined) throw new Error('the vault has no study');

const say = (done: object): void => {
  writeSync(1, `${JSON.stringify(done)}\n`);
};

say({ did: 'opened' });
for (let round = 0; ; round++) {
  const bytes = randomBytes(1 + ((round * 7919) % 300_000));
  const hash = createHash('sha256').update(bytes).digest('hex');
  const job = vault.jobs.create('train', study.id).id;
  vault.jobs.start(job);
  const asked = { sourceHash, study: study.id, job, kind: 'train', phases: [], steps: 4 };
  vault.ledger.reserve({ ...asked, epsilon: 0.001, delta: 1e-9 });
  say({ did: 'reserved', job });
  for (let step = 1; step <= 4; step++) {
    vault.ledger.chargeBlock(job, step);
    say({ did: 'charged', job, step });
  }
  const kept = vault.transaction(() => {
    const artefact = vault.artefacts.put({ study: study.id, kind: 'model', name: 'm', bytes, job });
    vault.ledger.finish(job);
    vault.jobs.end(job, 'done');
    return artefact;
  });
  say({ did: 'kept', job, artefact: kept.id, hash, head: vault.journal.head() });
}
