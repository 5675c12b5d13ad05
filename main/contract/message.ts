import { z } from 'zod';
import { errorReply, jobView } from './job.ts';

/**
 * The messages between the shell (or the command line) and the engine. `files` maps the tickets
 * named in the input to the paths the person chose; the window itself never holds a path.
 */
export const engineRequest = z.strictObject({
  kind: z.literal('request'),
  id: z.number().int().nonnegative(),
  call: z.string().max(64),
  input: z.unknown(),
  files: z.record(z.string().max(64), z.string().max(4096)).optional(),
});
export type EngineRequest = z.infer<typeof engineRequest>;

export const engineReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reply'), id: z.number().int(), output: z.unknown() }),
  z.strictObject({ kind: z.literal('error'), id: z.number().int(), error: errorReply }),
]);
export type EngineReply = z.infer<typeof engineReply>;

/** What the engine says unasked: it is ready, or a job moved on. */
export const engineEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('job'), job: jobView }),
]);
export type EngineEvent = z.infer<typeof engineEvent>;

export type EngineMessage = EngineReply | EngineEvent;
