import { z } from 'zod';
import { handlersOf } from './handlers.ts';
import type { Incident } from './incident.ts';
import { hostPort } from './port.ts';
import { route } from './router.ts';
import { Session } from './session.ts';

z.config({ jitless: true });

/** The engine's process: one vault, one line to the host. Started with `--vault FILE`. */
function serve(file: string): void {
  const port = hostPort();
  const log = (incident: Incident): void => {
    process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...incident })}\n`);
  };
  const session = new Session({ file, tell: (job) => port.send({ kind: 'job', job }), log });
  const parts = {
    handlers: handlersOf(session),
    role: () => session.role,
    mustChange: () => session.mustChangePassphrase,
    log,
  };
  port.onMessage((message) => {
    void route(message, parts).then((reply) => {
      if (reply !== null) port.send(reply);
    });
  });
  port.onClose(() => {
    void session.close().finally(() => process.exit(0));
  });
  port.send({ kind: 'ready' });
}

const place = process.argv.indexOf('--vault');
const file = place < 0 ? undefined : process.argv[place + 1];
if (file === undefined) {
  process.stderr.write('The engine is started by the window with --vault FILE.\n');
  process.exitCode = 2;
} else {
  serve(file);
}
