import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { CALLS } from '../../../main/contract/index.ts';
import { TICKET_USE, Tickets } from '../../../main/shell/tickets.ts';

const refused = new ConcordError('TICKET_INVALID');

function issued(): { tickets: Tickets; ticket: string } {
  const tickets = new Tickets();
  return { tickets, ticket: tickets.issue('/home/a/records.csv', 'records', 1) };
}

describe('a ticket', () => {
  it('is long, random and says nothing of the path', () => {
    const { tickets, ticket } = issued();
    expect(ticket).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(tickets.issue('/home/a/records.csv', 'records', 1)).not.toBe(ticket);
  });

  it('serves previews until the one import has started', () => {
    const { tickets, ticket } = issued();
    expect(tickets.use(ticket, 'import.preview', 1).path).toBe('/home/a/records.csv');
    expect(tickets.use(ticket, 'import.preview', 1).path).toBe('/home/a/records.csv');
    const hold = tickets.use(ticket, 'import.start', 1);
    expect(() => tickets.use(ticket, 'import.start', 1)).toThrow(refused);
    hold.settle(true);
    expect(() => tickets.use(ticket, 'import.start', 1)).toThrow(refused);
    expect(() => tickets.use(ticket, 'import.preview', 1)).toThrow(refused);
  });

  it('lives on when the import could not start', () => {
    const { tickets, ticket } = issued();
    tickets.use(ticket, 'import.start', 1).settle(false);
    expect(tickets.use(ticket, 'import.start', 1).path).toBe('/home/a/records.csv');
  });

  it('is refused when forged, from another window, or for another call', () => {
    const { tickets, ticket } = issued();
    const forged = ['', 'x', `${ticket}=`, ticket.toLowerCase() + 'a', '__proto__', 'constructor'];
    for (const text of forged) {
      expect(() => tickets.use(text, 'import.preview', 1)).toThrow(refused);
    }
    expect(() => tickets.use(ticket, 'import.preview', 2)).toThrow(refused);
    for (const call of ['vault.create', 'app.chooseFile', 'toString', '']) {
      expect(() => tickets.use(ticket, call, 1)).toThrow(refused);
    }
  });

  it('dies when its window locks, reloads or closes', () => {
    const { tickets, ticket } = issued();
    tickets.clear(2);
    expect(tickets.use(ticket, 'import.preview', 1).path).toBe('/home/a/records.csv');
    tickets.clear(1);
    expect(() => tickets.use(ticket, 'import.preview', 1)).toThrow(refused);
  });
});

it('every call of the contract that takes a ticket says how it uses it', () => {
  const taking = [...CALLS].filter(([, { input }]) => 'ticket' in (shapeOf(input) ?? {}));
  expect(taking.map(([name]) => name).sort()).toEqual(Object.keys(TICKET_USE).sort());
});

function shapeOf(schema: unknown): object | undefined {
  return (schema as { shape?: object }).shape;
}
