import { appendFileSync, chmodSync, existsSync, renameSync, statSync } from 'node:fs';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';

/** What may happen that is worth a line. */
const EVENTS = [
  'started',
  'start-failed',
  'switch-noted',
  'second-instance',
  'window-opened',
  'window-crashed',
  'navigation-refused',
  'request-refused',
  'call-failed',
  'engine-ready',
  'engine-stopped',
  'engine-message-refused',
  'locked',
] as const;
export type LogEvent = (typeof EVENTS)[number];

/** The only fields a line may have besides time and event; each has its own narrow form. */
const FIELDS = {
  version: /^[0-9A-Za-z.+-]{1,40}$/,
  electron: /^[0-9A-Za-z.+-]{1,40}$/,
  code: /^[A-Z_]{1,40}$/,
  incident: /^[0-9a-f-]{36}$/,
  call: /^[a-z]+\.[A-Za-z]+$/,
  option: /^--?[a-z-]{1,60}$/,
  reason: /^[a-z-]{1,40}$/,
  exit: /^-?\d{1,10}$/,
  count: /^\d{1,12}$/,
} as const;
export type LogFields = { readonly [field in keyof typeof FIELDS]?: string | number };

const LIMIT_BYTES = 1024 * 1024;

/**
 * A log of JSON lines that cannot hold what people typed or what records contain: closed list of
 * events, closed list of fields, and a form for each field; whatever does not fit is left out.
 */
export class Log {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    if (existsSync(file) && statSync(file).size > LIMIT_BYTES) renameSync(file, `${file}.1`);
  }

  write(event: LogEvent, fields: LogFields = {}): void {
    if (!EVENTS.includes(event)) return;
    const line = { time: new Date().toISOString(), event, ...admitted(fields) };
    try {
      const fresh = !existsSync(this.#file);
      appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
      if (fresh) chmodSync(this.#file, 0o600);
    } catch {
      // A full disk must not stop the program because of its log.
    }
  }
}

function admitted(fields: LogFields): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [field, form] of Object.entries(FIELDS)) {
    const value = Object.hasOwn(fields, field) ? fields[field as keyof LogFields] : undefined;
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    if (field === 'code' && !isCode(value)) continue;
    if (form.test(String(value))) kept[field] = value;
  }
  return kept;
}

function isCode(value: string | number): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}
