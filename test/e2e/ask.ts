import { expect, type Page } from '@playwright/test';
import type { JobView } from '../../main/contract/job.ts';

/** Asks the engine and gives its output; a refusal fails the test. */
export type Ask = <T>(name: string, input: unknown) => Promise<T>;

/** The page's own way to the engine, without the screens. */
export function asker(page: Page): Ask {
  return async <T>(name: string, input: unknown): Promise<T> => {
    const answer = await page.evaluate(
      ([call, given]) =>
        (globalThis as unknown as { concord: { call: Ask } }).concord.call(call as string, given),
      [name, input],
    );
    const envelope = answer as { ok: boolean; output: T; error: unknown };
    expect(envelope.error, name).toBeUndefined();
    return envelope.output;
  };
}

/** Waits until a job is done, and gives the first thing it made. */
export async function madeBy(ask: Ask, job: string): Promise<string> {
  const view = (): Promise<JobView> => ask<JobView>('job.get', { job });
  await expect.poll(async () => (await view()).state, { timeout: 60_000 }).toBe('done');
  const [artefact] = (await view()).artefacts;
  if (artefact === undefined) throw new Error('the job made nothing');
  return artefact;
}
