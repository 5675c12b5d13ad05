import type { ErrorCode, ErrorParams } from '../main/contract/errors.ts';
import type { Client } from '../main/contract/index.ts';
import type { ErrorReply } from '../main/contract/job.ts';
import type { EngineEvent } from '../main/contract/message.ts';

/** An error from the other side, with what its sentence needs. */
export class CallError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams) {
    super(code);
    this.name = 'CallError';
    this.code = code;
    this.params = params;
  }
}

type Envelope = { ok: true; output: unknown } | { ok: false; error: ErrorReply };

/**
 * The contract as functions: client.vault.unlock({ passphrase }). Only types come from the
 * contract; the checks run on the other side of the bridge, so no schema is loaded here.
 */
export function bridgeClient(bridge: ConcordBridge): Client {
  const ask = async (name: string, input: unknown): Promise<unknown> => {
    // The bridge answers with an envelope for every request, also for refused ones.
    const envelope = (await bridge.call(name, input)) as Envelope;
    if (envelope.ok) return envelope.output;
    throw new CallError(envelope.error.code, envelope.error.params);
  };
  const group = (name: string): unknown =>
    new Proxy(
      {},
      { get: (_target, call) => (input: unknown) => ask(`${name}.${String(call)}`, input) },
    );
  return new Proxy({}, { get: (_target, name) => group(String(name)) }) as Client;
}

export type Listen = (listener: (event: EngineEvent) => void) => () => void;

/** What the engine says unasked; it was checked before it was sent here. */
export function bridgeEvents(bridge: ConcordBridge): Listen {
  return (listener) => bridge.onEvent((event) => listener(event as EngineEvent));
}
