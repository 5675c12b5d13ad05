import { ORIGIN } from './protocol.ts';

/** What is looked at of a frame that sent a message. */
export interface Frame {
  readonly url: string;
  readonly origin?: string;
  readonly parent: unknown;
  readonly processId: number;
  readonly routingId: number;
}

/** True only for the main frame of the one window while it shows a page of this program. */
export function isOurWindow(sender: Frame | null | undefined, main: Frame | null): boolean {
  if (sender === null || sender === undefined || main === null) return false;
  if (sender.processId !== main.processId || sender.routingId !== main.routingId) return false;
  if (sender.parent !== null) return false;
  if (sender.origin !== undefined && sender.origin !== ORIGIN) return false;
  return sender.url.startsWith(`${ORIGIN}/`);
}
