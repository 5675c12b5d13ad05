import { ConcordError } from '../contract/errors.ts';
import type { JobView } from '../contract/job.ts';
import { Jobs } from '../engine/jobs.ts';
import type { Work } from '../study/context.ts';
import type { Vault } from '../vault/index.ts';
import type { Surroundings } from './command.ts';

/** Runs one job through the queue, and cancels it when the person does. */
export async function runJob(vault: Vault, work: Work, around: Surroundings): Promise<JobView> {
  const jobs = new Jobs({
    vault,
    tell: ({ progress }) => {
      if (progress !== null) around.progress(progress);
    },
    log: ({ incident, kind, frames }) => around.say(JSON.stringify({ incident, kind, frames })),
  });
  const id = jobs.start(work);
  around.signal.addEventListener('abort', () => jobs.cancel(id), { once: true });
  await jobs.idle();
  return jobs.get(id);
}

/** Why a job that has not been done was not. */
export function errorOfJob({ error }: JobView): ConcordError {
  return error === null
    ? new ConcordError('CANCELLED')
    : new ConcordError(error.code, error.params);
}
