import { describe, expect, it } from 'vitest';
import { bridgeClient, bridgeEvents, CallError } from '../../../renderer/client.ts';

function bridge(envelope: unknown): { asked: unknown[][]; bridge: ConcordBridge } {
  const asked: unknown[][] = [];
  return {
    asked,
    bridge: {
      call: (...given) => {
        asked.push(given);
        return Promise.resolve(envelope);
      },
      onEvent: () => () => undefined,
    },
  };
}

describe('the client', () => {
  it('asks by the name of group and call and hands on what came', async () => {
    const { asked, bridge: given } = bridge({ ok: true, output: { studies: [] } });
    expect(await bridgeClient(given).study.list({})).toEqual({ studies: [] });
    expect(asked).toEqual([['study.list', {}]]);
  });

  it('turns an error back into one with code and parameters', async () => {
    const error = { code: 'PASSPHRASE_WEAK', params: { minimum: 12 }, incident: null };
    const { bridge: given } = bridge({ ok: false, error });
    const failed = bridgeClient(given).vault.unlock({ passphrase: 'x' });
    await expect(failed).rejects.toThrow(CallError);
    await expect(failed).rejects.toMatchObject({
      code: 'PASSPHRASE_WEAK',
      params: { minimum: 12 },
    });
  });

  it('can stop listening', () => {
    let listening = 0;
    const stop = bridgeEvents({
      call: () => Promise.resolve(null),
      onEvent: () => {
        listening += 1;
        return () => (listening -= 1);
      },
    })(() => undefined);
    expect(listening).toBe(1);
    stop();
    expect(listening).toBe(0);
  });
});
