import { randomBytes } from 'node:crypto';
import type { SavePurpose } from '../contract/app.ts';
import { ConcordError } from '../contract/errors.ts';

/** Records or a hierarchy to be read; the others are files to be written. */
export type Purpose = 'records' | 'hierarchy' | 'encoder' | SavePurpose;

/** How each call may use a ticket: for what purpose, and whether its success ends the ticket. */
export const TICKET_USE: Readonly<Record<string, { purpose: Purpose; ends: boolean }>> = {
  'import.preview': { purpose: 'records', ends: false },
  'import.start': { purpose: 'records', ends: true },
  'anonymise.hierarchyFile': { purpose: 'hierarchy', ends: true },
  'encoders.import': { purpose: 'encoder', ends: true },
  'anonymise.export': { purpose: 'protected-records', ends: true },
  'anonymise.saveCertificate': { purpose: 'report-html', ends: true },
  'report.save': { purpose: 'report-html', ends: true },
  'app.savePdf': { purpose: 'report-pdf', ends: true },
  'app.saveCertificatePdf': { purpose: 'report-pdf', ends: true },
};

interface Ticket {
  readonly path: string;
  readonly purpose: Purpose;
  readonly window: number;
  /** Set while the call that may end it is on its way, so that it cannot be used twice. */
  taken: boolean;
}

/** What a call holds while it uses a ticket. */
export interface TicketHold {
  readonly path: string;
  /** To be said once: whether the call succeeded. */
  settle(succeeded: boolean): void;
}

/**
 * Files the person chose, known to the window by an opaque ticket only. A ticket is bound to the
 * window it was given to and to a purpose. It serves any number of previews and exactly one
 * import: when that has started, or the window locks, reloads or closes, the ticket is dead.
 */
export class Tickets {
  readonly #tickets = new Map<string, Ticket>();

  issue(path: string, purpose: Purpose, window: number): string {
    const ticket = randomBytes(24).toString('base64url');
    this.#tickets.set(ticket, { path, purpose, window, taken: false });
    return ticket;
  }

  /** @throws TICKET_INVALID for a forged, used or foreign ticket, or one for another purpose */
  use(ticket: string, call: string, window: number): TicketHold {
    const found = this.#tickets.get(ticket);
    const use = Object.hasOwn(TICKET_USE, call) ? TICKET_USE[call] : undefined;
    if (
      found === undefined ||
      use === undefined ||
      found.taken ||
      found.window !== window ||
      found.purpose !== use.purpose
    ) {
      throw new ConcordError('TICKET_INVALID');
    }
    if (!use.ends) return { path: found.path, settle: () => undefined };
    found.taken = true;
    return {
      path: found.path,
      settle: (succeeded) => {
        if (succeeded) this.#tickets.delete(ticket);
        else found.taken = false;
      },
    };
  }

  /** Ends every ticket of a window: it locked, reloaded or closed. */
  clear(window: number): void {
    for (const [ticket, { window: owner }] of this.#tickets) {
      if (owner === window) this.#tickets.delete(ticket);
    }
  }
}
