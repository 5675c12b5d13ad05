import { ConcordError } from '../contract/errors.ts';
import type { EngineMessage } from '../contract/message.ts';

/** The one line to the host: a utility process's port, or the channel of a plain Node child. */
export interface Port {
  send(message: EngineMessage): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** @throws INTERNAL when the process was started by hand, without a host. */
export function hostPort(): Port {
  const parentPort = (process as { parentPort?: ParentPort }).parentPort;
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
      onClose: (listener) => process.on('exit', listener),
    };
  }
  if (process.send === undefined) throw new ConcordError('INTERNAL', { incident: 'no host' });
  return {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.on('disconnect', listener),
  };
}
